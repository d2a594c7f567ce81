// The `emr =` block of a profile: the role names and other values that `aws emr` takes from the config file.

import type { NestedSetting, Section, Setting, TextValue } from '../awsconfig/node';
import { nestedSettings, type Profile, type ResolvedProfile, resolveProfiles } from '../awsconfig/profiles';
import type { ConfigDocument } from '../document';
import type { Surroundings } from '../surroundings';
import { isWithin, type Span } from '../text';

/** The keys that the AWS CLI reads (awscli/customizations/emr/configutils.py and config.py, SUPPORTED_CONFIG_LIST); it ignores any other. */
export const emrSettingNames = ['service_role', 'instance_profile', 'log_uri', 'key_name', 'enable_debugging', 'key_pair_file'] as const;
export type EmrSettingName = (typeof emrSettingNames)[number];

export interface EmrBlock {
  readonly profile: string;
  readonly section: Section;
  /** The account that the profile's own settings name, if they do: a role is there or not in this one. */
  readonly account: string | undefined;
  /** Whom the profile's own settings make the AWS CLI act as, if they do. */
  readonly caller: Caller | undefined;
  /** The `emr =` line and all below it. */
  readonly setting: Setting;
  /** What the CLI reads: known names only, of duplicates the last, empty values left out. */
  readonly settings: ReadonlyMap<EmrSettingName, EmrSetting>;
}

/** A role that the CLI assumes, by its ARN; or a permission set of IAM Identity Center, which gives a role a name of its own. */
export type Caller = { readonly kind: 'role'; readonly arn: string } | { readonly kind: 'permission-set'; readonly name: string };

export interface EmrSetting {
  readonly key: Span;
  readonly value: Span;
  readonly text: string;
  readonly line: NestedSetting;
}

/** The blocks that the CLI can reach, in source order. */
export function emrBlocks(profiles: ReadonlyMap<string, Profile>): readonly EmrBlock[] {
  const blocks: EmrBlock[] = [];
  // One block of [DEFAULT] may be that of thousands of profiles.
  const read = new Map<Setting, EmrBlock['settings']>();
  for (const { name, section, get } of profiles.values()) {
    const setting = get('emr');
    if (setting?.value.kind !== 'nested') continue;
    const settings = read.get(setting) ?? readSettings(setting);
    read.set(setting, settings);
    blocks.push({ profile: name, section, account: accountOf(get), caller: callerOf(get), setting, settings });
  }
  return blocks.sort((a, b) => a.setting.span.start - b.setting.span.start);
}

/** The profiles as the CLI sees them, with both files in view as far as they are known. */
export function resolvedProfiles(document: ConfigDocument, { other }: Surroundings): ReadonlyMap<string, ResolvedProfile> {
  const of = (file: ConfigDocument['file']): ReadonlyMap<string, Profile> | undefined =>
    [document, other].find((candidate) => candidate?.file === file)?.profiles;
  return resolveProfiles(of('config') ?? new Map(), of('credentials'));
}

/**
 * The blocks of this file that the CLI uses: not those that the credentials file replaces. The account of a profile may stand in
 * either file. A block of [DEFAULT] comes with each profile that inherits it.
 */
export function usedBlocks(document: ConfigDocument, { other }: Surroundings): readonly EmrBlock[] {
  return document.emrBlocks.flatMap((block) => {
    const elsewhere = other?.profiles.get(block.profile);
    if (other?.file === 'credentials' && elsewhere?.get('emr') !== undefined) return [];
    if (elsewhere === undefined) return [block];
    const here = document.profiles.get(block.profile);
    const [first, second] = document.file === 'credentials' ? [here, elsewhere] : [elsewhere, here];
    const get: Profile['get'] = (key) => first?.get(key) ?? second?.get(key);
    return [{ ...block, account: accountOf(get), caller: callerOf(get) }];
  });
}

interface ScalarBlock {
  readonly profile: string;
  readonly setting: Setting;
  readonly value: TextValue;
}

