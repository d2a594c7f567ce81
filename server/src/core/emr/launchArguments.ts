// The words of a create-cluster command, read as the AWS CLI reads them: argparse's rules for options, then the value of each.

import { isTooDeep, parseJson } from '../json/parse';
import { didYouMean, nearest } from '../nearest';
import type { Span } from '../text';
import type { Node, StringNode } from '../tree/node';
import { listed } from '../words';
import { areValues, type CreateClusterValues, type OptionName, optionNames, shapeOf } from './createClusterOptions';
import { type Reader, readValue, type Schema, type Value } from './schema';
import { parseShorthand } from './shorthand';

export interface LaunchProblem {
  /** Who refuses: the AWS CLI, which then sends nothing, or EMR. */
  readonly by: 'cli' | 'emr';
  /** It names the option. */
  readonly message: string;
  /** Whether it is an option that is wrong, a value, that options are there together, or that one is missing beside another. */
  readonly about: 'option' | 'value' | 'exclusion' | 'missing' | 'application';
  /** The options that it is about, the one to look at first. */
  readonly options?: readonly OptionName[];
  /** The word, and where in it, if it is about one. */
  readonly at?: { readonly word: number; readonly span: Span };
  /** What may have to be written there, in the quotes that the shorthand syntax or JSON has there. */
  readonly meant?: readonly string[];
}

export interface LaunchArguments {
  readonly values: CreateClusterValues;
  /** The words of options whose values stand in files, and so are not known. */
  readonly inFiles: ReadonlyMap<OptionName, readonly string[]>;
  /** The options of `aws` itself, but for the profile. */
  readonly globals: readonly (readonly string[])[];
  readonly profile: string | undefined;
  readonly problems: readonly LaunchProblem[];
  /** By each option, written out with its dashes, each time that it is there: the words that it and its values stand in. The last counts. */
  readonly places: ReadonlyMap<string, readonly (readonly number[])[]>;
  /** Whether there may be options that are not known. */
  readonly isOpen: boolean;
}

/** A word of which only the beginning is known. */
export interface OpenWord {
  readonly begins: string;
  /** Whether it may become several words, or none. */
  readonly isMany: boolean;
}

/** Of `aws`, in either version: the form of the value, if it takes one. What a query may be, is not checked. */
const globalOptions: Readonly<Record<string, RegExp | undefined>> = {
  '--debug': undefined,
  '--endpoint-url': /^\w[\w+.-]*:\/\/./,
  '--no-verify-ssl': undefined,
  '--no-paginate': undefined,
  '--output': /^(json|text|table|yaml|yaml-stream|off)$/,
  '--query': /^/,
  '--profile': /^/,
  '--region': /^[A-Za-z0-9-]*$/,
  '--version': undefined,
  '--v2-debug': undefined,
  '--color': /^(on|off|auto)$/,
  '--no-sign-request': undefined,
  '--ca-bundle': /^/,
  '--cli-read-timeout': /^\s*[+-]?\d+\s*$/,
  '--cli-connect-timeout': /^\s*[+-]?\d+\s*$/,
  '--cli-error-format': /^(enhanced|json|yaml|text|table|legacy)$/,
  '--cli-binary-format': /^(base64|raw-in-base64-out)$/,
  '--no-cli-pager': undefined,
  '--cli-auto-prompt': undefined,
  '--no-cli-auto-prompt': undefined,
};

/** Whether the next word is the value of an option of `aws` itself. */
export function takesValue(word: string): boolean {
  return Object.hasOwn(globalOptions, word) && globalOptions[word] !== undefined;
}

/** Each as it is written, with the option and whether it turns it on. */
const ownOptions = new Map<string, { readonly name: OptionName; readonly on: boolean }>(
  optionNames.flatMap((name) => [
    [`--${name}`, { name, on: true }] as const,
    ...(shapeOf(name).kind === 'pair' ? [[`--no-${name}`, { name, on: false }] as const] : []),
  ]),
);

