// The variables of a policy, where IAM replaces them: in resources, and in the values of conditions.

import { rememberLast } from '../remember';
import type { Span } from '../text';
import { type Node, type StringNode, sourceOffset } from '../tree/node';
import { hasPlaceholder, type Variable, variablesIn } from './placeholder';
import type { Policy } from './policy';

interface PlacedVariable {
  readonly variable: Variable;
  /** As it stands in the text. */
  readonly text: string;
  readonly span: Span;
}

/** Texts with a placeholder of a template are left out: which `${…}` is whose cannot be told. */
export const variablesOf = rememberLast(({ statements }: Policy): readonly PlacedVariable[] => {
  const found: PlacedVariable[] = [];
  const collect = (node: Node): void => {
    if (node.kind === 'string' && node.value.includes('${')) found.push(...variablesInNode(node));
  };
  for (const { resources, notResources, conditions } of statements) {
    resources.forEach(collect);
    notResources.forEach(collect);
    for (const { values } of conditions) values.forEach(collect);
  }
  return found;
});

function variablesInNode(node: StringNode): readonly PlacedVariable[] {
  if (hasPlaceholder(node.value)) return [];
  return variablesIn(node.value).map((variable) => {
    const { start, end } = variable.span;
    return { variable, text: node.value.slice(start, end), span: { start: sourceOffset(node, start), end: sourceOffset(node, end) } };
  });
}
