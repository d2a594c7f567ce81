import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { isPolicyVariable } from '../../policy/placeholder';
import { variablesOf } from '../../policy/variable';
import { defineRule } from '../rule';

export const missingQuoteInVariable = defineRule({
  id: 'policy/missing-quote-in-variable',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'MISSING_QUOTE_IN_VARIABLE',
  docs: {
    what: 'the default of a variable without its quotes',
    why: "A default stands after a comma, in single quotes: `${aws:PrincipalTag/team, 'none'}`. Without both quotes IAM refuses the policy.",
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/${aws:PrincipalTag/team, none}/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/${aws:PrincipalTag/team, \'none\'}/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('MISSING_QUOTE_IN_VARIABLE'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html',
    ],
  },
  check({ subject, report }) {
    for (const { variable, span } of variablesOf(subject)) {
      if (variable.fallback === undefined || !isPolicyVariable(variable) || /^'[^']*'$/.test(variable.fallback)) continue;
      report({
        at: span,
        message: `The default ${variable.fallback} of the variable lacks a single quote. Write '${variable.fallback.replaceAll("'", '')}'.`,
      });
    }
  },
});
