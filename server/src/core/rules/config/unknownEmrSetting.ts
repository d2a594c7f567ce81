import type { NestedSetting } from '../../awsconfig/node';
import { type EmrSettingName, emrSettingNames } from '../../emr/block';
import { isEmrSettingName, meantName, optionFor } from '../../emr/settingName';
import type { Fix } from '../../finding';
import { defineRule } from '../rule';

export const unknownEmrSetting = defineRule({
  id: 'config/unknown-emr-setting',
  severity: 'warning',
  kinds: ['emr-block'],
  docs: {
    what: 'a line of an emr block that the AWS CLI ignores',
    why: 'The AWS CLI knows six names in this block: `service_role`, `instance_profile`, `log_uri`, `key_name`, `enable_debugging` and `key_pair_file`, with underscores and in lower case. It says nothing of any other name and goes on without it: with a misspelt role, the request goes out without a role. There is no setting for the Auto Scaling role, the release label, or any other option of `create-cluster`; these belong on the command line.',
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    service-role = EMR_DefaultRole\n',
      },
      {
        syntax: 'aws-config',
        text: '[default]\nemr =\n    log_uri = s3://my-logs/emr/\n    auto_scaling_role = EMR_AutoScaling_DefaultRole\n',
      },
    ],
    good: [{ syntax: 'aws-config', text: '[default]\nEMR =\n    log_uri = s3://my-logs/emr/\n    key_name = my-key\n' }],
    references: [
      'https://github.com/aws/aws-cli/blob/develop/awscli/customizations/emr/config.py',
      'https://docs.aws.amazon.com/cli/latest/reference/emr/create-cluster.html',
    ],
  },
  check({ subject, report }) {
    const { value } = subject.setting;
    const lines = value.kind === 'nested' ? value.settings : [];
    const written = new Set(lines.map(({ key }) => key.text));
    for (const line of lines) {
      const { text } = line.key;
      if (text === '' || isEmrSettingName(text)) continue;
      const meant = meantName(text);
      const option = meant === undefined ? optionFor(text) : undefined;
      const advice =
        meant !== undefined
          ? `The setting is called ${meant}.`
          : option === undefined
            ? `The settings are ${emrSettingNames.join(', ')}.`
            : `There is no such setting; use the option ${option} of the command.`;
      report({
        at: line.key.span,
        message: `The AWS CLI ignores "${text}" in the emr block of the profile "${subject.profile}". ${advice}`,
        fixes: meant === undefined || written.has(meant) ? [] : [rename(line, meant)],
      });
    }
  },
});

function rename({ key }: NestedSetting, name: EmrSettingName): Fix {
  return { title: `Rename to ${name}`, kind: 'suggestion', edits: [{ span: key.span, newText: name }] };
}
