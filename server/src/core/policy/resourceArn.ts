// The ARNs of resources, and what the service data say of ARNs like them.

import type { Catalog, Service } from '../catalog/catalog';
import type { Span } from '../text';
import { type StringNode, sourceOffset } from '../tree/node';
import { type Arn, type Field, parseArn } from './arn';
import { hasPlaceholder } from './placeholder';
import type { Policy } from './policy';
import { hasWildcard, overlaps } from './wildcard';

/** The resources that stand in the file as text. */
export function knownResources({ statements }: Policy): readonly StringNode[] {
  return statements
    .flatMap(({ resources, notResources }) => [...resources, ...notResources])
    .filter(({ value }) => value !== '*' && !hasPlaceholder(value));
}

/** Where a field of an ARN stands in the file; of an empty one the whole string. */
export function spanOfField(node: StringNode, { span }: Field): Span {
  if (span.start === span.end) return node.span;
  return { start: sourceOffset(node, span.start), end: sourceOffset(node, span.end) };
}

/** Whether a text is neither a pattern nor has a variable in it. */
export function isPlain(text: string): boolean {
  return !hasWildcard(text) && !text.includes('${');
}

/** The documented forms of the ARNs whose resource part may be that of this one. Nothing where the service has no such types, or is a pattern. */
export function formsLike({ service, resource }: Arn, catalog: Catalog): readonly Arn[] {
  if (!isPlain(service.text)) return [];
  const text = resource.text.replace(/\$\{[^}]*\}/g, '*');
  return formsOf(service.text, catalog).filter((form) => overlaps(form.resource.text, text));
}

const taken = new WeakMap<Service, readonly Arn[]>();

/** With `*` for what varies. */
export function formsOf(prefix: string, catalog: Catalog): readonly Arn[] {
  const service = catalog.service(prefix);
  if (service === undefined) return [];
  const known = taken.get(service);
  if (known !== undefined) return known;
  const forms = service.resourceTypes.flatMap(({ arn }) => {
    const form = parseArn(arn.replace(/\$\{[^}]*\}/g, '*'));
    return form?.service.text === prefix ? [form] : [];
  });
  taken.set(service, forms);
  return forms;
}
