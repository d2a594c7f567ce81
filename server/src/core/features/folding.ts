// What of a config file can be folded away: sections, values of several lines, and runs of comment lines.

import type { Setting } from '../awsconfig/node';
import type { ConfigDocument } from '../document';
import type { Span } from '../text';

export interface FoldingRange {
  /** From the first line that stays to the last one that goes. */
  readonly span: Span;
  readonly kind: 'region' | 'comment';
}

/** Some may stand on one line: what a line is, the edge knows. */
export function foldingRanges({ text, config }: ConfigDocument): readonly FoldingRange[] {
  const settings = config.sections.flatMap((section) => section.settings.filter(isLong));
  const regions = [...config.sections, ...settings].map(({ span }): FoldingRange => ({ span, kind: 'region' }));
  const comments = runs(text, config.comments).map((span): FoldingRange => ({ span, kind: 'comment' }));
  return [...regions, ...comments].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

function isLong({ value }: Setting): boolean {
  return value.kind === 'nested' || (value.kind === 'text' && value.text.includes('\n'));
}

/** Comments with nothing but white space and at most one line end between them. */
function runs(text: string, comments: readonly Span[]): readonly Span[] {
  const found: { start: number; end: number }[] = [];
  for (const { start, end } of comments) {
    const last = found.at(-1);
    if (last !== undefined && /^[^\S\r\n]*(\r\n|\n|\r)[^\S\r\n]*$/.test(text.slice(last.end, start))) last.end = end;
    else found.push({ start, end });
  }
  return found.filter((run) => /[\r\n]/.test(text.slice(run.start, run.end)));
}
