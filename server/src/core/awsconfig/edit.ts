// Changes to a config file that touch nothing else in it.

import type { Fix } from '../finding';
import type { Edit } from '../text';
import type { NestedSetting, Setting } from './node';

/** Replaces a value; an empty one gets the blank that people write before it. */
export function replaceValue(text: string, setting: NestedSetting, newText: string): Edit {
  const { start, end } = setting.value.span;
  const glued = start === end && text[start - 1] === '=';
  return { span: { start, end }, newText: glued ? ` ${newText}` : newText };
}

/** A fix that writes another value: what was meant is a guess. */
export function changeTo(text: string, setting: NestedSetting, value: string, because = ''): Fix {
  return { title: `Change to ${value}${because}`, kind: 'suggestion', edits: [replaceValue(text, setting, value)] };
}

/** Adds a line to an indented block, with the indentation and the line end of the block's last line. */
export function addNestedSetting(text: string, block: Setting, key: string, value: string): Edit | undefined {
  const last = block.value.kind === 'nested' ? block.value.settings.at(-1) : undefined;
  if (last === undefined) return undefined;
  const lineStart = Math.max(text.lastIndexOf('\n', last.span.start - 1), text.lastIndexOf('\r', last.span.start - 1)) + 1;
  const indentation = text.slice(lineStart, last.span.start);
  if (/[^ \t]/.test(indentation)) return undefined;
  const lineEnd = text[lineStart - 1] === '\r' ? '\r' : text[lineStart - 2] === '\r' ? '\r\n' : '\n';
  return { span: { start: last.span.end, end: last.span.end }, newText: `${lineEnd}${indentation}${key} = ${value}` };
}
