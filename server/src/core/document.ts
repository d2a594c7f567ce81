// A text that the rules can look at. Which syntax it is in is decided once, here, by the language of the editor or by the path.

import type { AwsConfig } from './awsconfig/node';
import { parseAwsConfig } from './awsconfig/parse';
import { type FileKind, type Profile, profilesOf } from './awsconfig/profiles';
import { type EmrBlock, emrBlocks } from './emr/block';
import { isTooDeep, maxDepth, parseJson } from './json/parse';
import { findPolicies } from './policy/find';
import type { Policy, PolicyKind } from './policy/policy';
import type { Span } from './text';
import type { Node } from './tree/node';

export type Syntax = 'json' | 'jsonc' | 'aws-config' | 'aws-credentials';

export type Document = ConfigDocument | JsonDocument | RefusedDocument;

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
  readonly policies: readonly Policy[];
  /** The comments that begin with `//`. */
  readonly lineComments: readonly Span[];
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
};

/**
 * @param path a file's path or the path of its URI; its place in an `.aws` folder counts more than the language, which another
 * extension may have set.
 */
export function syntaxOf(path: string, language?: string): Syntax | undefined {
  const inAwsFolder = /[\\/]\.aws[\\/](config|credentials)$/.exec(`/${path}`);
  if (inAwsFolder !== null) return inAwsFolder[1] === 'config' ? 'aws-config' : 'aws-credentials';
  if (language !== undefined && Object.hasOwn(syntaxByLanguage, language)) return syntaxByLanguage[language];
  const extension = /\.(jsonc?)$/i.exec(path);
  return extension === null ? undefined : extension[1]?.toLowerCase() === 'json' ? 'json' : 'jsonc';
}

/** @param rootKind the kind of a bare policy, where something beside the text tells it. */
export function parseDocument(text: string, syntax: Syntax, rootKind?: PolicyKind): Document {
  const limit = sizeLimit(syntax);
  if (text.length > limit) return { kind: 'refused', text, reason: `it is larger than ${limit / 1024 / 1024} MB` };
  if (syntax === 'aws-config' || syntax === 'aws-credentials') {
    const config = parseAwsConfig(text);
    const file = syntax === 'aws-config' ? 'config' : 'credentials';
    const profiles = profilesOf(config, file);
    return { kind: 'config', syntax, file, text, config, profiles, emrBlocks: emrBlocks(profiles) };
  }
  if (!mayHoldPolicy(text)) return { kind: 'json', syntax, text, root: undefined, isBroken: false, policies: [], lineComments: [] };
  if (isTooDeep(text)) return { kind: 'refused', text, reason: `its brackets are nested deeper than ${maxDepth} levels` };
  const { root, isBroken, lineComments } = parseJson(text);
  return { kind: 'json', syntax, text, root, isBroken, policies: findPolicies(root, rootKind), lineComments };
}

/** In bytes on disk, in UTF-16 units in an editor: no policy or config file comes near it. */
export function sizeLimit(syntax: Syntax | undefined): number {
  return syntax === 'aws-config' || syntax === 'aws-credentials' ? maxConfigSize : maxSize;
}

/** A quick answer that spares every other JSON file from being parsed. */
export function mayHoldPolicy(text: string): boolean {
  return text.includes('"Statement"');
}
