// Every rule. The only place that imports one.

import { commentInValue } from './config/commentInValue';
import { crashingEmrValue } from './config/crashingEmrValue';
import { debuggingWithoutLogUri } from './config/debuggingWithoutLogUri';
import { incompleteRoles } from './config/incompleteRoles';
import { invalidBoolean } from './config/invalidBoolean';
import { invalidLogUri } from './config/invalidLogUri';
import { invalidRoleReference } from './config/invalidRoleReference';
import { keyPairFile } from './config/keyPairFile';
import { managedPolicyAsRole } from './config/managedPolicyAsRole';
import { misplacedEmrSetting } from './config/misplacedEmrSetting';
import { plaintextSecret } from './config/plaintextSecret';
import { quotedValue } from './config/quotedValue';
import { shadowedProfile } from './config/shadowedProfile';
import { swallowedEmrBlock } from './config/swallowedEmrBlock';
import { unknownEmrSetting } from './config/unknownEmrSetting';
import { unparsable } from './config/unparsable';
import { unreachableProfile } from './config/unreachableProfile';
import { unusedSuppression } from './config/unusedSuppression';
import { inlinePolicy } from './emr/inlinePolicy';
import { instanceProfileRoleMismatch } from './emr/instanceProfileRoleMismatch';
import { roleUsedAsInstanceProfile } from './emr/roleUsedAsInstanceProfile';
import { unknownInstanceProfile } from './emr/unknownInstanceProfile';
import { unknownRole } from './emr/unknownRole';
import { actionResourceMismatch } from './policy/actionResourceMismatch';
import { apiNameIsNotAnAction } from './policy/apiNameIsNotAnAction';
import { createSlrWithNotActionAndNotResource } from './policy/createSlrWithNotActionAndNotResource';
import { createSlrWithNotResource } from './policy/createSlrWithNotResource';
import { createSlrWithStarInActionAndNotResource } from './policy/createSlrWithStarInActionAndNotResource';
import { createSlrWithStarInActionAndResource } from './policy/createSlrWithStarInActionAndResource';
import { createSlrWithStarInResource } from './policy/createSlrWithStarInResource';
import { createSlrWithStarInResourceAndNotAction } from './policy/createSlrWithStarInResourceAndNotAction';
import { emptyArrayAction } from './policy/emptyArrayAction';
import { emptyArrayResource } from './policy/emptyArrayResource';
import { emptySidValue } from './policy/emptySidValue';
import { fullAdmin } from './policy/fullAdmin';
import { invalidAction } from './policy/invalidAction';
import { invalidEffect } from './policy/invalidEffect';
import { invalidPolicyElement } from './policy/invalidPolicyElement';
import { invalidServiceInAction } from './policy/invalidServiceInAction';
import { invalidVersion } from './policy/invalidVersion';
import { missingAction } from './policy/missingAction';
import { missingEffect } from './policy/missingEffect';
import { missingResource } from './policy/missingResource';
import { missingVersion } from './policy/missingVersion';
import { passRoleWithNotActionAndNotResource } from './policy/passRoleWithNotActionAndNotResource';
import { passRoleWithNotResource } from './policy/passRoleWithNotResource';
import { passRoleWithStarInActionAndNotResource } from './policy/passRoleWithStarInActionAndNotResource';
import { passRoleWithStarInActionAndResource } from './policy/passRoleWithStarInActionAndResource';
import { passRoleWithStarInResource } from './policy/passRoleWithStarInResource';
import { passRoleWithStarInResourceAndNotAction } from './policy/passRoleWithStarInResourceAndNotAction';
import { policySizeExceedsIdentityPolicyQuota } from './policy/policySizeExceedsIdentityPolicyQuota';
import { redundantAction } from './policy/redundantAction';
import { redundantResource } from './policy/redundantResource';
import { redundantStatement } from './policy/redundantStatement';
import { serviceWildcard } from './policy/serviceWildcard';
import { uniqueSidsRecommended } from './policy/uniqueSidsRecommended';
import { uniqueSidsRequired } from './policy/uniqueSidsRequired';
import { unsupportedElementCombination } from './policy/unsupportedElementCombination';
import { unsupportedSid } from './policy/unsupportedSid';
import { wildcardInServiceName } from './policy/wildcardInServiceName';
import type { Rule } from './rule';
import { privilegeEscalation } from './security/privilegeEscalation';
import { missingPrincipal } from './trust/missingPrincipal';
import { policySizeExceedsRoleTrustPolicyQuota } from './trust/policySizeExceedsRoleTrustPolicyQuota';

/** In the order of their ids. */
export const rules: readonly Rule[] = [
  commentInValue,
  crashingEmrValue,
  debuggingWithoutLogUri,
  incompleteRoles,
  invalidBoolean,
  invalidLogUri,
  invalidRoleReference,
  keyPairFile,
  managedPolicyAsRole,
  misplacedEmrSetting,
  plaintextSecret,
  quotedValue,
  shadowedProfile,
  swallowedEmrBlock,
  unknownEmrSetting,
  unparsable,
  unreachableProfile,
  unusedSuppression,
  inlinePolicy,
  instanceProfileRoleMismatch,
  roleUsedAsInstanceProfile,
  unknownInstanceProfile,
  unknownRole,
  actionResourceMismatch,
  apiNameIsNotAnAction,
  createSlrWithNotActionAndNotResource,
  createSlrWithNotResource,
  createSlrWithStarInActionAndNotResource,
  createSlrWithStarInActionAndResource,
  createSlrWithStarInResource,
  createSlrWithStarInResourceAndNotAction,
  emptyArrayAction,
  emptyArrayResource,
  emptySidValue,
  fullAdmin,
  invalidAction,
  invalidEffect,
  invalidPolicyElement,
  invalidServiceInAction,
  invalidVersion,
  missingAction,
  missingEffect,
  missingResource,
  missingVersion,
  passRoleWithNotActionAndNotResource,
  passRoleWithNotResource,
  passRoleWithStarInActionAndNotResource,
  passRoleWithStarInActionAndResource,
  passRoleWithStarInResource,
  passRoleWithStarInResourceAndNotAction,
  policySizeExceedsIdentityPolicyQuota,
  redundantAction,
  redundantResource,
  redundantStatement,
  serviceWildcard,
  uniqueSidsRecommended,
  uniqueSidsRequired,
  unsupportedElementCombination,
  unsupportedSid,
  wildcardInServiceName,
  privilegeEscalation,
  missingPrincipal,
  policySizeExceedsRoleTrustPolicyQuota,
];

export const ruleById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));
export const ruleIds: ReadonlySet<string> = new Set(ruleById.keys());
