// The launch command of a profile, and what a user should know before running it.

import { type FileKind, profilesOf } from '../awsconfig/profiles';
import type { ConfigDocument } from '../document';
import { type LintContext, lint } from '../lint';
import { createClusterWords } from './createCluster';
import { type LaunchOptions, planLaunch } from './launchSpec';
import { posixCommand } from './shell';

export interface LaunchCommand {
  readonly command: string;
  /** About values that are not simply the profile's. */
  readonly notes: readonly string[];
  /** Error-level findings of the emr block that the command has not taken care of: a launch fails with them. */
  readonly problems: readonly string[];
}

export interface LaunchProfile {
  readonly name: string;
  readonly serviceRole: string | undefined;
  readonly instanceProfile: string | undefined;
}

/** The profiles of a config file, in its order. */
export function launchProfiles(document: ConfigDocument): readonly LaunchProfile[] {
  return [...profilesOf(document.config, kindOf(document)).values()]
    .sort((a, b) => a.section.span.start - b.section.span.start)
    .map(({ name }) => {
      const settings = document.emrBlocks.find((block) => block.profile === name)?.settings;
      return { name, serviceRole: settings?.get('service_role')?.text, instanceProfile: settings?.get('instance_profile')?.text };
    });
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
  if (!profilesOf(document.config, kindOf(document)).has(profile)) return undefined;
  const block = document.emrBlocks.find((candidate) => candidate.profile === profile);
  const { spec, notes, mended } = planLaunch(profile, block, context.facts.forAccount(block?.account), options);
  const words = createClusterWords(spec);
  const refused = words.map(whyRefused).find((reason) => reason !== undefined);
  if (refused !== undefined) return { refused };
  const isOpen = ({ rule, severity, span }: ReturnType<typeof lint>[number]): boolean =>
    severity === 'error' &&
    !mended.has(rule) &&
    block !== undefined &&
    span.start >= block.setting.span.start &&
    span.end <= block.setting.span.end;
  const problems = lint(document, context)
    .filter(isOpen)
    .map(({ message }) => message);
  if (document.config.error !== undefined) problems.unshift(`The AWS CLI cannot read the config file: ${document.config.error.message}`);
  return { command: posixCommand(words), notes, problems };
}

/** What would not reach EMR as it stands in the profile. */
function whyRefused([option = '', ...values]: readonly string[]): string | undefined {
  const value = values.join(' ');
  if (/[\u0000-\u001f\u007f-\u009f]/.test(value))
    return `The value for ${option} has control characters, so there is no command that can safely be shown.`;
  // AWS CLI, paramfile.py: for these it sends what the file or the page holds. A value of the config file is sent as it is.
  if (/^(fileb?|https?):\/\//.test(value))
    return `The value for ${option} begins like a file or web address: the AWS CLI would send its contents instead.`;
  return undefined;
}

/** The command with notes and problems as shell comments above it. */
export function annotated({ command, notes, problems }: LaunchCommand): string {
  const comment = (text: string): string => `# ${text.replace(/[\r\n]+/g, ' ')}\n`;
  return [...problems.map((problem) => comment(`PROBLEM: ${problem}`)), ...notes.map((note) => comment(note)), `${command}\n`].join('');
}

function kindOf(document: ConfigDocument): FileKind {
  return document.syntax === 'aws-config' ? 'config' : 'credentials';
}
