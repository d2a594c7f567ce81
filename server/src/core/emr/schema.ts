// What the value of an option may be, and how it is read: in the shorthand syntax as the AWS CLI converts it (awscli/shorthand.py,
// BackCompatVisitor), in JSON as it stands; then checked as botocore does (botocore/validate.py).

import { didYouMean, nearest } from '../nearest';
import type { Span } from '../text';
import type { Node, ObjectNode } from '../tree/node';
import { listed } from '../words';

export type Value = string | number | boolean | readonly Value[] | Structure;
export interface Structure {
  readonly [key: string]: Value;
}

/** Below the least the CLI sends nothing; above the most, or with none of the values, EMR takes nothing. */
interface StringSchema {
  readonly type: 'string';
  readonly values?: readonly string[];
  readonly min?: number;
  readonly max?: number;
}

interface NumberSchema {
  readonly type: 'integer' | 'double';
  readonly min?: number;
  readonly max?: number;
}

interface BooleanSchema {
  readonly type: 'boolean';
}

interface ListSchema {
  readonly type: 'list';
  readonly of: Schema;
}

interface MapSchema {
  readonly type: 'map';
  readonly of: Schema;
}

export interface StructureSchema {
  readonly type: 'structure';
  readonly members: Readonly<Record<string, Schema>>;
  readonly required: readonly string[];
}

export type Schema = StringSchema | NumberSchema | BooleanSchema | ListSchema | MapSchema | StructureSchema;

export type ValueOf<S> = S extends StringSchema
  ? string
  : S extends NumberSchema
    ? number
    : S extends BooleanSchema
      ? boolean
      : S extends { readonly type: 'list'; readonly of: infer Item }
        ? readonly ValueOf<Item>[]
        : S extends { readonly type: 'map'; readonly of: infer Item }
          ? { readonly [key: string]: ValueOf<Item> }
          : S extends { readonly type: 'structure'; readonly members: infer Members; readonly required: readonly (infer Required)[] }
            ? { readonly [Key in keyof Members & Required]: ValueOf<Members[Key]> } & {
                readonly [Key in Exclude<keyof Members, Required>]?: ValueOf<Members[Key]>;
              }
            : never;

export const text = { type: 'string' } as const;
export const integer = { type: 'integer' } as const;
export const whole = { type: 'integer', min: 0 } as const;
export const double = { type: 'double', min: 0 } as const;
export const boolean = { type: 'boolean' } as const;

export function oneOf(...values: readonly string[]) {
  return { type: 'string', values } as const;
}

export function list<const Item extends Schema>(of: Item) {
  return { type: 'list', of } as const;
}

export function map<const Item extends Schema>(of: Item) {
  return { type: 'map', of } as const;
}

export function structure<
  const Members extends Readonly<Record<string, Schema>>,
  const Required extends readonly (keyof Members & string)[],