/** As they are written. */
export const allOptions: readonly string[] = [...ownOptions.keys()];

/** @param words those behind `create-cluster`. */
export function parseArguments(words: readonly (string | OpenWord)[]): LaunchArguments {
  const problems: LaunchProblem[] = [];
  const refuse = (word: number, message: string): void => {
    const end = textOf(words[word])?.length ?? 0;
    problems.push({ by: 'cli', message, about: 'option', at: { word, span: { start: 0, end } } });
  };
  const given = new Map<OptionName, readonly GivenWord[]>();
  const switches = new Set<string>();
  const globals: (readonly string[])[] = [];
  const places = new Map<string, (readonly number[])[]>();
  const there = new Set(words);
  const free = allOptions.filter((name) => !there.has(name));
  let isOpen = false;
  let profile: string | undefined;
  for (let i = 0; i < words.length; ) {
    const at = i++;
    const option = optionIn(words[at] ?? '');
    if (option === undefined && textOf(words[at]) === undefined) isOpen = true;
    else if (option === undefined) refuse(at, `"${words[at]}" belongs to no option: put a value with blanks in quotes.`);
    if (option === undefined) continue;
    const { written, attached } = option;
    if ('others' in option) {
      const advice = option.others.length === 0 ? noOption(written, free) : `could be ${listed(option.others, String)}: write it out.`;
      refuse(at, `${written} ${advice}`);
      // What would be its values says nothing of its own.
      while (i < words.length && optionIn(words[i] ?? '') === undefined) i++;
      continue;
    }
    const own = ownOptions.get(written);
    const takes = own === undefined ? (globalOptions[written] === undefined ? 'none' : 'one') : taken(own.name);
    const values: GivenWord[] = attached === undefined ? [] : [{ text: attached.text, word: at, from: attached.from }];
    const most = takes === 'none' || attached !== undefined ? 0 : takes === 'one' ? 1 : Number.POSITIVE_INFINITY;
    while (i < words.length && values.length < most && optionIn(words[i] ?? '') === undefined)
      values.push({ text: textOf(words[i]), word: i++, from: 0 });
    if (takes === 'some') isOpen ||= values.some(({ word }) => isMany(words[word]));
    const before = places.get(written) ?? [];
    before.push([...new Set([at, ...values.map(({ word }) => word)])]);
    places.set(written, before);
    if (takes === 'none' && attached !== undefined) refuse(at, `${written} takes no value.`);
    else if (takes !== 'none' && values.length === 0) refuse(at, `${written} lacks its value.`);
    else if (own === undefined && globalOptions[written]?.test(values[0]?.text ?? '') === false)
      refuse(at, `${written} cannot be "${values[0]?.text}".`);
    else if (written === '--version') refuse(at, '--version makes the AWS CLI print its version and launch nothing: leave it out.');
    else if (own === undefined && written === '--profile') profile = values[0]?.text;
    else if (own === undefined) globals.push([written, ...values.map(({ text = '' }) => text)]);
    else if (takes === 'none') switches.add(written);
    else given.set(own.name, values);
  }
  const values: Record<string, Value> = {};
  for (const written of switches) {
    const own = ownOptions.get(written);
    if (own === undefined) continue;
    const { name, on } = own;
    const message = `--${name} and --no-${name} exclude each other: leave one out.`;
    if (Object.hasOwn(values, name)) problems.push({ by: 'cli', message, about: 'exclusion', options: [name] });
    values[name] = on;
  }
  const inFiles = new Map<OptionName, readonly string[]>();
  for (const [name, texts] of given) {
    const read = readOption(name, texts, problems);
    if (read === 'in a file')
      inFiles.set(
        name,
        texts.map(({ text = '' }) => text),
      );
    else if (read !== undefined) values[name] = read;
  }
  return { values: areValues(values) ? values : {}, inFiles, globals, profile, problems, places, isOpen };
}

