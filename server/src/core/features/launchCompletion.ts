// What can be written at a place of a create-cluster command in a script: options, and what their values are made of.

import { endOfLine, indentationAt, lineEndIn, startOfLine } from '../awsconfig/edit';
import { regions } from '../awsconfig/known';
import { resolvedProfiles } from '../emr/block';
import {
  type CreateClusterValues,
  isOptionName,
  type OptionName,
  type OptionShape,
  optionNames,
  shapeOf,
} from '../emr/createClusterOptions';
import { type LaunchArguments, parseArguments, takesValue } from '../emr/launchArguments';
import { checkLaunch } from '../emr/launchChecks';
import { managedPoliciesTag } from '../emr/managedPolicy';
import { globalDescriptions, optionDescriptions } from '../emr/optionDescriptions';
import { applicationsOf, lifecycleOf, newestRelease, releaseLabels } from '../emr/releases';
import type { Schema, Structure, StructureSchema } from '../emr/schema';
import { posixWord } from '../emr/shell';
import type { AccountFacts } from '../facts/facts';
import { type CommandCursor, commandAt, type Quote, type Unit } from '../launch/cursor';
import { asArgument, emrCommandIn, factsFor, mayHoldLaunch, ownWords } from '../launch/launch';
import type { ShellSyntax } from '../launch/shellRegions';
import type { Surroundings } from '../surroundings';
import type { Edit } from '../text';
import { launchSnippets } from './launchSnippets';
import { autoScalingRoles, instanceProfiles, type NameSuggestion, runtimeRoles, serviceRoles } from './roleCompletion';
import { hasStops, stop, toSnippet, withoutStops } from './snippet';
import { placeInValue, type ValuePlace } from './valuePlace';

export interface LaunchCompletion {
  readonly label: string;
  readonly detail?: string | undefined;
  readonly documentation?: string | undefined;
  readonly kind: 'option' | 'key' | 'value' | 'role' | 'profile' | 'command';
  /** On the line of the cursor. */
  readonly edit: Edit;
  /** The text of the edit with tab stops, for editors that know them. */
  readonly snippet?: string | undefined;
  /** Whether more can be suggested behind it. */
  readonly goesOn: boolean;
}

export interface LaunchCompletionContext {
  readonly facts: AccountFacts;
  readonly surroundings: Surroundings;
  readonly now?: number | undefined;
}

/** Nothing outside of such commands, but for the beginning of one. */
export function launchCompletions(
  text: string,
  syntax: ShellSyntax,
  offset: number,
  context: LaunchCompletionContext,
): readonly LaunchCompletion[] {
  const cursor = !mayComplete(text, offset) ? undefined : commandAt(text, syntax, offset);
  if (cursor === undefined) return [];
  const known = { text, syntax, offset, cursor, ...context };
  const command = emrCommandIn(cursor.words);
  if (command === undefined || command.name === cursor.index) return beginnings(known, command !== undefined);
  if (command.operation !== 'create-cluster' || cursor.index < command.aws) return [];
  const own = ownWords(
    cursor.words.map((word, index) => ({ word, index })),
    command,
  );
  const index = own.findIndex((each) => each.index === cursor.index);
  const [begun, ended] = [textOf(cursor.before), textOf(cursor.after)];
  const words = own.map(({ word }) => asArgument(word));
  const others = parseArguments(words.filter((_, i) => i !== index));
  const upTo = parseArguments([...words.slice(0, index), begun]);
  const place: Place = { ...known, facts: factsFor({ arguments: others }, context.facts, context.surroundings), begun, ended, others };
  const isGlobal = cursor.index < command.name;
  // Of a value that is attached to its option, what stands behind the equals sign.
  const from = begun.startsWith('-') ? begun.indexOf('=') + 1 : 0;
  if (begun.startsWith('-') && from === 0) return isGlobal ? globals(place) : [...options(place), ...globals(place)];
  const [written, indices = []] =
    [...upTo.places].flatMap(([name, all]) => all.map((each) => [name, each] as const)).find(([, each]) => each.includes(index)) ?? [];
  const values = written === undefined ? [] : valuesOf(place, written, from);
  const isOver = written === undefined || (indices.length > 2 && begun === '');
  return isOver && begun === '' && !isGlobal ? [...values, ...options(place), ...globals(place)] : values;
}

/** Whether there may be something to complete: in most texts there is not, and they need not be read. */
export function mayComplete(text: string, offset: number): boolean {
  const line = text.slice(startOfLine(text, offset), offset);
  return mayHoldLaunch(text.slice(0, offset)) || /\baws\s|(?<![\w-])e[\w-]*$/.test(line);
}

