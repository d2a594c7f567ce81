// The launch spec as an `aws emr create-cluster` command.

import { type OptionName, optionNames, schemaOf, shapeOf } from './createClusterOptions';
import type { LaunchSpec } from './launchSpec';
import { isList, readValue, type Schema, type Structure, type Value } from './schema';
import { parseShorthand, writeShorthand } from './shorthand';

/** The words of the command: first those before any option, then one group for each option, which a line break never splits. */
export function createClusterWords({ profile, globals, ...options }: LaunchSpec): readonly (readonly string[])[] {
  return [
    ['aws', 'emr', 'create-cluster'],
    option('--profile', [profile]),
    ...globals,
    ...optionNames.flatMap((name) => optionWords(name, options)),
  ];
}

/** Of one option: one group of words, or none where nothing is said. */
export function optionWords(
  name: OptionName,
  { values, inFiles }: Pick<LaunchSpec, 'values'> & Partial<Pick<LaunchSpec, 'inFiles'>>,
): readonly (readonly string[])[] {
  const words = inFiles?.get(name);
  if (words !== undefined) return [option(`--${name}`, words)];
  const value = values[name];
  return value === undefined ? [] : written(name, value);
}

function written(name: OptionName, value: Value): readonly (readonly string[])[] {
  const written = `--${name}`;
  switch (shapeOf(name).kind) {
    case 'flag':
      return value === true ? [[written]] : [];
    case 'pair':
      return [[value === true ? written : `--no-${name}`]];
    case 'value':
      return [option(written, [String(value)])];
    case 'json':
      return [option(written, [JSON.stringify(value)])];
    case 'words':
      return [option(written, isList(value) ? plainWords(value) : [])];
    case 'parts':
      return [
        option(written, isList(value) ? listWords(value, schemaOf(name)) : [partWord(value, schemaOf(name)) ?? JSON.stringify(value)]),
      ];
  }
}

/** A file beside the command. */
export interface JsonFile {
  readonly name: string;
  readonly text: string;
}

/** With JSON of more than this in UTF-16 units a command is hard to read. */
export const longJson = 1000;

/**
 * The spec with long JSON in files, for `file://`.
 *
 * @param folder that they are in, as the AWS CLI is to look for it.
 */
export function withJsonFiles(
  spec: LaunchSpec,
  folder: string,
  longest: number,
): { readonly spec: LaunchSpec; readonly files: readonly JsonFile[] } {
  const inFiles = new Map(spec.inFiles);
  const files: JsonFile[] = [];
  for (const name of optionNames) {
    const value = spec.values[name];
    const { kind } = shapeOf(name);
    if (inFiles.has(name) || typeof value !== 'object' || (kind !== 'json' && kind !== 'parts')) continue;
    const words = optionWords(name, spec).flat().slice(1);
    if (!words.some((word) => /^[[{]/.test(word) && word.length > longest)) continue;
    const file = `${name}.json`;
    // In ASCII, since it depends on the machine how the AWS CLI decodes a file.
    const text = JSON.stringify(value, null, 2).replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    files.push({ name: file, text: `${text}\n` });
    inFiles.set(name, [`file://${folder.replace(/[\\/]$/, '')}/${file}`]);
  }
  const values = Object.fromEntries(Object.entries(spec.values).filter(([name]) => !files.some((file) => file.name === `${name}.json`)));
  return { spec: { ...spec, values, inFiles }, files };
}

/** A value that begins with a dash would be taken for an option of its own. */
export function option(name: string, words: readonly string[]): readonly string[] {
  const [first = ''] = words;
  return words.length === 1 && first.startsWith('-') ? [`${name}=${first}`] : [name, ...words];
}

/**
 * Not in the shorthand syntax: of Key=a,Value=b the CLI makes a tag "Key" (awscli/customizations/emr/emrutils.py, parse_tags). In JSON
 * where a word would be taken for an option, or one alone for JSON or for the name of a file.
 */
function plainWords(texts: readonly Value[]): readonly string[] {
  const words = texts.map(String);
  const [first = ''] = words;
  const isMistaken = words.some((word) => word.startsWith('-')) || (words.length === 1 && /^(\s*\[|(fileb?|https?):\/\/)/.test(first));
  return isMistaken || words.length === 0 ? [JSON.stringify(words)] : words;
}

function listWords(items: readonly Value[], schema: Schema): readonly string[] {
  const words = items.map((item) => (schema.type === 'list' ? partWord(item, schema.of) : undefined));
  const known = words.filter((word) => word !== undefined);
  return known.length === items.length && known.length > 0 ? known : [JSON.stringify(items)];
}

/** In the shorthand syntax, if that reads as the same value again. */
function partWord(value: Value, schema: Schema): string | undefined {
  if (typeof value !== 'object' || isList(value) || Object.keys(value).length === 0) return undefined;
  const word = writeShorthand(value);
  const parsed = parseShorthand(word);
  if (!parsed.ok || /[\u0000-\u001f\u007f-\u009f]/.test(word)) return undefined;
  let isRefused = false;
  const again = readValue(parsed.node, schema, '', {
    writing: 'shorthand',
    text: word,
    report: (_path, _at, _what, by) => {
      isRefused ||= by === 'cli';
    },
  });
  return !isRefused && again !== undefined && isSame(again, value) ? word : undefined;
}

function isSame(a: Value, b: Value): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  if (isList(a) || isList(b)) return isList(a) && isList(b) && a.length === b.length && a.every((item, i) => isSame(item, b[i] ?? false));
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(memberOf(a, key), memberOf(b, key)));
}

function memberOf(structure: Structure, key: string): Value {
  return structure[key] ?? '';
}
