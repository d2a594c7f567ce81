// Actions that return credentials or secrets, and actions that can open resources to others, on every resource: what an audit asks for.

import type { Catalog } from '../catalog/catalog';
import type { Span } from '../text';
import { isFullAdmin } from './grant';
import type { Policy, Statement } from './policy';
import { type ActionTable, allowances, reachOf, tableOf } from './reach';

/**
 * After Cloudsplaining (CredentialsExposure, DataExfiltration) and primeharbor/sensitive_iam_actions (CredentialExposure), with the
 * secrets of Secrets Manager and Systems Manager. Left out: tokens that have but the rights of the caller (ecr:GetAuthorizationToken,
 * sts:GetSessionToken), and what security/privilege-escalation says (iam:CreateAccessKey, sts:AssumeRole).
 */
export const credentialActions = tableOf(
  'appsync:ListApiKeys',
  'cloud9:CreateEnvironmentSSH CreateEnvironmentToken',
  'codepipeline:PollForJobs PollForThirdPartyJobs',
  'cognito-identity:GetCredentialsForIdentity GetOpenIdToken GetOpenIdTokenForDeveloperIdentity',
  'cognito-idp:DescribeUserPoolClient',
  'connect:GetFederationToken ListSecurityKeys',
  'ec2:GetPasswordData',
  'emr-containers:GetManagedEndpointSessionCredentials',
  'gamelift:GetComputeAuthToken GetInstanceAccess RequestUploadCredentials',
  'iam:CreateServiceSpecificCredential ResetServiceSpecificCredential',
  'lightsail:DownloadDefaultKeyPair GetBucketAccessKeys GetInstanceAccessDetails GetRelationalDatabaseMasterUserPassword',
  'rds-db:connect',
  'redshift:GetClusterCredentials GetClusterCredentialsWithIAM',
  'redshift-serverless:GetCredentials',
  's3:GetDataAccess',
  'secretsmanager:BatchGetSecretValue GetSecretValue',
  'snowball:GetJobUnlockCode',
  'ssm:GetParameter GetParameterHistory GetParameters GetParametersByPath',
  'storagegateway:DescribeChapCredentials',
  'sts:GetFederationToken',
);

/**
 * Of the actions that the service authorization reference calls permissions management, those that write the policy of a resource, its
 * list of others who may use it, or the switch that blocks public access; with the ways of sharing that it calls write (primeharbor/
 * sensitive_iam_actions, ResourceExposure; policy_sentry, resource-policies.txt).
 */
export const exposingActions = tableOf(
  'acm-pca:CreatePermission PutPolicy',
  'apigateway:PutPortalProductSharingPolicy UpdateDomainNameManagementPolicy UpdateDomainNamePolicy UpdateRestApiPolicy',
  'backup:PutBackupVaultAccessPolicy PutBackupVaultSharingPolicy',
  'billing:PutResourcePolicy',
  'cloudhsm:PutResourcePolicy',
  'cloudsearch:UpdateServiceAccessPolicies',
  'codeartifact:PutDomainPermissionsPolicy PutRepositoryPermissionsPolicy',
  'codebuild:PutResourcePolicy',
  'codeguru-profiler:PutPermission',
  'dynamodb:PutResourcePolicy',
  'ec2:CreateNetworkInterfacePermission DisableImageBlockPublicAccess DisableSnapshotBlockPublicAccess ModifyImageAttribute ModifySnapshotAttribute ModifyVpcEndpointServicePermissions PutResourcePolicy',
  'ecr:PutRegistryPolicy SetRepositoryPolicy',
  'ecr-public:SetRepositoryPolicy',
  'elasticfilesystem:PutFileSystemPolicy',
  'elasticmapreduce:PutBlockPublicAccessConfiguration PutWorkspaceAccess',
  'entityresolution:AddPolicyStatement PutPolicy',
  'es:UpdateDomainConfig UpdateElasticsearchDomainConfig',
  'events:PutPermission PutResourcePolicy',
  'fsx:PutResourcePolicy',
  'glacier:SetVaultAccessPolicy',
  'glue:PutResourcePolicy',
  'imagebuilder:PutComponentPolicy PutContainerRecipePolicy PutImagePolicy PutImageRecipePolicy',
  'kms:CreateGrant PutKeyPolicy',
  'lakeformation:BatchGrantPermissions GrantPermissions PutDataLakeSettings',
  'lambda:AddLayerVersionPermission AddPermission PutResourcePolicy',
  'logs:PutDestinationPolicy PutResourcePolicy',
  'mediastore:PutContainerPolicy',
  'networkmanager:PutResourcePolicy',
  'organizations:PutResourcePolicy',
  'ram:AssociateResourceShare CreateResourceShare EnableSharingWithAwsOrganization UpdateResourceShare',
  'rds:ModifyDBClusterSnapshotAttribute ModifyDBSnapshotAttribute',
  'redshift:AuthorizeDataShare AuthorizeEndpointAccess AuthorizeSnapshotAccess PutResourcePolicy',
  'route53resolver:PutFirewallRuleGroupPolicy PutResolverQueryLogConfigPolicy PutResolverRulePolicy',
  's3:CreateAccessGrant PutAccessGrantsInstanceResourcePolicy PutAccessPointPolicy PutAccessPointPolicyForObjectLambda PutAccessPointPublicAccessBlock PutAccountPublicAccessBlock PutBucketAcl PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock PutMultiRegionAccessPointPolicy PutObjectAcl PutObjectVersionAcl',
  's3-outposts:PutAccessPointPolicy PutBucketPolicy PutObjectAcl',
  's3express:PutAccessPointPolicy PutBucketPolicy',
  's3files:PutFileSystemPolicy',
  's3tables:PutTableBucketPolicy PutTablePolicy',
  's3vectors:PutVectorBucketPolicy',
  'secretsmanager:PutResourcePolicy',
  'servicecatalog:CreatePortfolioShare',
  'ses:CreateEmailIdentityPolicy PutIdentityPolicy UpdateEmailIdentityPolicy',
  'signer:AddProfilePermission',
  'sns:AddPermission SetTopicAttributes',
  'sqs:AddPermission SetQueueAttributes',
  'ssm:ModifyDocumentPermission PutResourcePolicy',
  'vpc-lattice:PutAuthPolicy',
  'wafv2:PutPermissionPolicy',
  'workspaces:UpdateWorkspaceImagePermission',
);

interface Exposure {
  /** The first action, or pattern, that allows one of them. */
  readonly at: Span;
  /** As the service data write them. */
  readonly actions: readonly string[];
}

/**
 * By statement, the actions of a table that are allowed on every resource, and neither limited by a condition nor denied. Quiet about
 * certain resources, since these are what somebody chose, about `*` on `*`, and about NotAction, which other rules are about.
 */
export function exposures(policy: Policy, table: ActionTable, catalog: Catalog | undefined): readonly Exposure[] {
  const found = new Map<Statement, { at: Span; actions: string[] }>();
  for (const allowance of [...allowances(policy, table).values()].flat()) {
    const { action, statement, node } = allowance;
    if (statement.notActions.length > 0 || isFullAdmin(statement) || reachOf(policy, allowance, catalog) !== 'all') continue;
    const others = found.get(statement) ?? { at: node.span, actions: [] };
    if (node.span.start < others.at.start) others.at = node.span;
    const name = catalog?.action(action)?.id ?? action;
    if (!others.actions.includes(name)) others.actions.push(name);
    found.set(statement, others);
  }
  return [...found.values()];
}