/** Of other commands, or of the API. */
const ofOthers: Readonly<Record<string, string>> = {
  '--cli-input-json': 'reads no input file: write its options out',
  '--cli-input-yaml': 'reads no input file: write its options out',
  '--generate-cli-skeleton': 'reads no input file and has no skeleton for one',
  '--job-flow-role': 'takes the instance profile in --ec2-attributes InstanceProfile=NAME',
};

function noOption(written: string, free: readonly string[]): string {
  const hyphened = withHyphens(written);
  if (hyphened !== written) return `begins with a dash that is no hyphen: write ${hyphened}.`;
  const other = Object.hasOwn(ofOthers, written) ? ofOthers[written] : undefined;
  return other === undefined
    ? `is no option of create-cluster.${didYouMean(nearest(written, free))}`
    : `is not for create-cluster, which ${other}.`;
}

/** As an option was before a word processor made a dash of its hyphens. */
export function withHyphens(written: string): string {
  const hyphened = written.replace(/^-*(?!-)\p{Pd}+/u, '--');
  return isOption(hyphened) ? hyphened : written;
}

/** Text that an option is given: a word, or what follows its equals sign. */
interface GivenWord {
  /** Nothing where it is not known. */
  readonly text: string | undefined;
  readonly word: number;
  readonly from: number;
}

function taken(name: OptionName): 'none' | 'one' | 'some' {
  const shape = shapeOf(name);
  if (!('schema' in shape)) return 'none';
  return shape.kind !== 'json' && shape.schema.type === 'list' ? 'some' : 'one';
}

type KnownWord = GivenWord & { readonly text: string };

function isKnown(word: GivenWord): word is KnownWord {
  return word.text !== undefined;
}

function textOf(word: string | OpenWord | undefined): string | undefined {
  return typeof word === 'string' ? word : undefined;
}

function isMany(word: string | OpenWord | undefined): boolean {
  return typeof word === 'object' && word.isMany;
}

type Option =
  | { readonly written: string; readonly attached: { readonly text: string | undefined; readonly from: number } | undefined }
  | { readonly written: string; readonly attached: undefined; readonly others: readonly string[] };

/** The option that a word is, in full or by its beginning; nothing for a value (argparse.py, _parse_optional). */
function optionIn(given: string | OpenWord): Option | undefined {
  const word = typeof given === 'string' ? given : given.begins;
  const equals = word.indexOf('=');
  const begun = equals === -1 ? word : word.slice(0, equals);
  if (withHyphens(begun) !== begun) return { written: begun, attached: undefined, others: [] };
  if (!word.startsWith('-') || word.length === 1) return undefined;
  // Of an open one, what stands before the equals sign is known.
  if (typeof given !== 'string' && equals === -1) return undefined;
  const valueFrom = (from: number) => ({ text: typeof given === 'string' ? word.slice(from) : undefined, from });
  for (const end of [word.length, equals]) {
    const written = word.slice(0, Math.max(end, 0));
    if (isOption(written)) return { written, attached: end === word.length ? undefined : valueFrom(end + 1) };
  }
  // Those of `aws` are looked for first, and alone.
  for (const names of begun.startsWith('--') && begun.length > 2 ? [Object.keys(globalOptions), allOptions] : []) {
    const others = names.filter((name) => name.startsWith(begun));
    const [only] = others;
    if (others.length > 1) return { written: begun, attached: undefined, others };
    if (only !== undefined) return { written: only, attached: equals === -1 ? undefined : valueFrom(equals + 1) };
  }
  return /^-\d+$|^-\d*\.\d+$/.test(word) || word.includes(' ') ? undefined : { written: begun, attached: undefined, others: [] };
}

function isOption(word: string): boolean {
  return ownOptions.has(word) || Object.hasOwn(globalOptions, word);
}

