// iam:PassRole: handing a role to a service, which then acts with the rights of the role.

import { rememberLast } from '../remember';
import { type Grant, grantOf, isFullAdmin } from './grant';
import type { Policy, Statement } from './policy';

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
