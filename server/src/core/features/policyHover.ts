// What stands under the cursor in a policy: a principal, an action, a pattern of actions, an ARN, a condition key, an operator.

import { type Action, type Catalog, type Descriptions, isKey, type KeyInfo } from '../catalog/catalog';
import type { JsonDocument } from '../document';
import { parseArn } from '../policy/arn';
import { type Operator, operators } from '../policy/operator';
import type { Policy, Statement } from '../policy/policy';
import { hasWildcard, overlaps } from '../policy/wildcard';
import type { Span } from '../text';
import type { StringNode } from '../tree/node';
import { listed } from '../words';
import { code } from './markdown';
import { contains } from './place';
import { describePrincipal } from './principalHover';

interface PolicyHover {
  readonly span: Span;
  readonly markdown: string;
}

export function policyHover(
  { policies }: JsonDocument,
  offset: number,
  catalog: Catalog | undefined,
  descriptions: Descriptions | undefined,
): PolicyHover | undefined {
  const policy = policies.find(({ node }) => contains(node.span, offset));
  if (policy === undefined) return undefined;
  if (contains(policy.statement.key.span, offset)) return { span: policy.statement.key.span, markdown: describeKind(policy) };
  const statement = policy.statements.find(({ node }) => contains(node.span, offset));
  if (statement === undefined) return undefined;
  const principal = [...statement.principals, ...statement.notPrincipals].find(({ node }) => contains(node.span, offset));
  if (principal !== undefined) return hoverOf(principal.node, describePrincipal(principal, policy.kind, catalog));
  return catalog && describeIn(statement, offset, catalog, descriptions);
}

const kinds: Readonly<Record<Policy['kind'], string>> = {
  identity: 'An identity policy: what a user, a group or a role may do.',
  'inline-identity': 'An inline policy of a user, a group or a role.',
  trust: 'A trust policy: who may assume the role.',
  resource: 'A resource policy: who may do what with the resource that it is attached to.',
  scp: 'A service control policy: what an organization lets its accounts do at most.',
  rcp: 'A resource control policy: what an organization lets be done with its resources at most.',
  boundary: 'A permissions boundary: what a user or a role may do at most.',
};

function describeKind({ kind }: Policy): string {
  return `${kinds[kind]}\n\nKind: ${code(kind)}`;
}

function describeIn(
  statement: Statement,
  offset: number,
  catalog: Catalog,
  descriptions: Descriptions | undefined,
): PolicyHover | undefined {
  const at = (node: StringNode): boolean => contains(node.span, offset);
  const action = [...statement.actions, ...statement.notActions].find(at);
  if (action !== undefined) return hoverOf(action, describeAction(action.value, catalog, descriptions));
  const resource = [...statement.resources, ...statement.notResources].find(at);
  if (resource !== undefined) return hoverOf(resource, describeArn(resource.value, catalog));
  const condition = statement.conditions.find(({ key, operator }) => at(key) || at(operator.node));
  if (condition === undefined) return undefined;
  if (at(condition.operator.node)) return hoverOf(condition.operator.node, describeOperator(condition.operator));
  return hoverOf(condition.key, describeKey(condition.key.value, statement, catalog, descriptions));
}

function hoverOf({ span }: StringNode, markdown: string | undefined): PolicyHover | undefined {
  return markdown === undefined ? undefined : { span, markdown };
}

function describeAction(text: string, catalog: Catalog, descriptions: Descriptions | undefined): string | undefined {
  if (hasWildcard(text)) return describePattern(text, catalog);
  const action = catalog.action(text);
  if (action === undefined) return undefined;
  const { service, name, accessLevel, resourceTypes, conditionKeys, dependentActions } = action;
  const description = descriptions?.action(service.prefix, name.toLowerCase());
  const types = resourceTypes.map(({ type, isRequired }) => `${code(type.name)}${isRequired ? ' (required)' : ''}`);
  return [
    `**${action.id}** (${service.name}), access level: ${accessLevel}`,
    ...(description === undefined ? [] : [`${description}.`]),
    [
      `- resource types: ${types.length === 0 ? 'none, so only `"Resource": "*"` fits' : types.join(', ')}`,
      `- condition keys: ${conditionKeys.length === 0 ? 'only global ones' : conditionKeys.map((key) => code(key)).join(', ')}`,
      ...(dependentActions.length === 0 ? [] : [`- may also need: ${dependentActions.map((other) => code(other)).join(', ')}`]),
    ].join('\n'),
    source(catalog),
  ].join('\n\n');
}

