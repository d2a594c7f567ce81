import type { Fix } from '../../finding';
import { insertAfter } from '../../json/edit';
import { accessAnalyzerLink } from '../../policy/accessAnalyzer';
import { parseArn } from '../../policy/arn';
import { knowsConditionKeys } from '../../policy/conditionValue';
import { element, hasElement, isWhole, type Statement } from '../../policy/policy';
import { servicesIn } from '../../policy/principal';
import { member } from '../../tree/node';
import { listed } from '../../words';
import { defineRule } from '../rule';

export const restrictAccessToServicePrincipal = defineRule({
  id: 'policy/restrict-access-to-service-principal',
  severity: 'warning',
  scope: 'statement',
  kinds: ['resource'],
  accessAnalyzer: 'RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL',
  docs: {
    what: 'a service that may use a resource on behalf of anybody',
    why: 'A service acts for every customer of AWS. A policy that lets it in without saying on whose behalf lets other accounts reach the resource through it (the confused deputy problem). `aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` or `aws:SourceOrgPaths` in the condition says whose requests the service may pass on. Trust policies of roles are not judged: many services, EC2 among them, send none of these keys when they assume a role. A statement is left alone if it compares anything else that may tell the source, or is about a folder of one account below `AWSLogs/`.',
    bad: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com" }, "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:us-east-1:111122223333:orders" }\n  ]\n}\n',
      },
    ],
    good: [
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com" }, "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:us-east-1:111122223333:orders", "Condition": { "ArnEquals": { "aws:SourceArn": "arn:aws:sns:us-east-1:111122223333:orders" } } }\n  ]\n}\n',
      },
      {
        syntax: 'json',
        text: '{\n  "Version": "2012-10-17",\n  "Statement": [\n    { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }\n  ]\n}\n',
      },
    ],
    references: [
      accessAnalyzerLink('RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL'),
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceaccount',
    ],
  },
  check({ subject, text, report }) {
    for (const statement of subject.statements) {
      if (statement.effect !== 'Allow' || saysOnWhoseBehalf(statement)) continue;
      const services = servicesIn(statement);
      const [first] = services;
      const resource = member(statement.node, 'Resource');
      if (first === undefined || (resource !== undefined && /AWSLogs\/[^*"\\]/.test(text.slice(resource.span.start, resource.span.end))))
        continue;
      const names = listed(services.map(({ value }) => value));
      report({
        at: first.span,
        message: `${names} may act here on behalf of anybody in AWS. Say on whose, with aws:SourceArn, aws:SourceAccount, aws:SourceOrgID or aws:SourceOrgPaths in the condition.`,
        fixes: fixesOf(statement, text),
      });
    }
  },
});

/** Or may: what a template puts there is not known, nor what other keys tell of the request. */
function saysOnWhoseBehalf(statement: Statement): boolean {
  const { node, actions, conditions } = statement;
  // Who assumes a role is a matter of trust policies, wherever they stand; of no action at all nothing is known.
  if (!hasElement(node, 'NotAction') && actions.every(({ value }) => /^sts:/i.test(value))) return true;
  return !knowsConditionKeys(statement) || conditions.some(({ key }) => !ofNoSource.test(key.value));
}

/** Keys that tell how a request is made, or only that a service makes it. */
const ofNoSource =
  /^(s3:(x-amz-.*|tlsversion|authtype|signatureversion|signatureage)|aws:(securetransport|currenttime|epochtime|requestedregion|principalisawsservice|principalservicename|principalservicenameslist|principaltype))$/i;

/** The account that the resources belong to is most often the one that the service acts for. */
function fixesOf({ node, resources, condition }: Statement, text: string): readonly Fix[] {
  const accounts = new Set(resources.map(({ value }) => parseArn(value)?.account.text ?? ''));
  const [account = ''] = accounts;
  const anchor = member(node, 'Resource');
  if (condition !== undefined || anchor === undefined || !isWhole(element(node, 'Resource'))) return [];
  if (accounts.size !== 1 || !/^\d{12}$/.test(account)) return [];
  const value = { StringEquals: { 'aws:SourceAccount': account } };
  return [{ title: `Only for account ${account}`, kind: 'suggestion', edits: [insertAfter(text, anchor, 'Condition', value)] }];
}
