import { addNestedSetting } from '../../awsconfig/edit';
import { type EmrBlock, type EmrSettingName, hasUnreadLine } from '../../emr/block';
import { isEmrSettingName, meantName } from '../../emr/settingName';
import { defineRule } from '../rule';

/** The names that `aws emr create-default-roles` gives. */
const defaultName = { service_role: 'EMR_DefaultRole', instance_profile: 'EMR_EC2_DefaultRole' } as const;

const answer = {
  service_role: 'ServiceRole is required for creating cluster.',
  instance_profile: 'InstanceProfile is required for creating cluster',
} as const;

export const incompleteRoles = defineRule({
  id: 'config/incomplete-roles',
  severity: 'warning',
  kinds: ['emr-block'],
  docs: {
    what: 'an emr block with only one of `service_role` and `instance_profile`',
    why: 'The AWS CLI sends what the block says and adds nothing: the other role stays out of the request, and EMR refuses it with "ServiceRole is required for creating cluster." or "InstanceProfile is required for creating cluster". Only the command line can still name it (`--service-role`, `--ec2-attributes InstanceProfile=`). `--use-default-roles` is no way out: with it, the CLI ignores both settings of the block.',
    bad: [{ syntax: 'aws-config', text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n' }],
    good: [
      { syntax: 'aws-config', text: '[default]\nemr =\n    service_role = EMR_DefaultRole\n    instance_profile = EMR_EC2_DefaultRole\n' },
      { syntax: 'aws-config', text: '[default]\nemr =\n    key_name = my-key\n' },
    ],
    references: ['https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-roles-custom.html'],
  },
  check({ subject, document, text, report }) {
    if (document.kind === 'config' && hasUnreadLine(subject, document)) return;
    const service = subject.settings.get('service_role');
    const profile = subject.settings.get('instance_profile');
    const present = service ?? profile;
    if (present === undefined || (service !== undefined && profile !== undefined)) return;
    const [named, missing] =
      service === undefined ? (['instance_profile', 'service_role'] as const) : (['service_role', 'instance_profile'] as const);
    if (isMisspelt(subject, missing)) return;
    const edit = addNestedSetting(text, subject.setting, missing, defaultName[missing]);
    report({
      at: present.key,
      message: `The emr block of the profile "${subject.profile}" has ${named} but no ${missing}: without it on the command line EMR answers "${answer[missing]}". Add ${missing}.`,
      fixes: edit === undefined ? [] : [{ title: `Add ${missing} = ${defaultName[missing]}`, kind: 'suggestion', edits: [edit] }],
    });
  },
});

/** Then the name is what is to be mended: config/unknown-emr-setting. */
function isMisspelt({ setting: { value } }: EmrBlock, missing: EmrSettingName): boolean {
  return value.kind === 'nested' && value.settings.some(({ key }) => !isEmrSettingName(key.text) && meantName(key.text) === missing);
}