/** What can do most harm first. */
const byDanger = ['Permissions management', 'Write', 'Tagging', 'Read', 'List'] as const;

function describePattern(pattern: string, catalog: Catalog): string {
  const actions = catalog.actionsMatching(pattern);
  const groups = byDanger.flatMap((level) => {
    const ofLevel = actions.filter(({ accessLevel }) => accessLevel === level);
    return ofLevel.length === 0
      ? []
      : [
          `- ${level}: ${ofLevel.length} (${listed(
            ofLevel.map(({ id }) => id),
            code,
          )})`,
        ];
  });
  const services = new Set(actions.map(({ service }) => service.prefix)).size;
  const across = services > 1 ? ` of ${services} services` : '';
  return [
    `${code(pattern)} means ${actions.length} actions${across}`,
    ...(groups.length === 0 ? [] : [groups.join('\n')]),
    source(catalog),
  ].join('\n\n');
}

function describeArn(text: string, catalog: Catalog): string | undefined {
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  const types = catalog.service(arn.service.text)?.resourceTypes ?? [];
  const fitting = types.filter(({ pattern }) => overlaps(pattern, text.replace(/\$\{[^}]*\}/g, '*')));
  const field = (name: string, value: string): string => `- ${name}: ${value === '' ? 'none' : code(value)}`;
  return [
    ...(fitting.length === 0
      ? []
      : [
          `Resource type: ${listed(
            fitting.map(({ name }) => name),
            code,
          )} of ${arn.service.text}`,
        ]),
    [
      field('partition', arn.partition.text),
      field('service', arn.service.text),
      field('region', arn.region.text),
      field('account', arn.account.text),
      field('resource', arn.resource.text),
    ].join('\n'),
  ].join('\n\n');
}

function describeKey(text: string, { actions }: Statement, catalog: Catalog, descriptions: Descriptions | undefined): string | undefined {
  const info = catalog.conditionKey(text);
  if (info === undefined) return undefined;
  const [prefix = ''] = text.toLowerCase().split(':');
  const description = descriptions?.conditionKey(prefix, info.key.toLowerCase());
  return [
    `**${info.key}**, type: ${info.type}`,
    ...(description === undefined ? [] : [`${description}.`]),
    ...supportOf(info, actions, catalog),
    source(catalog),
  ].join('\n\n');
}

/** Which of the actions that the statement names know the key; global keys are known to all. */
function supportOf({ key }: KeyInfo, nodes: readonly StringNode[], catalog: Catalog): readonly string[] {
  if (key.toLowerCase().startsWith('aws:')) return [];
  const actions = nodes.flatMap(({ value }): readonly Action[] => {
    const action = catalog.action(value);
    return action === undefined ? [] : [action];
  });
  const without = actions.filter(({ conditionKeys }) => !conditionKeys.some((candidate) => isKey(candidate, key)));
  return without.length === 0
    ? []
    : [
        `Not supported by ${listed(
          without.map(({ id }) => id),
          code,
        )}.`,
      ];
}

const families: Readonly<Record<NonNullable<Operator['family']>, string>> = {
  String: 'Compares text.',
  Numeric: 'Compares numbers.',
  Date: 'Compares dates, as in `2026-01-31T00:00:00Z`.',
  Bool: 'Compares with `true` or `false`.',
  Binary: 'Compares bytes, written in base64.',
  IpAddress: 'Compares an address with a range in CIDR notation.',
  Arn: 'Compares ARNs, field by field, with `*` and `?`.',
  Null: '`true`: the key is not in the request; `false`: it is there.',
};

function describeOperator({ name, qualifier, hasIfExists, family, isNegated, isLike }: Operator): string | undefined {
  if (family === undefined || !Object.hasOwn(operators, name)) return undefined;
  return [
    `**${name}** ${families[family]}`,
    ...(isNegated ? ['True if no value fits, and also if the key is not in the request.'] : []),
    ...(isLike && family === 'String' ? ['`*` stands for any characters, `?` for one.'] : []),
    ...(qualifier === 'ForAllValues' ? ['`ForAllValues`: every value of the request must fit; true also if there is none.'] : []),
    ...(qualifier === 'ForAnyValue' ? ['`ForAnyValue`: one value of the request must fit.'] : []),
    ...(hasIfExists ? ['`IfExists`: true also if the key is not in the request.'] : []),
  ].join('\n\n');
}

function source({ updatedAt }: Catalog): string {
  return `[AWS's reference](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html), data of ${updatedAt}`;
}
