import { endOfLine, startOfLine } from '../../awsconfig/edit';
import type { JsonDocument } from '../../document';
import type { Fix } from '../../finding';
import { type JsonFault, parseJson } from '../../json/parse';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { applyEdits, type Edit, type Span } from '../../text';
import { defineRule, type Report } from '../rule';

export const jsonSyntaxError = defineRule({
  id: 'policy/json-syntax-error',
  severity: 'error',
  kinds: ['json-text'],
  accessAnalyzer: 'JSON_SYNTAX_ERROR',
  docs: {
    what: 'text with a policy in it that is not JSON',
    why: 'IAM, and what else of AWS takes JSON, reads it strictly and refuses anything else: comments, a comma after the last item, single quotes, a missing comma or brace. In a file of the language JSON with Comments, comments and trailing commas are fine, as something else reads it before AWS does. Of text that is broken, only the first place is reported, and no other rule offers fixes until it is mended.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject" "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" },\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
      {
        syntax: 'jsonc',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    // reads\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" },\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('JSON_SYNTAX_ERROR'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_policies.html#troubleshoot_policies-json',
    ],
  },
  check({ subject, report }) {
    const { text, fault, syntax, trailingCommas } = subject;
    if (fault !== undefined) {
      if (!isTemplate(text, fault.span)) report(reportOf(text, fault));
      return;
    }
    if (syntax === 'jsonc') return;
    for (const comma of trailingCommas) {
      report({
        at: comma,
        message: 'A comma follows the last item, which is not JSON: AWS refuses it. Remove the comma.',
        fixes: [{ title: 'Remove the comma', kind: 'safe', edits: [{ span: comma, newText: '' }] }],
      });
    }
    reportComments(subject, report);
  },
});

/** All of them at once, since one that is there on purpose seldom stands alone. */
function reportComments({ text, comments }: JsonDocument, report: (found: Report) => void): void {
  const [first] = comments;
  if (first === undefined) return;
  const these = comments.length === 1 ? 'the comment' : `the ${comments.length} comments`;
  report({
    at: first,
    message: `JSON has no comments: AWS refuses it. Remove ${these}.`,
    fixes: [{ title: `Remove ${these}`, kind: 'suggestion', edits: comments.map((comment) => withoutComment(text, comment)) }],
  });
}

/** With the blanks before it, or with the line that it stands on alone. */
function withoutComment(text: string, { start, end }: Span): Edit {
  const lineStart = startOfLine(text, start);
  const before = text.slice(lineStart, start).trimEnd();
  const lineEnd = before === '' ? /^[ \t]*(?:\r\n|\n|\r|$)/.exec(text.slice(end)) : null;
  const span = lineEnd === null ? { start: lineStart + before.length, end } : { start: lineStart, end: end + lineEnd[0].length };
  return { span, newText: '' };
}

