// Every span that a document and its findings hold, for checks that hold of all of them.

import type { AwsConfig } from '../../server/src/core/awsconfig/node';
import type { Document } from '../../server/src/core/document';
import type { Finding } from '../../server/src/core/finding';
import type { Span } from '../../server/src/core/text';
import { type Node, type StringNode, sourceOffset } from '../../server/src/core/tree/node';

export function spansOfDocument(document: Document): readonly Span[] {
  switch (document.kind) {
    case 'config':
      return [
        ...spansOfConfig(document.config),
        ...document.emrBlocks.flatMap((block) => [...block.settings.values()].flatMap(({ key, value }) => [key, value])),
      ];
    case 'json':
      return [...nodesOf(document.root)].flatMap(spansOfNode);
    case 'launch':
      return [
        ...document.comments,
        ...document.launches.flatMap(({ span, words, breaks }) => [
          span,
          ...breaks.map((broken) => broken.span),
          ...words.flatMap(({ node }) => spansOfNode(node)),
        ]),
      ];
    case 'refused':
      return [];
  }
}

export function spansOfFinding({ span, related, fixes }: Finding): readonly Span[] {
  return [span, ...related.map((other) => other.span), ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.span))];
}

function spansOfConfig({ sections, comments, errors }: AwsConfig): readonly Span[] {
  const settings = sections.flatMap((section) => section.settings);
  const nested = settings.flatMap(({ value }) => (value.kind === 'nested' ? value.settings : []));
  return [
    ...comments,
    ...errors.map(({ span }) => span),
    ...sections.flatMap(({ span, name }) => [span, name.span]),
    ...[...settings, ...nested].flatMap(({ span, key, value }) => [span, key.span, value.span]),
  ];
}

export function* nodesOf(node: Node | undefined): Generator<Node> {
  if (node === undefined) return;
  yield node;
  const inside = node.kind === 'array' ? node.items : node.kind === 'object' ? node.members.flatMap(({ key, value }) => [key, value]) : [];
  for (const child of inside) yield* nodesOf(child);
}

function spansOfNode(node: Node): readonly Span[] {
  if (node.kind === 'object') return [node.span, ...node.members.map(({ span }) => span)];
  return node.kind === 'string' ? [node.span, ...offsetsIn(node)] : [node.span];
}

/** Each decoded offset of a string, as an empty span in the source. */
function offsetsIn(node: StringNode): readonly Span[] {
  return Array.from({ length: node.value.length + 1 }, (_, decoded) => sourceOffset(node, decoded)).map((at) => ({ start: at, end: at }));
}
