import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { addConditionKey } from '../../policy/conditionValue';
import { aboutServices, deniesWithout, principalKeys, sourceKeys } from '../../policy/rcp';
import { defineRule } from '../rule';

export const rcpMissingRelatedPrincipalConditionKey = defineRule({
  id: 'policy/rcp-missing-related-principal-condition-key',
  severity: 'warning',
  scope: 'statement',
  kinds: ['rcp'],
  accessAnalyzer: 'RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY',
  docs: {
    what: 'a resource control policy that keeps out AWS services together with foreign principals',
    why: 'A request that an AWS service makes for you has no `aws:PrincipalOrgID`, nor the other keys of a user or role, and a negated comparison holds for a missing key. Such a Deny stops deliveries of logs and notifications, for example. `"BoolIfExists": { "aws:PrincipalIsAWSService": "false" }` leaves requests of services alone. Silent where another condition of the statement does that.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Type": "RESOURCE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }\n    ]\n  }\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Type": "RESOURCE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "StringNotEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }, "BoolIfExists": { "aws:PrincipalIsAWSService": "false" } } }\n    ]\n  }\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY'),
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties',
    ],
  },
  check({ subject, text, report }) {
    for (const statement of subject.statements) {
      const found = deniesWithout(principalKeys, statement);
      // A statement about both kinds of keys lets the services of known sources through.
      if (
        found === undefined ||
        aboutServices(statement) !== undefined ||
        statement.conditions.some(({ key }) => sourceKeys.test(key.value))
      )
        continue;
      const edit = addConditionKey(text, statement.condition, 'BoolIfExists', 'aws:PrincipalIsAWSService', 'false');
      report({
        at: found.key.span,
        message: `Requests of AWS services have no ${found.key.value} of yours, so this denies them too. Add the condition BoolIfExists with aws:PrincipalIsAWSService "false".`,
        fixes: edit === undefined ? [] : [{ title: 'Leave requests of AWS services alone', kind: 'suggestion', edits: [edit] }],
      });
    }
  },
});
