// The variables of a policy, where IAM replaces them: in resources, and in the values of conditions.

import type { Span } from '../text';
import { type StringNode, sourceOffset } from '../tree/node';
import { hasPlaceholder, type Variable, variablesIn } from './placeholder';
import type { Policy } from './policy';

export interface PlacedVariable {
  readonly variable: Variable;
  /** As it stands in the text. */
  readonly text: string;
  readonly span: Span;
}

/** Texts with a placeholder of a template are left out: which `${…}` is whose cannot be told. */
export function variablesOf({ statements }: Policy): readonly PlacedVariable[] {
  return statements.flatMap(({ resources, notResources, conditions }) => {
    const values = conditions.flatMap(({ values: all }) => all.filter((node) => node.kind === 'string'));
    return [...resources, ...notResources, ...values].flatMap(variablesInNode);
  });
}

function variablesInNode(node: StringNode): readonly PlacedVariable[] {
  if (!node.value.includes('${') || hasPlaceholder(node.value)) return [];
  return variablesIn(node.value).map((variable) => {
    const { start, end } = variable.span;
    return { variable, text: node.value.slice(start, end), span: { start: sourceOffset(node, start), end: sourceOffset(node, end) } };
  });
}
