import { changeTo } from '../../awsconfig/edit';
import { hasUnreadLine } from '../../emr/block';
import { defineRule } from '../rule';

export const debuggingWithoutLogUri = defineRule({
  id: 'config/debugging-without-log-uri',
  severity: 'error',
  kinds: ['emr-block'],
  docs: {
    what: '`enable_debugging = true` in an emr block without `log_uri`',
    why: 'Debugging reads the logs in S3, so the AWS CLI refuses it without a place for them: every `aws emr create-cluster` of the profile stops with "LogUri not specified. You must specify a logUri if you enable debugging when creating a cluster." unless the command line has `--log-uri` or `--no-enable-debugging`.',
    bad: [{ syntax: 'aws-config', text: '[default]\nemr =\n    enable_debugging = true\n' }],
    good: [
      { syntax: 'aws-config', text: '[default]\nemr =\n    enable_debugging = true\n    log_uri = s3://my-logs/emr/\n' },
      { syntax: 'aws-config', text: '[default]\nemr =\n    enable_debugging = false\n' },
    ],
    references: ['https://docs.aws.amazon.com/cli/latest/reference/emr/create-cluster.html'],
  },
  check({ subject, document, text, report }) {
    if (document.kind === 'config' && hasUnreadLine(subject, document)) return;
    const setting = subject.settings.get('enable_debugging');
    if (setting === undefined || setting.text.toLowerCase() !== 'true' || subject.settings.has('log_uri')) return;
    report({
      at: setting.key,
      message: `enable_debugging is true, but the emr block of the profile "${subject.profile}" has no log_uri: every "aws emr create-cluster" stops with "LogUri not specified." Add log_uri, or turn debugging off.`,
      fixes: [changeTo(text, setting.line, 'false')],
    });
  },
});
