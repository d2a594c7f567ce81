// A statement about resources of several types as one statement for each.

import type { Action, Catalog, ResourceType } from '../catalog/catalog';
import { isPartlyDocumented } from '../catalog/undocumented';
import { replaceValue } from '../json/edit';
import { isPlainList, layoutOf, sourceOf, writeList } from '../json/list';
import { parseArn } from '../policy/arn';
import { hasPlaceholder } from '../policy/placeholder';
import { element, isWhole } from '../policy/policy';
import { hasWildcard, overlaps } from '../policy/wildcard';
import { applyEdits, type Edit, isWithin } from '../text';
import { member, type Node, type StringNode, textOf } from '../tree/node';
import { mostActions, type Refactoring, type StatementPlace } from './statementPlace';

/** What becomes one statement. */
interface Group {
  readonly actions: StringNode[];
  readonly resources: Set<StringNode>;
}

export function splitStatement(place: StatementPlace, catalog: Catalog): Refactoring | undefined {
  const { text, policy, statement, selection } = place;
  const { node, actions, resources } = statement;
  const actionList = element(node, 'Action');
  const resourceList = element(node, 'Resource');
  const isElsewhere = (['Condition', 'Principal', 'NotPrincipal'] as const).some((name) => {
    const span = member(node, name)?.span;
    return span !== undefined && isWithin(selection, span);
  });
  if (isElsewhere || actionList?.kind !== 'array' || resourceList === undefined) return undefined;
  if (![actionList, resourceList].every((list) => isWhole(list) && (list.kind !== 'array' || isPlainList(text, list)))) return undefined;
  if (member(node, 'NotAction') !== undefined || member(node, 'NotResource') !== undefined) return undefined;
  const groups = [...groupsOf(actions, resources, catalog)];
  const kept = new Set(groups.flatMap((group) => [...group.resources]));
  if (groups.length < 2 || kept.size < resources.length) return undefined;

  const [first, ...others] = groups;
  const sids = freeSids(place, others.length);
  if (first === undefined || sids === undefined) return undefined;
  const narrowed = (group: Group): Edit[] => [
    { span: actionList.span, newText: sublist(text, actionList, group.actions) },
    {
      span: resourceList.span,
      newText: sublist(
        text,
        resourceList,
        resources.filter((resource) => group.resources.has(resource)),
      ),
    },
  ];
  const copies = others.map((group, i) => {
    const sid = element(node, 'Sid');
    const renamed = sid?.kind === 'string' && sids[i] !== undefined ? [replaceValue(sid, sids[i])] : [];
    const edits = [...narrowed(group), ...renamed].map(({ span, newText }) => ({
      span: { start: span.start - node.span.start, end: span.end - node.span.start },
      newText,
    }));
    return applyEdits(sourceOf(text, node), edits);
  });
  const list = policy.statement.value;
  const isList = list?.kind === 'array';
  const separator = isList ? layoutOf(text, list).separator : `,${/\s/.test(text.charAt(node.span.start - 1)) ? ' ' : ''}`;
  const at = (offset: number, newText: string): Edit => ({ span: { start: offset, end: offset }, newText });
  return {
    title: `Split the statement by resource type, into ${groups.length}`,
    kind: 'extract',
    edits: [
      ...(isList ? [] : [at(node.span.start, '[')]),
      ...narrowed(first),
      at(node.span.end, `${copies.map((copy) => separator + copy).join('')}${isList ? '' : ']'}`),
    ],
  };
}

/** By the types of resources that the actions are for. What is not known, or fits nothing, keeps all resources. */
function groupsOf(actions: readonly StringNode[], resources: readonly StringNode[], catalog: Catalog): Iterable<Group> {
  const groups = new Map<string, Group>();
  const known = new Map<ResourceType, readonly StringNode[]>();
  const fittingOf = (type: ResourceType): readonly StringNode[] => {
    const fitting = known.get(type) ?? resources.filter(({ value }) => fits(type, value));
    known.set(type, fitting);
    return fitting;
  };
  const keyOfAction = ({ resourceTypes, service }: Action): Key => {
    if (resourceTypes.length === 0) return { name: 'none', resources: resources.filter(({ value }) => /^\*+$/.test(value)) };
    const types = resourceTypes.filter(({ type }) => fittingOf(type).length > 0);
    const decisive = types.some(({ isRequired }) => isRequired) ? types.filter(({ isRequired }) => isRequired) : types;
    return {
      name: `${service.prefix}: ${decisive.map(({ type }) => type.name).join()}`,
      resources: types.flatMap(({ type }) => fittingOf(type)),
    };
  };
  for (const item of actions) {
    const keys = meaningOf(item.value, catalog).map(keyOfAction);
    const first = keys[0]?.name ?? 'rest';
    const name = keys.every((key) => key.name === first && key.resources.length > 0) ? first : 'rest';
    const group = groups.get(name) ?? { actions: [], resources: new Set() };
    group.actions.push(item);
    for (const resource of name === 'rest' ? resources : keys.flatMap((key) => key.resources)) group.resources.add(resource);
    groups.set(name, group);
  }
  return groups.values();
}

interface Key {
  readonly name: string;
  readonly resources: readonly StringNode[];
}

/** Nothing where it is not known, or too much. */
function meaningOf(text: string, catalog: Catalog): readonly Action[] {
  const action = catalog.action(text);
  if (action !== undefined) return [action];
  if (!hasWildcard(text) || /^\*/.test(text) || hasPlaceholder(text)) return [];
  const meant = catalog.actionsMatching(text);
  return meant.length > mostActions || meant.some(({ service }) => isPartlyDocumented(service.prefix)) ? [] : meant;
}

/** Whether a resource may be one of the type. In ARNs, no wildcard goes beyond its field. */
function fits({ arn }: ResourceType, resource: string): boolean {
  if (hasPlaceholder(resource)) return true;
  const [type, wanted] = [arn, resource].map((text) => text.replace(/\$\{[^}]*\}/g, '*'));
  if (type === undefined || wanted === undefined) return true;
  const form = parseArn(type);
  const given = parseArn(wanted);
  if (form === undefined || given === undefined) return overlaps(type, wanted);
  // The name of a bucket has no slash (Amazon S3 User Guide, "General purpose bucket naming rules").
  if (/:s3:::\$\{BucketName\}$/.test(arn) && given.resource.text.includes('/')) return false;
  return (['partition', 'service', 'region', 'account', 'resource'] as const).every((field) =>
    overlaps(form[field].text, given[field].text),
  );
}

function sublist(text: string, list: Node, items: readonly StringNode[]): string {
  if (list.kind !== 'array') return sourceOf(text, list);
  return writeList(
    layoutOf(text, list),
    items.map((item) => sourceOf(text, item)),
  );
}

/** The Sid of the statement with a number after it, as often as wanted; none where there is no Sid. */
function freeSids({ policy, statement }: StatementPlace, count: number): readonly string[] | undefined {
  const sid = element(statement.node, 'Sid');
  if (sid === undefined || textOf(sid) === '') return [];
  if (sid.kind !== 'string') return undefined;
  const taken = new Set(policy.statements.map(({ node }) => textOf(element(node, 'Sid'))));
  const free: string[] = [];
  for (let number = 2; free.length < count; number++) {
    const candidate = `${sid.value}${number}`;
    if (!taken.has(candidate)) free.push(candidate);
  }
  return free;
}
