// Amazon Resource Names, with the place of each field.

import type { Span } from '../text';

/** Those that anybody may have an account in. */
export const publicPartitions: readonly string[] = ['aws', 'aws-cn', 'aws-us-gov'];

export interface Arn {
  readonly partition: Field;
  readonly service: Field;
  readonly region: Field;
  readonly account: Field;
  /** All after the fifth colon. */
  readonly resource: Field;
}

/** `span` counts from the start of the string that the ARN was read from. */
export interface Field {
  readonly text: string;
  readonly span: Span;
}

/** Nothing for a text without the six fields that begin with `arn`. */
export function parseArn(text: string): Arn | undefined {
  const fields: Field[] = [];
  let start = 0;
  for (let i = 0; i < 5; i++) {
    const end = endOfField(text, start);
    if (end === undefined) return undefined;
    fields.push({ text: text.slice(start, end), span: { start, end } });
    start = end + 1;
  }
  const [prefix, partition, service, region, account] = fields;
  if (prefix?.text !== 'arn' || partition === undefined || service === undefined || region === undefined || account === undefined)
    return undefined;
  return { partition, service, region, account, resource: { text: text.slice(start), span: { start, end: text.length } } };
}

/** Colons within `${…}` separate nothing. */
function endOfField(text: string, start: number): number | undefined {
  for (let i = start; i < text.length; i++) {
    if (text[i] === ':') return i;
    if (text.startsWith('${', i)) {
      const close = text.indexOf('}', i);
      if (close === -1) return undefined;
      i = close;
    }
  }
  return undefined;
}
