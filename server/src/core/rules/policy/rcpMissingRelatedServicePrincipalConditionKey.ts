import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { addConditionKey } from '../../policy/conditionValue';
import { aboutServices, deniesWithout, principalKeys, sourceKeys } from '../../policy/rcp';
import { defineRule } from '../rule';

export const rcpMissingRelatedServicePrincipalConditionKey = defineRule({
  id: 'policy/rcp-missing-related-service-principal-condition-key',
  severity: 'warning',
  scope: 'statement',
  kinds: ['rcp'],
  accessAnalyzer: 'RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY',
  docs: {
    what: 'a resource control policy that keeps out users and roles together with AWS services',
    why: 'Keys such as `aws:SourceOrgID` are in the requests that AWS services make for someone, and not in those of users and roles; a negated comparison holds for a missing key. Such a Deny stops your own users and roles. `"BoolIfExists": { "aws:PrincipalIsAWSService": "true" }` limits it to requests of services. Silent where another condition of the statement does that.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Type": "RESOURCE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "StringNotEqualsIfExists": { "aws:SourceOrgID": "o-a1b2c3d4e5" } } }\n    ]\n  }\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Type": "RESOURCE_CONTROL_POLICY",\n  "Content": {\n    "Version": "2012-10-17",\n    "Statement": [\n      { "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": { "StringNotEqualsIfExists": { "aws:SourceOrgID": "o-a1b2c3d4e5" }, "Null": { "aws:SourceAccount": "false" }, "BoolIfExists": { "aws:PrincipalIsAWSService": "true" } } }\n    ]\n  }\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY'),
      'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties',
    ],
  },
  check({ subject, text, report }) {
    for (const statement of subject.statements) {
      const found = deniesWithout(sourceKeys, statement);
      if (found === undefined || statement.conditions.some(({ key }) => principalKeys.test(key.value))) continue;
      const about = aboutServices(statement);
      if (about === 'only' || about === 'some') continue;
      const edit =
        about === undefined ? addConditionKey(text, statement.condition, 'BoolIfExists', 'aws:PrincipalIsAWSService', 'true') : undefined;
      report({
        at: found.key.span,
        message: `Requests of users and roles have no ${found.key.value}, so this denies them all. Add the condition BoolIfExists with aws:PrincipalIsAWSService "true".`,
        fixes: edit === undefined ? [] : [{ title: 'Deny requests of AWS services alone', kind: 'suggestion', edits: [edit] }],
      });
    }
  },
});
