// Policies and statements to begin with, laid out as the file around them is.

import type { JsonCursor } from '../json/cursor';
import type { PolicyKind } from '../policy/policy';
import { stop } from './snippet';

/** Lines of text, each deeper than the line of the cursor by so much. */
type Lines = readonly (readonly [depth: number, text: string])[];

const allow = `"Effect": "${stop('Allow')}"`;
const actions = `"Action": "${stop()}"`;
const resources = `"Resource": "${stop()}"`;
const identity = [allow, actions, resources];
const everywhere = `"Resource": "${stop('*')}"`;

const bodies: Readonly<Record<PolicyKind, readonly string[]>> = {
  identity,
  'inline-identity': identity,
  boundary: identity,
  trust: [allow, `"Principal": { "Service": "${stop('elasticmapreduce.amazonaws.com')}" }`, '"Action": "sts:AssumeRole"'],
  resource: [allow, `"Principal": { "AWS": "${stop()}" }`, actions, resources],
  scp: ['"Effect": "Deny"', actions, everywhere],
  rcp: ['"Effect": "Deny"', '"Principal": "*"', actions, everywhere],
};

export function statementLines(kind: PolicyKind): Lines {
  const members = bodies[kind];
  return [[0, '{'], ...members.map((text, i) => [1, i < members.length - 1 ? `${text},` : text] as const), [0, '}']];
}

export function statementList(kind: PolicyKind): Lines {
  return [[0, '['], ...deeper(statementLines(kind)), [0, ']']];
}

/** Without the braces around them. */
export function policyMembers(kind: PolicyKind): Lines {
  const [, ...statements] = statementList(kind);
  return [[0, '"Version": "2012-10-17",'], [0, '"Statement": ['], ...statements];
}

export function wholePolicy(kind: PolicyKind): Lines {
  return [[0, '{'], ...deeper(policyMembers(kind)), [0, '}']];
}

function deeper(lines: Lines): Lines {
  return lines.map(([depth, text]) => [depth + 1, text]);
}

/** The first line stands where the cursor does. */
export function laidOut(cursor: JsonCursor, lines: Lines): string {
  const { lineEnd, unit, base } = layoutOf(cursor);
  return lines.map(([depth, text], i) => (i === 0 ? text : `${lineEnd}${base}${unit.repeat(depth)}${text}`)).join('');
}

/** Between braces, each of which has a line of its own then. */
export function laidOutWithin(cursor: JsonCursor, lines: Lines): string {
  const { text, span } = cursor;
  const { lineEnd, unit, base } = layoutOf(cursor);
  const isBehindBrace = /\{[^\S\r\n]*$/.test(text.slice(Math.max(0, span.start - 200), span.start));
  const isBeforeBrace = /^[^\S\r\n]*\}/.test(text.slice(span.end, span.end + 200));
  if (!isBehindBrace) return laidOut(cursor, lines);
  return `${lineEnd}${base}${unit}${laidOut(cursor, [[1, lines[0]?.[1] ?? ''], ...deeper(lines.slice(1))])}${isBeforeBrace ? lineEnd + base : ''}`;
}

function layoutOf({ text, span }: JsonCursor): { readonly lineEnd: string; readonly unit: string; readonly base: string } {
  const lineStart = Math.max(text.lastIndexOf('\n', span.start - 1), text.lastIndexOf('\r', span.start - 1)) + 1;
  return {
    lineEnd: /\r\n|\n|\r/.exec(text)?.[0] ?? '\n',
    unit: /^[^\S\r\n]+(?=\S)/m.exec(text.slice(0, 5000))?.[0] ?? '  ',
    base: /^[^\S\r\n]*/.exec(text.slice(lineStart, span.start))?.[0] ?? '',
  };
}
