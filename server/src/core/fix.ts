// Applying fixes: each whole or not at all.

import type { Finding, Fix } from './finding';
import { type Edit, spansTouch } from './text';

/** The edits of every safe fix that does not touch one made before it; a finding gives its first safe fix. */
export function safeEdits(findings: readonly Finding[]): readonly Edit[] {
  const edits: Edit[] = [];
  for (const { fixes } of findings) {
    const fix = fixes.find(isSafe);
    const isFree = fix?.edits.every((edit) => !edits.some((made) => spansTouch(made.span, edit.span)));
    if (fix !== undefined && isFree) edits.push(...fix.edits);
  }
  return edits;
}

function isSafe({ kind }: Fix): boolean {
  return kind === 'safe';
}
