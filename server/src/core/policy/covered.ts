// Items of a list that other items of it cover.

import type { ArrayNode, StringNode } from '../tree/node';
import { hasPlaceholder } from './placeholder';
import type { Statement, StatementElement } from './policy';
import { covers, hasWildcard } from './wildcard';

export interface CoveredItem {
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

/** @param patternOf the text that counts of an item. Of two items that are the same, the later one is covered. */
export function coveredItems({ elements }: Statement, name: StatementElement, patternOf: (text: string) => string): readonly CoveredItem[] {
  const list = elements[name]?.value;
  if (list?.kind !== 'array' || list.items.length < 2 || list.items.length > mostCompared) return [];
  const first = new Map<string, Item>();
  const patterns: Item[] = [];
  const covered: CoveredItem[] = [];
  for (const [index, node] of list.items.entries()) {
    if (node.kind !== 'string' || hasPlaceholder(node.value)) continue;
    const item = { item: node, index, text: patternOf(node.value) };
    const same = first.get(item.text);
    if (same !== undefined) covered.push({ list, item: node, by: same.item });
    else {
      first.set(item.text, item);
      if (hasWildcard(item.text)) patterns.push(item);
    }
  }
  if (patterns.length > 0) {
    for (const item of first.values()) {
      const by = patterns.find((pattern) => isCovered(item, pattern));
      if (by !== undefined) covered.push({ list, item: item.item, by: by.item });
    }
  }
  return covered;
}

/** Of two that cover each other (`a*`, `a**`), the later one is. */
function isCovered({ text, index }: Item, pattern: Item): boolean {
  if (pattern.text === text || !covers(pattern.text, text)) return false;
  return pattern.index < index || !covers(text, pattern.text);
}
