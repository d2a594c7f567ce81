import { replaceValue } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { isPolicyVariable } from '../../policy/placeholder';
import { variablesOf } from '../../policy/variable';
import { memberValue, textOf } from '../../tree/node';
import { defineRule } from '../rule';

export const variableUnsupportedInVersion = defineRule({
  id: 'policy/variable-unsupported-in-version',
  severity: 'error',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'VARIABLE_UNSUPPORTED_IN_VERSION',
  docs: {
    what: 'a variable in a policy of the old version of the language',
    why: 'Variables came with version `2012-10-17`. In a policy with `"Version": "2008-10-17"`, which is also what a policy without `Version` has, `${aws:username}` stands for itself and fits nothing.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2008-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/${aws:username}/*" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-data/${aws:username}/*" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('VARIABLE_UNSUPPORTED_IN_VERSION'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html',
    ],
  },
  check({ subject, report }) {
    const version = memberValue(subject.node, 'Version');
    // A policy without Version has a finding and a fix of its own (policy/missing-version).
    if (textOf(version) !== '2008-10-17' || version === undefined) return;
    const first = variablesOf(subject).find(({ variable }) => variable.isClosed && isPolicyVariable(variable));
    if (first === undefined) return;
    report({
      at: first.span,
      message: `In version 2008-10-17 of the policy language "\${${first.variable.name}}" stands for itself. Variables need version 2012-10-17.`,
      fixes: [{ title: 'Change Version to 2012-10-17', kind: 'suggestion', edits: [replaceValue(version, '2012-10-17')] }],
    });
  },
});
