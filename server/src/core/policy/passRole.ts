// iam:PassRole: handing a role to a service, which then acts with the rights of the role.

import type { Catalog } from '../catalog/catalog';
import { rememberLast } from '../remember';
import { type Grant, grantOf, isFullAdmin } from './grant';
import { hasPlaceholder } from './placeholder';
import type { ConditionKey, Policy, Statement } from './policy';
import { type Allowance, reachOf, tableOf } from './reach';
import { matches } from './wildcard';

export interface PlacedGrant {
  readonly statement: Statement;
  readonly grant: Grant;
}

/** The statements that allow passing any role to any service. */
export const passRoleGrants = rememberLast(({ statements }: Policy): readonly PlacedGrant[] => placedGrants(statements, passesAnyRole));

export function placedGrants(
  statements: readonly Statement[],
  grantIn: (statement: Statement) => Grant | undefined,
): readonly PlacedGrant[] {
  const all: PlacedGrant[] = [];
  for (const statement of statements) {
    const grant = grantIn(statement);
    if (grant !== undefined) all.push({ statement, grant });
  }
  return all;
}

/** How a statement allows passing any role to any service, if it does. */
export function passesAnyRole(statement: Statement): Grant | undefined {
  const grant = grantOf(statement, 'iam:passrole', coversEveryRole);
  return grant === undefined || isFullAdmin(statement) || isLimited(statement) ? undefined : grant;
}

function coversEveryRole(resource: string): boolean {
  return /^(\*+|arn:[^:]*:iam::[^:]*:(\*+|role\/\*+))$/.test(resource);
}

/** By the service that a role goes to, or by the tags of the role: then it is not every role to any service. */
function isLimited({ conditions }: Statement): boolean {
  return conditions.some(({ key }) => /^(iam:passedtoservice|(iam|aws):resourcetag\/.+)$/i.test(key.value));
}

interface Passing {
  readonly allowance: Allowance;
  /** Whether `iam:PassedToService` limits the services. */
  readonly isLimited: boolean;
}

/** Where a policy lets any role go to a service, such as `ec2.amazonaws.com`. @param allowances those of `iam:PassRole`. */
export function passesAnyRoleTo(
  service: string,
  policy: Policy,
  allowances: readonly Allowance[],
  catalog: Catalog | undefined,
): Passing | undefined {
  const toAll = allowances.find((allowance) => reachOf(policy, allowance, catalog) === 'all');
  if (toAll !== undefined) return { allowance: toAll, isLimited: false };
  const holds = (condition: ConditionKey): boolean | undefined => isPassedTo(condition, service);
  const toService = allowances.find((allowance) => reachOf(policy, allowance, catalog, holds) === 'all');
  return toService && { allowance: toService, isLimited: true };
}

/** Whether a condition holds for a role that goes to a service. */
function isPassedTo({ key, operator, values }: ConditionKey, service: string): boolean | undefined {
  if (key.value.toLowerCase() !== 'iam:passedtoservice' || operator.family !== 'String') return undefined;
  const names = values.flatMap((node) => (node.kind === 'string' && !hasPlaceholder(node.value) ? node.value.toLowerCase() : []));
  if (names.length < values.length || names.some((name) => name.includes('${'))) return undefined;
  // The China Regions have names of their own.
  const isNamed = names.some((name) => (operator.isLike && matches(name, service)) || name === service || name === `${service}.cn`);
  return operator.isNegated ? !isNamed : isNamed;
}

/**
 * Actions that cannot do without `iam:PassRole`, since the operation must be given a role (the API references of the services). The
 * service data name no dependent actions, and what AWS's pages call dependent is often needed for one option alone.
 */
export const roleTakingActions = tableOf(
  'elasticmapreduce:CreateStudio RunJobFlow StartNotebookExecution',
  'emr-serverless:StartJobRun',
  'backup:CreateBackupSelection',
  'braket:CreateJob',
  'codebuild:CreateProject',
  'codepipeline:CreatePipeline',
  'datasync:CreateLocationS3',
  'dlm:CreateLifecyclePolicy',
  'ec2:AssociateIamInstanceProfile RequestSpotFleet',
  'eks:CreateCluster CreateFargateProfile CreateNodegroup',
  'glue:CreateCrawler CreateDevEndpoint CreateJob CreateSession',
  'iam:AddRoleToInstanceProfile',
  'kinesisanalytics:CreateApplication',
  'lambda:CreateFunction',
  'omics:StartRun',
  'pipes:CreatePipe',
  'sagemaker:CreateAutoMLJob CreateCompilationJob CreateFlowDefinition CreateLabelingJob CreateNotebookInstance CreatePipeline CreateProcessingJob CreateTrainingJob',
  'scheduler:CreateSchedule',
  'states:CreateStateMachine',
  'transfer:CreateUser',
);
