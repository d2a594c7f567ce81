import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { hasPlaceholder } from '../../policy/placeholder';
import { memberValue } from '../../tree/node';
import { defineRule } from '../rule';

export const invalidVersion = defineRule({
  id: 'policy/invalid-version',
  severity: 'error',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_VERSION',
  docs: {
    what: 'a `Version` that is neither of the two that there are',
    why: 'The version is that of the policy language, not of the policy: 2012-10-17, or 2008-10-17, in which variables are plain text. IAM refuses any other.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-18",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2008-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_VERSION'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html',
    ],
  },
  check({ subject, report }) {
    const version = memberValue(subject.node, 'Version');
    if (version?.kind !== 'string' || /^(2012-10-17|2008-10-17)$/.test(version.value) || hasPlaceholder(version.value)) return;
    report({
      at: version.span,
      message: `"${version.value}" is no version of the policy language: IAM refuses the policy. Write "2012-10-17".`,
      fixes: [{ title: 'Change to 2012-10-17', kind: 'suggestion', edits: [{ span: version.span, newText: '"2012-10-17"' }] }],
    });
  },
});