/** Whether something else makes JSON of the text: a placeholder stands there, outside of strings or with quotes of its own. */
function isTemplate(text: string, { start }: Span): boolean {
  const line = text.slice(startOfLine(text, start), endOfLine(text, start));
  if (/\{\{|\{%|<%/.test(line)) return true;
  return /%\{|\$\{|\$\(|<[^<>\s]+>|%[A-Za-z_]\w*%|@@\w+@@|__\w+__/.test(line.replace(/"(?:[^"\\]|\\.)*"/g, ''));
}

type Words = readonly [what: string, advice: string];

const words: Readonly<Record<string, Words>> = {
  InvalidNumberFormat: ['This is no number of JSON', 'Write it in double quotes, or as digits alone'],
  PropertyNameExpected: ['The name of a member should stand here', 'Write it in double quotes'],
  ValueExpected: ['A value is missing here', 'Write it, or remove what stands before it'],
  ColonExpected: ['There is no colon between a name and its value', 'Write one'],
  CommaExpected: ['There is no comma before this', 'Write one'],
  EndOfFileExpected: ['The JSON text has ended before this', 'Remove what follows, or the bracket that closes too early'],
  UnexpectedEndOfComment: ['The comment is not closed', 'Remove it'],
  UnexpectedEndOfString: ['The string is not closed on its line', 'Write a double quote at its end'],
  UnexpectedEndOfNumber: ['The number is not complete', 'Write it in double quotes, or as digits alone'],
  InvalidUnicode: ['An escape with \\u has four hexadecimal digits', 'Write them, or \\\\ for a backslash'],
  InvalidEscapeCharacter: ['The string has a backslash that begins no escape', 'Write \\\\ for a backslash'],
  InvalidCharacter: ['The string has a character that must be escaped', 'Write \\t for a tab and \\n for a line break'],
};

function reportOf(text: string, fault: JsonFault): Report {
  const { span, after, open } = fault;
  const opener = open.at(-1);
  const isAtEnd = span.start >= span.end;
  const last = { start: Math.max(0, after - 1), end: Math.max(1, after) };
  const at = !isAtEnd ? withoutColon(text, span) : opener === undefined ? last : { start: opener.start, end: opener.start + 1 };
  const [what, advice] = wordsFor(fault, text.slice(at.start, at.end), isAtEnd);
  return { at, message: `${what}, so this is not JSON and AWS refuses it. ${advice}.`, fixes: fixesFor(text, fault, isAtEnd) };
}

/** What the parser takes for one thing may end with the colon of a member. */
function withoutColon(text: string, { start, end }: Span): Span {
  return { start, end: end > start + 1 && text[end - 1] === ':' ? end - 1 : end };
}

function wordsFor({ code, open }: JsonFault, found: string, isAtEnd: boolean): Words {
  if (isAtEnd && open.length > 0) {
    const isObject = open.at(-1)?.kind === 'object';
    return [`The ${isObject ? 'brace' : 'bracket'} is never closed`, `Write ${isObject ? '}' : ']'} where it ends`];
  }
  if (code === 'CommaExpected' && /^[}\]:]$/.test(found))
    return [`"${found}" cannot stand here`, 'Look for a bracket of another kind that is open'];
  if (found === ',' && code !== 'EndOfFileExpected') return ['There is a comma too many', 'Remove it'];
  if (code === 'EndOfFileExpected' && found === '{') return ['A second object begins here', 'Put all statements into one policy'];
  if (code === 'InvalidSymbol') {
    if (found.startsWith("'")) return ['A string stands in single quotes', 'Write double quotes'];
    const shown = found.length > 40 ? `${found.slice(0, 40)}…` : found;
    return [`"${shown}" is nothing that JSON knows`, 'Write names and strings in double quotes, and true, false and null in small letters'];
  }
  return words[code] ?? ['This cannot stand here', 'Remove it'];
}

/** The one edit that makes JSON of it, if there is one. */
function fixesFor(text: string, { code, span, after, open }: JsonFault, isAtEnd: boolean): readonly Fix[] {
  const rest = text.slice(after);
  const tail = { start: after, end: after + rest.trimEnd().length };
  const candidate = ((): readonly [string, Edit] | undefined => {
    if (isAtEnd && /^[\s,]*$/.test(rest)) {
      const closers = open.map(({ kind }) => (kind === 'object' ? '}' : ']')).reverse();
      return [`Write ${closers.join('')} at the end`, { span: tail, newText: closers.join('') }];
    }
    if (code === 'CommaExpected') return ['Write a comma', { span: { start: after, end: after }, newText: ',' }];
    if (text.slice(span.start, span.end) === ',') return ['Remove the comma', { span, newText: '' }];
    if (code === 'EndOfFileExpected' && /^[\s,\]}]*$/.test(rest)) return ['Remove what follows the end', { span: tail, newText: '' }];
    return undefined;
  })();
  if (candidate === undefined) return [];
  const [title, edit] = candidate;
  return parseJson(applyEdits(text, [edit])).isBroken ? [] : [{ title, kind: 'suggestion', edits: [edit] }];
}
