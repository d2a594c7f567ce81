// The ARNs of resources, and what the service data say of ARNs like them.

import type { Catalog, ResourceType, Service } from '../catalog/catalog';
import { rememberLast, rememberLastOf } from '../remember';
import type { Span } from '../text';
import { type StringNode, sourceOffset } from '../tree/node';
import { type Arn, type Field, parseArn } from './arn';
import { hasPlaceholder } from './placeholder';
import type { Policy } from './policy';
import { hasWildcard, overlaps } from './wildcard';

/** The resources that stand in the file as text. */
export const knownResources = rememberLast(({ statements }: Policy): readonly StringNode[] => {
  const known: StringNode[] = [];
  const collect = (node: StringNode): void => {
    if (node.value !== '*' && !hasPlaceholder(node.value)) known.push(node);
  };
  for (const { resources, notResources } of statements) {
    resources.forEach(collect);
    notResources.forEach(collect);
  }
  return known;
});

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
export const formsLike = rememberLastOf(({ service, resource }: Arn, catalog: Catalog): readonly Arn[] => {
  if (!isPlain(service.text)) return [];
  const text = resource.text.replace(/\$\{[^}]*\}/g, '*');
  return formsOf(service.text, catalog).filter((form) => overlaps(form.resource.text, text));
});

const taken = new WeakMap<Service, readonly Arn[]>();

/** With `*` for what varies. */
export function formsOf(prefix: string, catalog: Catalog): readonly Arn[] {
  const service = catalog.service(prefix);
  if (service === undefined) return [];
  const known = taken.get(service);
  if (known !== undefined) return known;
  const forms = service.resourceTypes.flatMap(({ pattern }) => {
    const form = parseArn(pattern);
    return form?.service.text === prefix ? [form] : [];
  });
  taken.set(service, forms);
  return forms;
}

const mostRemembered = 2_000;
const typesOf = new WeakMap<Service, Map<string, readonly ResourceType[]>>();

/** The types of a service that a resource, or a pattern of resources, may be of. */
export function typesLike(resource: string, service: Service): readonly ResourceType[] {
  const known = typesOf.get(service) ?? new Map<string, readonly ResourceType[]>();
  typesOf.set(service, known);
  let types = known.get(resource);
  if (types === undefined) {
    types = service.resourceTypes.filter(({ pattern }) => overlaps(pattern, resource));
    if (known.size >= mostRemembered) known.clear();
    known.set(resource, types);
  }
  return types;
}
