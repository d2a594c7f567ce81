// How a statement allows one certain action: named, through a pattern, or by not leaving it out.

import type { Span } from '../text';
import { element, isWhole, type Statement } from './policy';
import { hasWildcard, matches } from './wildcard';

export interface Grant {
  /** `action`: it is named; `star`: a pattern means it too; `not-action`: it is not among those left out. */
  readonly by: 'action' | 'star' | 'not-action';
  /** On what: a resource that means all of them, or all but some. */
  readonly on: 'star' | 'not-resource';
  /** The action, the pattern, or the first that is left out. */
  readonly action: Span;
  readonly resource: Span;
}

/** @param action in lower case. @param meansAll whether a resource means every one that the action can be for. */
export function grantOf(statement: Statement, action: string, meansAll: (resource: string) => boolean): Grant | undefined {
  if (statement.effect !== 'Allow') return undefined;
  const what = onWhat(statement, meansAll);
  const how = what && howAllowed(statement, action);
  return how && what && { ...how, ...what };
}

function howAllowed({ node, actions, notActions }: Statement, action: string): Pick<Grant, 'by' | 'action'> | undefined {
  const named = actions.find(({ value }) => value.length === action.length && value.toLowerCase() === action);
  if (named !== undefined) return { by: 'action', action: named.span };
  const pattern = actions.find(({ value }) => isPatternOf(value, action));
  if (pattern !== undefined) return { by: 'star', action: pattern.span };
  const [first] = notActions;
  if (first === undefined || !isWhole(element(node, 'NotAction'))) return undefined;
  return notActions.some(({ value }) => matches(value.toLowerCase(), action)) ? undefined : { by: 'not-action', action: first.span };
}

function isPatternOf(value: string, action: string): boolean {
  // Most name another service, and part at the first letter.
  const first = value.charAt(0);
  const mayMatch = first === '*' || first === '?' || first.toLowerCase() === action.charAt(0);
  return mayMatch && hasWildcard(value) && matches(value.toLowerCase(), action);
}

function onWhat(
  { resources, notResources }: Statement,
  meansAll: (resource: string) => boolean,
): Pick<Grant, 'on' | 'resource'> | undefined {
  const [excluded] = notResources;
  if (excluded !== undefined) return { on: 'not-resource', resource: excluded.span };
  const star = resources.find(({ value }) => value === '*' || meansAll(value));
  return star && { on: 'star', resource: star.span };
}

/** `*` on `*` without a condition is one cause of everything: policy/full-admin. */
export function isFullAdmin({ effect, actions, resources, condition }: Statement): boolean {
  if (effect !== 'Allow' || condition !== undefined) return false;
  return actions.some(({ value }) => isEveryAction(value)) && resources.some(({ value }) => isStar(value));
}

/** `*`, or `*:*`. */
export function isEveryAction(action: string): boolean {
  return action.charAt(0) === '*' && /^\*+(:\*+)?$/.test(action);
}

export function isStar(resource: string): boolean {
  return resource.charAt(0) === '*' && /^\*+$/.test(resource);
}
