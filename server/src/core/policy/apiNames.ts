// Names of API operations that are no actions of IAM, with the actions that they need (Amazon S3 User Guide, "Required permissions for
// Amazon S3 API operations"; API Gateway Developer Guide, "Control access to a REST API with IAM permissions"; the pages of the services
// in the service authorization reference and in their API references). Names that AWS's own policies use as actions are left out: budgets.

import { actionTable } from './reach';
import { hasWildcard } from './wildcard';

/** By service and action: the operations. Of several actions, joined by `+`, the operation needs all, or one of them, as it is used. */
const operations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'access-analyzer': { GetFinding: 'GetFindingV2', ListFindings: 'ListFindingsV2' },
  apigateway: {
    GET: 'ExportApi GetAccount GetApi GetApiKey GetApiKeys GetApiMapping GetApiMappings GetApis GetAuthorizer GetAuthorizers GetBasePathMapping GetBasePathMappings GetClientCertificate GetClientCertificates GetDeployment GetDeployments GetDocumentationPart GetDocumentationParts GetDocumentationVersion GetDocumentationVersions GetDomainName GetDomainNames GetExport GetGatewayResponse GetGatewayResponses GetIntegration GetIntegrationResponse GetIntegrationResponses GetIntegrations GetMethod GetMethodResponse GetModel GetModelTemplate GetModels GetRequestValidator GetRequestValidators GetResource GetResources GetRestApi GetRestApis GetRoute GetRouteResponse GetRouteResponses GetRoutes GetSdk GetSdkType GetSdkTypes GetStage GetStages GetTags GetUsage GetUsagePlan GetUsagePlanKey GetUsagePlanKeys GetUsagePlans GetVpcLink GetVpcLinks',
    POST: 'CreateApi CreateApiKey CreateApiMapping CreateAuthorizer CreateBasePathMapping CreateDeployment CreateDocumentationPart CreateDocumentationVersion CreateDomainName CreateIntegration CreateIntegrationResponse CreateModel CreateRequestValidator CreateResource CreateRestApi CreateRoute CreateRouteResponse CreateStage CreateUsagePlan CreateUsagePlanKey CreateVpcLink GenerateClientCertificate ImportApiKeys ImportRestApi TestInvokeAuthorizer TestInvokeMethod',
    PUT: 'ImportApi ImportDocumentationParts PutGatewayResponse PutIntegration PutIntegrationResponse PutMethod PutMethodResponse PutRestApi ReimportApi',
    PATCH:
      'UpdateAccount UpdateApi UpdateApiKey UpdateApiMapping UpdateAuthorizer UpdateBasePathMapping UpdateClientCertificate UpdateDeployment UpdateDocumentationPart UpdateDocumentationVersion UpdateDomainName UpdateGatewayResponse UpdateIntegration UpdateIntegrationResponse UpdateMethod UpdateMethodResponse UpdateModel UpdateRequestValidator UpdateResource UpdateRestApi UpdateRoute UpdateRouteResponse UpdateStage UpdateUsage UpdateUsagePlan UpdateVpcLink',
    DELETE:
      'DeleteAccessLogSettings DeleteApi DeleteApiKey DeleteApiMapping DeleteAuthorizer DeleteBasePathMapping DeleteClientCertificate DeleteCorsConfiguration DeleteDeployment DeleteDocumentationPart DeleteDocumentationVersion DeleteDomainName DeleteGatewayResponse DeleteIntegration DeleteIntegrationResponse DeleteMethod DeleteMethodResponse DeleteModel DeleteRequestValidator DeleteResource DeleteRestApi DeleteRoute DeleteRouteRequestParameter DeleteRouteResponse DeleteRouteSettings DeleteStage DeleteUsagePlan DeleteUsagePlanKey DeleteVpcLink FlushStageAuthorizersCache FlushStageCache ResetAuthorizersCache',
  },
  bedrock: {
    InvokeModel: 'Converse StartAsyncInvoke',
    InvokeModelWithResponseStream: 'ConverseStream',
    'Retrieve+RetrieveAndGenerate': 'RetrieveAndGenerateStream',
  },
  cassandra: {
    Alter: 'UpdateKeyspace UpdateTable',
    Create: 'CreateKeyspace CreateTable',
    Drop: 'DeleteKeyspace DeleteTable',
    Restore: 'RestoreTable',
    Select: 'GetKeyspace GetTable ListKeyspaces ListTables',
  },
  cloudfront: { 'CreateDistribution+TagResource': 'CreateDistributionWithTags' },
  dynamodb: {
    GetItem: 'TransactGetItems',
    'PutItem+UpdateItem+DeleteItem+ConditionCheckItem': 'TransactWriteItems',
    'PartiQLSelect+PartiQLInsert+PartiQLUpdate+PartiQLDelete': 'BatchExecuteStatement ExecuteStatement ExecuteTransaction',
  },
  elasticmapreduce: {
    AddInstanceFleet: 'AddInstanceFleets',
    AddJobFlowSteps: 'AddSteps',
    RunJobFlow: 'CreateCluster',
    TerminateJobFlows: 'TerminateClusters',
  },
  'execute-api': { ManageConnections: 'DeleteConnection GetConnection PostToConnection' },
  kms: { 'ReEncryptFrom+ReEncryptTo': 'ReEncrypt' },
  lambda: { GetLayerVersion: 'GetLayerVersionByArn', InvokeFunction: 'Invoke InvokeWithResponseStream' },
  'neptune-db': {
    'ReadDataViaQuery+WriteDataViaQuery+DeleteDataViaQuery':
      'ExecuteGremlinExplainQuery ExecuteGremlinProfileQuery ExecuteGremlinQuery ExecuteOpenCypherExplainQuery ExecuteOpenCypherQuery',
  },
  'neptune-graph': { 'ReadDataViaQuery+WriteDataViaQuery+DeleteDataViaQuery': 'ExecuteQuery' },
  s3: {
    AbortMultipartUpload: 'AbortMultipartUploads',
    DeleteObject: 'DeleteObjects',
    GetAccelerateConfiguration: 'GetBucketAccelerateConfiguration',
    GetAnalyticsConfiguration: 'GetBucketAnalyticsConfiguration ListBucketAnalyticsConfigurations',
    'GetBucketPublicAccessBlock+GetAccountPublicAccessBlock': 'GetPublicAccessBlock',
    GetBucketNotification: 'GetBucketNotificationConfiguration',
    GetBucketObjectLockConfiguration: 'GetObjectLockConfiguration',
    GetEncryptionConfiguration: 'GetBucketEncryption',
    GetIntelligentTieringConfiguration: 'GetBucketIntelligentTieringConfiguration ListBucketIntelligentTieringConfigurations',
    GetInventoryConfiguration: 'GetBucketInventoryConfiguration ListBucketInventoryConfigurations',
    GetLifecycleConfiguration: 'GetBucketLifecycle GetBucketLifecycleConfiguration',
    GetMetricsConfiguration: 'GetBucketMetricsConfiguration ListBucketMetricsConfigurations',
    GetObject: 'HeadObject SelectObjectContent',
    GetReplicationConfiguration: 'GetBucketReplication',
    ListAllMyBuckets: 'ListBuckets',
    ListBucket: 'HeadBucket ListObjects ListObjectsV2',
    ListBucketMultipartUploads: 'ListMultipartUploads',
    ListBucketVersions: 'ListObjectVersions',
    ListMultipartUploadParts: 'ListParts',
    PutAccelerateConfiguration: 'PutBucketAccelerateConfiguration',
    PutAnalyticsConfiguration: 'DeleteBucketAnalyticsConfiguration PutBucketAnalyticsConfiguration',
    PutBucketCORS: 'DeleteBucketCors',
    PutBucketNotification: 'PutBucketNotificationConfiguration',
    PutBucketObjectLockConfiguration: 'PutObjectLockConfiguration',
    PutBucketOwnershipControls: 'DeleteBucketOwnershipControls',
    'PutBucketPublicAccessBlock+PutAccountPublicAccessBlock': 'DeletePublicAccessBlock PutPublicAccessBlock',
    PutBucketTagging: 'DeleteBucketTagging',
    PutEncryptionConfiguration: 'DeleteBucketEncryption PutBucketEncryption',
    PutIntelligentTieringConfiguration: 'DeleteBucketIntelligentTieringConfiguration PutBucketIntelligentTieringConfiguration',
    PutInventoryConfiguration: 'DeleteBucketInventoryConfiguration PutBucketInventoryConfiguration',
    PutLifecycleConfiguration:
      'DeleteBucketLifecycle DeleteBucketLifecycleConfiguration PutBucketLifecycle PutBucketLifecycleConfiguration',
    PutMetricsConfiguration: 'DeleteBucketMetricsConfiguration PutBucketMetricsConfiguration',
    PutObject: 'CompleteMultipartUpload CreateMultipartUpload UploadPart',
    'PutObject+GetObject': 'CopyObject UploadPartCopy',
    PutReplicationConfiguration: 'DeleteBucketReplication PutBucketReplication',
  },
  sns: { Publish: 'PublishBatch' },
  sqs: {
    ChangeMessageVisibility: 'ChangeMessageVisibilityBatch',
    DeleteMessage: 'DeleteMessageBatch',
    SendMessage: 'SendMessageBatch',
  },
  timestream: { Select: 'Query' },
  verifiedpermissions: {
    GetPolicy: 'BatchGetPolicy',
    IsAuthorized: 'BatchIsAuthorized',
    IsAuthorizedWithToken: 'BatchIsAuthorizedWithToken',
  },
  'vpc-lattice': { UpdateRule: 'BatchUpdateRule' },
};

const actionsOf: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(operations).flatMap(([service, byAction]) =>
    Object.entries(byAction).flatMap(([actions, names]) =>
      names
        .split(' ')
        .map((name) => [`${service}:${name}`.toLowerCase(), actions.split('+').map((action) => `${service}:${action}`)] as const),
    ),
  ),
);

const names = actionTable([...actionsOf.keys()]);

/** The actions that an operation needs, if it is one whose name is no action. */
export function actionsOfApi(id: string): readonly string[] | undefined {
  const [operation] = hasWildcard(id) ? [] : names.meantBy(id);
  return operation === undefined ? undefined : actionsOf.get(operation);
}

/** Each such operation, in lower case, with its actions. */
export const apiNames: Iterable<readonly [operation: string, actions: readonly string[]]> = actionsOf;
