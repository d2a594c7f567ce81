// The `aws emr create-cluster` commands in a text, with what each says and where.

import { type EmrBlock, effectiveBlock } from '../emr/block';
import type { OptionName } from '../emr/createClusterOptions';
import { type LaunchArguments, type LaunchProblem, type OpenWord, parseArguments, takesValue } from '../emr/launchArguments';
import { parseShorthand } from '../emr/shorthand';
import type { AccountFacts } from '../facts/facts';
import type { Fix } from '../finding';
import { parseJson } from '../json/parse';
import type { Surroundings } from '../surroundings';
import type { Edit, Span } from '../text';
import { itemsOf, memberValue, type Node, type Shift, type StringNode, sourceOffset } from '../tree/node';
import { type ShellSyntax, shellRegions } from './shellRegions';
import { type BrokenLine, readShell, type ShellWord, type SimpleCommand } from './shellText';

export interface Launch {
  /** From `aws` to the end of its last word. */
  readonly span: Span;
  /** `create-cluster`. */
  readonly name: Span;
  /** All of them. */
  readonly command: readonly ShellWord[];
  /** The options of `aws` before `emr`, then those behind `create-cluster`. */
  readonly words: readonly ShellWord[];
  readonly breaks: readonly BrokenLine[];
  readonly arguments: LaunchArguments;
}

export interface Launches {
  readonly launches: readonly Launch[];
  readonly comments: readonly Span[];
}

/** For texts that have none, which is nearly all. */
export function mayHoldLaunch(text: string): boolean {
  return text.includes('create-cluster') && text.includes('emr');
}

export function findLaunches(text: string, syntax: ShellSyntax): Launches {
  const launches: Launch[] = [];
  const comments: Span[] = [];
  for (const region of shellRegions(text, syntax)) {
    if (!mayHoldLaunch(region.value)) continue;
    const read = readShell(region.value);
    const at = (span: Span): Span => sourceOf(region, span);
    comments.push(...read.comments.map(at));
    for (const command of read.commands) {
      const launch = launchIn(command, region, at);
      if (launch !== undefined) launches.push(launch);
    }
  }
  return { launches, comments };
}

function launchIn({ words, breaks }: SimpleCommand, region: StringNode, at: (span: Span) => Span): Launch | undefined {
  const place = emrCommandIn(words);
  if (place === undefined || place.operation !== 'create-cluster') return undefined;
  const command = words.slice(place.aws).map((word) => placed(word, region, at));
  const within = { aws: 0, emr: place.emr - place.aws, name: place.name - place.aws };
  const [first, name, last] = [command[0], command[within.name], command.at(-1)].map((word) => word?.node.span ?? region.span);
  const own = ownWords(command, within);
  if (isMention(own)) return undefined;
  return {
    span: { start: first?.start ?? region.span.start, end: last?.end ?? region.span.end },
    name: name ?? region.span,
    command,
    words: own,
    breaks: breaks.map((broken) => ({ ...broken, span: at(broken.span) })),
    arguments: parseArguments(own.map(asArgument)),
  };
}

/** Nobody launches without an option: it is the name alone, `help`, or the beginning of a sentence. */
function isMention(own: readonly ShellWord[]): boolean {
  return own.every(({ known, node }) => known === 'whole' && !/^\p{Pd}/u.test(node.value));
}

/** Where the words of an `aws emr` command stand. */
export interface EmrCommand {
  readonly aws: number;
  readonly emr: number;
  readonly name: number;
  /** What stands at `name`: `create-cluster`, for example. */
  readonly operation: string | undefined;
}

/** Nothing for any other command. */
export function emrCommandIn(words: readonly ShellWord[]): EmrCommand | undefined {
  const texts = words.map(({ known, node }) => (known === 'whole' ? node.value : undefined));
  const aws = texts.findIndex((text) => text !== undefined && /^(?:.*[\\/])?aws(?:\.exe)?$/.test(text));
  const emr = aws === -1 ? -1 : afterOptions(texts, aws + 1);
  if (texts[emr] !== 'emr' || !mayPrecede(texts.slice(0, aws)) || texts.some(isOfAnotherShell)) return undefined;
  const name = afterOptions(texts, emr + 1);
  return { aws, emr, name, operation: texts[name] };
}

