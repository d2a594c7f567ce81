import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { isPolicyVariable } from '../../policy/placeholder';
import { variablesOf } from '../../policy/variable';
import { defineRule } from '../rule';

export const unsupportedSpaceInVariable = defineRule({
  id: 'policy/unsupported-space-in-variable',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'UNSUPPORTED_SPACE_IN_VARIABLE',
  docs: {
    what: 'a blank in the name of a variable',
    why: 'The name of a variable is that of a condition key, without blanks. Only the default may follow after a comma and a blank.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/${ aws:username }/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/${aws:username}/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('UNSUPPORTED_SPACE_IN_VARIABLE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html',
    ],
  },
  check({ subject, report }) {
    for (const { variable, span } of variablesOf(subject)) {
      if (!/\s/.test(variable.name) || !isPolicyVariable({ ...variable, name: variable.name.replace(/\s/g, '') })) continue;
      report({
        at: span,
        message: `The name of the variable has a blank in it. Write \${${variable.name.replace(/\s/g, '')}}.`,
      });
    }
  },
});
