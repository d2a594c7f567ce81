// iam:CreateServiceLinkedRole: making the role that a service acts with.

import { type Grant, grantOf, isFullAdmin } from './grant';
import type { Statement } from './policy';

/** How a statement allows making the role of any service, if it does. */
export function createsAnyServiceLinkedRole(statement: Statement): Grant | undefined {
  // The name of the service in a condition says as much as a role's ARN does.
  const isLimited = statement.conditions.some(({ key }) => key.value.toLowerCase() === 'iam:awsservicename');
  if (isFullAdmin(statement) || isLimited) return undefined;
  return grantOf(statement, 'iam:createservicelinkedrole', coversEveryRole);
}

function coversEveryRole(resource: string): boolean {
  return /^(\*+|arn:[^:]*:iam::[^:]*:(\*+|role\/\*+|role\/aws-service-role\/\*+))$/.test(resource);
}
