// The keys that say who owns the VPC endpoint of a request, and the services that have them (IAM User Guide, "AWS global condition
// context keys"). The others are silently without.

import type { Catalog } from '../catalog/catalog';
import type { StringNode } from '../tree/node';
import { conditionsOf, knownValues } from './conditionValue';
import type { Policy, Statement } from './policy';
import { isUnknown } from './principal';

/** By prefix; new ones come without notice. */
const common =
  'acm-pca applicationinsights apprunner athena cloudformation comprehendmedical compute-optimizer datasync discovery dynamodb ebs ecr ecs firehose gamelift healthlake iam iotfleetwise iotwireless kinesisanalytics kms lambda medical-imaging omics payment-cryptography polly rbin rekognition route53 s3 scheduler servicediscovery servicequotas shield ssm-contacts storagegateway textract transcribe transfer'.split(
    ' ',
  );
const onlyOrganization =
  'b2bi cassandra cognito-identity dms ds-data identitystore iottwinmaker network-firewall pricing ses sms-voice sqs workmail';

const supporting: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['aws:vpceaccount', new Set(common)],
  ['aws:vpceorgid', new Set([...common, ...onlyOrganization.split(' ')])],
  ['aws:vpceorgpaths', new Set(common)],
]);

interface UnsupportingActions {
  readonly key: StringNode;
  /** Those that are for services without the key; none where the statement is for all services, or all but some. */
  readonly actions: readonly string[];
}

export function unsupportingVpceOwner(policy: Policy, catalog: Catalog): readonly UnsupportingActions[] {
  return conditionsOf(policy).flatMap(({ statement, condition: { key } }) => {
    const services = supporting.get(key.value.toLowerCase());
    if (services === undefined || isGuarded(statement, key.value)) return [];
    if (statement.notActions.length > 0 || statement.actions.some(({ value }) => /^\*+$/.test(value))) return [{ key, actions: [] }];
    const actions = statement.actions.map(({ value }) => value).filter((action) => !isUnknown(action) && lacks(action, services, catalog));
    return actions.length === 0 ? [] : [{ key, actions }];
  });
}

function lacks(action: string, services: ReadonlySet<string>, catalog: Catalog): boolean {
  const prefix = action.slice(0, action.indexOf(':')).toLowerCase();
  return action.toLowerCase() === 'iam:passrole' || (catalog.service(prefix) !== undefined && !services.has(prefix));
}

/** A Deny that asks for the key beside it leaves requests without the key alone. */
function isGuarded(statement: Statement, key: string): boolean {
  return (
    statement.effect === 'Deny' &&
    statement.conditions.some(
      (condition) =>
        condition.operator.name === 'Null' &&
        condition.key.value.toLowerCase() === key.toLowerCase() &&
        knownValues(statement, condition).every(({ text }) => text.toLowerCase() === 'false'),
    )
  );
}
