import { defaultRole } from '../../emr/launchSpec';
import { sameName } from '../../facts/facts';
import { parseReference } from '../../facts/reference';
import { profileBlock, spanOf, withoutOption, wordsOf } from '../../launch/launch';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const useDefaultRolesInLaunch = defineRule({
  id: 'launch/use-default-roles',
  severity: 'warning',
  kinds: ['launch'],
  needs: 'surroundings',
  docs: {
    what: '`--use-default-roles` in a command whose profile names other roles, which are then ignored',
    why: 'The AWS page on custom roles says that `--use-default-roles` takes the roles of the config file. It does not: with that option the AWS CLI sends `EMR_DefaultRole` and `EMR_EC2_DefaultRole`, whatever the emr block says, and says nothing about it. Reported only where the command names the profile, and the AWS config file of this machine has it.',
    bad: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --profile dev --release-label emr-7.12.0 --instance-type m5.xlarge --use-default-roles\n',
        config: '[profile dev]\nemr =\n    service_role = MyServiceRole\n    instance_profile = MyClusterProfile\n',
      },
    ],
    good: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --profile dev --release-label emr-7.12.0 --instance-type m5.xlarge\n',
        config: '[profile dev]\nemr =\n    service_role = MyServiceRole\n    instance_profile = MyClusterProfile\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-roles-custom.html',
      'https://github.com/aws/aws-cli/blob/develop/awscli/customizations/emr/createcluster.py',
    ],
  },
  check({ subject, surroundings, report }) {
    const at = spanOf(wordsOf(subject, '--use-default-roles'));
    const block = at && profileBlock(subject, surroundings);
    if (at === undefined || block === undefined) return;
    const ignored = (['service_role', 'instance_profile'] as const).flatMap((name) => {
      const text = block.settings.get(name)?.text ?? '';
      const reference = parseReference(text);
      return reference === undefined || sameName(reference.name, defaultRole[name]) ? [] : [text];
    });
    if (ignored.length === 0) return;
    report({
      at,
      message: `With --use-default-roles the AWS CLI ignores ${listed(ignored)} of the profile "${block.profile}" and sends ${defaultRole.service_role} and ${defaultRole.instance_profile}. Leave it out to launch with the profile's roles.`,
      fixes: [{ title: 'Leave --use-default-roles out', kind: 'suggestion', edits: withoutOption(subject, '--use-default-roles') }],
    });
  },
});
