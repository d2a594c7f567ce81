// Every setting, once: this table is what the manifest's `contributes.configuration` is generated from and what values are checked against.

import { isShell, type Shell, shells } from './emr/shell';
import { isSeverity, type Severity, severities } from './finding';
import { parseGlob } from './glob';
import type { PolicyKindGlob } from './policy/kindGlob';
import { isPolicyKind, policyKinds } from './policy/policy';
import { defaultQuotas, type Quotas } from './policy/size';

/** Which rules are on of themselves: those that are right for everybody, or also those that an audit asks for. */
export const ruleProfiles = ['default', 'audit'] as const;
export type RuleProfile = (typeof ruleProfiles)[number];

export function isRuleProfile(name: unknown): name is RuleProfile {
  return ruleProfiles.some((profile) => profile === name);
}

export interface Settings {
  readonly enable: boolean;
  /** Missing where nobody has said: then it is the default one. */
  readonly profile: RuleProfile | undefined;
  readonly factsFiles: readonly string[];
  /** By rule id. */
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  readonly policyKinds: readonly PolicyKindGlob[];
  readonly quotas: Quotas;
  /** That launch commands are for. Missing where nobody has said: then it is the one of the machine. */
  readonly shell: Shell | undefined;
  readonly live: LiveSettings;
}

/** Of the user alone: a workspace must not make this machine ask anybody. */
export interface LiveSettings {
  /** Missing: IAM is never asked. */
  readonly profile: string | undefined;
  readonly keepOnDisk: boolean;
}

type SettingName = Exclude<keyof Settings, 'live'> | `live.${keyof LiveSettings}`;

interface SettingDefinition {
  /** What is of the machine, no workspace can set. */
  readonly scope: 'resource' | 'machine';
  readonly description: string;
  /** JSON schema, less the description. */
  readonly schema: Readonly<Record<string, unknown>>;
}

export const section = 'emrIam';

export const settingDefinitions = {
  enable: {
    scope: 'resource',
    description: 'Report findings in AWS config files and IAM policies.',
    schema: { type: 'boolean', default: true },
  },
  factsFiles: {
    scope: 'resource',
    description:
      'Files that say which roles and instance profiles the account has: what `aws iam get-account-authorization-details` and `aws iam list-instance-profiles` write. Paths are relative to the workspace folder. Ignored in a workspace that is not trusted.',
    schema: { type: 'array', items: { type: 'string' }, default: [] },
  },
  profile: {
    scope: 'resource',
    description:
      '`"audit"` turns on the rules that are off by default and meant for audits; `emrIam.rules` still counts more. Without a value, the project file `.emr-iam.jsonc` decides.',
    schema: { type: ['string', 'null'], enum: [...ruleProfiles, null], default: null },
  },
  rules: {
    scope: 'resource',
    description: 'The severity of single rules, by their id, or `off`.',
    schema: { type: 'object', additionalProperties: { enum: ['off', ...severities] }, default: {} },
  },
  policyKinds: {
    scope: 'resource',
    description:
      'The kind of the policy in files that hold nothing but a policy, by globs relative to the workspace folder; of several that match, the last one counts. The project file `.emr-iam.jsonc` can say the same for everybody.',
    schema: { type: 'object', additionalProperties: { enum: policyKinds }, default: {} },
  },
  quotas: {
    scope: 'resource',
    description:
      'How many characters IAM takes, white space not counted: of a managed policy, of all inline policies of a role together, and of a trust policy. Raise the last where AWS has raised it for your account.',
    schema: {
      type: 'object',
      properties: {
        managedPolicy: { type: 'integer', minimum: 1 },
        inlinePolicies: { type: 'integer', minimum: 1 },
        trustPolicy: { type: 'integer', minimum: 1 },
      },
      additionalProperties: false,
      default: defaultQuotas,
    },
  },
  shell: {
    scope: 'resource',
    description:
      'The shell that launch commands are written for: `"posix"` is sh, bash, zsh and dash. Without a value, PowerShell on Windows and `"posix"` elsewhere.',
    schema: { type: ['string', 'null'], enum: [...shells, null], default: null },
  },
  'live.profile': {
    scope: 'machine',
    description:
      'The profile of your AWS config files that the commands "EMR IAM: Ask IAM …" ask with. Empty: IAM is never asked. A workspace cannot set it.',
    schema: { type: 'string', default: '' },
  },
  'live.keepOnDisk': {
    scope: 'machine',
    description:
      "Keep IAM's last answer in the storage folder of the extension, readable by you alone and without credentials, until this is switched off. Otherwise it is gone when the window is closed.",
    schema: { type: 'boolean', default: false },
  },
} as const satisfies Readonly<Record<SettingName, SettingDefinition>>;

