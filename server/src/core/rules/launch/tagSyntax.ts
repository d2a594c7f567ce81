import { sourceSpan, wordsOf } from '../../launch/launch';
import { defineRule } from '../rule';

export const tagSyntax = defineRule({
  id: 'launch/tag-syntax',
  severity: 'warning',
  kinds: ['launch'],
  docs: {
    what: 'tags as `Key=…,Value=…`, of which create-cluster makes a tag "Key"',
    why: 'Other commands of the AWS CLI take tags in the shorthand syntax, create-cluster takes them as `key=value`. Of `Key=team,Value=data` it makes a tag "Key" with the value "team,Value=data", and says nothing. A cluster whose service role has AmazonEMRServicePolicy_v2 then lacks the tag that this policy asks for, and is terminated.',
    bad: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge --use-default-roles \\\n  --tags Key=for-use-with-amazon-emr-managed-policies,Value=true\n',
      },
    ],
    good: [
      {
        syntax: 'shellscript',
        text: 'aws emr create-cluster --release-label emr-7.12.0 --instance-type m5.xlarge --use-default-roles \\\n  --tags for-use-with-amazon-emr-managed-policies=true\n',
      },
    ],
    references: ['https://github.com/aws/aws-cli/blob/develop/awscli/customizations/emr/emrutils.py'],
  },
  check({ subject, report }) {
    for (const word of wordsOf(subject, '--tags').slice(1)) {
      const [, key] = /^Key=([^,]*),Value=/.exec(word.node.value) ?? [];
      if (key === undefined) continue;
      const [keyEnd, valueStart] = ['Key='.length + key.length, 'Key=,Value='.length + key.length];
      report({
        at: word.node.span,
        message: `--tags: of Key=${key},Value=… create-cluster makes a tag "Key", whose value is "${key},Value=…". Write ${key}=… instead.`,
        fixes: [
          {
            title: 'Write it as key=value',
            kind: 'suggestion',
            edits: [
              { span: sourceSpan(word, { start: 0, end: 'Key='.length }), newText: '' },
              { span: sourceSpan(word, { start: keyEnd, end: valueStart }), newText: '=' },
            ],
          },
        ],
      });
    }
  },
});
