// Which sections are profiles, and what the AWS CLI sees in each (botocore: configloader.py build_profile_map; session.py full_config).

import type { AwsConfig, NestedSetting, Section, Setting } from './node';
import { defaults } from './parse';

export interface Profile {
  readonly name: string;
  readonly section: Section;
  /** By lower-case key, with what [DEFAULT] adds. */
  readonly settings: ReadonlyMap<string, Setting>;
}

export type FileKind = 'config' | 'credentials';

/** By name. Of two sections that are one profile to the CLI, the later replaces the earlier whole. */
export function profilesOf(config: AwsConfig, kind: FileKind): ReadonlyMap<string, Profile> {
  const inherited = config.sections.filter((section) => section.name.text === defaults).flatMap((section) => section.settings);
  const profiles = new Map<string, Profile>();
  for (const section of config.sections) {
    const name = kind === 'credentials' ? section.name.text : profileName(section.name.text);
    if (name === undefined || section.name.text === defaults) continue;
    const settings = new Map([...inherited, ...section.settings].map((setting) => [setting.key.text, setting]));
    profiles.set(name, { name, section, settings });
  }
  return profiles;
}

/** The profile that a section head of the config file defines, if it defines one. */
export function profileName(section: string): string | undefined {
  if (section === 'default') return section;
  if (!section.startsWith('profile')) return undefined;
  const words = shellWords(section);
  return words?.length === 2 ? words[1] : undefined;
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
