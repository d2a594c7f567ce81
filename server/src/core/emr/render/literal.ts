// Values as literals of the languages that a launch is rendered in.

import { isList, type Structure, type Value } from '../schema';

export interface LiteralSyntax {
  /** Of a structure's member: the key with what stands between it and the value. */
  key(name: string): string;
  scalar(value: string | number | boolean): string;
  /** Behind each member of a structure. */
  readonly separator: string;
}

export function literal(value: Value, syntax: LiteralSyntax, indent = ''): string {
  if (typeof value !== 'object') return syntax.scalar(value);
  if (Object.keys(value).length === 0) return isList(value) ? '[]' : '{}';
  const within = `${indent}  `;
  if (!isList(value)) return `{\n${members(value, syntax, within)}\n${indent}}`;
  const isPlain = value.every((item) => typeof item !== 'object');
  const items = value.map((item) => literal(item, syntax, within));
  return isPlain ? `[${items.join(', ')}]` : `[\n${items.map((item) => `${within}${item},`).join('\n')}\n${indent}]`;
}

/** One a line. */
export function members(structure: Structure, syntax: LiteralSyntax, indent: string): string {
  return Object.entries(structure)
    .map(([name, value]) => `${indent}${syntax.key(name)}${literal(value, syntax, indent)}${syntax.separator}`)
    .join('\n');
}
