// Every setting, once: this table is what the manifest's `contributes.configuration` is generated from and what values are checked against.

import { type Severity, severities } from './finding';

export interface Settings {
  readonly enable: boolean;
  readonly factsFiles: readonly string[];
  /** By rule id. */
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
}

interface SettingDefinition {
  readonly scope: 'resource' | 'window';
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
  rules: {
    scope: 'resource',
    description: 'The severity of single rules, by their id, or `off`.',
    schema: { type: 'object', additionalProperties: { enum: ['off', ...severities] }, default: {} },
  },
} as const satisfies Readonly<Record<keyof Settings, SettingDefinition>>;

export const defaultSettings: Settings = { enable: true, factsFiles: [], rules: new Map() };

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

  const rules = new Map<string, Severity | 'off'>();
  const given = value.get('rules') ?? {};
  if (typeof given !== 'object' || Array.isArray(given)) expect('rules', 'an object of rule ids and severities');
  else {
    for (const [id, severity] of Object.entries(given)) {
      if (!ruleIds.has(id)) problems.push(`The setting ${section}.rules names "${id}", which is not a rule.`);
      else if (severity === 'off' || isSeverity(severity)) rules.set(id, severity);
      else problems.push(`The setting ${section}.rules gives "${id}" a severity that is none of off, ${severities.join(', ')}.`);
    }
  }
  return {
    settings: { enable: typeof enable === 'boolean' ? enable : true, factsFiles: areFiles ? factsFiles : [], rules },
    problems,
  };
}

function isSeverity(value: unknown): value is Severity {
  return severities.some((severity) => severity === value);
}
