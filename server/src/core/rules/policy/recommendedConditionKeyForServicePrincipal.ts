import { replaceValue } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { knownValues, knowsConditionKeys } from '../../policy/conditionValue';
import { servicesIn } from '../../policy/principal';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const recommendedConditionKeyForServicePrincipal = defineRule({
  id: 'policy/recommended-condition-key-for-service-principal',
  severity: 'information',
  scope: 'statement',
  kinds: ['resource'],
  accessAnalyzer: 'RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL',
  docs: {
    what: 'a service that is held to its customer with an old condition key',
    why: 'Before `aws:SourceArn` and `aws:SourceAccount` there were `aws:Referer` and `aws:SourceOwner` to say on whose behalf a service may use a resource. Few services send them, and new ones do not. AWS recommends `aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` or `aws:SourceOrgPaths`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "ses.amazonaws.com" }, "Action": "s3:PutObject", "Resource": "arn:aws:s3:::my-mail/*", "Condition": { "StringEquals": { "aws:Referer": "111122223333" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "ses.amazonaws.com" }, "Action": "s3:PutObject", "Resource": "arn:aws:s3:::my-mail/*", "Condition": { "StringEquals": { "aws:SourceAccount": "111122223333" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
      'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html',
    ],
  },
  check({ subject, report }) {
    for (const statement of subject.statements) {
      const { effect, conditions } = statement;
      if (effect !== 'Allow' || conditions.length === 0) continue;
      const old = conditions.find(({ key }) => /^aws:(referer|sourceowner)$/i.test(key.value));
      const services = old === undefined ? [] : servicesIn(statement);
      if (old === undefined || services.length === 0 || !knowsConditionKeys(statement)) continue;
      if (conditions.some(({ key }) => /^aws:source(arn|account|orgid|orgpaths)$/i.test(key.value))) continue;
      const accounts = knownValues(statement, old).filter(({ text }) => /^\d{12}$/.test(text));
      const isOfAccounts = old.values.length > 0 && accounts.length === old.values.length && old.operator.family === 'String';
      report({
        at: old.key.span,
        message: `${old.key.value} is an old way to say on whose behalf ${listed(services.map(({ value }) => value))} may act. Compare aws:SourceArn or aws:SourceAccount instead.`,
        fixes: isOfAccounts
          ? [{ title: 'Change to aws:SourceAccount', kind: 'suggestion', edits: [replaceValue(old.key, 'aws:SourceAccount')] }]
          : [],
      });
    }
  },
});
