// `$0` in a text marks the cursor.

import assert from 'node:assert/strict';

export function atCursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('$0');
  assert.ok(offset >= 0 && offset === marked.lastIndexOf('$0'), `one $0 must mark the cursor: ${marked}`);
  return { text: marked.replace('$0', ''), offset };
}
