// iam:CreateServiceLinkedRole: making the role that a service acts with.

import { rememberLast } from '../remember';
import { type Grant, grantOf, isFullAdmin } from './grant';
import { type PlacedGrant, placedGrants } from './passRole';
import type { Policy, Statement } from './policy';

/** The statements that allow making the role of any service. */
export const serviceLinkedRoleGrants = rememberLast(({ statements }: Policy): readonly PlacedGrant[] =>
  placedGrants(statements, createsAnyServiceLinkedRole),
);

/** How a statement allows making the role of any service, if it does. */
export function createsAnyServiceLinkedRole(statement: Statement): Grant | undefined {
  const grant = grantOf(statement, 'iam:createservicelinkedrole', coversEveryRole);
  return grant === undefined || isFullAdmin(statement) || isLimited(statement) ? undefined : grant;
}

/** The name of the service in a condition says as much as a role's ARN does. */
function isLimited({ conditions }: Statement): boolean {
  return conditions.some(({ key }) => key.value.toLowerCase() === 'iam:awsservicename');
}

function coversEveryRole(resource: string): boolean {
  return /^(\*+|arn:[^:]*:iam::[^:]*:(\*+|role\/\*+|role\/aws-service-role\/\*+))$/.test(resource);
}