/** The options of `aws` before `emr`, then those behind the name. */
export function ownWords<Word>(words: readonly Word[], { aws, emr, name }: Pick<EmrCommand, 'aws' | 'emr' | 'name'>): readonly Word[] {
  return [...words.slice(aws + 1, emr), ...words.slice(emr + 1, name), ...words.slice(name + 1)];
}

export function asArgument({ node, known }: ShellWord): string | OpenWord {
  return known === 'whole' ? node.value : { begins: node.value, isMany: known === 'any' };
}

/** Whether fewer options are wrong with another text in the place of a word. */
export function mends({ words, arguments: { problems } }: Launch, index: number, text: string): boolean {
  const count = (of: readonly LaunchProblem[]): number => of.filter(({ about }) => about === 'option').length;
  return count(parseArguments(words.map((word, i) => (i === index ? text : asArgument(word)))).problems) < count(problems);
}

/** The continuations of PowerShell and cmd; in brackets, a synopsis. */
function isOfAnotherShell(text: string | undefined): boolean {
  return text === '`' || text === '^' || (text !== undefined && /^\[-|^--?[\w-]+\]$/.test(text));
}

function afterOptions(texts: readonly (string | undefined)[], from: number): number {
  let i = from;
  for (let text = texts[i]; text?.startsWith('--') === true; text = texts[i]) i += takesValue(text) ? 2 : 1;
  return i;
}

const wrappers = new Set('$ if then elif else while until do ! { time sudo env exec nohup command nice'.split(' '));

/** What may stand before a command that is run: words of the shell, variables for it, and programs that run it. */
function mayPrecede(texts: readonly (string | undefined)[]): boolean {
  if (texts.at(-1) === '--') return true;
  return texts.every((text) => text !== undefined && (wrappers.has(text) || text.startsWith('-') || /^\w+\+?=/.test(text)));
}

/** A word with its places in the text that the region is in. */
function placed(word: ShellWord, region: StringNode, at: (span: Span) => Span): ShellWord {
  const { node } = word;
  const span = at(node.span);
  const shifts: Shift[] = [];
  let next = span.start + 1;
  for (let decoded = 0; decoded < node.value.length; decoded++) {
    const source = sourceOffset(region, sourceOffset(node, decoded));
    if (source !== next) shifts.push({ decoded, source });
    next = source + 1;
  }
  return { ...word, node: { kind: 'string', span, value: node.value, ...(shifts.length === 0 ? {} : { shifts }) } };
}

/** The words of an option and its values, the last time that it is there; none where the command has no such option. */
export function wordsOf({ words, arguments: { places } }: Launch, written: string): readonly ShellWord[] {
  return (places.get(written)?.at(-1) ?? []).flatMap((index) => words[index] ?? []);
}

export function spanOf(words: readonly ShellWord[]): Span | undefined {
  const [first, last] = [words[0], words.at(-1)];
  return first === undefined || last === undefined ? undefined : { start: first.node.span.start, end: last.node.span.end };
}

/** Of a word of the command, the source of a part of what it says. */
export function sourceSpan({ node }: ShellWord, { start, end }: Span): Span {
  return start === 0 && end >= node.value.length ? node.span : sourceOf(node, { start, end });
}

/** Up to its last character: what follows that one may stand elsewhere. */
export function sourceOf(node: StringNode, { start, end }: Span): Span {
  const from = sourceOffset(node, start);
  return { start: from, end: end > start ? sourceOffset(node, end - 1) + 1 : from };
}

/** Whether an option is there, in any way. */
export function hasOption({ arguments: { places } }: Launch, name: OptionName): boolean {
  return places.has(`--${name}`);
}

export interface NamedValue {
  readonly text: string;
  readonly span: Span;
}

/** The value of an option that takes one text, if it is known. */
export function namedValue(launch: Launch, name: OptionName): NamedValue | undefined {
  const value = launch.arguments.values[name];
  const word = wordsOf(launch, `--${name}`).at(-1);
  if (typeof value !== 'string' || word === undefined) return undefined;
  const from = word.node.value.length - value.length;
  return { text: value, span: sourceSpan(word, { start: from, end: word.node.value.length }) };
}