interface Place extends LaunchCompletionContext {
  readonly text: string;
  readonly syntax: ShellSyntax;
  readonly offset: number;
  readonly cursor: CommandCursor;
  /** What the word of the cursor says before it and behind it. */
  readonly begun: string;
  readonly ended: string;
  /** What the other words say. */
  readonly others: LaunchArguments;
}

interface Suggestion extends Pick<LaunchCompletion, 'label' | 'detail' | 'documentation' | 'kind'> {
  /** What is written, if not the label; it may have tab stops. */
  readonly text?: string | undefined;
  readonly goesOn?: boolean;
}

function textOf(units: readonly Unit[]): string {
  return units.map(({ char }) => char).join('');
}

/** The commands that a word can become which begins a line, or stands behind `aws emr`. */
function beginnings(place: Omit<Place, 'begun' | 'ended' | 'others'>, isBehindEmr: boolean): readonly LaunchCompletion[] {
  const { cursor, facts, now } = place;
  const begun = textOf(cursor.before);
  const first = 'emr-create-cluster';
  if (cursor.after.length > 0 || cursor.quote !== '' || cursor.index < cursor.words.length - 1) return [];
  if (isBehindEmr ? !'create-cluster'.startsWith(begun) : cursor.index > 0 || begun === '' || !first.startsWith(begun)) return [];
  const roles = { service: serviceRoles(facts, now)[0], instanceProfile: instanceProfiles(facts, now)[0] };
  const isOnOneLine = place.syntax === 'yaml' && !isLiteral(place.text, cursor.scriptStart);
  const blanks = indentationAt(place.text, startOfLine(place.text, place.offset));
  const lineEnd = lineEndIn(place.text);
  return launchSnippets(roles).map(({ label, detail, groups }) => {
    const words = groups.map((group) => group.map((word) => inQuotes(word, place.syntax)).join(' '));
    const text = [isBehindEmr ? 'create-cluster' : 'aws emr create-cluster', ...words].join(isOnOneLine ? ' ' : ` \\${lineEnd}${blanks}  `);
    const start = cursor.before[0]?.start ?? place.offset;
    const edit = { span: { start, end: place.offset }, newText: withoutStops(text) };
    return {
      label: `${isBehindEmr ? 'create-cluster' : first}: ${label}`,
      detail,
      kind: 'command',
      edit,
      snippet: toSnippet(text),
      goesOn: false,
    };
  });
}

/** A whole word. */
function inQuotes(word: string, syntax: ShellSyntax): string {
  const plain = withoutStops(word);
  return posixWord(plain) === plain ? quoted(word, '', syntax) : `'${quoted(word, "'", syntax)}'`;
}

