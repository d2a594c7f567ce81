// Items of a list that other items of it cover.

import type { ArrayNode, StringNode } from '../tree/node';
import { hasPlaceholder } from './placeholder';
import type { Statement, StatementElement } from './policy';
import { covers, hasWildcard } from './wildcard';

interface CoveredItem {
  readonly list: ArrayNode;
  readonly item: StringNode;
  readonly by: StringNode;
}

/** Each item is compared with each pattern. */
const mostCompared = 1000;

interface Item {
  readonly item: StringNode;
  readonly index: number;
  readonly text: string;
}

/** @param textOf what counts of an item. Of two items that are the same, the later one is covered. */
export function coveredItems(
  { elements }: Statement,
  name: StatementElement,
  textOf: (item: StringNode) => string,
): readonly CoveredItem[] {
  const list = elements[name]?.value;
  if (list?.kind !== 'array' || list.items.length < 2 || list.items.length > mostCompared) return [];
  const first = new Map<string, Item>();
  const patterns: Item[] = [];
  const covered: CoveredItem[] = [];
  const cover = (item: StringNode, by: StringNode): void => {
    // Of what a template fills in, nothing is known.
    if (!hasPlaceholder(item.value) && !hasPlaceholder(by.value)) covered.push({ list, item, by });
  };
  for (let index = 0; index < list.items.length; index++) {
    const node = list.items[index];
    if (node?.kind !== 'string') continue;
    const text = textOf(node);
    const same = first.get(text);
    if (same !== undefined) {
      cover(node, same.item);
      continue;
    }
    const item = { item: node, index, text };
    first.set(text, item);
    if (hasWildcard(text)) patterns.push(item);
  }
  if (patterns.length > 0) {
    for (const item of first.values()) {
      const by = patterns.find((pattern) => isCovered(item, pattern));
      if (by !== undefined) cover(item.item, by.item);
    }
  }
  return covered;
}

/** Of two that cover each other (`a*`, `a**`), the later one is. */
function isCovered({ text, index }: Item, pattern: Item): boolean {
  if (pattern.text === text || !covers(pattern.text, text)) return false;
  return pattern.index < index || !covers(text, pattern.text);
}
