import { replaceValue } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { conditionsOf, knownValues } from '../../policy/conditionValue';
import { servicesIn } from '../../policy/principal';
import { hasWildcard } from '../../policy/wildcard';
import type { Node } from '../../tree/node';
import { defineRule, type Report } from '../rule';

export const invalidServicePrincipalFormat = defineRule({
  id: 'policy/invalid-service-principal-format',
  severity: 'error',
  kinds: ['identity', 'inline-identity', 'trust', 'resource', 'scp', 'rcp', 'boundary'],
  accessAnalyzer: 'INVALID_SERVICE_PRINCIPAL_FORMAT',
  docs: {
    what: 'the name of a service that is not written as a service principal',
    why: 'A service is named by its service principal, `ec2.amazonaws.com`, in small letters: as a principal, and in conditions with `iam:PassedToService`, `iam:AWSServiceName` or `aws:CalledVia`. `kms:ViaService` compares the service in a region, `ec2.us-east-1.amazonaws.com`. Anything else is refused as a principal, and never met in a condition.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/data", "Condition": { "StringEquals": { "iam:PassedToService": "ec2" } } }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/data", "Condition": { "StringEquals": { "iam:PassedToService": "ec2.amazonaws.com" } } }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab", "Condition": { "StringEquals": { "kms:ViaService": "ec2.us-east-1.amazonaws.com" } } }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('INVALID_SERVICE_PRINCIPAL_FORMAT'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services',
      'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service',
    ],
  },
  check({ subject, report }) {
    for (const { statement, condition } of conditionsOf(subject)) {
      if (!keys.has(condition.key.value.toLowerCase()) || condition.operator.family !== 'String') continue;
      const isInRegion = /^kms:/i.test(condition.key.value);
      for (const { node, text } of knownValues(statement, condition)) {
        if (hasWildcard(text)) continue;
        if (!servicePrincipal.test(condition.operator.name.endsWith('IgnoreCase') ? text.toLowerCase() : text))
          report(reportOf(node, text));
        else if (isInRegion && /\.amazonaws\.com(\.cn)?$/i.test(text) && !inRegion.test(text))
          report({
            at: node.span,
            message: `kms:ViaService names the region too, and "${text}" does not. Write it as in "${text.replace('.amazonaws.', '.us-east-1.amazonaws.')}".`,
          });
      }
    }
    if (subject.kind !== 'trust' && subject.kind !== 'resource') return;
    for (const node of subject.statements.flatMap(servicesIn))
      if (!servicePrincipal.test(node.value.toLowerCase())) report(reportOf(node, node.value));
  },
});

const keys: ReadonlySet<string> = new Set([
  'iam:passedtoservice',
  'iam:awsservicename',
  'kms:viaservice',
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
  'aws:principalservicename',
  'aws:principalservicenameslist',
]);

const servicePrincipal = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;
const inRegion = /\.[a-z]{2,}(-[a-z]+)+-\d+\.amazonaws\.com(\.cn)?$/i;

function reportOf(node: Node, text: string): Report {
  const small = text.toLowerCase();
  const meant = servicePrincipal.test(small) ? small : /^[a-z][a-z0-9-]*$/.test(small) ? `${small}.amazonaws.com` : undefined;
  return {
    at: node.span,
    message: `"${text}" is not how a service is named. Write its service principal, in small letters, such as ${meant ?? 'ec2.amazonaws.com'}.`,
    fixes: meant === undefined ? [] : [{ title: `Change to ${meant}`, kind: 'suggestion', edits: [replaceValue(node, meant)] }],
  };
}
