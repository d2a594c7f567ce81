// Values of conditions that a wildcard, or a variable that others set, makes to fit more than they should (IAM User Guide, "AWS global
// condition context keys": sensitive condition keys).

import type { StringNode } from '../tree/node';
import { conditionsOf } from './conditionValue';
import { hasPlaceholder, variablesIn } from './placeholder';
import type { ConditionKey, Policy, Statement } from './policy';

interface LooseValue {
  readonly condition: ConditionKey;
  readonly node: StringNode;
  readonly by: 'wildcard' | 'variable';
  /** What to do, in a sentence. */
  readonly advice: string;
}

/**
 * sensitive: the key holds an ID, and no part of one means anything; user-id: not `ID:session`, with all or nothing of the ID open;
 * organization: the ID of the organization is open, and those of its units are not unique.
 */
type Looseness = 'sensitive' | 'user-id' | 'organization';

const loosenessOf: ReadonlyMap<string, Looseness> = new Map([
  ['aws:principalaccount', 'sensitive'],
  ['aws:principalorgid', 'sensitive'],
  ['aws:resourceaccount', 'sensitive'],
  ['aws:resourceorgid', 'sensitive'],
  ['aws:sourceaccount', 'sensitive'],
  ['aws:sourceorgid', 'sensitive'],
  ['aws:sourcevpc', 'sensitive'],
  ['aws:sourcevpce', 'sensitive'],
  ['aws:vpceaccount', 'sensitive'],
  ['aws:vpceorgid', 'sensitive'],
  ['aws:userid', 'user-id'],
  ['aws:principalorgpaths', 'organization'],
  ['aws:resourceorgpaths', 'organization'],
  ['aws:sourceorgpaths', 'organization'],
  ['aws:vpceorgpaths', 'organization'],
]);

const taken = new WeakMap<Policy, readonly LooseValue[]>();

export function looseValues(policy: Policy): readonly LooseValue[] {
  const known = taken.get(policy) ?? conditionsOf(policy).flatMap(({ statement, condition }) => looseValuesOf(statement, condition));
  taken.set(policy, known);
  return known;
}

export function looseValuesOf(statement: Statement, condition: ConditionKey): readonly LooseValue[] {
  const because = loosenessOf.get(condition.key.value.toLowerCase());
  const { operator, values } = condition;
  // Where the condition takes away, fitting more is no danger.
  if (because === undefined || operator.family !== 'String' || statement.effect !== (operator.isNegated ? 'Deny' : 'Allow')) return [];
  return values.flatMap((node) => {
    const by = node.kind === 'string' && !hasPlaceholder(node.value) ? looseBy(node.value, because, operator.isLike) : undefined;
    return node.kind === 'string' && by !== undefined ? [{ condition, node, by, advice: advice[because] }] : [];
  });
}

const advice: Readonly<Record<Looseness, string>> = {
  sensitive: 'Name the values that are meant.',
  'user-id': 'It may stand after the colon, or for all that is before it.',
  organization: 'Begin with the ID of the organization, as in o-a1b2c3d4e5/.',
};

/** In the place of a variable that others set, which may hold anything. */
const open = '\u0000';

function looseBy(text: string, because: Looseness, isLike: boolean): LooseValue['by'] | undefined {
  // What a misspelt variable stands for is not known.
  if (!variablesIn(text).every(({ name, isClosed }) => isClosed && name.trim() === name)) return undefined;
  // IAM itself sets these: comparing them with each other is what they are for. `${*}` is the character.
  const plain = text
    .replace(/\$\{(aws:(Principal|Resource|Source|Vpce)(Account|Org(ID|Paths))|aws:(Ec2Instance)?SourceVpce?|[*?$])\}/gi, '_')
    .replace(/\$\{[^}]*\}/g, open);
  const isLoose = loose[because];
  if (isLoose(plain.replace(/[*?]/g, '_'))) return 'variable';
  return isLike && isLoose(plain.replaceAll('*', open).replaceAll('?', open)) ? 'wildcard' : undefined;
}

/** All before the colon, or nothing of it. The ID of a user or role has a fixed length: what follows a whole one is the session. */
const userId = new RegExp(`^(${open}+:|[^:${open}]+:|A(ROA|IDA)[A-Z0-9]{17}${open})`);
/** The ID of an organization, `o-` and at least ten characters. */
const withoutOrganization = new RegExp(`^[^/${open}]{0,5}${open}`);

const loose: Readonly<Record<Looseness, (text: string) => boolean>> = {
  sensitive: (text) => text.includes(open),
  'user-id': (text) => text.includes(open) && !userId.test(text),
  organization: (text) => withoutOrganization.test(text),
};
