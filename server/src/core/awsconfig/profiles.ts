// Which sections are profiles, and what the AWS CLI sees in each (botocore: configloader.py build_profile_map; session.py full_config).

import type { AwsConfig, NestedSetting, Section, Setting } from './node';
import { defaults } from './parse';

export interface Profile {
  readonly name: string;
  readonly section: Section;
  /** By lower-case key; what the section does not say, [DEFAULT] adds. */
  get(key: string): Setting | undefined;
  /** With what [DEFAULT] adds. */
  settings(): ReadonlyMap<string, Setting>;
}

export type FileKind = 'config' | 'credentials';

/** By name. Of two sections that are one profile to the CLI, the later replaces the earlier whole. */
export function profilesOf(config: AwsConfig, kind: FileKind): ReadonlyMap<string, Profile> {
  const inherited = byKey(config.sections.filter(({ name }) => name.text === defaults).flatMap(({ settings }) => settings));
  const profiles = new Map<string, Profile>();
  for (const section of config.sections) {
    const name = sectionProfile(section, kind);
    if (name === undefined) continue;
    const own = finder(section.settings);
    profiles.set(name, {
      name,
      section,
      get: (key) => own(key) ?? inherited.get(key),
      settings: () => new Map([...inherited, ...byKey(section.settings)]),
    });
  }
  return profiles;
}

/** Most sections are so short that looking through them is faster than any table. */
function finder(settings: readonly Setting[]): (key: string) => Setting | undefined {
  // Of two with one key, which only a file has that the CLI refuses, the last, as in a table.
  if (settings.length <= 16) {
    return (key) => settings.reduce<Setting | undefined>((found, setting) => (setting.key.text === key ? setting : found), undefined);
  }
  const table = byKey(settings);
  return (key) => table.get(key);
}

function byKey(settings: readonly Setting[]): ReadonlyMap<string, Setting> {
  return new Map(settings.map((setting) => [setting.key.text, setting]));
}

/** The profile that a section defines, if it defines one: in the credentials file, every section does. */
export function sectionProfile({ name: { text } }: Section, kind: FileKind): string | undefined {
  if (text === defaults) return undefined;
  return kind === 'credentials' ? text : profileName(text);
}

/** A profile as the CLI sees it: the credentials file replaces single keys of the config file, an indented block as a whole. */
export interface ResolvedProfile {
  readonly name: string;
  get(key: string): ResolvedSetting | undefined;
  settings(): ReadonlyMap<string, ResolvedSetting>;
}

interface ResolvedSetting {
  readonly setting: Setting;
  readonly from: FileKind;
}

/**
 * Nothing is inherited from [default] or from `source_profile` (botocore, session.py, full_config).
 *
 * @param credentials nothing where there is no such file.
 */
export function resolveProfiles(
  config: ReadonlyMap<string, Profile>,
  credentials: ReadonlyMap<string, Profile> = new Map(),
): ReadonlyMap<string, ResolvedProfile> {
  const names = new Set([...config.keys(), ...credentials.keys()]);
  return new Map(
    [...names].map((name) => {
      const files = [
        ['config', config.get(name)],
        ['credentials', credentials.get(name)],
      ] as const;
      const resolved: ResolvedProfile = {
        name,
        get(key) {
          const inCredentials = files[1][1]?.get(key);
          if (inCredentials !== undefined) return { setting: inCredentials, from: 'credentials' };
          const inConfig = files[0][1]?.get(key);
          return inConfig && { setting: inConfig, from: 'config' };
        },
        settings: () =>
          new Map(
            files.flatMap(([from, profile]) => [...(profile?.settings() ?? [])].map(([key, setting]) => [key, { setting, from }] as const)),
          ),
      };
      return [name, resolved];
    }),
  );
}

/** What chooses a profile beside `--profile`; an empty variable counts as set. */
interface ProfileVariables {
  readonly AWS_PROFILE?: string | undefined;
  readonly AWS_DEFAULT_PROFILE?: string | undefined;
}

/**
 * The profile that each version of the AWS CLI takes: version 1 looks at AWS_DEFAULT_PROFILE first, version 2 at AWS_PROFILE
 * (botocore, session.py and awscli/botocore, configprovider.py).
 */
export function chosenProfile(
  option: string | undefined,
  { AWS_PROFILE, AWS_DEFAULT_PROFILE }: ProfileVariables,
): { v1: string; v2: string } {
  return {
    v1: option ?? AWS_DEFAULT_PROFILE ?? AWS_PROFILE ?? 'default',
    v2: option ?? AWS_PROFILE ?? AWS_DEFAULT_PROFILE ?? 'default',
  };
}

/** The profile that a section head of the config file defines, if it defines one. */
export function profileName(section: string): string | undefined {
  if (section === 'default') return section;
  if (!section.startsWith('profile')) return undefined;
  const words = shellWords(section);
  return words?.length === 2 ? words[1] : undefined;
}

/** A name as `aws configure` writes it after "profile": in quotes where it has more than plain characters (Python, shlex.quote). */
export function quotedName(name: string): string {
  return /^[\w@%+=:,./-]+$/.test(name) ? name : `'${name.replaceAll("'", `'"'"'`)}'`;
}

/** The nested settings that the CLI sees under a key: of duplicates, the last. */
export function nestedSettings(setting: Setting | undefined): ReadonlyMap<string, NestedSetting> {
  if (setting?.value.kind !== 'nested') return new Map();
  return new Map(setting.value.settings.map((nested) => [nested.key.text, nested]));
}

/** Splits as Python's shlex.split() does; nothing for an unbalanced quote or a trailing backslash. */
export function shellWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === ' ' || char === '\t' || char === '\r' || char === '\n') {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (char === '\\') {
      if (++i >= text.length) return undefined;
      word = (word ?? '') + text.charAt(i);
    } else if (char === "'" || char === '"') {
      const quoted = quotedText(text, i);
      if (quoted === undefined) return undefined;
      word = (word ?? '') + quoted.text;
      i = quoted.end;
    } else {
      word = (word ?? '') + char;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** What stands between the quote at `start` and its partner at `end`; in double quotes a backslash escapes `"` and itself. */
function quotedText(text: string, start: number): { text: string; end: number } | undefined {
  const quote = text.charAt(start);
  let result = '';
  for (let i = start + 1; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === quote) return { text: result, end: i };
    const next = text.charAt(i + 1);
    if (char === '\\' && quote === '"' && (next === '"' || next === '\\')) {
      result += next;
      i++;
    } else {
      result += char;
    }
  }
  return undefined;
}
