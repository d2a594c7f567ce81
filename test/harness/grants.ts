// What a policy grants and denies, action by action and resource by resource over the service data, to compare it with what became of it.
// It shares nothing with the rules and refactorings that it judges but the parser, patterns and look-ups.

import type { Action, Catalog } from '../../server/src/core/catalog/catalog';
import { parseArn } from '../../server/src/core/policy/arn';
import { networkOf, parseIpRange, writeIpRange } from '../../server/src/core/policy/ipRange';
import { operatorOf } from '../../server/src/core/policy/operator';
import type { Policy } from '../../server/src/core/policy/policy';
import { covers, matches, overlaps } from '../../server/src/core/policy/wildcard';
import { itemsOf, memberValue, type Node, type StringNode, textOf } from '../../server/src/core/tree/node';

/**
 * What counts. `text`: all that a pattern can ever mean, on every resource that is written; `today`: actions that there are, and what is
 * written though nobody knows it, if no pattern means it too; `fitting`: of the resources only those that the action can be for.
 */
export type Measure = 'text' | 'today' | 'fitting';

/** What a policy allows that an earlier form of it did not, or no longer denies: a line each; none if it grants no more. */
export function grantedAnew(before: Policy, after: Policy, catalog: Catalog, measure: Measure = 'text'): readonly string[] {
  const old = linesOf(before);
  const young = linesOf(after);
  const compared = (effect: string, lines: readonly Line[], others: readonly Line[], verb: string): string[] => {
    const same = new Set(others.map(({ key }) => key));
    // A statement that is there as it was is no news.
    const changed = lines.filter((line) => line.effect === effect && !same.has(line.key));
    return representatives(changed, others, catalog, measure).flatMap((action) =>
      uncovered(action, changed, others, effect, catalog, measure).map((what) => `${verb} ${action} ${what}`),
    );
  };
  return [...compared('Allow', young, old, 'allows'), ...compared('Deny', old, young, 'no longer denies')];
}

/** A statement. Who and when are compared as text: a statement with a condition grants under that condition. */
interface Line {
  /** The whole statement, and the version of the policy. */
  readonly key: string;
  readonly effect: string | undefined;
  /** In lower case. */
  readonly actions: readonly string[];
  readonly exceptActions: boolean;
  readonly resources: readonly string[];
  readonly exceptResources: boolean;
  readonly who: ReadonlySet<string>;
  /** Each must hold. */
  readonly when: ReadonlySet<string>;
}

function linesOf({ node, statement }: Policy): readonly Line[] {
  const isOld = textOf(memberValue(node, 'Version')) !== '2012-10-17';
  // Only the newer version knows variables.
  const versioned = (text: string): string => (isOld && text.includes('${') ? `literally ${text}` : text);
  return itemsOf(statement.value).map((item) => {
    const texts = (name: string): string[] => itemsOf(memberValue(item, name)).map(said);
    const has = (name: string): boolean => memberValue(item, name) !== undefined;
    return {
      key: `${isOld} ${said(item)}`,
      effect: textOf(memberValue(item, 'Effect')),
      actions: texts(has('NotAction') ? 'NotAction' : 'Action').map((action) => action.toLowerCase()),
      exceptActions: has('NotAction'),
      resources: has('Resource') || has('NotResource') ? texts(has('NotResource') ? 'NotResource' : 'Resource').map(versioned) : ['itself'],
      exceptResources: has('NotResource'),
      who: principalsOf(item),
      when: new Set(conjuncts(memberValue(item, 'Condition')).map(versioned)),
    };
  });
}

/** One form for what IAM reads alike: members in one order, lists without order and repetition, a list of one as the one. */
export function said(node: Node | undefined): string {
  if (node === undefined) return '';
  switch (node.kind) {
    case 'null':
      return '';
    case 'array': {
      const items = [...new Set(node.items.map(said))].sort();
      return items.length === 1 ? (items[0] ?? '') : `[${items.join()}]`;
    }
    case 'object':
      return `{${node.members
        .map(({ key, value }) => `${key.value}=${said(value)}`)
        .sort()
        .join()}}`;
    default:
      return String(node.value);
  }
}

/** Each for itself; all but some are one. */
function principalsOf(statement: Node): ReadonlySet<string> {
  const principal = memberValue(statement, 'Principal');
  const others = memberValue(statement, 'NotPrincipal');
  const each =
    principal?.kind === 'object'
      ? principal.members.flatMap(({ key, value }) => itemsOf(value).map((item) => `${key.value} ${said(item)}`))
      : [said(principal)];
  return new Set(others === undefined ? each : [`not ${said(others)}`]);
}

function conjuncts(condition: Node | undefined): readonly string[] {
  if (condition?.kind !== 'object') return condition === undefined ? [] : [said(condition)];
  return condition.members.flatMap(({ key, value }) => {
    if (value?.kind !== 'object') return [`${key.value} ${said(value)}`];
    return value.members
      .filter((entry) => !holdsAlways(key, itemsOf(entry.value).map(said)))
      .map((entry) => conjunct(key, entry.key.value.toLowerCase(), itemsOf(entry.value).map(said)));
  });
}

/** Every value fits a star, and a request without one holds too. */
function holdsAlways(operatorNode: StringNode, values: readonly string[]): boolean {
  const { name, qualifier, hasIfExists } = operatorOf(operatorNode);
  const isOptional = qualifier === 'ForAllValues' || (qualifier === undefined && hasIfExists);
  return isOptional && /^(StringLike|ArnLike|ArnEquals)$/.test(name) && values.some((value) => /^\*+$/.test(value));
}

