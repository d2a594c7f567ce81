// Comments of a config file that switch rules off: `# emr-iam-disable-next-line RULE…` for the line below, `# emr-iam-disable RULE…`
// for everything below. What stands after ` -- ` is a reason.

import { endOfLine, indentationAt, insertion, lineEndIn, startOfLine } from './awsconfig/edit';
import type { Name } from './awsconfig/node';
import type { ConfigDocument } from './document';
import type { Finding, Fix } from './finding';
import type { Edit, Span } from './text';

export interface Directive {
  /** The comment. */
  readonly span: Span;
  /** The rules that it names. */
  readonly names: readonly Name[];
  /** It is about the findings that start in here. */
  readonly covers: Span;
}

/** A name in a directive that suppresses nothing; without a name, the directive names none. */
export interface StaleName {
  readonly directive: Directive;
  readonly name: Name | undefined;
}

const word = 'emr-iam-disable';

export function directivesOf({ text, config }: ConfigDocument): readonly Directive[] {
  if (!text.includes(word)) return [];
  const commentStarts = new Set(config.comments.map(({ start }) => start));
  return config.comments.flatMap((span) => {
    const match = /^[#;]+[ \t]*emr-iam-disable(-next-line)?(?![\w-])(.*)$/s.exec(text.slice(span.start, span.end));
    if (match === null) return [];
    const [, nextLine, after = ''] = match;
    const rest = after.replace(/(^|\s)--\s.*$/s, '');
    const from = span.end - after.length;
    const names = [...rest.matchAll(/[^\s,]+/g)].map(
      (found): Name => ({ text: found[0], span: { start: from + found.index, end: from + found.index + found[0].length } }),
    );
    const covers = nextLine === undefined ? { start: span.end, end: text.length } : lineBelow(text, span.end, commentStarts);
    return [{ span, names, covers }];
  });
}

/** The next line that is not a comment, so that several directives can stand above one line. */
function lineBelow(text: string, offset: number, commentStarts: ReadonlySet<number>): Span {
  let start = endOfLine(text, offset);
  for (;;) {
    start += text.startsWith('\r\n', start) ? 2 : 1;
    if (start >= text.length) return { start: text.length, end: text.length };
    const end = endOfLine(text, start);
    const content = start + text.slice(start, end).search(/[#;]/);
    if (content < start || !commentStarts.has(content)) return { start, end };
    start = end;
  }
}

export function suppress(findings: readonly Finding[], directives: readonly Directive[]): Finding[] {
  return findings.filter((finding) => !directives.some((directive) => names(directive, finding.rule) && covers(directive, finding)));
}

/** @param canJudge whether a rule would have found something if there were something. */
export function staleNames(
  directives: readonly Directive[],
  findings: readonly Finding[],
  canJudge: (rule: string) => boolean,
): readonly StaleName[] {
  return directives.flatMap((directive): StaleName[] => {
    if (directive.names.length === 0) return [{ directive, name: undefined }];
    const covered = new Set(findings.filter((finding) => covers(directive, finding)).map(({ rule }) => rule));
    return directive.names.filter(({ text }) => !covered.has(text) && canJudge(text)).map((name) => ({ directive, name }));
  });
}

function covers({ covers: { start, end } }: Directive, { span }: Finding): boolean {
  return start <= span.start && span.start <= end;
}

function names(directive: Directive, rule: string): boolean {
  return directive.names.some(({ text }) => text === rule);
}

/** What is said of a suppression comment is answered by changing that comment. */
export function isSuppressible(rule: string): boolean {
  return rule !== 'config/unused-suppression';
}

/** A comment that switches a rule off for the line that a finding starts on; there may be one already that only needs the name. */
export function suppressionFix(document: ConfigDocument, rule: string, at: Span): Fix {
  const { text } = document;
  const title = `Disable ${rule} for this line`;
  const start = startOfLine(text, at.start);
  const above = directivesOf(document).find(
    ({ covers: { start: from, end } }) => from === start && end < text.length && end === endOfLine(text, start),
  );
  return { title, kind: 'suggestion', edits: [above === undefined ? newDirective(text, start, rule) : addName(above, rule)] };
}

function addName({ span, names: named }: Directive, rule: string): Edit {
  const last = named.at(-1)?.span.end ?? span.end;
  return insertion(last, ` ${rule}`);
}

function newDirective(text: string, lineStart: number, rule: string): Edit {
  return insertion(lineStart, `${indentationAt(text, lineStart)}# ${word}-next-line ${rule}${lineEndIn(text)}`);
}
