// A launch written into the text of a project file, of which everything else stays as it is.

import type { LaunchPreset } from './emr/launchPreset';
import { parseJson } from './json/parse';
import { projectFileName } from './projectFileName';
import type { Edit } from './text';
import { member, type ObjectNode } from './tree/node';

/** `refused` is a sentence. @param text without a byte-order mark; nothing where there is no file yet. */
export function withLaunch(text: string | undefined, preset: LaunchPreset): readonly Edit[] | { readonly refused: string } {
  if (text === undefined || text.trim() === '') {
    const span = { start: 0, end: text?.length ?? 0 };
    return [{ span, newText: `{\n  "launches": {\n    ${written(preset, '    ', '  ', '\n')}\n  }\n}\n` }];
  }
  const { root, fault } = parseJson(text);
  if (fault !== undefined || root?.kind !== 'object') return { refused: `${projectFileName} is not a valid JSON object: mend it first.` };
  const lineEnd = /\r\n|\n/.exec(text)?.[0] ?? '\n';
  const unit = indentationOf(text, root.members[0]?.span.start ?? 0) || '  ';
  const launches = member(root, 'launches');
  if (launches === undefined) {
    const inner = `${unit}${unit}`;
    const all = [`"launches": {`, `${inner}${written(preset, inner, unit, lineEnd)}`, `${unit}}`].join(lineEnd);
    return addMember(text, root, unit, '', lineEnd, all);
  }
  if (launches.value?.kind !== 'object') return { refused: `"launches" in ${projectFileName} is not an object: mend it first.` };
  const outer = indentationOf(text, launches.span.start);
  const own = member(launches.value, preset.name);
  if (own === undefined) {
    const inner = indentationOf(text, launches.value.members[0]?.span.start ?? 0) || `${outer}${unit}`;
    return addMember(text, launches.value, inner, outer, lineEnd, written(preset, inner, unit, lineEnd));
  }
  return [{ span: own.span, newText: written(preset, indentationOf(text, own.span.start), unit, lineEnd) }];
}

/** On a line of its own, below all that stands in the object, comments too. */
function addMember(text: string, object: ObjectNode, inner: string, outer: string, lineEnd: string, newText: string): readonly Edit[] {
  const last = object.members.at(-1);
  const close = object.span.end - 1;
  const end = text.slice(0, close).trimEnd().length;
  const own = `${lineEnd}${inner}${newText}${lineEnd}${outer}`;
  const comma = last === undefined || object.trailingComma !== undefined ? '' : ',';
  // Comments may stand between the two.
  const at = last?.span.end ?? end;
  if (comma === '' || at === end) return [{ span: { start: end, end: close }, newText: `${comma}${own}` }];
  return [
    { span: { start: at, end: at }, newText: comma },
    { span: { start: end, end: close }, newText: own },
  ];
}

/** Each option with its values on a line. */
function written({ name, profile, shell, options }: LaunchPreset, outer: string, unit: string, lineEnd: string): string {
  const inner = outer + unit;
  const lines: string[][] = [];
  for (const word of options) {
    if (word.startsWith('--') || lines.length === 0) lines.push([word]);
    else lines.at(-1)?.push(word);
  }
  const rows = lines.map((words) => `${inner}${unit}${words.map((word) => JSON.stringify(word)).join(', ')}`);
  const list = rows.length === 0 ? '[]' : `[${lineEnd}${rows.join(`,${lineEnd}`)}${lineEnd}${inner}]`;
  const members = [
    ...(profile === undefined ? [] : [`"profile": ${JSON.stringify(profile)}`]),
    ...(shell === undefined ? [] : [`"shell": ${JSON.stringify(shell)}`]),
    `"options": ${list}`,
  ];
  return `${JSON.stringify(name)}: {${lineEnd}${members.map((one) => `${inner}${one}`).join(`,${lineEnd}`)}${lineEnd}${outer}}`;
}

/** Of the line, if nothing else stands before the place. */
function indentationOf(text: string, at: number): string {
  return /(?:^|[\r\n])([ \t]*)$/.exec(text.slice(0, at))?.[1] ?? '';
}
