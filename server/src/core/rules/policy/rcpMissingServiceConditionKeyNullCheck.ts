import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { addConditionKey } from '../../policy/conditionValue';
import { aboutServices, deniesWithout, sourceKeys } from '../../policy/rcp';
import { defineRule } from '../rule';

export const rcpMissingServiceConditionKeyNullCheck = defineRule({
  id: 'policy/rcp-missing-service-condition-key-null-check',
  severity: 'warning',
  scope: 'statement',
  kinds: ['rcp'],
  accessAnalyzer: 'RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK',
  docs: {
    what: 'a resource control policy that keeps out AWS services that do not say for whom they act',
    why: 'Not every AWS service puts a key such as `aws:SourceOrgID` into its requests, and a negated comparison holds for a missing key. `"Null": { "aws:SourceAccount": "false" }` limits the Deny to the requests that say for which account they are made.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Type": "RESOURCE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "StringNotEqualsIfExists": { "aws:SourceOrgID": "o-a1b2c3d4e5" }, "Bool": { "aws:PrincipalIsAWSService": "true" } } }\n    ]\n  }\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Type": "RESOURCE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "StringNotEqualsIfExists": { "aws:SourceOrgID": "o-a1b2c3d4e5" }, "Null": { "aws:SourceAccount": "false" }, "Bool": { "aws:PrincipalIsAWSService": "true" } } }\n    ]\n  }\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK'),
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceaccount',
    ],
  },
  check({ subject, text, report }) {
    for (const statement of subject.statements) {
      const found = deniesWithout(sourceKeys, statement);
      if (found === undefined || aboutServices(statement) !== 'only') continue;
      const edit = addConditionKey(text, statement.condition, 'Null', 'aws:SourceAccount', 'false');
      report({
        at: found.key.span,
        message: `Some AWS services make requests without ${found.key.value}, so this denies them too. Add the condition Null with aws:SourceAccount or aws:SourceArn "false".`,
        fixes: edit === undefined ? [] : [{ title: 'Leave requests without aws:SourceAccount alone', kind: 'suggestion', edits: [edit] }],
      });
    }
  },
});
