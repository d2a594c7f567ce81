// Names of API operations that are no actions of IAM, with the action that they need (AWS service authorization reference; Amazon S3
// User Guide, "Required permissions for Amazon S3 API operations").

const actionOf: ReadonlyMap<string, string> = new Map([
  ['s3:abortmultipartuploads', 's3:AbortMultipartUpload'],
  ['s3:completemultipartupload', 's3:PutObject'],
  ['s3:copyobject', 's3:PutObject'],
  ['s3:createmultipartupload', 's3:PutObject'],
  ['s3:deletebucketlifecycle', 's3:PutLifecycleConfiguration'],
  ['s3:deletebucketlifecycleconfiguration', 's3:PutLifecycleConfiguration'],
  ['s3:deletebuckettagging', 's3:PutBucketTagging'],
  ['s3:deleteobjects', 's3:DeleteObject'],
  ['s3:getbucketencryption', 's3:GetEncryptionConfiguration'],
  ['s3:getbucketlifecycle', 's3:GetLifecycleConfiguration'],
  ['s3:getbucketlifecycleconfiguration', 's3:GetLifecycleConfiguration'],
  ['s3:getbucketreplication', 's3:GetReplicationConfiguration'],
  ['s3:headbucket', 's3:ListBucket'],
  ['s3:headobject', 's3:GetObject'],
  ['s3:listbuckets', 's3:ListAllMyBuckets'],
  ['s3:listmultipartuploads', 's3:ListBucketMultipartUploads'],
  ['s3:listobjects', 's3:ListBucket'],
  ['s3:listobjectsv2', 's3:ListBucket'],
  ['s3:listobjectversions', 's3:ListBucketVersions'],
  ['s3:listparts', 's3:ListMultipartUploadParts'],
  ['s3:putbucketencryption', 's3:PutEncryptionConfiguration'],
  ['s3:putbucketlifecycle', 's3:PutLifecycleConfiguration'],
  ['s3:putbucketlifecycleconfiguration', 's3:PutLifecycleConfiguration'],
  ['s3:putbucketreplication', 's3:PutReplicationConfiguration'],
  ['s3:uploadpart', 's3:PutObject'],
  ['s3:uploadpartcopy', 's3:PutObject'],
  ['sqs:changemessagevisibilitybatch', 'sqs:ChangeMessageVisibility'],
  ['sqs:deletemessagebatch', 'sqs:DeleteMessage'],
  ['sqs:sendmessagebatch', 'sqs:SendMessage'],
  ['lambda:invoke', 'lambda:InvokeFunction'],
  ['dynamodb:transactgetitems', 'dynamodb:GetItem'],
  ['dynamodb:transactwriteitems', 'dynamodb:PutItem'],
  ['elasticmapreduce:addinstancefleets', 'elasticmapreduce:AddInstanceFleet'],
  ['elasticmapreduce:addsteps', 'elasticmapreduce:AddJobFlowSteps'],
  ['elasticmapreduce:createcluster', 'elasticmapreduce:RunJobFlow'],
  ['elasticmapreduce:terminateclusters', 'elasticmapreduce:TerminateJobFlows'],
]);

export function actionOfApi(id: string): string | undefined {
  return actionOf.get(id.toLowerCase());
}
