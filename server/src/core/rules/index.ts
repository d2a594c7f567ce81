// Every rule. The only place that imports one.

import { incompleteRoles } from './config/incompleteRoles';
import { invalidBoolean } from './config/invalidBoolean';
import { inlinePolicy } from './emr/inlinePolicy';
import { instanceProfileRoleMismatch } from './emr/instanceProfileRoleMismatch';
import { roleUsedAsInstanceProfile } from './emr/roleUsedAsInstanceProfile';
import { unknownInstanceProfile } from './emr/unknownInstanceProfile';
import { unknownRole } from './emr/unknownRole';
import { missingVersion } from './policy/missingVersion';
import { passRoleWithStarInResource } from './policy/passRoleWithStarInResource';
import type { Rule } from './rule';
import { missingPrincipal } from './trust/missingPrincipal';

/** In the order of their ids. */
export const rules: readonly Rule[] = [
  incompleteRoles,
  invalidBoolean,
  inlinePolicy,
  instanceProfileRoleMismatch,
  roleUsedAsInstanceProfile,
  unknownInstanceProfile,
  unknownRole,
  missingVersion,
  passRoleWithStarInResource,
  missingPrincipal,
];

export const ruleById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));
export const ruleIds: ReadonlySet<string> = new Set(ruleById.keys());
