// The launch command of a profile, and what a user should know before running it.

import type { ConfigDocument } from '../document';
import type { Finding } from '../finding';
import { type LintContext, lint } from '../lint';
import { noSurroundings, type Surroundings } from '../surroundings';
import { isWithin } from '../text';
import { type EmrBlock, effectiveBlock, resolvedProfiles, usedBlocks } from './block';
import { createClusterWords } from './createCluster';
import { defaultRole, type LaunchOptions, type LaunchPlan, planLaunch } from './launchSpec';
import { type Form, render } from './render/render';
import { namesOf } from './roles';
import { type Shell, shellCommand, shellComment } from './shell';

export interface LaunchCommand {
  readonly command: string;
  readonly shell: Shell;
  /** About values that are not simply the profile's. */
  readonly notes: readonly string[];
  /** Findings of the emr block that the command has not taken care of: a launch fails with them, or goes without what the block says. */
  readonly problems: readonly string[];
}

export interface LaunchProfile {
  readonly name: string;
  readonly serviceRole: string | undefined;
  readonly instanceProfile: string | undefined;
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
  const { 'service-role': service, 'ec2-attributes': ec2 } = values;
  const chosen = (own: string | undefined, named: readonly string[], other: string): readonly string[] =>
    own ? [own] : named.length > 0 ? named : [other];
  return {
    roles: chosen(service, roles, defaultRole.service_role),
    instanceProfiles: chosen(ec2?.InstanceProfile, instanceProfiles, defaultRole.instance_profile),
  };
}

/** A sentence that says why there is no command. */
export interface LaunchRefusal {
  readonly refused: string;
}

/** For the shell of the settings. Nothing where the file has no such profile. */
export function launchCommand(
  document: ConfigDocument,
  profile: string,
  context: LintContext,
  options: LaunchOptions,
  form?: Form,
): LaunchCommand | LaunchRefusal | undefined {
  const surroundings = context.surroundings ?? noSurroundings;
  if (!resolvedProfiles(document, surroundings).has(profile)) return undefined;
  const { block, document: holder } = effectiveBlock(profile, document, surroundings) ?? {};
  const plan = planLaunch(profile, block, context.facts.forAccount(block?.account), options);
  const { shell = 'posix' } = context.settings;
  const written = form === undefined ? commandOf(plan, shell) : render(plan.spec, form);
  const refused = [...refusedByCli(plan), ...('refused' in written ? [written.refused] : [])];
  if (refused.length > 0 || 'refused' in written) return { refused: refused.join('\n') };
  const opposite = holder === document ? surroundings.other : document;
  const found = holder === undefined ? [] : lint(holder, { ...context, surroundings: { ...surroundings, other: opposite } });
  const problems = [
    ...unreadable([document, surroundings.other]),
    ...(block === undefined ? [] : found.filter((finding) => isOpen(finding, block, plan)).map(({ message }) => message)),
    ...plan.problems.map(({ message }) => message),
  ];
  return { command: written.text, shell, notes: [...plan.notes, ...written.notes], problems };
}

type Written = { readonly text: string; readonly notes: readonly string[] } | LaunchRefusal;

function commandOf({ spec }: LaunchPlan, shell: Shell): Written {
  const words = createClusterWords(spec);
  const inFiles = [...spec.inFiles.keys()].map((name) => `--${name}`);
  const [refused] = words.flatMap((group) => whyRefused(group, inFiles) ?? []);
  if (refused !== undefined) return { refused };
  const written = shellCommand(words, shell);
  return written.ok ? { text: written.text, notes: [] } : { refused: written.reason };
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
  // AWS CLI, paramfile.py: for these it sends what the file or the page holds. A value of the config file is sent as it is.
  if (values.length === 1 && /^(fileb?|https?):\/\//.test(value) && !inFiles.includes(option))
    return `The value for ${option} begins like a file or web address: the AWS CLI would send its contents instead.`;
  return undefined;
}

/** A line of its own, whatever the text. */
export function comment(text: string): string {
  return `# ${text.replace(/[\r\n]+/g, ' ')}\n`;
}

/** The command with notes and problems as shell comments above it. */
export function annotated({ command, shell, notes, problems }: LaunchCommand): string {
  const comments = [...problems.map((problem) => `PROBLEM: ${problem}`), ...notes];
  return [...comments.map((comment) => shellComment(comment, shell)), command, ''].join('\n');
}
