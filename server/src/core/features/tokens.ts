// Semantic tokens of a config file: what the reader knows and a TextMate grammar can only guess, such as a block that has been
// swallowed by the value above it.

import type { NestedSetting, Setting } from '../awsconfig/node';
import { trimmed } from '../awsconfig/parse';
import type { ConfigDocument } from '../document';
import { emrSettingNames } from '../emr/block';
import type { Span } from '../text';

export const tokenTypes = ['namespace', 'comment', 'property', 'string'] as const;
export const tokenModifiers = ['defaultLibrary', 'deprecated'] as const;

interface Token {
  /** Within one line. */
  readonly span: Span;
  readonly type: (typeof tokenTypes)[number];
  /** `defaultLibrary`: a setting that the AWS CLI reads; `deprecated`: one of an emr block that it ignores. */
  readonly modifier?: (typeof tokenModifiers)[number];
}

/** In the order of their places; none overlaps another. */
export function semanticTokens({ text, config }: ConfigDocument): readonly Token[] {
  const tokens: Token[] = config.comments.map((span) => ({ span, type: 'comment' }));
  for (const { name, settings } of config.sections) {
    if (name.span.start < name.span.end) tokens.push({ span: name.span, type: 'namespace' });
    for (const setting of settings) tokens.push(...settingTokens(text, setting, config.comments));
  }
  return tokens.sort((a, b) => a.span.start - b.span.start);
}

function settingTokens(text: string, { key, value }: Setting, comments: readonly Span[]): Token[] {
  const tokens: Token[] = [];
  if (key.span.start < key.span.end) tokens.push({ span: key.span, type: 'property' });
  if (value.kind === 'nested') tokens.push(...value.settings.flatMap((nested) => nestedTokens(nested, key.text === 'emr')));
  else tokens.push(...linesOf(text, value.span, comments).map((span): Token => ({ span, type: 'string' })));
  return tokens;
}

function nestedTokens({ key, value }: NestedSetting, isEmr: boolean): Token[] {
  const isRead = emrSettingNames.some((name) => name === key.text);
  const tokens: Token[] = [];
  if (key.span.start < key.span.end)
    tokens.push({ span: key.span, type: 'property', ...(isEmr ? { modifier: isRead ? 'defaultLibrary' : 'deprecated' } : {}) });
  if (value.span.start < value.span.end) tokens.push({ span: value.span, type: 'string' });
  return tokens;
}

/** Each line of a value, without blanks at its ends, and without the comments between its lines. */
function linesOf(text: string, { start, end }: Span, comments: readonly Span[]): readonly Span[] {
  const lines: Span[] = [];
  for (let from = start; from < end; ) {
    let to = from;
    while (to < end && text[to] !== '\n' && text[to] !== '\r') to++;
    const line = trimmed(text, { start: from, end: to });
    if (line.start < line.end && !startsComment(comments, line.start)) lines.push(line);
    from = to + 1;
  }
  return lines;
}

function startsComment(comments: readonly Span[], offset: number): boolean {
  let low = 0;
  let high = comments.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = comments[middle]?.start ?? 0;
    if (at === offset) return true;
    if (at < offset) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}
