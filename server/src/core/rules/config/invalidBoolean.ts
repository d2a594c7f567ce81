import { replaceValue } from '../../awsconfig/edit';
import { isBoolean, meantBoolean } from '../../emr/block';
import type { Fix } from '../../finding';
import { defineRule } from '../rule';

export const invalidBoolean = defineRule({
  id: 'config/invalid-boolean',
  severity: 'error',
  kinds: ['emr-block'],
  docs: {
    what: 'an `enable_debugging` that is neither `true` nor `false`',
    why: "The AWS CLI accepts `true` and `false` here, in any letter case, and nothing else: not `yes`, `1` or `on`, and not an empty value. Every `aws emr create-cluster` of this profile stops with \"VALUE for enable_debugging in the config file is invalid. The value should be either 'True' or 'False'.\" unless the command line itself says `--enable-debugging` or `--no-enable-debugging`.",
    bad: [{ syntax: 'aws-config', text: '[default]\nemr =\n    log_uri = s3://my-logs/emr/\n    enable_debugging = yes\n' }],
    good: [{ syntax: 'aws-config', text: '[default]\nemr =\n    log_uri = s3://my-logs/emr/\n    enable_debugging = TRUE\n' }],
    references: [
      'https://docs.aws.amazon.com/cli/latest/reference/emr/create-cluster.html',
      'https://github.com/aws/aws-cli/blob/develop/awscli/customizations/emr/config.py',
    ],
  },
  check({ subject, text, report }) {
    const setting = subject.settings.get('enable_debugging');
    if (setting === undefined || isBoolean(setting.text)) return;
    const meant = meantBoolean(setting.text);
    const replacement = (value: string, kind: Fix['kind']): Fix => ({
      title: `Change to ${value}`,
      kind,
      edits: [replaceValue(text, setting.line, value)],
    });
    const named =
      setting.text === ''
        ? 'enable_debugging has no value'
        : `enable_debugging is ${quoted(setting.text)}, which is neither true nor false`;
    report({
      at: setting.text === '' ? setting.key : setting.value,
      message: `${named}: every "aws emr create-cluster" with the profile "${subject.profile}" stops there. Write true or false.`,
      fixes:
        meant === undefined
          ? [replacement('true', 'suggestion'), replacement('false', 'suggestion')]
          : [replacement(String(meant), 'safe')],
    });
  },
});

/** Quotes of the value are part of it, and must be told from those of the message. */
function quoted(text: string): string {
  return text.includes('"') ? `'${text}'` : `"${text}"`;
}