function readOption(name: OptionName, given: readonly GivenWord[], problems: LaunchProblem[]): Value | 'in a file' | undefined {
  const words = given.filter(isKnown);
  if (words.length < given.length) return 'in a file';
  const shape = shapeOf(name);
  const [first] = words;
  if (first === undefined || !('schema' in shape)) return undefined;
  if (words.length === 1 && /^fileb?:\/\//.test(first.text)) return 'in a file';
  if (words.length === 1 && (shape.kind === 'json' || shape.kind === 'parts') && /^https?:\/\//.test(first.text)) {
    const what = 'is an address, from which version 1 of the AWS CLI alone reads: put what is there into a file, and name it with file://';
    readerOf(name, first, 'json', problems).report('', { start: 0, end: first.text.length }, what, 'cli');
    return undefined;
  }
  const beginsJson = shape.kind === 'parts' ? /^\s*[[{]/ : /^\s*\[/;
  const isJson = shape.kind === 'json' || (beginsJson.test(first.text) && (shape.kind === 'parts' || words.length === 1));
  if (shape.kind === 'value') {
    // An empty text counts as none, but for this one (awscli/customizations/emr/emrutils.py, apply_dict).
    if (first.text === '' && shape.schema.type === 'string' && name !== 'instance-type') return '';
    return readValue(wholeWord(first), shape.schema, '', readerOf(name, first, 'shorthand', problems));
  }
  if (shape.kind === 'words' && !isJson) return words.map(({ text }) => text);
  const ofItems = shape.schema.type === 'list' && !(words.length === 1 && /^\s*\[/.test(first.text)) && shape.kind !== 'json';
  const schema = ofItems && shape.schema.type === 'list' ? shape.schema.of : shape.schema;
  // The CLI stops at the first that is wrong.
  const parts = words.map((word, i) => readPart(name, word, schema, ofItems ? `[${i}]` : '', isJson, problems));
  const values: Value[] = [];
  for (const read of parts) {
    if (read === undefined || read === 'in a file') return read;
    values.push(read);
  }
  return ofItems ? values : values[0];
}

function readPart(
  name: OptionName,
  word: KnownWord,
  schema: Schema,
  path: string,
  isJson: boolean,
  problems: LaunchProblem[],
): Value | 'in a file' | undefined {
  const { text } = word;
  const refuse = (at: number, what: string): undefined => {
    const reader = readerOf(name, word, 'json', problems);
    reader.report(path, { start: Math.min(at, text.length), end: text.length }, what, 'cli');
  };
  if (isJson) {
    const node = jsonIn(text);
    if (typeof node === 'number') return refuse(node, `is not valid JSON at column ${node + 1}`);
    return readValue(node, schema, path, readerOf(name, word, 'json', problems));
  }
  const parsed = parseShorthand(text);
  if (!parsed.ok) {
    const advice = text.includes('=') ? '' : `: write a value as Key=value${name === 'applications' ? `, here Name=${text}` : ''}`;
    return refuse(parsed.at, `cannot be read at column ${parsed.at + 1}${advice}. ${parsed.message}`);
  }
  return parsed.readsFile ? 'in a file' : readValue(parsed.node, schema, path, readerOf(name, word, 'shorthand', problems));
}

/** Where it goes wrong, if it does: JSON without comments or commas too many. */
function jsonIn(text: string): Node | number {
  if (isTooDeep(text)) return 0;
  const { root, fault } = parseJson(text);
  try {
    JSON.parse(text);
  } catch {
    return fault?.span.start ?? root?.span.end ?? 0;
  }
  return root ?? 0;
}

function wholeWord({ text }: KnownWord): StringNode {
  return { kind: 'string', span: { start: 0, end: text.length }, value: text };
}

function readerOf(name: OptionName, { text, word, from }: KnownWord, writing: Reader['writing'], problems: LaunchProblem[]): Reader {
  return {
    writing,
    text,
    report(path, { start, end }, what, by, meant = []) {
      const message = `--${name}${path === '' ? '' : ` ${path}`} ${what}${/[.?]$/.test(what) ? '' : '.'}`;
      problems.push({ by, message, about: 'value', at: { word, span: { start: start + from, end: end + from } }, meant });
    },
  };
}
