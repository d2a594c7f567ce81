import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { member } from '../../tree/node';
import { defineRule } from '../rule';

export const unsupportedElementCombination = defineRule({
  id: 'policy/unsupported-element-combination',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'UNSUPPORTED_ELEMENT_COMBINATION',
  docs: {
    what: 'both halves of a pair that exclude each other',
    why: '`Action` and `NotAction`, `Resource` and `NotResource`, `Principal` and `NotPrincipal` say the same thing in two ways. IAM refuses a statement with both.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "NotAction": "s3:PutObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('UNSUPPORTED_ELEMENT_COMBINATION'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html',
    ],
  },
  check({ subject, report }) {
    for (const { node, elements } of subject.statements) {
      for (const name of ['Action', 'Resource', 'Principal'] as const) {
        const first = elements[name];
        const second = member(node, `Not${name}`);
        if (first === undefined || second === undefined) continue;
        report({
          at: second.key.span,
          message: `The statement has both ${name} and Not${name}: IAM refuses the policy. Keep one of them.`,
          related: [{ span: first.key.span, message: 'The other one.' }],
        });
      }
    }
  },
});
