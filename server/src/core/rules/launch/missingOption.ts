import { insertion } from '../../awsconfig/edit';
import type { OptionName } from '../../emr/createClusterOptions';
import { launchDefaults } from '../../emr/launchSpec';
import { hasOption, spanOf, wordsOf } from '../../launch/launch';
import { problemsTogether } from '../../launch/problems';
import { defineRule } from '../rule';

export const missingOption = defineRule({
  id: 'launch/missing-option',
  severity: 'error',
  kinds: ['launch'],
  docs: {
    what: 'a create-cluster command without an option that it must have',
    why: 'The AWS CLI sends nothing without a release label (or, for releases before 4.0, an AMI version) and instances. A policy for automatic scaling needs a role, debugging a place for logs, and steps of Hive, Pig and Impala need the application. EMR wants both roles: it is a warning where the profile that the command names, as this machine has it, does not name them either. Nothing is said of a command that has words which only running it would tell.',
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
  check({ subject, surroundings, report }) {
    for (const { about, by, message, options: [missing, ...others] = [] } of problemsTogether(subject, surroundings)) {
      if (about !== 'missing' || missing === undefined) continue;
      const [beside] = others.filter((name) => hasOption(subject, name));
      const value = usual[missing];
      const add = `--${missing} ${value}`;
      report({
        at: (beside && spanOf(wordsOf(subject, `--${beside}`).slice(0, 1))) ?? subject.name,
        message,
        ...(by === 'emr' ? { severity: 'warning' as const } : {}),
        fixes: value === undefined ? [] : [{ title: `Add ${add}`, kind: 'suggestion', edits: [insertion(subject.name.end, ` ${add}`)] }],
      });
    }
  },
});

/** What there is to add where only the user knows what he wants. */
const usual: Partial<Record<OptionName, string>> = {
  'release-label': launchDefaults['release-label'],
  'instance-type': launchDefaults['instance-type'],
  'auto-scaling-role': 'EMR_AutoScaling_DefaultRole',
};
