// The launch command of a profile, and what a user should know before running it.

import type { ConfigDocument } from '../document';
import type { Finding } from '../finding';
import { type LintContext, lint } from '../lint';
import { noSurroundings, type Surroundings } from '../surroundings';
import { isWithin } from '../text';
import { type EmrBlock, effectiveBlock, resolvedProfiles, usedBlocks } from './block';
import { createClusterWords } from './createCluster';
import { defaultRole, type LaunchOptions, planLaunch } from './launchSpec';
import { namesOf } from './roles';
import { posixCommand } from './shell';

export interface LaunchCommand {
  readonly command: string;
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

/** The roles of a launch, for an edge to ask about: of the block, or else the default ones. */
export function launchNames(document: ConfigDocument, profile: string, surroundings: Surroundings): ReturnType<typeof namesOf> {
  const { block } = effectiveBlock(profile, document, surroundings) ?? {};
  const { roles, instanceProfiles } = namesOf(block === undefined ? [] : [block]);
  return {
    roles: roles.length > 0 ? roles : [defaultRole.service_role],
    instanceProfiles: instanceProfiles.length > 0 ? instanceProfiles : [defaultRole.instance_profile],
  };
}

/** A sentence that says why there is no command. */
export interface LaunchRefusal {
  readonly refused: string;
}

/** Nothing where the file has no such profile. */
export function launchCommand(
  document: ConfigDocument,
  profile: string,
  context: LintContext,
  options: LaunchOptions,
): LaunchCommand | LaunchRefusal | undefined {
  const surroundings = context.surroundings ?? noSurroundings;
  if (!resolvedProfiles(document, surroundings).has(profile)) return undefined;
  const { block, document: holder } = effectiveBlock(profile, document, surroundings) ?? {};
  const { spec, notes, mended } = planLaunch(profile, block, context.facts.forAccount(block?.account), options);
  const words = createClusterWords(spec);
  const refused = words.map(whyRefused).find((reason) => reason !== undefined);
  if (refused !== undefined) return { refused };
  const isMended = ({ rule, span }: Finding): boolean =>
    mended.some(
      (done) => done.rule === rule && (done.setting === undefined || block?.settings.get(done.setting)?.value.start === span.start),
    );
  const isOpen = (finding: Finding): boolean =>
    isOfLaunch(finding) && !isMended(finding) && block !== undefined && isWithin(finding.span, block.setting.span);
  const opposite = holder === document ? surroundings.other : document;
  const found = holder === undefined ? [] : lint(holder, { ...context, surroundings: { ...surroundings, other: opposite } });
  const problems = found.filter(isOpen).map(({ message }) => message);
  for (const file of [document, surroundings.other]) {
    const [error] = file?.config.errors ?? [];
    if (error !== undefined) problems.unshift(`The AWS CLI cannot read the ${file?.file} file: ${error.message}`);
  }
  return { command: posixCommand(words), notes, problems };
}

/** With these a launch fails, or goes without what the block says. */
function isOfLaunch({ rule, severity }: Finding): boolean {
  return severity === 'error' || (severity === 'warning' && rule.startsWith('config/'));
}

/** What would not reach AWS as it stands in the profile. */
export function whyRefused([option = '', ...values]: readonly string[]): string | undefined {
  const value = values.join(' ');
  if (/[\u0000-\u001f\u007f-\u009f]/.test(value))
    return `The value for ${option} has control characters, so there is no command that can safely be shown.`;
  // AWS CLI, paramfile.py: for these it sends what the file or the page holds. A value of the config file is sent as it is.
  if (/^(fileb?|https?):\/\//.test(value))
    return `The value for ${option} begins like a file or web address: the AWS CLI would send its contents instead.`;
  return undefined;
}

/** A line of its own, whatever the text. */
export function comment(text: string): string {
  return `# ${text.replace(/[\r\n]+/g, ' ')}\n`;
}

/** The command with notes and problems as shell comments above it. */
export function annotated({ command, notes, problems }: LaunchCommand): string {
  return [...problems.map((problem) => comment(`PROBLEM: ${problem}`)), ...notes.map((note) => comment(note)), `${command}\n`].join('');
}
