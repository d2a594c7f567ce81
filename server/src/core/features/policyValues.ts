// Values that policies are often written with. They are offered, not checked: one that is not here is not wrong.

import { regions } from '../awsconfig/known';
import { stop } from './snippet';

/** Who roles are passed to and trusted by: EMR's first, then the commonest of `iam:PassedToService` in AWS's own managed policies. */
const servicePrincipals: readonly string[] = [
  'elasticmapreduce.amazonaws.com',
  'ec2.amazonaws.com',
  'application-autoscaling.amazonaws.com',
  'emr-serverless.amazonaws.com',
  'airflow.amazonaws.com',
  'apigateway.amazonaws.com',
  'autoscaling.amazonaws.com',
  'backup.amazonaws.com',
  'batch.amazonaws.com',
  'bedrock.amazonaws.com',
  'cloudformation.amazonaws.com',
  'cloudtrail.amazonaws.com',
  'codebuild.amazonaws.com',
  'codedeploy.amazonaws.com',
  'codepipeline.amazonaws.com',
  'config.amazonaws.com',
  'datapipeline.amazonaws.com',
  'delivery.logs.amazonaws.com',
  'ecs-tasks.amazonaws.com',
  'ecs.amazonaws.com',
  'eks.amazonaws.com',
  'events.amazonaws.com',
  'firehose.amazonaws.com',
  'glue.amazonaws.com',
  'lakeformation.amazonaws.com',
  'lambda.amazonaws.com',
  'logs.amazonaws.com',
  'rds.amazonaws.com',
  'redshift.amazonaws.com',
  's3.amazonaws.com',
  'sagemaker.amazonaws.com',
  'scheduler.amazonaws.com',
  'sns.amazonaws.com',
  'spotfleet.amazonaws.com',
  'ssm.amazonaws.com',
  'states.amazonaws.com',
  'vpc-flow-logs.amazonaws.com',
];

/** EMR has a name of its own in the China regions (aws-cli, `aws emr create-default-roles`). */
export function servicePrincipalsIn(partition: string): readonly string[] {
  return partition === 'aws-cn' ? ['elasticmapreduce.amazonaws.com.cn', ...servicePrincipals] : servicePrincipals;
}

/** That have service-linked roles; EMR's first. */
const linkedServices: readonly string[] = [
  'elasticmapreduce.amazonaws.com',
  'ops.emr-serverless.amazonaws.com',
  'spot.amazonaws.com',
  'autoscaling.amazonaws.com',
  'ecs.amazonaws.com',
  'elasticloadbalancing.amazonaws.com',
  'rds.amazonaws.com',
];

/** IAM User Guide, "AWS global condition context keys", aws:CalledVia. */
const callingServices: readonly string[] = [
  'athena.amazonaws.com',
  'cloudformation.amazonaws.com',
  'dynamodb.amazonaws.com',
  'kms.amazonaws.com',
];

/** IAM User Guide, "AWS JSON policy elements: Principal". */
export const federatedProviders: readonly string[] = [
  'cognito-identity.amazonaws.com',
  'accounts.google.com',
  'graph.facebook.com',
  'www.amazon.com',
];

export const booleans: readonly string[] = ['true', 'false'];

/** By key, in lower case. */
const valuesByKey: Readonly<Record<string, readonly string[]>> = {
  'aws:requestedregion': regions,
  'iam:passedtoservice': servicePrincipals,
  'iam:awsservicename': linkedServices,
  'aws:calledvia': callingServices,
  'aws:calledviafirst': callingServices,
  'aws:calledvialast': callingServices,
  'aws:principalservicename': servicePrincipals,
  // IAM User Guide, "IAM policy elements: Variables and tags", the values of principals.
  'aws:principaltype': ['Account', 'User', 'FederatedUser', 'AssumedRole', 'Anonymous'],
  // Amazon S3 User Guide and API reference.
  's3:x-amz-server-side-encryption': ['AES256', 'aws:kms', 'aws:kms:dsse'],
  's3:x-amz-acl': [
    'private',
    'bucket-owner-full-control',
    'bucket-owner-read',
    'authenticated-read',
    'aws-exec-read',
    'public-read',
    'public-read-write',
    'log-delivery-write',
  ],
  's3:x-amz-storage-class': [
    'STANDARD',
    'STANDARD_IA',
    'ONEZONE_IA',
    'INTELLIGENT_TIERING',
    'GLACIER',
    'GLACIER_IR',
    'DEEP_ARCHIVE',
    'REDUCED_REDUNDANCY',
  ],
  's3:signatureversion': ['AWS4-HMAC-SHA256'],
  's3:authtype': ['REST-HEADER', 'REST-QUERY-STRING', 'POST'],
  's3:tlsversion': ['1.2', '1.3'],
};

/** @param key in lower case. */
export function knownKeyValues(key: string): readonly string[] {
  return Object.hasOwn(valuesByKey, key) ? (valuesByKey[key] ?? []) : [];
}

/** What varies in an ARN or a key of the service data, as a stop; `partition` where the partition stands. */
export function filledIn(form: string, partition: string): string {
  return form.replace(/\$\{([^}]*)\}|<([^>]*)>|(?<=\/)(tag-key)$/g, (_, variable?: string, bracketed?: string, tag?: string) => {
    const name = variable ?? bracketed ?? tag ?? '';
    return name === 'Partition' ? partition : stop(`<${name}>`);
  });
}