export const defaultSettings: Settings = {
  enable: true,
  profile: undefined,
  factsFiles: [],
  rules: new Map(),
  policyKinds: [],
  quotas: defaultQuotas,
  shell: undefined,
  live: { profile: undefined, keepOnDisk: false },
};

/** The settings, with the default for each value that is of the wrong type, and a sentence about each of these. */
export function readSettings(
  raw: unknown,
  ruleIds: ReadonlySet<string>,
): { readonly settings: Settings; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const value = typeof raw === 'object' && raw !== null ? new Map<string, unknown>(Object.entries(raw)) : new Map<string, unknown>();
  const expect = (name: string, what: string): void => {
    problems.push(`The setting ${section}.${name} must be ${what}; its default is used.`);
  };

  const enable = value.get('enable') ?? defaultSettings.enable;
  if (typeof enable !== 'boolean') expect('enable', 'true or false');

  const factsFiles = value.get('factsFiles') ?? defaultSettings.factsFiles;
  const areFiles = Array.isArray(factsFiles) && factsFiles.every((file) => typeof file === 'string');
  if (!areFiles) expect('factsFiles', 'a list of paths');

  const profile = value.get('profile') ?? undefined;
  if (profile !== undefined && !isRuleProfile(profile)) expect('profile', `one of ${ruleProfiles.join(', ')}`);

  const shell = value.get('shell') ?? undefined;
  if (shell !== undefined && !isShell(shell)) expect('shell', `one of ${shells.join(', ')}`);

  const rules = new Map<string, Severity | 'off'>();
  for (const [id, severity] of entriesOf(value.get('rules'), () => expect('rules', 'an object of rule ids and severities'))) {
    if (!ruleIds.has(id)) problems.push(`The setting ${section}.rules names "${id}", which is not a rule.`);
    else if (severity === 'off' || isSeverity(severity)) rules.set(id, severity);
    else problems.push(`The setting ${section}.rules gives "${id}" a severity that is none of off, ${severities.join(', ')}.`);
  }

  const kinds: PolicyKindGlob[] = [];
  for (const [glob, kind] of entriesOf(value.get('policyKinds'), () => expect('policyKinds', 'an object of globs and kinds'))) {
    const parsed = parseGlob(glob);
    if (!parsed.ok) problems.push(`The setting ${section}.policyKinds has the glob "${glob}", which ${parsed.reason}.`);
    else if (isPolicyKind(kind)) kinds.push({ glob: parsed.glob, kind });
    else problems.push(`The setting ${section}.policyKinds gives "${glob}" a kind that is none of ${policyKinds.join(', ')}.`);
  }

  const quotas: Record<keyof Quotas, number> = { ...defaultQuotas };
  for (const [name, quota] of entriesOf(value.get('quotas'), () => expect('quotas', 'an object of quotas and numbers'))) {
    if (!isQuota(name))
      problems.push(`The setting ${section}.quotas names "${name}", which is none of ${Object.keys(defaultQuotas).join(', ')}.`);
    else if (typeof quota === 'number' && Number.isInteger(quota) && quota > 0) quotas[name] = quota;
    else problems.push(`The setting ${section}.quotas gives "${name}" what is no number of characters.`);
  }
  // An editor sends names with dots as objects in objects, or as they stand.
  const nested = value.get('live');
  const live = new Map<string, unknown>(typeof nested === 'object' && nested !== null ? Object.entries(nested) : []);
  const askWith = live.get('profile') ?? value.get('live.profile') ?? '';
  if (typeof askWith !== 'string') expect('live.profile', 'the name of a profile');
  const keepOnDisk = live.get('keepOnDisk') ?? value.get('live.keepOnDisk') ?? false;
  if (typeof keepOnDisk !== 'boolean') expect('live.keepOnDisk', 'true or false');
  return {
    settings: {
      enable: typeof enable === 'boolean' ? enable : true,
      profile: isRuleProfile(profile) ? profile : undefined,
      factsFiles: areFiles ? factsFiles : [],
      rules,
      policyKinds: kinds,
      quotas,
      shell: isShell(shell) ? shell : undefined,
      live: { profile: typeof askWith === 'string' && askWith !== '' ? askWith : undefined, keepOnDisk: keepOnDisk === true },
    },
    problems,
  };
}

function isQuota(name: string): name is keyof Quotas {
  return Object.hasOwn(defaultQuotas, name);
}

function entriesOf(given: unknown, otherwise: () => void): readonly (readonly [string, unknown])[] {
  if (given === undefined || given === null) return [];
  if (typeof given === 'object' && !Array.isArray(given)) return Object.entries(given);
  otherwise();
  return [];
}
