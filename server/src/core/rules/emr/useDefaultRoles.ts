import { type EmrBlock, usedBlocks } from '../../emr/block';
import { defaultRole } from '../../emr/launchSpec';
import { sameName } from '../../facts/facts';
import { parseReference } from '../../facts/reference';
import { defineRule } from '../rule';

export const useDefaultRoles = defineRule({
  id: 'emr/use-default-roles',
  severity: 'information',
  kinds: ['config-file'],
  docs: {
    what: 'roles of an emr block that a launch with `--use-default-roles` ignores',
    why: 'The AWS page on custom roles says that `--use-default-roles` takes the roles of the config file. It does not: with that option the AWS CLI sends `EMR_DefaultRole` and `EMR_EC2_DefaultRole`, whatever the emr block says, and says nothing about it. The roles of the block count where the option is left out. Said once in a file, of the first block that names other roles.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = MyServiceRole\n    instance_profile = MyClusterRole\n',
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = EMR_EC2_DefaultRole\n',
      },
    ],
    references: [
      'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-roles-custom.html',
      'https://github.com/aws/aws-cli/blob/develop/awscli/customizations/emr/createcluster.py',
    ],
  },
  check({ subject, surroundings, report }) {
    const block = usedBlocks(subject, surroundings).find(namesOtherRoles);
    if (block === undefined) return;
    report({
      at: block.setting.key.span,
      message: `"--use-default-roles" ignores the roles of this block, of the profile "${block.profile}", and sends ${defaultRole.service_role} and ${defaultRole.instance_profile}. Leave the option out of "aws emr create-cluster" to launch with the roles that stand here.`,
    });
  },
});

/** A placeholder may become a default role. */
function namesOtherRoles({ settings }: EmrBlock): boolean {
  return (['service_role', 'instance_profile'] as const).some((name) => {
    const reference = parseReference(settings.get(name)?.text ?? '');
    return reference !== undefined && !sameName(reference.name, defaultRole[name]);
  });
}