/** What `--ec2-attributes` says of the instance profile, if that is known. */
export function instanceProfileOf(launch: Launch): NamedValue | undefined {
  const text = launch.arguments.values['ec2-attributes']?.InstanceProfile;
  const word = wordsOf(launch, '--ec2-attributes').at(-1);
  if (text === undefined || word === undefined) return undefined;
  const [attached = ''] = /^--[\w-]+=/.exec(word.node.value) ?? [];
  const [named] = namedIn(structureIn(word.node.value.slice(attached.length)), 'InstanceProfile', word, attached.length);
  return { text, span: named?.span ?? word.node.span };
}

/** The names that `--applications` gives, as far as they are known. */
export function applicationNames(launch: Launch): readonly NamedValue[] {
  return wordsOf(launch, '--applications').flatMap((word) =>
    word.known === 'whole' ? itemsOf(structureIn(word.node.value)).flatMap((item) => namedIn(item, 'Name', word)) : [],
  );
}

/** JSON or shorthand. */
function structureIn(text: string): Node | undefined {
  if (/^\s*[[{]/.test(text)) return parseJson(text).root;
  const read = parseShorthand(text);
  return read.ok ? read.node : undefined;
}

/** @param from where the structure begins in the word. */
function namedIn(item: Node | undefined, key: string, word: ShellWord, from = 0): readonly NamedValue[] {
  const name = memberValue(item, key);
  if (name?.kind !== 'string' || name.value === '') return [];
  const span = { start: from + sourceOffset(name, 0), end: from + sourceOffset(name, name.value.length - 1) + 1 };
  return [{ text: name.value, span: sourceSpan(word, span) }];
}

/** Leaves an option out, each time with the blanks or the continuation before it. */
export function withoutOption({ name, words, arguments: { places } }: Launch, written: string): readonly Edit[] {
  return (places.get(written) ?? []).flatMap((indices) => {
    const [first = 0, last = first] = [indices[0], indices.at(-1)];
    const [begin, end] = [words[first]?.node.span, words[last]?.node.span];
    if (begin === undefined || end === undefined) return [];
    // Options of `aws` may stand before the name.
    const start = begin.start < name.start ? begin.start : Math.max(words[first - 1]?.node.span.end ?? 0, name.end);
    return [{ span: { start, end: end.end }, newText: '' }];
  });
}

/** Neither `--hdfs,` nor `--hdfs]`, which belong to a list of arguments. */
const optionForm = /^--?[a-z][\w-]*(?:=|$)/;

/** Words that a blank after or before a comma cut in two: each index with the next one. */
export function splitWords({ words, name }: Launch, text: string): readonly number[] {
  return words.flatMap(({ node: { span, value } }, i) => {
    const next = words[i + 1]?.node;
    if (next === undefined || span.start < name.start || optionForm.test(value) || optionForm.test(next.value)) return [];
    const isSplit = (span.end > span.start && text[span.end - 1] === ',') || text[next.span.start] === ',';
    return isSplit ? [i] : [];
  });
}

/** The emr block of the profile that the command names, where the files of the user are known. */
export function profileBlock({ arguments: { profile } }: Pick<Launch, 'arguments'>, { aws }: Surroundings): EmrBlock | undefined {
  if (profile === undefined || aws === undefined) return undefined;
  return effectiveBlock(profile, aws.config, { other: aws.credentials, keyPairFiles: new Map() })?.block;
}

/** Those of the account that the profile of the command is of, if it says so. */
export function factsFor(launch: Pick<Launch, 'arguments'>, facts: AccountFacts, surroundings: Surroundings): AccountFacts {
  return facts.forAccount(profileBlock(launch, surroundings)?.account);
}

/** A fix that writes another name: what was meant is a guess. IAM's names have nothing that a shell takes for its own. */
export function changeTo({ span }: NamedValue, name: string): Fix {
  return { title: `Change to ${name}`, kind: 'suggestion', edits: [{ span, newText: name }] };
}

/** A script as it may be shown: of `--kerberos-attributes`, without the passwords, each character of them an asterisk. */
export function withoutPasswords(text: string): string {
  return text.replace(passwordForm, (found, before: string) => before + '*'.repeat(found.length - before.length));
}

/** To the quote that it begins with; one that begins with none may have blanks, where the whole value is in quotes. */
const passwordForm =
  /(Password["'\\]*\s*[=:]\s*(\\?["'])?)(?:(?<=["'])(?:(?!\2)(?:\\.|[^\n]))+|(?:\\\S|[^\s,"'\\])+(?:[ \t]+(?![-\\])(?:\\\S|[^\s,"'\\])+)*)/g;
