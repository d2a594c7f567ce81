// Comments that switch rules off: `# emr-iam-disable-next-line RULE…` for the line below, or the command that begins there,
// `# emr-iam-disable RULE…` for everything below; with `//` in JSONC, while plain JSON has no comments. What stands after ` -- ` is a reason.

import { endOfLine, indentationAt, insertion, lineEndIn } from './awsconfig/edit';
import type { Name } from './awsconfig/node';
import { type ConfigDocument, holdsPolicy, type JsonDocument, type LaunchDocument } from './document';
import type { Finding, Fix } from './finding';
import { type Edit, lineIndex, type Span } from './text';

interface Directive {
  /** The comment. */
  readonly span: Span;
  /** The rules that it names. */
  readonly names: readonly Name[];
  readonly scope: 'line' | 'below';
  /** It is about the findings that start in here: a line, or the rest of the file. */
  readonly covers: Span;
}

/** A name in a directive that suppresses nothing; without a name, the directive names none. */
export interface StaleName {
  readonly directive: Directive;
  readonly name: Name | undefined;
}

const word = 'emr-iam-disable';

type Suppressible = ConfigDocument | JsonDocument | LaunchDocument;

export function directivesOf(document: Suppressible): readonly Directive[] {
  const { text } = document;
  if (!text.includes(word) || !mayHoldDirectives(document)) return [];
  const comments = commentsOf(document);
  const directives: Directive[] = [];
  let below: Span = { start: text.length, end: text.length };
  // From the last comment to the first, since what is below a comment below a comment is below both.
  for (let i = comments.length - 1; i >= 0; i--) {
    const span = comments[i] ?? below;
    below = lineBelow(text, span, comments[i + 1], below);
    const directive = directiveIn(text, span, below);
    if (directive !== undefined) directives.push(directive);
  }
  return directives.reverse();
}

function mayHoldDirectives(document: Suppressible): boolean {
  return document.kind !== 'json' || (document.syntax === 'jsonc' && holdsPolicy(document));
}

function commentsOf(document: Suppressible): readonly Span[] {
  if (document.kind === 'config') return document.config.comments;
  return document.kind === 'launch' ? document.comments : document.comments.filter(({ start }) => document.text.startsWith('//', start));
}

function directiveIn(text: string, span: Span, below: Span): Directive | undefined {
  const match = /^(?:[#;]+|\/\/+)[ \t]*emr-iam-disable(-next-line)?(?![\w-])(.*)$/s.exec(text.slice(span.start, span.end));
  if (match === null) return undefined;
  const [, nextLine, after = ''] = match;
  const rest = after.replace(/(^|\s)--\s.*$/s, '');
  const from = span.end - after.length;
  const names = [...rest.matchAll(/[^\s,]+/g)].map(
    (found): Name => ({ text: found[0], span: { start: from + found.index, end: from + found.index + found[0].length } }),
  );
  return nextLine === undefined
    ? { span, names, scope: 'below', covers: { start: span.end, end: text.length } }
    : { span, names, scope: 'line', covers: below };
}

/** The next line that is more than a comment, so that several directives can stand above one line. */
function lineBelow(text: string, { end }: Span, nextComment: Span | undefined, belowIt: Span): Span {
  const lineEnd = endOfLine(text, end);
  if (lineEnd >= text.length) return { start: text.length, end: text.length };
  const start = lineEnd + (text.startsWith('\r\n', lineEnd) ? 2 : 1);
  const stop = endOfLine(text, start);
  const isComment = nextComment !== undefined && nextComment.start <= stop && text.slice(start, nextComment.start).trim() === '';
  return isComment ? belowIt : { start, end: stop };
}

/** The findings that no directive covers. */
export function suppress(document: Suppressible, findings: readonly Finding[], directives: readonly Directive[]): Finding[] {
  if (directives.length === 0) return [...findings];
  const from = new Map<string, number>();
  const onLine = new Map<number, Set<string>>();
  for (const { scope, covers, names } of directives) {
    for (const { text: rule } of names) {
      if (scope === 'below') from.set(rule, Math.min(from.get(rule) ?? covers.start, covers.start));
      else onLine.set(covers.start, (onLine.get(covers.start) ?? new Set()).add(rule));
    }
  }
  const lineStart = lineStarts(document);
  return findings.filter(
    ({ rule, span: { start } }) => start < (from.get(rule) ?? Number.POSITIVE_INFINITY) && onLine.get(lineStart(start))?.has(rule) !== true,
  );
}

/** @param canJudge whether a rule would have found something if there were something. */
export function staleNames(
  document: Suppressible,
  directives: readonly Directive[],
  findings: readonly Finding[],
  canJudge: (rule: string) => boolean,
): readonly StaleName[] {
  const lineStart = lineStarts(document);
  const last = new Map<string, number>();
  const onLine = new Map<number, Set<string>>();
  for (const { rule, span } of findings) {
    last.set(rule, Math.max(last.get(rule) ?? 0, span.start));
    const line = lineStart(span.start);
    onLine.set(line, (onLine.get(line) ?? new Set()).add(rule));
  }
  const isUsed = ({ scope, covers }: Directive, rule: string): boolean =>
    scope === 'below' ? (last.get(rule) ?? -1) >= covers.start : onLine.get(covers.start)?.has(rule) === true;
  return directives.flatMap((directive): StaleName[] => {
    if (directive.names.length === 0) return [{ directive, name: undefined }];
    return directive.names.filter(({ text: rule }) => !isUsed(directive, rule) && canJudge(rule)).map((name) => ({ directive, name }));
  });
}

/**
 * Of a command, the line that it begins on. A text may be one line of megabytes, with many findings: their line is not looked for again
 * and again.
 */
function lineStarts(document: Suppressible): (offset: number) => number {
  const index = lineIndex(document.text);
  const launches = document.kind === 'launch' ? document.launches : [];
  return (offset) => {
    const launch = launches.find(({ span }) => span.start <= offset && offset < span.end);
    return index.offset({ line: index.position(launch?.span.start ?? offset).line, column: 0 });
  };
}

/** What is said of a suppression comment is answered by changing that comment. */
export function isSuppressible(rule: string): boolean {
  return rule !== 'config/unused-suppression';
}

/** A comment that switches a rule off for the line that a finding starts on; there may be one already that only needs the name. */
export function suppressionFix(document: Suppressible, rule: string, at: Span): Fix | undefined {
  if (!mayHoldDirectives(document)) return undefined;
  const title = `Disable ${rule} for this line`;
  const start = lineStarts(document)(at.start);
  const above = directivesOf(document).find(({ scope, covers }) => scope === 'line' && covers.start === start);
  const edit = above === undefined ? newDirective(document, start, rule) : addName(above, rule);
  return { title, kind: 'suggestion', edits: [edit] };
}

function addName({ span, names: named }: Directive, rule: string): Edit {
  const last = named.at(-1)?.span.end ?? span.end;
  return insertion(last, ` ${rule}`);
}

function newDirective({ kind, text }: Suppressible, lineStart: number, rule: string): Edit {
  const mark = kind === 'json' ? '//' : '#';
  return insertion(lineStart, `${indentationAt(text, lineStart)}${mark} ${word}-next-line ${rule}${lineEndIn(text)}`);
}
