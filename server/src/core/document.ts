// A text that the rules can look at. Which syntax it is in is decided once, here, by the language of the editor or by the path.

import type { AwsConfig } from './awsconfig/node';
import { parseAwsConfig } from './awsconfig/parse';
import { type FileKind, type Profile, profilesOf } from './awsconfig/profiles';
import { type EmrBlock, emrBlocks } from './emr/block';
import { type JsonFault, type JsonText, maxDepth, readJson } from './json/parse';
import { findLaunches, type Launch, mayHoldLaunch } from './launch/launch';
import { type ShellSyntax, shellSyntaxes } from './launch/shellRegions';
import { findPolicies, holdsPolicyAlways, looksLikeBrokenPolicy, mayHoldPolicy, type PlacedText, rootPlace } from './policy/find';
import type { Policy, RootPolicy } from './policy/policy';
import type { Span } from './text';
import type { Node, ObjectNode, StringNode } from './tree/node';

export type Syntax = 'json' | 'jsonc' | 'aws-config' | 'aws-credentials' | ShellSyntax;

export type Document = ConfigDocument | JsonDocument | LaunchDocument | RefusedDocument;

export interface ConfigDocument {
  readonly kind: 'config';
  readonly syntax: 'aws-config' | 'aws-credentials';
  readonly file: FileKind;
  readonly text: string;
  readonly config: AwsConfig;
  /** Those that the CLI finds in this file. */
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly emrBlocks: readonly EmrBlock[];
}

export interface JsonDocument {
  readonly kind: 'json';
  readonly syntax: 'json' | 'jsonc';
  readonly text: string;
  /** Missing where the text holds nothing that this project reads. */
  readonly root: Node | undefined;
  /** Whether the text is not even JSONC: then there are findings, but no fixes. */
  readonly isBroken: boolean;
  /** Where it is first seen to be broken. */
  readonly fault: JsonFault | undefined;
  readonly comments: readonly Span[];
  /** The commas after the last member or item of something. */
  readonly trailingCommas: readonly Span[];
  readonly policies: readonly Policy[];
  /** What cannot but be a policy, though it has no `Statement`. */
  readonly withoutStatement: readonly ObjectNode[];
  /** The JSON texts with policies in them that strings of this one hold. */
  readonly embedded: readonly Embedded[];
}

export interface Embedded {
  readonly node: StringNode;
  /** Of the decoded string: its offsets are those of `node.value`. */
  readonly document: JsonDocument;
}

/** A text with shell commands in it, of which those that launch clusters are read. */
export interface LaunchDocument {
  readonly kind: 'launch';
  readonly syntax: ShellSyntax;
  readonly text: string;
  /** In source order. */
  readonly launches: readonly Launch[];
  /** Those of the shell, in the scripts that have launches. */
  readonly comments: readonly Span[];
}

/** A text that is not looked at, and a sentence that says why. */
export interface RefusedDocument {
  readonly kind: 'refused';
  readonly text: string;
  readonly reason: string;
}

const maxSize = 5 * 1024 * 1024;
/** The config reader is one pass, and people generate config files. */
const maxConfigSize = 16 * 1024 * 1024;

const syntaxByLanguage: Readonly<Record<string, Syntax>> = {
  'aws-config': 'aws-config',
  'aws-credentials': 'aws-credentials',
  json: 'json',
  jsonc: 'jsonc',
  shellscript: 'shellscript',
  markdown: 'markdown',
  makefile: 'makefile',
  yaml: 'yaml',
  'github-actions-workflow': 'yaml',
};

/** Of editors: those of texts with shell commands. */
export const scriptLanguages: readonly string[] = Object.entries(syntaxByLanguage).flatMap(([language, syntax]) =>
  shellSyntaxes.some((known) => known === syntax) ? [language] : [],
);

const syntaxByName: readonly (readonly [RegExp, Syntax])[] = [
  [/\.json$/i, 'json'],
  [/\.jsonc$/i, 'jsonc'],
  [/\.(?:ba|z|k|da)?sh$/i, 'shellscript'],
  [/\.(?:md|markdown)$/i, 'markdown'],
  [/(?:^|[\\/])(?:GNU)?[Mm]akefile$|\.mk$/, 'makefile'],
  [/\.ya?ml$/i, 'yaml'],
];

