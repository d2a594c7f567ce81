// Patterns of actions written out, and actions written as a pattern.

import type { Action, Catalog, Service } from '../catalog/catalog';
import { isPartlyDocumented } from '../catalog/undocumented';
import { compareText } from '../finding';
import { isPlainList, layoutFor, layoutOf, writeList } from '../json/list';
import { removeItem } from '../json/remove';
import { hasPlaceholder } from '../policy/placeholder';
import { covers, hasWildcard } from '../policy/wildcard';
import { isWithin } from '../text';
import { type StringNode, stringsOf } from '../tree/node';
import { listAt, mostActions, type Refactoring, type StatementPlace, selectedOf } from './statementPlace';

export function expandAction(place: StatementPlace, catalog: Catalog): Refactoring | undefined {
  const { text, statement, selection } = place;
  const found = listAt(place);
  const value = found?.member.value;
  const node = stringsOf(value).find(({ span }) => isWithin(selection, span));
  if (found === undefined || value === undefined || node === undefined || !found.name.endsWith('Action')) return undefined;
  const pattern = node.value;
  if (!hasWildcard(pattern) || !isKnown(pattern)) return undefined;
  const actions = catalog.actionsMatching(pattern);
  if (actions.length === 0 || actions.length > mostActions || actions.some(({ service }) => isPartlyDocumented(service.prefix)))
    return undefined;
  const others = new Set(stringsOf(value).map((other) => other.value.toLowerCase()));
  const written = actions
    .map(({ id }) => id)
    .filter((id) => !others.has(id.toLowerCase()))
    .sort(compareText)
    .map((id) => JSON.stringify(id));
  const title = `Expand ${pattern} to ${actions.length === 1 ? 'the one action' : `the ${actions.length} actions`} that it means today`;
  const made = (newText: string): Refactoring => ({ title, kind: 'inline', edits: [{ span: node.span, newText }] });
  if (value.kind === 'array') {
    if (written.length > 0) return made(written.join(layoutOf(text, value).separator));
    return isPlainList(text, value) ? { title, kind: 'inline', edits: [removeItem(value, node)] } : undefined;
  }
  const models = statement.node.members.flatMap((other) => other.value ?? []);
  const [first = '', ...more] = written;
  return made(more.length === 0 ? first : writeList(layoutFor(text, statement.node, found.member, written.length, models), written));
}

/** One for each pattern that means nothing but actions that are listed, those under the selection if it touches several. */
export function collapseActions(place: StatementPlace, catalog: Catalog): readonly Refactoring[] {
  const found = listAt(place);
  const list = found?.member.value;
  if (found === undefined || list?.kind !== 'array' || !found.name.endsWith('Action') || !isPlainList(place.text, list)) return [];
  const items = stringsOf(list).filter(({ value }) => isKnown(value));
  const selected = selectedOf(items, place.selection);
  const chosen = meaningOf(selected.length > 1 ? selected : items, catalog);
  const fits = new Map<string, boolean>();
  const under = meaningOf(selected.length > 0 ? selected : items, catalog);
  const patterns = new Set([...under].flatMap((action) => widest(action, chosen, fits) ?? []));
  const fate = found.name === 'NotAction' ? 'left out' : place.statement.effect === 'Deny' ? 'denied' : 'granted';
  return [...patterns].flatMap((pattern): Refactoring[] => {
    const covered = items.filter(({ value }) => covers(pattern.toLowerCase(), value.toLowerCase()));
    const [first, ...others] = covered;
    const isThere = covered.some(({ value }) => value.toLowerCase() === pattern.toLowerCase());
    if (first === undefined || others.length === 0 || isThere) return [];
    return [
      {
        title: `Collapse ${covered.length} actions to ${pattern}: what AWS adds to it later will be ${fate} too`,
        kind: 'rewrite',
        edits: [{ span: first.span, newText: JSON.stringify(pattern) }, ...others.map((item) => removeItem(list, item))],
      },
    ];
  });
}

function meaningOf(items: readonly StringNode[], catalog: Catalog): ReadonlySet<Action> {
  return new Set(
    items.flatMap(({ value }): readonly Action[] => {
      if (hasWildcard(value)) return /^\*+$/.test(value) ? [] : catalog.actionsMatching(value);
      const action = catalog.action(value);
      return action === undefined ? [] : [action];
    }),
  );
}

/**
 * The pattern that begins as the action's name does, word by word, and means most while it means only what is chosen.
 *
 * @param fits the patterns that were looked at.
 */
function widest({ service, name }: Action, chosen: ReadonlySet<Action>, fits: Map<string, boolean>): string | undefined {
  if (isPartlyDocumented(service.prefix)) return undefined;
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+|[^A-Za-z0-9]+/g) ?? [];
  for (let count = 0; count <= words.length; count++) {
    const start = words.slice(0, count).join('');
    const pattern = `${service.prefix}:${start}*`;
    const fit = fits.get(pattern) ?? meansOnly(service, start.toLowerCase(), chosen);
    fits.set(pattern, fit);
    if (fit) return pattern;
  }
  return undefined;
}

/** Whether the service has several actions that begin so, and all of them are chosen. */
function meansOnly({ actions }: Service, start: string, chosen: ReadonlySet<Action>): boolean {
  let count = 0;
  for (const action of actions) {
    if (!action.name.toLowerCase().startsWith(start)) continue;
    if (!chosen.has(action)) return false;
    count++;
  }
  return count > 1;
}

function isKnown(text: string): boolean {
  return !text.includes('${') && !hasPlaceholder(text);
}
