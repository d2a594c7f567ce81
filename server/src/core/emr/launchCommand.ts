// The launch command of a profile, and what a user should know before running it.

import { type ConfigDocument, parseDocument } from '../document';
import type { Finding } from '../finding';
import { type LintContext, lint } from '../lint';
import { noSurroundings, type Surroundings } from '../surroundings';
import { isWithin } from '../text';
import { type EmrBlock, type EmrSettingName, effectiveBlock, resolvedProfiles, scalarBlocks, usedBlocks } from './block';
import { createClusterWords, type JsonFile, longJson, optionWords, withJsonFiles } from './createCluster';
import { isOptionName, optionNames } from './createClusterOptions';
import { takesValue } from './launchArguments';
import {
  defaultRole,
  type LaunchOptions,
  type LaunchPlan,
  type LaunchSpec,
  launchDefaults,
  type Origin,
  planLaunch,
  settingOf,
} from './launchSpec';
import { newestRelease, releasesKnownOn } from './releases';
import { type Form, render } from './render/render';
import { namesOf } from './roles';
import { posixCommand, type Shell, shellCommand, shellComment, shellLine } from './shell';

export interface LaunchCommand {
  readonly command: string;
  /** The same for a prompt; nothing where it cannot be written on one line. */
  readonly line: string | undefined;
  readonly shell: Shell;
  /** Those that the command names, to be written where it looks for them. */
  readonly files: readonly JsonFile[];
  /** About values that are not simply the profile's. */
  readonly notes: readonly string[];
  /** Those behind `create-cluster` that make the same launch of the profile at another time: what was chosen, and the defaults. */
  readonly words: readonly string[];
  /** Sentences that say where each value comes from, and which stand in for what nobody has said. */
  readonly origins: readonly string[];
  readonly defaults: readonly string[];
  readonly problems: readonly LaunchDoubt[];
}

