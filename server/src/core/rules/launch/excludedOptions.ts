import { optionNames, shapeOf } from '../../emr/createClusterOptions';
import type { Fix } from '../../finding';
import { type Launch, spanOf, withoutOption, wordsOf } from '../../launch/launch';
import { defineRule, listed } from '../rule';

export const excludedOptions = defineRule({
  id: 'launch/excluded-options',
  severity: 'error',
  kinds: ['launch'],
  docs: {
    what: 'options of create-cluster that exclude each other',
    why: 'The AWS CLI looks at the options together before it sends anything, and stops at such a pair.',
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
  check({ subject, report }) {
    for (const { first, others, ofCli } of exclusionsIn(subject)) {
      const [second = ''] = others;
      const at = spanOf(wordsOf(subject, second).slice(0, 1));
      if (at === undefined) continue;
      report({
        at,
        message: `${first} and ${second} exclude each other; the AWS CLI stops with "${ofCli}" Leave one out.`,
        fixes: [...leavingOut(subject, [first]), ...leavingOut(subject, others)],
      });
    }
    const ec2 = subject.arguments.values['ec2-attributes'] ?? {};
    const at = spanOf(wordsOf(subject, '--ec2-attributes').slice(-1));
    const members = withinEc2.find((names) => names.every((name) => ec2[name] !== undefined));
    if (members === undefined || at === undefined) return;
    report({ at, message: `${members.join(' and ')} exclude each other, and the AWS CLI stops at them. Leave one out.` });
  },
});

const withinEc2 = [
  ['SubnetId', 'SubnetIds'],
  ['AvailabilityZone', 'AvailabilityZones'],
  ['SubnetId', 'AvailabilityZone'],
  ['SubnetId', 'AvailabilityZones'],
  ['SubnetIds', 'AvailabilityZone'],
  ['SubnetIds', 'AvailabilityZones'],
] as const;

const withGroups =
  'You may not specify --instance-type or --instance-count with --instance-groups, because --instance-type and --instance-count are shortcut options for --instance-groups.';

const both = (first: string, second: string): string => `You cannot specify both ${first} and ${second} options together.`;

interface Exclusion {
  readonly first: string;
  /** One or more, each of which it excludes. */
  readonly others: readonly string[];
  /** What the AWS CLI says. */
  readonly ofCli: string;
}

function exclusionsIn(launch: Launch): readonly Exclusion[] {
  const has = (written: string): boolean => wordsOf(launch, written).length > 0;
  const found: Exclusion[] = [];
  const add = (first: string, others: readonly string[], ofCli: string): void => {
    const there = others.filter(has);
    if (has(first) && there.length > 0) found.push({ first, others: there, ofCli });
  };
  add('--ami-version', ['--release-label'], both('--ami-version', '--release-label'));
  add('--instance-groups', ['--instance-fleets'], both('--instance-groups', '--instance-fleets'));
  add('--instance-groups', ['--instance-type', '--instance-count'], withGroups);
  add('--use-default-roles', ['--service-role'], both('--use-default-roles', '--service-role'));
  if (launch.arguments.values['ec2-attributes']?.InstanceProfile !== undefined)
    add('--use-default-roles', ['--ec2-attributes'], both('--use-default-roles', '--ec2-attributes InstanceProfile'));
  for (const name of optionNames.filter((option) => shapeOf(option).kind === 'pair'))
    add(`--${name}`, [`--no-${name}`], `cannot use both --no-${name} and --${name} options together.`);
  return found;
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
