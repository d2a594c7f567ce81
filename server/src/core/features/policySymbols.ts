// The outline of the policies in a JSON document: their statements, and where there is more around a policy, what it is called there.

import type { JsonDocument } from '../document';
import type { Policy, Statement } from '../policy/policy';
import { memberValue, type Node, type StringNode, textOf } from '../tree/node';
import { contains } from './place';
import type { OutlineSymbol } from './symbols';

export function policySymbols({ root, policies }: JsonDocument): readonly OutlineSymbol[] {
  return policies.flatMap((policy) => {
    const statements = policy.statements.map(statementSymbol);
    return root === undefined || policy.node === root ? statements : [policySymbol(policy, root, statements)];
  });
}

const kinds: Readonly<Record<Policy['kind'], string>> = {
  identity: 'identity policy',
  'inline-identity': 'inline policy',
  trust: 'trust policy',
  resource: 'resource policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  boundary: 'permissions boundary',
};

function policySymbol({ kind, node, statement }: Policy, root: Node, children: readonly OutlineSymbol[]): OutlineSymbol {
  const { owner, member } = namesOf(node, root);
  return {
    name: owner ?? member ?? kinds[kind],
    detail: owner === undefined || member === undefined ? kinds[kind] : `${member}, ${kinds[kind]}`,
    kind: 'policy',
    span: node.span,
    selection: statement.key.span,
    children,
  };
}

interface Names {
  /** The logical id of the resource of a template, or what an API calls the policy or its owner. */
  readonly owner: string | undefined;
  /** The member whose value the policy is; of an inline policy its name. */
  readonly member: string | undefined;
}

function namesOf(policy: Node, root: Node): Names {
  let owner: string | undefined;
  let member: string | undefined;
  for (let node: Node | undefined = root; node !== undefined && node !== policy; ) {
    if (node.kind === 'array') {
      node = node.items.find((item) => contains(item.span, policy.span.start));
      continue;
    }
    if (node.kind !== 'object') break;
    const next = node.members.find(({ span }) => contains(span, policy.span.start));
    const isResource = textOf(memberValue(next?.value, 'Type'))?.startsWith('AWS::') === true;
    if (isResource) owner = next?.key.value;
    else owner ??= named(memberValue(node, 'RoleName')) ?? named(memberValue(node, 'UserName')) ?? named(memberValue(node, 'GroupName'));
    member = next?.value === policy ? (named(memberValue(node, 'PolicyName')) ?? next.key.value) : member;
    node = next?.value;
  }
  return { owner: named(owner), member: named(member) };
}

/** Editors refuse a symbol without a name. */
function named(name: Node | string | undefined): string | undefined {
  const text = typeof name === 'string' ? name : textOf(name);
  return text === undefined || text.trim() === '' ? undefined : text;
}

function statementSymbol(statement: Statement): OutlineSymbol {
  const { node } = statement;
  const sid = memberValue(node, 'Sid');
  const summary = summaryOf(statement);
  const name = named(sid);
  const anchor = sid ?? memberValue(node, 'Effect') ?? statement.actions[0];
  return {
    name: name ?? summary,
    detail: name === undefined ? '' : summary,
    kind: 'statement',
    span: node.span,
    selection: anchor?.span ?? node.span,
    children: [],
  };
}

/** `Allow s3:GetObject, s3:ListBucket and 3 more on arn:aws:s3:::my-data/*` */
function summaryOf({ effect, actions, notActions, resources, notResources }: Statement): string {
  const what = shown(actions, notActions);
  const on = shown(resources, notResources);
  const parts = [effect, what, on === undefined ? undefined : `on ${on}`].filter((part) => part !== undefined);
  return parts.length === 0 ? 'Statement' : parts.join(' ');
}

function shown(nodes: readonly StringNode[], excluded: readonly StringNode[]): string | undefined {
  if (nodes.length === 0) return excluded.length === 0 ? undefined : `all but ${few(excluded)}`;
  return few(nodes);
}

function few(nodes: readonly StringNode[]): string {
  const names = nodes.slice(0, 2).map(({ value }) => value);
  const more = nodes.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(' and ');
}
