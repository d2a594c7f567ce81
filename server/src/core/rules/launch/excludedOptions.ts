import { type OptionName, optionNames } from '../../emr/createClusterOptions';
import type { Fix } from '../../finding';
import { type Launch, spanOf, withoutOption, wordsOf } from '../../launch/launch';
import { problemsTogether } from '../../launch/problems';
import type { ShellWord } from '../../launch/shellText';
import type { Span } from '../../text';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const excludedOptions = defineRule({
  id: 'launch/excluded-options',
  severity: 'error',
  kinds: ['launch'],
  docs: {
    what: 'options of create-cluster that exclude each other',
    why: 'The AWS CLI looks at the options together before it sends anything, and stops at such a pair. Of an option that is there several times it takes the last, and forgets the others without a word: that is a warning.',
    bad: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge \\\n  --use-default-roles --service-role MyRole\n',
      },
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge --use-default-roles \\\n  --auto-terminate --no-auto-terminate\n',
      },
    ],
    good: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge \\\n  --service-role MyRole --ec2-attributes InstanceProfile=MyProfile\n',
      },
    ],
    references: ['https://github.com/aws/aws-cli/blob/develop/awscli/customizations/emr/createcluster.py'],
  },
  check({ subject, text, surroundings, report }) {
    for (const { about, by, message, options = [] } of problemsTogether(subject, surroundings)) {
      if (about !== 'exclusion') continue;
      exclude(subject, options, (at, fixes) => report({ at, message, fixes, ...(by === 'emr' ? { severity: 'warning' as const } : {}) }));
    }
    for (const { about, message, options = [] } of subject.arguments.problems)
      if (about === 'exclusion') exclude(subject, options, (at, fixes) => report({ at, message, fixes }));
    for (const name of optionNames) {
      const [first, ...others] = (subject.arguments.places.get(`--${name}`) ?? []).map((indices) =>
        indices.flatMap((index) => subject.words[index] ?? []),
      );
      const at = first && spanOf(first);
      if (at === undefined || others.every((words) => said(words, text) === said(first ?? [], text))) continue;
      const message = `--${name} is there ${others.length + 1} times, and the AWS CLI takes the last one alone: write what is meant in one of them.`;
      report({ at, message, severity: 'warning' });
    }
  },
});

function said(words: readonly ShellWord[], text: string): string {
  return words.map(({ node: { span } }) => text.slice(span.start, span.end)).join(' ');
}

function exclude(launch: Launch, options: readonly OptionName[], report: (at: Span, fixes: readonly Fix[]) => void): void {
  const [first, ...others] = options
    .flatMap((name) => [`--${name}`, `--no-${name}`])
    .filter((written) => wordsOf(launch, written).length > 0);
  if (first === undefined) return;
  const [second] = others;
  const at = spanOf(second === undefined ? wordsOf(launch, first).slice(-1) : wordsOf(launch, second).slice(0, 1));
  if (at === undefined) return;
  report(at, others.length === 0 ? [] : [...leavingOut(launch, [first]), ...leavingOut(launch, others)]);
}

/** Not where other things stand in the value as well. */
function leavingOut(launch: Launch, options: readonly string[]): readonly Fix[] {
  if (options.includes('--ec2-attributes')) return [];
  return [
    {
      title: `Leave ${listed(options, String)} out`,
      kind: 'suggestion',
      edits: options.flatMap((written) => withoutOption(launch, written)),
    },
  ];
}