/** With an error a launch fails; with a warning it goes without what the emr block says. */
export interface LaunchDoubt {
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

export interface LaunchProfile {
  readonly name: string;
  readonly serviceRole: string | undefined;
  readonly instanceProfile: string | undefined;
}

/** What is wrong with the emr blocks, by profile: where nothing is, there is no entry. */
export function profileProblems(document: ConfigDocument, context: LintContext): ReadonlyMap<string, readonly LaunchDoubt[]> {
  const surroundings = context.surroundings ?? noSurroundings;
  const { other } = surroundings;
  const problems = new Map<string, readonly LaunchDoubt[]>();
  for (const [holder, opposite] of [[document, other] as const, ...(other === undefined ? [] : [[other, document] as const])]) {
    const around = { ...surroundings, other: opposite };
    const found = lint(holder, { ...context, surroundings: around }).filter(isOfLaunch);
    for (const { profile, setting } of found.length === 0 ? [] : usedBlocks(holder, around)) {
      const own = found.filter(({ span }) => isWithin(span, setting.span)).map(doubt);
      if (own.length > 0) problems.set(profile, own);
    }
  }
  return problems;
}

/** The profiles of a config file in its order, then those that only the credentials file has. */
export function launchProfiles(document: ConfigDocument, surroundings: Surroundings): readonly LaunchProfile[] {
  const blocks = new Map<string, EmrBlock>();
  const { other } = surroundings;
  for (const block of other === undefined ? [] : usedBlocks(other, { ...surroundings, other: document })) blocks.set(block.profile, block);
  for (const block of usedBlocks(document, surroundings)) blocks.set(block.profile, block);
  const start = (name: string): number => document.profiles.get(name)?.section.span.start ?? document.text.length;
  return [...resolvedProfiles(document, surroundings).keys()]
    .sort((a, b) => start(a) - start(b))
    .map((name) => {
      const settings = blocks.get(name)?.settings;
      return { name, serviceRole: settings?.get('service_role')?.text, instanceProfile: settings?.get('instance_profile')?.text };
    });
}

/** The roles of a launch, for an edge to ask about: what the command line names, or else the block, or else the default ones. */
export function launchNames(
  document: ConfigDocument,
  profile: string,
  surroundings: Surroundings,
  { values = {} }: LaunchOptions,
): ReturnType<typeof namesOf> {
  const { block } = effectiveBlock(profile, document, surroundings) ?? {};
  const { roles, instanceProfiles } = namesOf(block === undefined ? [] : [block]);
  const { 'service-role': service, 'ec2-attributes': ec2, 'auto-scaling-role': scaling, 'step-execution-role-arn': runtime } = values;
  const chosen = (own: string | undefined, named: readonly string[], other: string): readonly string[] =>
    own ? [own] : named.length > 0 ? named : [other];
  return {
    roles: [...chosen(service, roles, defaultRole.service_role), ...[scaling, runtime].flatMap((name) => name || [])],
    instanceProfiles: chosen(ec2?.InstanceProfile, instanceProfiles, defaultRole.instance_profile),
  };
}

/** A sentence that says why there is no command. */
export interface LaunchRefusal {
  readonly refused: string;
}

/**
 * For the shell of the settings. Nothing where the file has no such profile.
 *
 * @param options with a folder for long JSON, as the AWS CLI is to look for it, if that may go into files.
 */
export function launchCommand(
  document: ConfigDocument,
  profile: string,
  context: LintContext,
  options: LaunchOptions & { readonly jsonFolder?: string | undefined },
  form?: Form,
): LaunchCommand | LaunchRefusal | undefined {
  const surroundings = context.surroundings ?? noSurroundings;
  if (!resolvedProfiles(document, surroundings).has(profile)) return undefined;
  const { block, document: holder } = effectiveBlock(profile, document, surroundings) ?? {};
  const plan = planLaunch(profile, block, context.facts.forAccount(block?.account), options);
  const { shell = 'posix' } = context.settings;
  const written = form === undefined ? commandOf(plan.spec, shell, options.jsonFolder) : rendered(plan.spec, form);
  const refused = [...refusedByCli(plan), ...('refused' in written ? [written.refused] : [])];
  if (refused.length > 0 || 'refused' in written) return { refused: refused.join('\n') };
  const opposite = holder === document ? surroundings.other : document;
  const found = holder === undefined ? [] : lint(holder, { ...context, surroundings: { ...surroundings, other: opposite } });
  const line = form === undefined ? shellLine(createClusterWords(written.spec ?? plan.spec), shell) : undefined;
  const problems = [
    ...unreadable([document, surroundings.other]).map(error),
    ...(block === undefined ? [] : found.filter((finding) => isOpen(finding, block, plan)).map(doubt)),
    ...crashes(plan, document, { ...context, surroundings }).map(doubt),
    ...ofNames(plan, document, context).map(doubt),
    ...plan.problems.map(({ message }) => error(message)),
  ];
  const notes = [...plan.notes, ...written.notes];
  return {
    command: written.text,
    line,
    shell,
    files: written.files,
    notes,
    words: lastingWords(plan, options),
    origins: originsInWords(plan),
    defaults: defaultsInWords(plan),
    problems,
  };
}

function lastingWords(
  { spec: { values: planned } }: LaunchPlan,
  { values = {}, inFiles = new Map(), globals = [] }: LaunchOptions,
): readonly string[] {
  return [
    ...globals.filter(([option]) => option === '--region'),
    ...optionNames.flatMap((name) => optionWords(name, { values: Object.hasOwn(launchDefaults, name) ? planned : values, inFiles })),
  ].flat();
}

/** Plain text after `emr =` stops the AWS CLI where it looks into it: for settings that the command line does not decide. */
function crashes({ spec, origins }: LaunchPlan, document: ConfigDocument, context: LintContext): readonly Finding[] {
  const { values, inFiles, profile } = spec;
  const isDecided = (name: string, setting: EmrSettingName): boolean =>
    origins.has(isOptionName(name) ? `--${name}` : name) ||
    (!isOptionName(name) && inFiles.has('ec2-attributes')) ||
    (values['use-default-roles'] === true && (setting === 'service_role' || setting === 'instance_profile'));
  const open = Object.entries(settingOf).flatMap(([name, setting]) => (isDecided(name, setting) ? [] : [setting]));
  const { other, ...around } = context.surroundings ?? noSurroundings;
  return [document, ...(other === undefined ? [] : [other])].flatMap((holder) => {
    const surroundings = { ...around, other: holder === document ? other : document };
    const text = scalarBlocks(holder, surroundings).find((one) => one.profile === profile);
    if (text === undefined || !open.some((setting) => text.value.text.includes(setting))) return [];
    return lint(holder, { ...context, surroundings }).filter(
      ({ rule, span }) => rule === 'config/crashing-emr-value' && isWithin(span, text.setting.span),
    );
  });
}

/** The rules for commands in scripts that judge names and tags by facts: what else they say of a command, the plan has said. */
const nameRules: ReadonlySet<string> = new Set([
  'launch/pass-role-for-custom-role',
  'launch/role-trust',
  'launch/tag-syntax',
  'launch/unknown-instance-profile',
  'launch/unknown-role',
  'launch/v2-tags',
]);

/** What they say of the command. The names of the emr block are left to it, where other rules judge them. */
function ofNames({ spec, origins }: LaunchPlan, document: ConfigDocument, context: LintContext): readonly Finding[] {
  const { 'service-role': serviceRole, 'ec2-attributes': attributes, ...rest } = spec.values;
  const { InstanceProfile, ...others } = attributes ?? {};
  const isOwn = (name: string, value: string | undefined): value is string => value !== undefined && origins.get(name) !== 'profile';
  const own = isOwn('InstanceProfile', InstanceProfile) ? { InstanceProfile, ...others } : others;
  const values = {
    ...rest,
    ...(isOwn('--service-role', serviceRole) ? { 'service-role': serviceRole } : {}),
    ...(Object.keys(own).length === 0 ? {} : { 'ec2-attributes': own }),
  };
  const script = parseDocument(posixCommand(createClusterWords({ ...spec, values })), 'shellscript');
  const { other } = context.surroundings ?? noSurroundings;
  const around = { ...noSurroundings, aws: { config: document, credentials: other } };
  return lint(script, { ...context, ignore: [], surroundings: around }).filter(({ rule }) => nameRules.has(rule));
}

function error(message: string): LaunchDoubt {
  return { severity: 'error', message };
}

function doubt({ severity, message }: Finding): LaunchDoubt {
  return { severity: severity === 'error' ? 'error' : 'warning', message };
}

function originsInWords({ spec: { profile }, origins }: LaunchPlan): readonly string[] {
  const sources: Readonly<Record<Exclude<Origin, 'default'>, string>> = {
    given: 'As chosen',
    profile: `From the emr block of the profile "${profile}"`,
    facts: 'By what is known of the account',
  };
  return Object.entries(sources).flatMap(([source, words]) => namesFrom(source, words, origins));
}

function defaultsInWords({ origins }: LaunchPlan): readonly string[] {
  const isNewest = origins.get('--release-label') === 'default';
  return [
    ...namesFrom('default', 'By default', origins),
    ...(isNewest ? [`${newestRelease} is the newest release known here, as of ${releasesKnownOn}.`] : []),
  ];
}

function namesFrom(source: string, words: string, origins: LaunchPlan['origins']): readonly string[] {
  const names = [...origins].flatMap(([name, origin]) => (origin === source ? [name] : []));
  return names.length === 0 ? [] : [`${words}: ${names.join(', ')}.`];
}

type Written =
  | { readonly text: string; readonly notes: readonly string[]; readonly files: readonly JsonFile[]; readonly spec?: LaunchSpec }
  | LaunchRefusal;

/** What the shell cannot carry as JSON, a file can. */
function commandOf(spec: LaunchSpec, shell: Shell, jsonFolder: string | undefined): Written {
  if (jsonFolder === undefined) {
    const written = commandWith(spec, shell);
    const isOfJson = 'refused' in written && withJsonFiles(spec, '', 0).files.length > 0;
    return isOfJson ? { refused: `${written.refused} With --json-files FOLDER, emr-iam command puts JSON into files.` } : written;
  }
  const { spec: readable, files } = withJsonFiles(spec, jsonFolder, longJson);
  const written = commandWith(readable, shell, files);
  if (!('refused' in written)) return written;
  const shortest = withJsonFiles(spec, jsonFolder, 0);
  return commandWith(shortest.spec, shell, shortest.files);
}

function rendered(spec: LaunchSpec, form: Form): Written {
  const written = render(spec, form);
  return 'refused' in written ? written : { ...written, files: [] };
}

function commandWith(spec: LaunchSpec, shell: Shell, files: readonly JsonFile[] = []): Written {
  const words = createClusterWords(spec);
  const inFiles = [...spec.inFiles.keys()].map((name) => `--${name}`);
  const [refused] = words.flatMap((group) => whyRefused(group, inFiles) ?? []);
  if (refused !== undefined) return { refused };
  const written = shellCommand(words, shell);
  return written.ok ? { text: written.text, notes: [], files, spec } : { refused: written.reason };
}

function refusedByCli({ problems }: LaunchPlan): readonly string[] {
  return problems.filter(({ by }) => by === 'cli').map(({ message }) => message);
}

/** Whether a finding is of the launch, and the plan has not taken care of it. */
function isOpen(finding: Finding, block: EmrBlock, { mended }: LaunchPlan): boolean {
  if (!isOfLaunch(finding) || !isWithin(finding.span, block.setting.span)) return false;
  return !mended.some(({ rule, setting }) => {
    const found = setting === undefined ? undefined : block.settings.get(setting);
    const isThere = setting === undefined || (found !== undefined && isWithin(finding.span, found.line.span));
    return isThere && (rule === undefined || rule === finding.rule);
  });
}

function unreadable(files: readonly (ConfigDocument | undefined)[]): readonly string[] {
  return files
    .flatMap((file) => {
      const [error] = file?.config.errors ?? [];
      return file === undefined || error === undefined ? [] : [`The AWS CLI cannot read the ${file.file} file: ${error.message}`];
    })
    .reverse();
}

/** With these a launch fails, or goes without what the block says. */
function isOfLaunch({ rule, severity }: Finding): boolean {
  return severity === 'error' || (severity === 'warning' && rule.startsWith('config/'));
}

/** What would not reach AWS as it stands. @param inFiles the options whose values are files beside the command. */
export function whyRefused([first = '', ...rest]: readonly string[], inFiles: readonly string[] = []): string | undefined {
  const [, option = first, attached] = /^(--[\w-]+)=([\s\S]*)$/.exec(first) ?? [];
  const values = attached === undefined ? rest : [attached];
  const [value = ''] = values;
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(values.join()))
    return `The value for ${option} has control characters, so there is no command that can safely be shown.`;
  // AWS CLI, paramfile.py: for these it sends what the file or, in version 1, the page holds. A value of the config file is sent as it is,
  // and so is that of an option of `aws` itself.
  if (values.length === 1 && /^(fileb?|https?):\/\//.test(value) && !inFiles.includes(option) && !takesValue(option))
    return `The value for ${option} begins like a file or web address, and the AWS CLI would send its contents instead: give another value.`;
  return undefined;
}

/** The command with problems, origins and notes as shell comments above it. */
export function annotated({ command, shell, notes, origins, defaults, problems }: LaunchCommand): string {
  const of = (level: LaunchDoubt['severity']): readonly string[] =>
    problems.flatMap((one) => (one.severity === level ? [one.message] : []));
  const errors = of('error');
  const [many, these] = errors.length === 1 ? ['1 problem', 'it'] : [`${errors.length} problems`, 'them'];
  const comments = [
    ...(errors.length === 0 ? [] : [`${many} found: EMR or the AWS CLI refuses a launch with ${these}, or its cluster fails.`]),
    ...errors.map((message) => `PROBLEM: ${message}`),
    ...of('warning').map((message) => `WARNING: ${message}`),
    ...origins,
    ...defaults,
    ...notes,
  ];
  return [...comments.map((comment) => shellComment(comment, shell)), command, ''].join('\n');
}
