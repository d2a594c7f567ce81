import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { variablesOf } from '../../policy/variable';
import { defineRule } from '../rule';

export const emptyVariable = defineRule({
  id: 'policy/empty-variable',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'EMPTY_VARIABLE',
  docs: {
    what: 'a variable without a name',
    why: '`${}` names no value of the request.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/${}/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/${aws:username}/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('EMPTY_VARIABLE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html',
    ],
  },
  check({ subject, report }) {
    for (const { variable, span } of variablesOf(subject)) {
      if (variable.name.trim() !== '' || variable.fallback !== undefined || !variable.isClosed) continue;
      report({
        at: span,
        message: 'The variable has no name. Name a condition key, such as ${aws:username}, or remove it.',
      });
    }
  },
});