/** Of YAML, whether the script keeps its line ends. */
function isLiteral(text: string, scriptStart: number): boolean {
  return /\|[+\-\d]*[ \t]*(?:#[^\n]*)?\r?\n\s*$/.test(text.slice(0, scriptStart));
}

/** Those that are not there, and that none of those there excludes. */
function options(place: Place): readonly LaunchCompletion[] {
  const { places: there, values } = place.others;
  const isFree = (name: OptionName): boolean =>
    ![`--${name}`, `--no-${name}`].some((written) => there.has(written)) &&
    !(unheard.includes(name) && there.has('--instance-fleets')) &&
    !isExcluded(place, { ...values, ...(name === 'use-default-roles' ? { [name]: true } : {}) }, name);
  const free = optionNames.filter(isFree);
  return [
    ...free.flatMap((name) => option(place, `--${name}`, shapeOf(name), optionDescriptions[name])),
    ...free.flatMap((name) =>
      shapeOf(name).kind === 'pair'
        ? option(place, `--no-${name}`, shapeOf(name), `Turns off what \`--${name}\` does: ${lowerFirst(optionDescriptions[name])}`)
        : [],
    ),
  ];
}

/** Beside instance fleets the AWS CLI does without them, and says nothing. */
const unheard: readonly OptionName[] = ['instance-type', 'instance-count'];

/** @param values with what is new. @param added an option that is, whatever its value. */
function isExcluded({ others: { places, values: given } }: Place, values: CreateClusterValues, added?: OptionName): boolean {
  const unknown = optionNames.filter((name) => places.has(`--${name}`) && given[name] === undefined);
  const count = (now: CreateClusterValues, inFiles: readonly OptionName[]): number =>
    checkLaunch({ values: now, inFiles: new Map(inFiles.map((name) => [name, []])) }).filter(({ about }) => about === 'exclusion').length;
  return count(values, added === undefined ? unknown : [...unknown, added]) > count(given, unknown);
}

function option(place: Place, label: string, shape: OptionShape, what: string): readonly LaunchCompletion[] {
  const { lackedBy = [] } = shape;
  const takes = 'schema' in shape;
  const lack = lackedBy.length === 0 ? '' : `not in version ${lackedBy.join(' and ')} of the AWS CLI`;
  return optionItem(place, label, takes ? formOf(shape) : '', what, lack);
}

function globals(place: Place): readonly LaunchCompletion[] {
  return Object.entries(globalDescriptions)
    .filter(([label]) => !place.others.places.has(label) && !(label === '--profile' && place.others.profile !== undefined))
    .flatMap(([label, what]) => optionItem(place, label, takesValue(label) ? 'text' : '', what, 'an option of aws'));
}

function optionItem(place: Place, label: string, form: string, documentation: string, remark: string): readonly LaunchCompletion[] {
  const next = place.text.charAt(place.cursor.after.at(-1)?.end ?? place.offset);
  const isFollowed = next === ' ' || next === '\t' || place.ended.includes('=');
  const detail = [form, remark].filter((part) => part !== '').join(' · ');
  const blank = form !== '' && !isFollowed && place.cursor.quote === '' ? ' ' : '';
  return inWord(place, { label, kind: 'option' }, 0, /=/, (text) => text).map((item) => ({
    ...item,
    ...(detail === '' ? {} : { detail }),
    documentation,
    edit: { ...item.edit, newText: item.edit.newText + blank },
    goesOn: blank !== '',
  }));
}

function formOf(shape: OptionShape): string {
  if (shape.kind === 'json') return 'JSON';
  if (shape.kind === 'words') return 'key=value …';
  if (!('schema' in shape)) return '';
  const { schema } = shape;
  const isMany = schema.type === 'list';
  const part = isMany ? schema.of : schema;
  if (part.type !== 'structure') return typeWord(part);
  const [first = 'Key'] = [...part.required, ...Object.keys(part.members)];
  return `${first}=${Object.keys(part.members).length > 1 ? ',…' : ''}${isMany ? ' …' : ''}`;
}

function typeWord(schema: Schema): string {
  switch (schema.type) {
    case 'string':
      return 'text';
    case 'integer':
      return 'whole number';
    case 'double':
      return 'number';
    case 'boolean':
      return 'true or false';
    case 'list':
      return schema.of.type === 'string' ? 'list of texts' : 'list';
    default:
      return 'structure';
  }
}

function lowerFirst(sentence: string): string {
  return /^[A-Z][A-Z]/.test(sentence) ? sentence : sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

/** @param from where the value begins in the word. */
function valuesOf(place: Place, written: string, from: number): readonly LaunchCompletion[] {
  const plain = (suggestions: readonly Suggestion[]): readonly LaunchCompletion[] =>
    suggestions.flatMap((suggestion) => inWord(place, suggestion, from, undefined, (text) => text));
  const name = written.slice(2);
  if (!isOptionName(name)) return plain(globalValues(place, written));
  const shape = shapeOf(name);
  if (shape.kind === 'words') return plain(tagSuggestions(place));
  if (shape.kind === 'value') return plain(namedValues(place, name) ?? enumerated(shape.schema));
  return 'schema' in shape ? partValues(place, name, shape.kind === 'json', shape.schema, from) : [];
}

function globalValues({ surroundings: { aws } }: Place, written: string): readonly Suggestion[] {
  const of = (labels: Iterable<string>, kind: Suggestion['kind']): Suggestion[] => [...labels].map((label) => ({ label, kind }));
  switch (written) {
    case '--profile':
      return aws === undefined
        ? []
        : of(resolvedProfiles(aws.config, { other: aws.credentials, keyPairFiles: new Map() }).keys(), 'profile');
    case '--region':
      return of(regions, 'value');
    case '--output':
      return of(['json', 'text', 'table', 'yaml', 'yaml-stream', 'off'], 'value');
    case '--color':
      return of(['on', 'off', 'auto'], 'value');
    default:
      return [];
  }
}

function tagSuggestions({ others: { values } }: Place): readonly Suggestion[] {
  const { key, value } = managedPoliciesTag;
  const label = `${key}=${value}`;
  return values.tags?.includes(label) === true ? [] : [{ label, kind: 'value', detail: 'what AmazonEMRServicePolicy_v2 asks for' }];
}

/** Where more is known of them than the schema says. */
function namedValues(place: Place, name: OptionName): readonly Suggestion[] | undefined {
  const { facts, now, others } = place;
  switch (name) {
    case 'release-label':
      return releaseLabels.map((label) => ({ label, kind: 'value', detail: lifecycleInWords(label) }));
    case 'service-role':
      return roles(serviceRoles(facts, now));
    case 'auto-scaling-role':
      return roles(autoScalingRoles(facts, now));
    case 'step-execution-role-arn':
      return roles(runtimeRoles(facts, now, ec2RoleOf(others.values, facts)));
    default:
      return undefined;
  }
}

function roles(names: readonly NameSuggestion[]): readonly Suggestion[] {
  return names.map((name) => ({ ...name, kind: 'role' }));
}

function lifecycleInWords(label: string): string | undefined {
  const life = lifecycleOf(label);
  return life && `standard support until ${life.standardSupport}, end of life ${life.endOfLife}`;
}

/** The ARN of the role in the instance profile that the command names. */
function ec2RoleOf({ 'ec2-attributes': ec2 }: CreateClusterValues, facts: AccountFacts): string | undefined {
  const profile = ec2?.InstanceProfile === undefined ? undefined : facts.instanceProfile(ec2.InstanceProfile);
  const held = profile?.state === 'known' ? profile.value.role : undefined;
  const role = held === undefined ? undefined : facts.role(held);
  return role?.state === 'known' && role.value.arn !== '' ? role.value.arn : undefined;
}

/** What the AWS CLI or EMR takes where the schema has any text, by the key. */
const knownValues: Readonly<Record<string, readonly string[]>> = {
  InstanceGroupType: ['MASTER', 'CORE', 'TASK'],
  Type: ['SPARK', 'HIVE', 'PIG', 'STREAMING', 'CUSTOM_JAR'],
  VolumeType: ['gp3', 'gp2', 'io1', 'st1', 'sc1', 'standard'],
  Encryption: ['ServerSide', 'ClientSide'],
  ProviderType: ['KMS', 'Custom'],
};

function enumerated(schema: Schema | undefined, key?: string): readonly Suggestion[] {
  const values =
    schema?.type === 'boolean'
      ? ['true', 'false']
      : schema?.type === 'string'
        ? (schema.values ?? (key === undefined || !Object.hasOwn(knownValues, key) ? [] : (knownValues[key] ?? [])))
        : [];
  return values.map((label) => ({ label, kind: 'value' }));
}

/** Within the shorthand syntax, or JSON. */
function partValues(place: Place, name: OptionName, isAlwaysJson: boolean, schema: Schema, from: number): readonly LaunchCompletion[] {
  const value = (place.begun + place.ended).slice(from);
  const isWhole = isAlwaysJson || /^\s*\[/.test(value);
  const isJson = isAlwaysJson || /^\s*[[{]/.test(value);
  const root = schema.type === 'list' && !isWhole ? schema.of : schema;
  const found = placeInValue(value, place.begun.length - from, root, isJson);
  if (found === undefined) return [];
  const suggestions = found.role === 'key' ? keys(place, name, found) : memberValues(place, name, found);
  const isKey = found.role === 'key';
  return suggestions.flatMap((suggestion) =>
    inWord(place, suggestion, from + found.start, isKey ? /[,\]}=:\s'"]/ : /[,\]}\s'"]/, (text, next) =>
      isJson ? inJson(text, suggestion, found, next) : isKey ? inShorthandKey(text, next) : inShorthand(text, found),
    ),
  );
}

function keys(place: Place, name: OptionName, { schema, others }: ValuePlace): readonly Suggestion[] {
  if (schema?.type !== 'structure') return [];
  const isFree = (key: string): boolean =>
    !others.includes(key) &&
    !(name === 'ec2-attributes' && isExcluded(place, { ...place.others.values, [name]: sampleOf(schema, [...others, key]) }));
  const free = Object.entries(schema.members).filter(([key]) => isFree(key));
  const isRequired = (key: string): boolean => schema.required.includes(key);
  const isOfApplication = name === 'applications' && others.length === 0;
  const isQuoted = place.cursor.quote !== '';
  return [
    ...(isOfApplication ? applications(place).map((one) => ({ ...one, label: `Name=${one.label}` })) : []),
    ...[...free.filter(([key]) => isRequired(key)), ...free.filter(([key]) => !isRequired(key))].map(
      ([key, member]): Suggestion => ({
        label: key,
        kind: 'key',
        detail: `${typeWord(member)}${isRequired(key) ? ', required' : ''}`,
        // Bare braces with a comma between them mean something to bash.
        text: `${key}=${isQuoted ? brackets(member) : ''}`,
        goesOn: true,
      }),
    ),
  ];
}

/** A structure that has those members, whatever they are. */
function sampleOf({ members }: StructureSchema, keys: readonly string[]): Structure {
  return Object.fromEntries(keys.map((key) => [key, members[key]?.type === 'list' ? ['x'] : 'x']));
}

function brackets(schema: Schema): string {
  if (schema.type === 'structure' || schema.type === 'map') return `{${stop()}}`;
  return schema.type === 'list' && schema.of.type === 'structure' ? `[{${stop()}}]` : '';
}

function memberValues(place: Place, name: OptionName, { schema, key }: ValuePlace): readonly Suggestion[] {
  if (name === 'applications' && key === 'Name') return applications(place);
  if (name === 'ec2-attributes' && key === 'InstanceProfile') return roles(instanceProfiles(place.facts, place.now));
  return enumerated(schema?.type === 'list' ? schema.of : schema, key);
}

/** Those of the release that the command names, or of the newest one, which are not there yet. */
function applications({ others: { values } }: Place): readonly Suggestion[] {
  const { 'release-label': release = newestRelease, applications: there = [] } = values;
  const has = new Set(there.map(({ Name }) => Name.toLowerCase()));
  const known = applicationsOf(release);
  return (known.length > 0 ? known : applicationsOf(newestRelease))
    .filter(({ name }) => !has.has(name.toLowerCase()))
    .map(({ name, version }) => ({ label: name, kind: 'value', detail: version ?? `of ${known.length > 0 ? release : newestRelease}` }));
}

/** @param next what stands behind the word that is replaced. */
function inShorthandKey(text: string, next: string): string {
  return next.startsWith('=') ? text.replace(/=.*$/s, '') : text;
}

/** A comma within a value is escaped; an equals sign cannot begin one (AWS CLI, shorthand.py). */
function inShorthand(text: string, { isQuoted }: ValuePlace): string {
  if (isQuoted) return text;
  return text.startsWith('=') ? `'${text}'` : text.replaceAll(',', '\\,');
}

function inJson(text: string, { kind, label }: Suggestion, { isQuoted, schema }: ValuePlace, next: string): string {
  const isBare = kind !== 'key' && schema?.type === 'boolean';
  if (isBare) return text;
  const string = kind === 'key' ? label : text;
  const close = next.startsWith('"') ? '' : '"';
  const isFollowed = /^"?\s*:/.test(next);
  return `${isQuoted ? '' : '"'}${string}${isQuoted ? close : '"'}${kind === 'key' && !isFollowed && close !== '' ? ': ' : ''}`;
}

/**
 * Written in the place of what the cursor is in.
 *
 * @param from where that begins in the word.
 * @param end what it ends before; without it, it goes on to the end of the word.
 */
function inWord(
  { cursor: { before, after, quote }, text, offset, syntax }: Place,
  { text: given, ...suggestion }: Suggestion,
  from: number,
  end: RegExp | undefined,
  write: (text: string, next: string) => string,
): readonly LaunchCompletion[] {
  const rest = textOf(after);
  const lineEnd = endOfLine(text, offset);
  const isElsewhere = (unit: Unit): boolean => unit.quote !== quote || unit.end > lineEnd;
  const stopAt = [end === undefined ? -1 : rest.search(end), after.findIndex(isElsewhere)].filter((at) => at >= 0);
  const count = Math.min(rest.length, ...stopAt);
  const start = before[from]?.start ?? offset;
  const span = { start, end: after[count - 1]?.end ?? offset };
  const written = quoted(write(given ?? suggestion.label, rest.slice(count)), quote, syntax);
  // What begins in other quotes, or on another line, is left alone.
  if (!before.slice(from).every((unit) => unit.quote === quote) || start < startOfLine(text, offset)) return [];
  return [
    {
      ...suggestion,
      edit: { span, newText: withoutStops(written) },
      ...(hasStops(written) ? { snippet: toSnippet(written) } : {}),
      goesOn: suggestion.goesOn ?? false,
    },
  ];
}

/** So that the shell reads it as it is, at a place in such quotes; of the stops nothing is quoted. */
export function quoted(text: string, quote: Quote, syntax: ShellSyntax): string {
  const written =
    quote === "'" ? text.replaceAll("'", "'\\''") : text.replace(quote === '"' ? /[\\"$`]/g : /[^\w@%+:,./=\-\u0080-\u{10ffff}]/gu, '\\$&');
  return syntax === 'makefile' ? written.replaceAll('$', '$$$$') : written;
}
