import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { unsupportingVpceOwner } from '../../policy/vpceOwner';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const useConditionKeyOnlyWithSupportedServices = defineRule({
  id: 'policy/use-condition-key-only-with-supported-services',
  severity: 'warning',
  scope: 'statement',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES',
  docs: {
    what: 'a key of the owner of a VPC endpoint with services that do not have it',
    why: 'Only some services know who owns the VPC endpoint that a request came through: `aws:VpceAccount`, `aws:VpceOrgID` and `aws:VpceOrgPaths` are missing from requests to the others. An Allow on these keys then allows nothing, and a Deny with a negated operator denies everything. Keep such conditions to the services that AWS lists.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": ["s3:GetObject", "glue:GetTable"], "Resource": "*", "Condition": { "StringEquals": { "aws:VpceAccount": "111122223333" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": { "StringEquals": { "aws:VpceAccount": "111122223333" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceaccount',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceorgid',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceorgpaths',
    ],
  },
  check({ subject, catalog, report }) {
    if (catalog === undefined) return;
    for (const { key, actions } of unsupportingVpceOwner(subject, catalog)) {
      report({
        at: key.span,
        message: `${actions.length === 0 ? 'Requests to most services' : `Requests for ${listed(actions)}`} do not have ${key.value}. Keep the condition to services that do.`,
      });
    }
  },
});
