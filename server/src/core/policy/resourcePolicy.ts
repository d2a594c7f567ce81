// What the policy of a resource is for, where a template tells the type of the resource.

import type { Policy } from './policy';

interface ResourcePolicy {
  /** As in `A bucket policy`. */
  readonly name: string;
  /** Its prefix; a resource knows the actions and ARNs of its own service alone. */
  readonly service: string;
}

const byResourceType: ReadonlyMap<string, ResourcePolicy> = new Map([
  ['AWS::KMS::Key', { name: 'key policy', service: 'kms' }],
  ['AWS::KMS::ReplicaKey', { name: 'key policy', service: 'kms' }],
  ['AWS::S3::BucketPolicy', { name: 'bucket policy', service: 's3' }],
  ['AWS::SNS::TopicInlinePolicy', { name: 'topic policy', service: 'sns' }],
  ['AWS::SNS::TopicPolicy', { name: 'topic policy', service: 'sns' }],
  ['AWS::SQS::QueueInlinePolicy', { name: 'queue policy', service: 'sqs' }],
  ['AWS::SQS::QueuePolicy', { name: 'queue policy', service: 'sqs' }],
]);

/** Nothing where the type is not told, or its policy is not limited to one service. */
export function resourcePolicyOf({ kind, resourceType }: Policy): ResourcePolicy | undefined {
  return kind !== 'resource' || resourceType === undefined ? undefined : byResourceType.get(resourceType);
}