>(members: Members, ...required: Required) {
  return { type: 'structure', members, required } as const;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether a value is one of the schema, as far as types go. */
export function conforms<const S extends Schema>(value: Value | undefined, schema: S): value is ValueOf<S> & Value {
  if (value === undefined) return false;
  switch (schema.type) {
    case 'string':
    case 'boolean':
      return typeof value === schema.type;
    case 'integer':
    case 'double':
      return typeof value === 'number';
    case 'list':
      return isList(value) && value.every((item) => conforms(item, schema.of));
    case 'map':
      return isStructure(value) && Object.values(value).every((item) => conforms(item, schema.of));
    case 'structure':
      return (
        isStructure(value) &&
        schema.required.every((key) => Object.hasOwn(value, key)) &&
        Object.entries(value).every(([key, item]) => conforms(item, memberOf(schema, key) ?? boolean))
      );
  }
}

function isStructure(value: Value): value is Structure {
  return typeof value === 'object' && !isList(value);
}

function memberOf({ members }: StructureSchema, key: string): Schema | undefined {
  return Object.hasOwn(members, key) ? members[key] : undefined;
}

/**
 * How scalars are written: in the shorthand syntax all are strings, of which the CLI makes what the schema says, except within a list
 * that it has made of a single value.
 */
export type Writing = 'shorthand' | 'left' | 'json';

export interface Reader {
  readonly writing: Writing;
  /** The text that the spans are of. */
  readonly text: string;
  /**
   * @param what goes on after the name of the option, or of its part.
   * @param meant what may have to be written at the span, in its quotes if it has some.
   */
  report(path: string, at: Span, what: string, by: 'cli' | 'emr', meant?: readonly string[]): void;
}

/** Nothing for a value that the CLI refuses. */
export function readValue(node: Node, schema: Schema, path: string, reader: Reader): Value | undefined {
  const refuse = (what: string): undefined => {
    reader.report(path, node.span, what, 'cli');
  };
  switch (schema.type) {
    case 'string':
      if (node.kind !== 'string') {
        const isSplit = node.kind === 'array' && reader.writing !== 'json';
        return refuse(
          isSplit
            ? 'must be a text, not a list: a comma within it is written \\,'
            : path.endsWith('Password')
              ? 'must be a text'
              : `must be a text, not ${named(node)}`,
        );
      }
      checkLength(node.value, schema, (what, by, meant) => reader.report(path, node.span, what, by, meant));
      return node.value;
    case 'integer':
    case 'double': {
      const number = numberOf(node, schema.type, reader);
      if (number === undefined) return refuse(`must be ${schema.type === 'integer' ? 'a whole number' : 'a number'}, not ${named(node)}`);
      checkRange(number, schema, (what, by) => reader.report(path, node.span, what, by));
      return number;
    }
    case 'boolean': {
      const word = node.kind === 'string' && reader.writing === 'shorthand' ? node.value.toLowerCase() : undefined;
      if (node.kind === 'boolean') return node.value;
      return word === 'true' || word === 'false' ? word === 'true' : refuse(`must be true or false, not ${named(node)}`);
    }
    case 'list':
      return readList(node, schema, path, reader) ?? refuse(`must be a list, not ${named(node)}`);
    case 'map':
    case 'structure':
      return node.kind === 'object'
        ? readStructure(node, schema, path, reader)
        : refuse(`must be ${schema.type === 'map' ? 'keys with values' : 'a structure'}, not ${named(node)}`);
  }
}

function readList(node: Node, { of }: ListSchema, path: string, reader: Reader): readonly Value[] | undefined {
  if (node.kind !== 'array' && reader.writing !== 'shorthand') return undefined;
  // The CLI makes a list of a single value, and looks no further into it.
  const [items, within] = node.kind === 'array' ? [node.items, reader] : [[node], { ...reader, writing: 'left' as const }];
  return items.flatMap((item, i) => readValue(item, of, `${path}[${i}]`, within) ?? []);
}

function readStructure(node: ObjectNode, schema: MapSchema | StructureSchema, path: string, reader: Reader): Structure {
  const entries = new Map<string, Value>();
  const misspelt = new Set<string>();
  for (const { key, value } of node.members) {
    const member = schema.type === 'map' ? schema.of : memberOf(schema, key.value);
    if (member === undefined) {
      const names = schema.type === 'map' ? [] : Object.keys(schema.members);
      const meant = nearest(key.value, names);
      const advice = meant.length > 0 ? didYouMean(meant) : ` It has ${listed(names, String, 20)}.`;
      reader.report(path, key.span, `has no member "${key.value}".${advice}`, 'cli', meant);
      for (const name of meant) misspelt.add(name);
    } else if (value !== undefined) {
      const read = readValue(value, member, path === '' ? key.value : `${path}.${key.value}`, reader);
      if (read !== undefined) entries.set(key.value, read);
    }
  }
  const has = new Set(node.members.map(({ key }) => key.value));
  const missing = schema.type === 'map' ? [] : schema.required.filter((key) => !has.has(key) && !misspelt.has(key));
  if (missing.length > 0) reader.report(path, node.span, `lacks ${listed(missing, String)}, which it must have`, 'cli');
  return Object.fromEntries(entries);
}

function named(node: Node): string {
  switch (node.kind) {
    case 'string':
      return `"${node.value}"`;
    case 'array':
      return 'a list';
    case 'object':
      return 'a structure';
    case 'null':
      return 'null';
    default:
      return String(node.value);
  }
}

/** As Python's int() and float() read text, but for infinities; of a JSON number its form decides. */
function numberOf(node: Node, type: 'integer' | 'double', { writing, text }: Reader): number | undefined {
  const source =
    node.kind === 'number'
      ? text.slice(node.span.start, node.span.end)
      : node.kind === 'string' && writing === 'shorthand'
        ? node.value
        : '';
  return numberIn(source, type);
}

const blanks = '[\\s\\x1c-\\x1f]*';
const digits = '\\d+(?:_\\d+)*';
const forms = {
  integer: new RegExp(`^${blanks}[+-]?${digits}${blanks}$`),
  double: new RegExp(`^${blanks}[+-]?(?:${digits}\\.?(?:${digits})?|\\.${digits})(?:[eE][+-]?${digits})?${blanks}$`),
};

/** Nothing for a whole number that JavaScript cannot hold; EMR's are no larger than 64 bits. */
function numberIn(source: string, type: 'integer' | 'double'): number | undefined {
  const number = forms[type].test(source) ? Number(source.replaceAll('_', '').replace(/[\s\x1c-\x1f]/g, '')) : Number.NaN;
  return type === 'integer' ? (Number.isSafeInteger(number) ? number : undefined) : Number.isFinite(number) ? number : undefined;
}

function checkLength(
  value: string,
  { min = 0, max, values }: StringSchema,
  report: (what: string, by: 'cli' | 'emr', meant?: readonly string[]) => void,
): void {
  const { length } = [...value];
  if (length < min) report(`must have ${min === 1 ? 'a value' : `at least ${min} characters`}`, 'cli');
  else if (max !== undefined && length > max) report(`may have at most ${max} characters and has ${length}`, 'emr');
  else if (values !== undefined && !values.includes(value)) {
    const meant = nearest(value, values);
    report(`is "${value}", which EMR does not know.${didYouMean(meant) || ` It knows ${listed(values, String, 8)}.`}`, 'emr', meant);
  }
}

function checkRange(value: number, { min, max }: NumberSchema, report: (what: string, by: 'cli' | 'emr') => void): void {
  if (min !== undefined && value < min) report(`must be ${min} or more, not ${value}`, 'cli');
  else if (max !== undefined && value > max) report(`must be ${max} or less, not ${value}`, 'emr');
}
