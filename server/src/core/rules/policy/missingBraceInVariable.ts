import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { variablesOf } from '../../policy/variable';
import { defineRule } from '../rule';

export const missingBraceInVariable = defineRule({
  id: 'policy/missing-brace-in-variable',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'MISSING_BRACE_IN_VARIABLE',
  docs: {
    what: 'a variable without its closing brace',
    why: 'IAM replaces `${…}` from the dollar to the closing brace. Without the brace there is no variable, and IAM refuses the policy.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/${aws:username/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/${aws:username}/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('MISSING_BRACE_IN_VARIABLE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html',
    ],
  },
  check({ subject, report }) {
    for (const { variable, text, span } of variablesOf(subject)) {
      if (variable.isClosed) continue;
      report({
        at: span,
        message: `"${text}" lacks the closing brace of a variable. Add "}" after its name.`,
      });
    }
  },
});
