import { defineRule } from '../rule';

export const plaintextSecret = defineRule({
  id: 'config/plaintext-secret',
  severity: 'information',
  kinds: ['config-file'],
  docs: {
    what: 'long-lived access keys in the config file',
    why: "AWS's page on custom EMR roles shows access keys in the config file. They work there, but this file is often shared, copied to other machines and put under version control; the AWS CLI writes keys to the credentials file, which it makes readable by its owner alone. Better than any key that never expires are roles and single sign-on. Keys with a session token expire and are not reported.",
    bad: [
      {
        syntax: 'aws-config',
        text: '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = EXAMPLEKEY\nregion = eu-west-1\n',
      },
    ],
    good: [
      {
        syntax: 'aws-config',
        text: '[default]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Analyst\n',
      },
      { syntax: 'aws-credentials', text: '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = EXAMPLEKEY\n' },
    ],
    references: [
      'https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#lock-away-credentials',
    ],
  },
  check({ subject, report }) {
    if (subject.file !== 'config') return;
    for (const { name, settings } of subject.config.sections) {
      const find = (key: string) => settings.find((setting) => setting.key.text === key);
      const secret = find('aws_secret_access_key');
      if (secret === undefined || secret.value.span.start === secret.value.span.end || find('aws_session_token') !== undefined) continue;
      report({
        at: secret.key.span,
        message: `[${name.text}] has a long-lived secret access key in the config file. Use single sign-on or a role, or move the key to the credentials file.`,
      });
    }
  },
});
