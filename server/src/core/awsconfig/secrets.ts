// The text of a config file for showing lines of it: every credential hidden, all else in its place.

import type { Span } from '../text';
import { endOfLine } from './edit';
import type { AwsConfig } from './node';

/** A line that the reader could not take for a setting may hold a credential all the same. */
const mention = /(aws_\w+|secret\w*|password|token)\W*/i;

/** Of the same length as the text. */
export function withoutSecrets(text: string, { sections, errors }: AwsConfig): string {
  const settings = sections.flatMap((section) => section.settings);
  const nested = settings.flatMap(({ value }) => (value.kind === 'nested' ? value.settings : []));
  const hidden = [...settings, ...nested].flatMap(({ value }) => (value.kind === 'secret' ? [value.span] : []));
  const broken = errors.flatMap(({ span }): Span[] => {
    const found = mention.exec(text.slice(span.start, span.end));
    return found === null ? [] : [{ start: span.start + found.index + found[0].length, end: endOfLine(text, span.end) }];
  });
  let shown = '';
  let done = 0;
  for (const { start, end } of [...hidden, ...broken].sort((a, b) => a.start - b.start)) {
    if (end <= done) continue;
    const from = Math.max(start, done);
    shown += text.slice(done, from) + text.slice(from, end).replace(/[^\r\n]/g, '*');
    done = end;
  }
  return shown + text.slice(done);
}
