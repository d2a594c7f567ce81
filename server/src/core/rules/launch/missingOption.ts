import { insertion } from '../../awsconfig/edit';
import { launchDefaults } from '../../emr/launchSpec';
import { hasOption, type Launch } from '../../launch/launch';
import { defineRule } from '../rule';

export const missingOption = defineRule({
  id: 'launch/missing-option',
  severity: 'error',
  kinds: ['launch'],
  docs: {
    what: 'a create-cluster command without an option that it must have',
    why: 'The AWS CLI sends nothing without a release label (or, for releases before 4.0, an AMI version) and instances. A policy for automatic scaling needs a role, and steps of Hive, Pig and Impala need the application. Nothing is said of a command that has words which only running it would tell.',
    bad: [
      { syntax: 'shellscript', text: 'aws emr create-cluster --release-label emr-7.12.0 --use-default-roles\n' },
      { syntax: 'shellscript', text: 'aws emr create-cluster --instance-type m5.xlarge --use-default-roles\n' },
    ],
    good: [
      { syntax: 'shellscript', text: 'aws emr create-cluster --release-label emr-7.12.0 --use-default-roles "${INSTANCES[@]}"\n' },
      { syntax: 'shellscript', text: 'aws emr create-cluster --release-label "$RELEASE" --instance-type "$TYPE" --use-default-roles\n' },
    ],
    references: ['https://github.com/aws/aws-cli/blob/develop/awscli/customizations/emr/createcluster.py'],
  },
  check({ subject, report }) {
    const { isOpen, problems } = subject.arguments;
    // What is misspelt is not missing.
    if (isOpen || problems.some(({ about }) => about === 'option')) return;
    for (const { what, ofCli, add } of missingIn(subject)) {
      report({
        at: subject.name,
        message: `${what}; the AWS CLI stops with "${ofCli}" Add ${add === undefined ? 'it' : add.split(' ')[0]}.`,
        fixes: add === undefined ? [] : [{ title: `Add ${add}`, kind: 'suggestion', edits: [insertion(subject.name.end, ` ${add}`)] }],
      });
    }
  },
});

interface Missing {
  readonly what: string;
  /** What the AWS CLI says. */
  readonly ofCli: string;
  readonly add?: string;
}

function missingIn(launch: Launch): readonly Missing[] {
  const { values } = launch.arguments;
  const has = (name: Parameters<typeof hasOption>[1]): boolean => hasOption(launch, name);
  const missing: Missing[] = [];
  if (!has('release-label') && !has('ami-version') && !has('os-release-label')) {
    missing.push({
      what: 'There is no --release-label',
      ofCli: 'Either --ami-version or --release-label is required.',
      add: `--release-label ${launchDefaults['release-label']}`,
    });
  }
  if (!has('instance-groups') && !has('instance-fleets') && !has('instance-type')) {
    missing.push({
      what: 'There are no instances',
      ofCli: 'Must specify either --instance-groups or --instance-type with --instance-count(optional) to configure instance groups.',
      add: `--instance-type ${launchDefaults['instance-type']}`,
    });
  }
  if (!has('auto-scaling-role') && values['instance-groups']?.some(({ AutoScalingPolicy }) => AutoScalingPolicy !== undefined)) {
    missing.push({
      what: 'A group has an AutoScalingPolicy, but there is no --auto-scaling-role',
      ofCli: 'Must specify --auto-scaling-role when configuring an AutoScaling policy for an instance group.',
      add: '--auto-scaling-role EMR_AutoScaling_DefaultRole',
    });
  }
  const application = applicationOfSteps(launch);
  if (application !== undefined) {
    missing.push({
      what: `--steps has a step of ${application}, and --applications does not have Name=${application}`,
      ofCli: `Some of the steps require the following applications to be installed: ${application}. Please install the applications using --applications.`,
    });
  }
  return missing;
}

function applicationOfSteps(launch: Launch): string | undefined {
  const { steps = [], applications } = launch.arguments.values;
  if (applications === undefined && hasOption(launch, 'applications')) return undefined;
  const has = new Set(applications?.map(({ Name }) => Name.toLowerCase()));
  return ['Hive', 'Pig', 'Impala'].find(
    (name) => !has.has(name.toLowerCase()) && steps.some(({ Type = '' }) => Type.toLowerCase() === name.toLowerCase()),
  );
}