function conjunct(operatorNode: StringNode, key: string, values: readonly string[]): string {
  const { name, qualifier: given, hasIfExists, isNegated } = operatorOf(operatorNode);
  // A token has one audience here, so that any of its values is the one.
  const qualifier = given === 'ForAnyValue' && key.endsWith(':aud') && !isNegated ? undefined : given;
  const written = (operator: string, texts: readonly string[]): string => `${operator} ${key} ${[...new Set(texts)].sort().join(' or ')}`;
  const operator = `${qualifier ?? ''} ${name} ${hasIfExists ? 'IfExists' : ''}`;
  const isAny = qualifier === undefined && values.some((value) => /^\*+$/.test(value));
  // Every value fits a star: what is asked is whether there is one.
  if (isAny && name === 'StringLike' && !hasIfExists) return written(' Null ', ['false']);
  if (isAny && name === 'StringNotLike') return written(' Null ', ['true']);
  if (/^(Not)?IpAddress$/.test(name)) return written(operator, values.map(network));
  // Of alternative bounds the loosest.
  if (/^Numeric(Less|Greater)/.test(name) && values.every((value) => Number.isFinite(Number(value)))) {
    const numbers = values.map(Number);
    return written(operator, [String(/Less/.test(name) ? Math.max(...numbers) : Math.min(...numbers))]);
  }
  return written(operator, values);
}

function network(text: string): string {
  const range = parseIpRange(text);
  return range === undefined ? text : writeIpRange(networkOf(range));
}

/**
 * Actions that stand for all there are: two that the same patterns mean are alike, but for the resources that they can be for. What only a
 * star means is one of them.
 */
function representatives(lines: readonly Line[], others: readonly Line[], catalog: Catalog, measure: Measure): readonly string[] {
  const patternsIn = (all: readonly Line[]): string[] => [...new Set(all.flatMap(({ actions }) => actions))];
  const patterns = patternsIn([...lines, ...others]);
  // What is meant by being left out is beyond the patterns of the statement.
  const reach = lines.some(({ exceptActions }) => exceptActions) ? patterns : patternsIn(lines);
  if (lines.length === 0) return [];
  const found = new Map<string, string>();
  const add = (action: string): void => {
    const meant = patterns.map((pattern) => (matches(pattern, action) ? '1' : '0')).join('');
    const types = measure === 'fitting' ? catalog.action(action)?.resourceTypes.map(({ type }) => type.arn) : [];
    const key = `${meant} ${types?.join()}`;
    if (!found.has(key)) found.set(key, action);
  };
  add('nosuch:action');
  for (const pattern of reach.some((each) => /^\*(:\*)?$/.test(each)) ? patterns : reach) {
    if (/^\*(:\*)?$/.test(pattern)) continue;
    const meant = catalog.actionsMatching(pattern);
    for (const { id } of meant) add(id.toLowerCase());
    const isAlone = meant.length === 0 && patterns.every((other) => other === pattern || !matches(other, pattern));
    if (isAlone || measure === 'text') add(pattern.replace(/[*?]/g, 'x'));
  }
  return [...found.values()];
}

/** Of what the lines have for an action, what none of the other lines has: in words. */
function uncovered(
  action: string,
  lines: readonly Line[],
  others: readonly Line[],
  effect: string,
  catalog: Catalog,
  measure: Measure,
): readonly string[] {
  const about = (line: Line): boolean =>
    line.effect === effect && line.actions.some((pattern) => matches(pattern, action)) !== line.exceptActions;
  const candidates = others.filter(about);
  const known = measure === 'fitting' ? catalog.action(action) : undefined;
  return lines.filter(about).flatMap((line) => {
    const wider = candidates.filter(
      ({ who, when }) => [...line.who].every((one) => who.has(one)) && [...when].every((condition) => line.when.has(condition)),
    );
    const under = line.when.size === 0 ? '' : ` when ${[...line.when].join(' and ')}`;
    if (line.exceptResources) {
      const isCovered = wider.some((other) =>
        other.exceptResources
          ? other.resources.every((excluded) => line.resources.some((mine) => covers(mine, excluded)))
          : other.resources.some((resource) => /^\*+$/.test(resource)),
      );
      return isCovered ? [] : [`on all but ${line.resources.join(', ')}${under}`];
    }
    return line.resources
      .filter((resource) => known === undefined || canBeFor(known, resource))
      .filter(
        (resource) =>
          !wider.some((other) =>
            other.exceptResources
              ? other.resources.every((excluded) => !overlaps(excluded, resource))
              : other.resources.some((pattern) => covers(pattern, resource)),
          ),
      )
      .map((resource) => `on ${resource}${under}`);
  });
}

/** Whether some resource that fits the pattern is of a type that the action takes; one that takes none asks for `*` itself. */
function canBeFor({ resourceTypes }: Action, pattern: string): boolean {
  if (resourceTypes.length === 0) return /^\*+$/.test(pattern);
  const given = pattern.replace(/\$\{[^}]*\}/g, '*');
  return resourceTypes.some(({ type: { name, arn } }) => {
    const wanted = arn.replace(/\$\{[^}]*\}/g, '*');
    const [a, b] = [parseArn(wanted), parseArn(given)];
    if (a === undefined || b === undefined) return overlaps(wanted, given);
    // A bucket has no slash in its name.
    if (name === 'bucket' && a.service.text === 's3' && b.resource.text.includes('/')) return false;
    const parts = [
      [a.partition, b.partition],
      [a.service, b.service],
      [a.region, b.region],
      [a.account, b.account],
      [a.resource, b.resource],
    ] as const;
    return parts.every(([mine, other]) => overlaps(mine.text, other.text));
  });
}
