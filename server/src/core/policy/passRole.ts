// iam:PassRole: handing a role to a service, which then acts with the rights of the role.

import { type Grant, grantOf, isFullAdmin } from './grant';
import type { Statement } from './policy';

/** How a statement allows passing any role to any service, if it does. */
export function passesAnyRole(statement: Statement): Grant | undefined {
  if (isFullAdmin(statement) || isLimited(statement)) return undefined;
  return grantOf(statement, 'iam:passrole', coversEveryRole);
}

function coversEveryRole(resource: string): boolean {
  return /^(\*+|arn:[^:]*:iam::[^:]*:(\*+|role\/\*+))$/.test(resource);
}

/** By the service that a role goes to, or by the tags of the role: then it is not every role to any service. */
function isLimited({ conditions }: Statement): boolean {
  const limits = /^(iam:passedtoservice|(iam|aws):resourcetag\/.+)$/;
  return conditions.some(({ key }) => limits.test(key.value.toLowerCase()));
}
