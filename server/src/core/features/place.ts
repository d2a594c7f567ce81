// Where an offset stands in a config file.

import { startOfLine } from '../awsconfig/edit';
import type { NestedSetting, Section, Setting } from '../awsconfig/node';
import type { ConfigDocument } from '../document';
import type { Span } from '../text';

export interface Place {
  readonly section: Section;
  /** Missing on the head, and between settings. */
  readonly setting?: Setting | undefined;
  readonly nested?: NestedSetting | undefined;
}

/** Nothing before the first section and in comments. */
export function placeAt({ text, config }: ConfigDocument, offset: number): Place | undefined {
  if (config.comments.some((comment) => contains(comment, offset))) return undefined;
  const section = lastBefore(config.sections, offset);
  if (section === undefined || offset < section.span.start) return undefined;
  const setting = lastBefore(section.settings, offset);
  // A setting goes on to the end of its line, and its value may go on below.
  if (setting === undefined || startOfLine(text, offset) > Math.max(setting.span.end, setting.key.span.end)) return { section };
  const nested = setting.value.kind === 'nested' ? lastBefore(setting.value.settings, offset) : undefined;
  const isOn = nested !== undefined && startOfLine(text, offset) <= nested.span.end;
  return { section, setting, nested: isOn ? nested : undefined };
}

export function contains({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}

/** Of things in the order of their places, the last that has begun. */
export function lastBefore<T extends { readonly span: Span }>(things: readonly T[], offset: number): T | undefined {
  let low = 0;
  let high = things.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((things[middle]?.span.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return things[low - 1];
}
