import { replaceValue } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { knowsPrincipals, servicesIn } from '../../policy/principal';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const unsupportedConditionKeyForServicePrincipal = defineRule({
  id: 'policy/unsupported-condition-key-for-service-principal',
  severity: 'error',
  scope: 'statement',
  kinds: ['trust', 'resource'],
  accessAnalyzer: 'UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL',
  docs: {
    what: 'a condition on the organization of a service',
    why: 'A service belongs to no organization, so its requests have neither `aws:PrincipalOrgID` nor `aws:PrincipalOrgPaths`, and a statement that compares them never lets it in. The organization that a service acts for is in `aws:SourceOrgID` and `aws:SourceOrgPaths`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "cloudfront.amazonaws.com" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-site/*", "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-1234567890" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "cloudfront.amazonaws.com" }, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::my-site/*", "Condition": { "StringEquals": { "aws:SourceOrgID": "o-1234567890" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgid',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceorgid',
    ],
  },
  check({ subject, report }) {
    for (const statement of subject.statements) {
      if (statement.conditions.length === 0) continue;
      const services = servicesIn(statement);
      if (services.length === 0) continue;
      for (const { key, operator, values } of statement.conditions) {
        const instead = sources.get(key.value.toLowerCase());
        // What is met by a key that is missing lets the service in all the same.
        if (instead === undefined || operator.family !== 'String' || operator.isNegated || operator.hasIfExists) continue;
        if (operator.qualifier === 'ForAllValues' || values.length === 0) continue;
        const isOfServices = services.length === statement.principals.length && knowsPrincipals(statement);
        const advice = isOfServices ? 'in its place' : 'in a statement of its own';
        report({
          at: key.span,
          message: `${listed(services.map(({ value }) => value))} ${services.length === 1 ? 'belongs' : 'belong'} to no organization, so that ${key.value} is never met. Compare ${instead} ${advice}, if the service sends it.`,
          fixes:
            isOfServices &&
            subject.kind === 'resource' &&
            !statement.conditions.some((other) => other.key.value.toLowerCase() === instead.toLowerCase())
              ? [{ title: `Change to ${instead}`, kind: 'suggestion', edits: [replaceValue(key, instead)] }]
              : [],
        });
      }
    }
  },
});

const sources: ReadonlyMap<string, string> = new Map([
  ['aws:principalorgid', 'aws:SourceOrgID'],
  ['aws:principalorgpaths', 'aws:SourceOrgPaths'],
]);
