// A create-cluster command written for another shell, or anew for bash, with the same words.

import { indentationAt, lineEndIn, startOfLine } from '../awsconfig/edit';
import type { LaunchDocument } from '../document';
import { posixWord, type Shell, shellCommand, type WordGroups } from '../emr/shell';
import { findLaunches, type Launch } from '../launch/launch';
import { shellRegions } from '../launch/shellRegions';
import type { ShellWord } from '../launch/shellText';
import { applyEdits, type Edit, isWithin, type Span } from '../text';

export type LaunchRewrite =
  | { readonly kind: 'edit'; readonly title: string; readonly edits: readonly Edit[] }
  /** For an editor of its own, where the text cannot stand in the script. */
  | { readonly kind: 'text'; readonly title: string; readonly text: string; readonly shell: Shell }
  /** Why it cannot be rewritten, in a sentence. */
  | { readonly kind: 'refused'; readonly title: string; readonly reason: string };

type Result = { readonly edits: readonly Edit[] } | { readonly text: string } | { readonly reason: string };

const targets: readonly (readonly [Shell, string])[] = [
  ['posix', 'bash'],
  ['powershell', 'PowerShell'],
  ['cmd', 'cmd'],
];

/** Of the command that the selection is in. */
export function launchRewrites(document: LaunchDocument, selection: Span): readonly LaunchRewrite[] {
  const launch = document.launches.find(({ span }) => isWithin(selection, span));
  if (launch === undefined) return [];
  const reason = whyNot(document, launch);
  return targets.flatMap(([shell, name]): readonly LaunchRewrite[] => {
    const title = `Rewrite for ${name}`;
    if (reason !== undefined) return [{ kind: 'refused', title, reason }];
    const result = shell === 'posix' ? forBash(document, launch) : forOther(document, launch, shell);
    if ('reason' in result) return [{ kind: 'refused', title, reason: result.reason }];
    if ('text' in result) return [{ kind: 'text', title: `${title} in a new editor`, text: result.text, shell }];
    return result.edits.length === 0 ? [] : [{ kind: 'edit', title, edits: result.edits }];
  });
}

function whyNot({ text }: LaunchDocument, { command, breaks, arguments: { places }, words }: Launch): string | undefined {
  const open = words.findIndex(({ known }) => known !== 'whole');
  if (open >= 0) {
    const [option] = [...places].find(([, all]) => all.some((indices) => indices.includes(open))) ?? [];
    return option === undefined
      ? 'The command has words that only running it tells.'
      : `The value of ${option} is one that only running the command tells.`;
  }
  if (breaks.length > 0) return 'The command ends at a line that is not continued: mend that first.';
  const between = command.slice(1).map(({ node }, i) => text.slice(command[i]?.node.span.end, node.span.start));
  return between.every((part) => /^[\s\\]*$/.test(part)) ? undefined : 'Something else stands between the words of the command.';
}

/** One option a line. */
function groupsOf({ command, words, name, arguments: { places } }: Launch): WordGroups {
  const firsts = new Set([...places.values()].flatMap((all) => all.map(([first = 0]) => words[first]?.node.span.start ?? 0)));
  const groups: string[][] = [[]];
  for (const { node } of command) {
    if (node.span.start > name.start && firsts.has(node.span.start)) groups.push([]);
    groups.at(-1)?.push(node.value);
  }
  return groups;
}

/** The blanks of an indented block of Markdown are none of its script, but in a value of several lines they would be. */
function wouldIndentValue({ text, syntax }: LaunchDocument, { command, span }: Launch): boolean {
  const isIndented = syntax === 'markdown' && indentationAt(text, startOfLine(text, span.start)) !== '';
  return isIndented && command.some(({ node }) => node.value.includes('\n'));
}

function forBash(document: LaunchDocument, launch: Launch): Result {
  const { text, syntax } = document;
  if (wouldIndentValue(document, launch)) return { reason: 'A value has several lines, which would be indented with the command.' };
  const lines = groupsOf(launch).map((group) => group.map(posixWord).join(' '));
  const written = lines.join(` \\${lineEndIn(text)}${indentationAt(text, startOfLine(text, launch.span.start))}  `);
  const newText = syntax === 'makefile' ? written.replaceAll('$', '$$$$') : written;
  if (newText === text.slice(launch.span.start, launch.span.end)) return { edits: [] };
  const edits = [{ span: launch.span, newText }];
  const again = findLaunches(applyEdits(text, edits), syntax).launches.find(({ span }) => span.start === launch.span.start);
  const isSame = again !== undefined && sameWords(again.command, launch.command);
  return isSame ? { edits } : { reason: 'Here the command cannot be written on several lines.' };
}

function sameWords(a: readonly ShellWord[], b: readonly ShellWord[]): boolean {
  return a.length === b.length && a.every(({ node, known }, i) => known === 'whole' && node.value === b[i]?.node.value);
}

const fenceLanguage: Readonly<Record<Shell, string>> = { posix: 'bash', powershell: 'powershell', cmd: 'bat' };

/** The path of the program is one of this system. */
function forOther(document: LaunchDocument, launch: Launch, shell: Shell): Result {
  const [[, ...first] = [], ...others] = groupsOf(launch);
  const written = shellCommand([['aws', ...first], ...others], shell);
  if (!written.ok) return { reason: written.reason };
  if (document.syntax !== 'markdown' || wouldIndentValue(document, launch)) return { text: `${written.text}\n` };
  const { text } = document;
  const region = shellRegions(text, 'markdown').find(({ span }) => isWithin(launch.span, span));
  if (region === undefined) return { reason: 'The command stands in no fenced block.' };
  const newText = written.text.replaceAll('\n', `${lineEndIn(text)}${indentationAt(text, startOfLine(text, launch.span.start))}`);
  const before = text.slice(region.span.start, launch.span.start);
  const after = text.slice(launch.span.end, region.span.end);
  // With the prompt of a shell, or without it.
  if (/^\s*(?:\$ +)?$/.test(before) && after.trim() === '') {
    const span = { start: region.span.start + before.length - before.trimStart().length, end: launch.span.end };
    return { edits: [...languageEdit(text, region.span.start, fenceLanguage[shell]), { span, newText }] };
  }
  const isAlone = /(?:^|\n)[ \t]*$/.test(before) && /^[ \t]*(?:\r?\n|$)/.test(after);
  return isAlone ? { edits: [{ span: launch.span, newText }] } : { reason: 'The command is a part of another one.' };
}

/** In the line above the block. */
function languageEdit(text: string, blockStart: number, language: string): readonly Edit[] {
  const head = text.slice(0, text.lastIndexOf('\n', blockStart - 1)).replace(/\r$/, '');
  const line = head.slice(startOfLine(head, head.length));
  const [all, lead = '', name = ''] = /^([ \t]*(?:`{3,}|~{3,})[ \t]*\{?\.?)([\w-]*)/.exec(line) ?? [];
  if (all === undefined) return [];
  const start = head.length - line.length + lead.length;
  return [{ span: { start, end: start + name.length }, newText: language }];
}
