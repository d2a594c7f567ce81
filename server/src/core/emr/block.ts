// The `emr =` block of a profile: the role names and other values that `aws emr` takes from the config file.

import type { AwsConfig, NestedSetting, Section, Setting } from '../awsconfig/node';
import { type FileKind, nestedSettings, profilesOf } from '../awsconfig/profiles';
import type { Span } from '../text';

/** The keys that the AWS CLI reads (awscli/customizations/emr/configutils.py and config.py, SUPPORTED_CONFIG_LIST); it ignores any other. */
export const emrSettingNames = ['service_role', 'instance_profile', 'log_uri', 'key_name', 'enable_debugging', 'key_pair_file'] as const;
export type EmrSettingName = (typeof emrSettingNames)[number];

export interface EmrBlock {
  readonly profile: string;
  readonly section: Section;
  /** The account that the profile's own settings name, if they do: a role is there or not in this one. */
  readonly account: string | undefined;
  /** The `emr =` line and all below it. */
  readonly setting: Setting;
  /** What the CLI reads: known names only, of duplicates the last, empty values left out. */
  readonly settings: ReadonlyMap<EmrSettingName, EmrSetting>;
}

export interface EmrSetting {
  readonly key: Span;
  readonly value: Span;
  readonly text: string;
  readonly line: NestedSetting;
}

/** The blocks that the CLI can reach, in source order. */
export function emrBlocks(config: AwsConfig, kind: FileKind): readonly EmrBlock[] {
  const blocks: EmrBlock[] = [];
  for (const { name, section, settings } of profilesOf(config, kind).values()) {
    const setting = settings.get('emr');
    if (setting?.value.kind === 'nested')
      blocks.push({ profile: name, section, account: accountOf(settings), setting, settings: readSettings(setting) });
  }
  return blocks.sort((a, b) => a.setting.span.start - b.setting.span.start);
}

/** Of the role that the profile assumes, or else of its single sign-on. */
function accountOf(settings: ReadonlyMap<string, Setting>): string | undefined {
  const text = (key: string): string => {
    const value = settings.get(key)?.value;
    return value?.kind === 'text' ? value.text : '';
  };
  return /^arn:[\w-]+:iam::(\d{12}):role\//.exec(text('role_arn'))?.[1] ?? /^\d{12}$/.exec(text('sso_account_id'))?.[0];
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