/** The `emr` of each profile that has plain text after its equals sign, where the CLI uses it; one of [DEFAULT] comes once. */
export function scalarBlocks({ profiles, file }: ConfigDocument, { other }: Surroundings): readonly ScalarBlock[] {
  const seen = new Set<Setting>();
  return [...profiles.values()].flatMap(({ name, get }): ScalarBlock[] => {
    const setting = get('emr');
    const isReplaced = file === 'config' && other?.profiles.get(name)?.get('emr') !== undefined;
    if (setting?.value.kind !== 'text' || setting.value.text === '' || isReplaced || seen.has(setting)) return [];
    seen.add(setting);
    return [{ profile: name, setting, value: setting.value }];
  });
}

/** The block of a profile that the CLI takes, and the file that it stands in. */
export function effectiveBlock(
  profile: string,
  document: ConfigDocument,
  surroundings: Surroundings,
): { readonly block: EmrBlock; readonly document: ConfigDocument } | undefined {
  const { other } = surroundings;
  for (const candidate of [document, other]) {
    if (candidate === undefined) continue;
    const opposite = candidate === document ? other : document;
    const block = usedBlocks(candidate, { ...surroundings, other: opposite }).find((used) => used.profile === profile);
    if (block !== undefined) return { block, document: candidate };
  }
  return undefined;
}

/** The private keys that a file names, for an edge to look at. */
export function keyPaths(document: ConfigDocument): readonly string[] {
  return [...new Set(document.emrBlocks.flatMap(({ settings }) => settings.get('key_pair_file')?.text ?? []))].slice(0, 100);
}

/** Whether a line of the block cannot be read, so that nobody knows what it lacks. */
export function hasUnreadLine({ setting }: EmrBlock, { config }: ConfigDocument): boolean {
  return config.errors.some(({ kind, span }) => kind === 'nested-line-without-equals' && isWithin(span, setting.span));
}

/** Of the role that the profile assumes, or else of its single sign-on. */
function accountOf(get: Profile['get']): string | undefined {
  return roleArnForm.exec(textIn(get, 'role_arn'))?.[1] ?? /^\d{12}$/.exec(textIn(get, 'sso_account_id'))?.[0];
}

function callerOf(get: Profile['get']): Caller | undefined {
  const arn = textIn(get, 'role_arn');
  if (arn !== '') return roleArnForm.test(arn) ? { kind: 'role', arn } : undefined;
  const name = textIn(get, 'sso_role_name');
  return /^[\w+=,.@-]+$/.test(name) ? { kind: 'permission-set', name } : undefined;
}

const roleArnForm = /^arn:[\w-]+:iam::(\d{12}):role\//;

function textIn(get: Profile['get'], key: string): string {
  const value = get(key)?.value;
  return value?.kind === 'text' ? value.text : '';
}

function readSettings(setting: Setting): ReadonlyMap<EmrSettingName, EmrSetting> {
  const nested = nestedSettings(setting);
  const settings = new Map<EmrSettingName, EmrSetting>();
  for (const name of emrSettingNames) {
    const line = nested.get(name);
    if (line?.value.kind !== 'text') continue;
    // An empty boolean is an error of its own to the CLI; any other empty value counts as not there.
    if (line.value.text === '' && name !== 'enable_debugging') continue;
    settings.set(name, { key: line.key.span, value: line.value.span, text: line.value.text, line });
  }
  return settings;
}

/** What the CLI takes for a boolean (awscli/customizations/emr/config.py). */
export function isBoolean(text: string): boolean {
  return /^(true|false)$/i.test(text);
}

const meanings: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  y: true,
  on: true,
  '1': true,
  t: true,
  enabled: true,
  false: false,
  no: false,
  n: false,
  off: false,
  '0': false,
  f: false,
  disabled: false,
};

/** What somebody plainly meant by a text that need not be one. */
export function meantBoolean(text: string): boolean | undefined {
  const word = text.replace(/^(["'])(.*)\1$/, '$2').toLowerCase();
  return Object.hasOwn(meanings, word) ? meanings[word] : undefined;
}
