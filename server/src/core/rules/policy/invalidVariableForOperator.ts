import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { conditionsOf } from '../../policy/conditionValue';
import { isPolicyVariable, variablesIn } from '../../policy/placeholder';
import { defineRule } from '../rule';

export const invalidVariableForOperator = defineRule({
  id: 'policy/invalid-variable-for-operator',
  severity: 'error',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_VARIABLE_FOR_OPERATOR',
  docs: {
    what: 'a policy variable under an operator that does not replace it',
    why: 'IAM replaces variables such as `${aws:username}` under String and ARN operators alone. Under Numeric, Date, Bool, Binary, IpAddress and Null the text is not one that these compare, so the condition does not do what is meant.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "NumericLessThan": { "aws:MultiFactorAuthAge": "${aws:PrincipalTag/max-age}" } }\n    }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "s3:GetObject",\n      "Resource": "arn:aws:s3:::my-data/*",\n      "Condition": { "StringEquals": { "aws:ResourceTag/owner": "${aws:username}" } }\n    }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_VARIABLE_FOR_OPERATOR'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-conditionelement',
    ],
  },
  check({ subject, report }) {
    for (const { condition } of conditionsOf(subject)) {
      const { family, name } = condition.operator;
      if (family === undefined || family === 'String' || family === 'Arn') continue;
      for (const node of condition.values) {
        const variable = node.kind === 'string' ? variablesIn(node.value).find(isPolicyVariable) : undefined;
        if (variable === undefined) continue;
        report({
          at: node.span,
          message: `${name} does not replace the policy variable ${variable.name}. Write the value itself, or compare with a String or ARN operator.`,
        });
      }
    }
  },
});