/**
 * @param path a file's path or the path of its URI; its place in an `.aws` folder counts more than the language, which another
 * extension may have set.
 */
export function syntaxOf(path: string, language?: string): Syntax | undefined {
  const inAwsFolder = /[\\/]\.aws[\\/](config|credentials)$/.exec(`/${path}`);
  if (inAwsFolder !== null) return inAwsFolder[1] === 'config' ? 'aws-config' : 'aws-credentials';
  if (language !== undefined && Object.hasOwn(syntaxByLanguage, language)) return syntaxByLanguage[language];
  return syntaxByName.find(([form]) => form.test(path))?.[1];
}

/** @param root where something beside the text tells what a bare policy is. */
export function parseDocument(text: string, syntax: Syntax, root?: RootPolicy): Document {
  const limit = sizeLimit(syntax);
  if (text.length > limit) return { kind: 'refused', text, reason: `it is larger than ${limit / 1024 / 1024} MB` };
  if (syntax === 'aws-config' || syntax === 'aws-credentials') {
    const config = parseAwsConfig(text);
    const file = syntax === 'aws-config' ? 'config' : 'credentials';
    const profiles = profilesOf(config, file);
    return { kind: 'config', syntax, file, text, config, profiles, emrBlocks: emrBlocks(profiles) };
  }
  if (isShellSyntax(syntax)) {
    const found = mayHoldLaunch(text) ? findLaunches(text, syntax) : { launches: [], comments: [] };
    return { kind: 'launch', syntax, text, ...found };
  }
  if (!mayHoldPolicy(text)) return { ...nothingFound, kind: 'json', syntax, text };
  const json = readJson(text);
  if (json === undefined) return { kind: 'refused', text, reason: `its brackets are nested deeper than ${maxDepth} levels` };
  return documentOf(json, text, syntax, rootPlace(root), 0);
}

function isShellSyntax(syntax: Syntax): syntax is ShellSyntax {
  return shellSyntaxes.some((name) => name === syntax);
}

const nothingFound = {
  root: undefined,
  isBroken: false,
  fault: undefined,
  comments: [],
  trailingCommas: [],
  policies: [],
  withoutStatement: [],
  embedded: [],
};

function documentOf(json: JsonText, text: string, syntax: JsonDocument['syntax'], place: PlacedText['place'], level: number): JsonDocument {
  const { texts, ...found } = findPolicies(json.root, place);
  const embedded = level < maxLevels ? texts.flatMap((placed) => readEmbedded(placed, level + 1)) : [];
  return { kind: 'json', syntax, text, ...json, ...found, embedded };
}

/** JSON in JSON in JSON: the input of a function that is given the input of an API call has as many levels, each twice as long as the one inside. */
const maxLevels = 4;

/** Only what is JSON and holds a policy; broken JSON only where there can be nothing else than a policy. */
function readEmbedded({ node, place }: PlacedText, level: number): readonly Embedded[] {
  const json = readJson(node.value);
  if (json === undefined) return [];
  const document = documentOf(json, node.value, 'json', place, level);
  if (!document.isBroken) return holdsPolicy(document) ? [{ node, document }] : [];
  const isMeant = holdsPolicyAlways(place) && looksLikeBrokenPolicy(node.value);
  return isMeant ? [{ node, document: { ...document, policies: [], withoutStatement: [], embedded: [] } }] : [];
}

/** Whether there is anything in a text that rules about policies look at. */
export function holdsPolicy({ text, isBroken, policies, withoutStatement, embedded }: JsonDocument): boolean {
  if (policies.length + withoutStatement.length + embedded.length > 0) return true;
  return isBroken && looksLikeBrokenPolicy(text);
}

/** In bytes on disk, in UTF-16 units in an editor: no policy or config file comes near it. */
export function sizeLimit(syntax: Syntax | undefined): number {
  return syntax === 'aws-config' || syntax === 'aws-credentials' ? maxConfigSize : maxSize;
}
