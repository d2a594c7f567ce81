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
import { autoscalingRoleTrust } from './emr/autoscalingRoleTrust';
import { confusedDeputy } from './emr/confusedDeputy';
import { deprecatedManagedPolicy } from './emr/deprecatedManagedPolicy';
import { ec2RolePermissions } from './emr/ec2RolePermissions';
import { ec2RoleTrust } from './emr/ec2RoleTrust';
import { inlinePolicy } from './emr/inlinePolicy';
import { inlinePolicyDrift } from './emr/inlinePolicyDrift';
import { instanceProfileRoleMismatch } from './emr/instanceProfileRoleMismatch';
import { instanceProfileWithoutRole } from './emr/instanceProfileWithoutRole';
import { launchPermissions } from './emr/launchPermissions';
import { partition } from './emr/partition';
import { passRoleForCustomRole } from './emr/passRoleForCustomRole';
import { policySize } from './emr/policySize';
import { roleUsedAsInstanceProfile } from './emr/roleUsedAsInstanceProfile';
import { runtimeRoleTrust } from './emr/runtimeRoleTrust';
import { serviceRolePermissions } from './emr/serviceRolePermissions';
import { serviceRoleTrust } from './emr/serviceRoleTrust';
import { swappedRoles } from './emr/swappedRoles';
import { trustPolicyFromTheDocs } from './emr/trustPolicyFromTheDocs';
import { unknownInstanceProfile } from './emr/unknownInstanceProfile';
import { unknownRole } from './emr/unknownRole';
import { useDefaultRoles } from './emr/useDefaultRoles';
import { v2Tags } from './emr/v2Tags';
import { application } from './launch/application';
import { brokenContinuation } from './launch/brokenContinuation';
import { excludedOptions } from './launch/excludedOptions';
import { invalidValue } from './launch/invalidValue';
import { missingOption } from './launch/missingOption';
import { passRoleForCustomRoleInLaunch } from './launch/passRoleForCustomRole';
import { releaseLabel } from './launch/releaseLabel';
import { roleTrustInLaunch } from './launch/roleTrust';
import { splitArgument } from './launch/splitArgument';
import { tagSyntax } from './launch/tagSyntax';
import { unknownInstanceProfileInLaunch } from './launch/unknownInstanceProfile';
import { unknownOption } from './launch/unknownOption';
import { unknownRoleInLaunch } from './launch/unknownRole';
import { useDefaultRolesInLaunch } from './launch/useDefaultRoles';
import { v2TagsInLaunch } from './launch/v2Tags';
import { actionResourceMismatch } from './policy/actionResourceMismatch';
import { allowNotactionWithUnsupportedTagConditionKeyForService } from './policy/allowNotactionWithUnsupportedTagConditionKeyForService';
import { allowWithNotPrincipal } from './policy/allowWithNotPrincipal';
import { allowWithUnsupportedTagConditionKeyForService } from './policy/allowWithUnsupportedTagConditionKeyForService';
import { apiNameIsNotAnAction } from './policy/apiNameIsNotAnAction';
import { arnAccountNotAllowed } from './policy/arnAccountNotAllowed';
import { arnRegionNotAllowed } from './policy/arnRegionNotAllowed';
import { createSlrWithNotActionAndNotResource } from './policy/createSlrWithNotActionAndNotResource';
import { createSlrWithNotResource } from './policy/createSlrWithNotResource';
import { createSlrWithStarInActionAndNotResource } from './policy/createSlrWithStarInActionAndNotResource';
import { createSlrWithStarInActionAndResource } from './policy/createSlrWithStarInActionAndResource';
import { createSlrWithStarInResource } from './policy/createSlrWithStarInResource';
import { createSlrWithStarInResourceAndNotAction } from './policy/createSlrWithStarInResourceAndNotAction';
import { dataTypeMismatch } from './policy/dataTypeMismatch';
import { denyNotactionWithUnsupportedTagConditionKeyForService } from './policy/denyNotactionWithUnsupportedTagConditionKeyForService';
import { denyWithUnsupportedTagConditionKeyForService } from './policy/denyWithUnsupportedTagConditionKeyForService';
import { dependentActionMissing } from './policy/dependentActionMissing';
import { deprecatedGlobalConditionKey } from './policy/deprecatedGlobalConditionKey';
import { duplicateKey } from './policy/duplicateKey';
import { duplicateKeysWithDifferentCase } from './policy/duplicateKeysWithDifferentCase';
import { dynamodbAttributesWithoutSelect } from './policy/dynamodbAttributesWithoutSelect';
import { emptyArrayAction } from './policy/emptyArrayAction';
import { emptyArrayCondition } from './policy/emptyArrayCondition';
import { emptyArrayConditionForallvalues } from './policy/emptyArrayConditionForallvalues';
import { emptyArrayConditionForanyvalue } from './policy/emptyArrayConditionForanyvalue';
import { emptyArrayConditionIfexists } from './policy/emptyArrayConditionIfexists';
import { emptyArrayPrincipal } from './policy/emptyArrayPrincipal';
import { emptyArrayResource } from './policy/emptyArrayResource';
import { emptyObjectCondition } from './policy/emptyObjectCondition';
import { emptyObjectPrincipal } from './policy/emptyObjectPrincipal';
import { emptySidValue } from './policy/emptySidValue';
import { emptyVariable } from './policy/emptyVariable';
import { equivalentToNullFalse } from './policy/equivalentToNullFalse';
import { equivalentToNullTrue } from './policy/equivalentToNullTrue';
import { federatedPrincipalNotSupported } from './policy/federatedPrincipalNotSupported';
import { forallvaluesWithSingleValuedKey } from './policy/forallvaluesWithSingleValuedKey';
import { fullAdmin } from './policy/fullAdmin';
import { improveIpRange } from './policy/improveIpRange';
import { invalidAction } from './policy/invalidAction';
import { invalidArnAccount } from './policy/invalidArnAccount';
import { invalidArnPrefix } from './policy/invalidArnPrefix';
import { invalidArnRegion } from './policy/invalidArnRegion';
import { invalidArnResource } from './policy/invalidArnResource';
import { invalidArnServiceCase } from './policy/invalidArnServiceCase';
import { invalidConditionDataType } from './policy/invalidConditionDataType';
import { invalidConditionKeyFormat } from './policy/invalidConditionKeyFormat';
import { invalidConditionMultipleBoolean } from './policy/invalidConditionMultipleBoolean';
import { invalidConditionOperator } from './policy/invalidConditionOperator';
import { invalidDateValue } from './policy/invalidDateValue';
import { invalidEffect } from './policy/invalidEffect';
import { invalidGlobalConditionKey } from './policy/invalidGlobalConditionKey';
import { invalidKmsKeyValue } from './policy/invalidKmsKeyValue';
import { invalidPartition } from './policy/invalidPartition';
import { invalidPolicyElement } from './policy/invalidPolicyElement';
import { invalidPrincipalFormat } from './policy/invalidPrincipalFormat';
import { invalidPrincipalKey } from './policy/invalidPrincipalKey';
import { invalidRegion } from './policy/invalidRegion';
import { roleIdInPrincipal } from './policy/invalidRoleReference';
import { invalidService } from './policy/invalidService';
import { invalidServiceConditionKey } from './policy/invalidServiceConditionKey';
import { invalidServiceInAction } from './policy/invalidServiceInAction';
import { invalidServicePrincipalFormat } from './policy/invalidServicePrincipalFormat';
import { userIdInPrincipal } from './policy/invalidUserReference';
import { invalidVariableForOperator } from './policy/invalidVariableForOperator';
import { invalidVersion } from './policy/invalidVersion';
import { invalidVpceFormat } from './policy/invalidVpceFormat';
import { invalidVpcFormat } from './policy/invalidVpcFormat';
import { jsonSyntaxError } from './policy/jsonSyntaxError';
import { mfaPresentFalse } from './policy/mfaPresentFalse';
import { missingAction } from './policy/missingAction';
import { missingActionForConditionKey } from './policy/missingActionForConditionKey';
import { missingArnAccount } from './policy/missingArnAccount';
import { missingArnField } from './policy/missingArnField';
import { missingArnRegion } from './policy/missingArnRegion';
import { missingBraceInVariable } from './policy/missingBraceInVariable';
import { missingEffect } from './policy/missingEffect';
import { missingPairedConditionKeys } from './policy/missingPairedConditionKeys';
import { missingPrincipalOfResource } from './policy/missingPrincipal';
import { missingQualifier } from './policy/missingQualifier';
import { missingQuoteInVariable } from './policy/missingQuoteInVariable';
import { missingResource } from './policy/missingResource';
import { missingStatement } from './policy/missingStatement';
import { missingTagKeyInCondition } from './policy/missingTagKeyInCondition';
import { missingVersion } from './policy/missingVersion';
import { nullWithIfExists } from './policy/nullWithIfExists';
import { nullWithQualifier } from './policy/nullWithQualifier';
import { passRoleWithNotActionAndNotResource } from './policy/passRoleWithNotActionAndNotResource';
import { passRoleWithNotResource } from './policy/passRoleWithNotResource';
import { passRoleWithStarInActionAndNotResource } from './policy/passRoleWithStarInActionAndNotResource';
import { passRoleWithStarInActionAndResource } from './policy/passRoleWithStarInActionAndResource';
import { passRoleWithStarInResource } from './policy/passRoleWithStarInResource';
import { passRoleWithStarInResourceAndNotAction } from './policy/passRoleWithStarInResourceAndNotAction';
import { policySizeExceedsIdentityPolicyQuota } from './policy/policySizeExceedsIdentityPolicyQuota';
import { policySizeExceedsRcpQuota } from './policy/policySizeExceedsRcpQuota';
import { policySizeExceedsScpQuota } from './policy/policySizeExceedsScpQuota';
import { privateIpAddress } from './policy/privateIpAddress';
import { privateIpAddressSubset } from './policy/privateIpAddressSubset';
import { privateNotIpAddress } from './policy/privateNotIpAddress';
import { privateNotIpAddressSubset } from './policy/privateNotIpAddressSubset';
import { rcpMissingRelatedPrincipalConditionKey } from './policy/rcpMissingRelatedPrincipalConditionKey';
import { rcpMissingRelatedServicePrincipalConditionKey } from './policy/rcpMissingRelatedServicePrincipalConditionKey';
import { rcpMissingServiceConditionKeyNullCheck } from './policy/rcpMissingServiceConditionKeyNullCheck';
import { rcpSyntaxErrorAction } from './policy/rcpSyntaxErrorAction';
import { rcpSyntaxErrorAllow } from './policy/rcpSyntaxErrorAllow';
import { rcpSyntaxErrorNotaction } from './policy/rcpSyntaxErrorNotaction';
import { rcpSyntaxErrorPrincipal } from './policy/rcpSyntaxErrorPrincipal';
import { recommendedConditionKeyForServicePrincipal } from './policy/recommendedConditionKeyForServicePrincipal';
import { redundantAction } from './policy/redundantAction';
import { redundantConditionValueNum } from './policy/redundantConditionValueNum';
import { redundantKeyDueToWildcardInCondition } from './policy/redundantKeyDueToWildcardInCondition';
import { redundantResource } from './policy/redundantResource';
import { redundantStatement } from './policy/redundantStatement';
import { redundantStatementDueToWildcardInCondition } from './policy/redundantStatementDueToWildcardInCondition';
import { resourceStar } from './policy/resourceStar';
import { restrictAccessToServicePrincipal } from './policy/restrictAccessToServicePrincipal';
import { s3PrefixInNegativeContext } from './policy/s3PrefixInNegativeContext';
import { scpSyntaxErrorPrincipal } from './policy/scpSyntaxErrorPrincipal';
import { serviceWildcard } from './policy/serviceWildcard';
import { stringLikeOperatorWithArnConditionKeys } from './policy/stringLikeOperatorWithArnConditionKeys';
import { typeMismatch } from './policy/typeMismatch';
import { typeMismatchBoolean } from './policy/typeMismatchBoolean';
import { typeMismatchDate } from './policy/typeMismatchDate';
import { typeMismatchIpRange } from './policy/typeMismatchIpRange';
import { typeMismatchNumber } from './policy/typeMismatchNumber';
import { typeMismatchString } from './policy/typeMismatchString';
import { uniqueSidsRecommended } from './policy/uniqueSidsRecommended';
import { uniqueSidsRequired } from './policy/uniqueSidsRequired';
import { unsupportedActionForConditionKey } from './policy/unsupportedActionForConditionKey';
import { unsupportedActionInPolicy } from './policy/unsupportedActionInPolicy';
import { unsupportedConditionKeyForServicePrincipal } from './policy/unsupportedConditionKeyForServicePrincipal';
import { unsupportedElementCombination } from './policy/unsupportedElementCombination';
import { unsupportedPrincipal } from './policy/unsupportedPrincipal';
import { unsupportedResourceArnInPolicy } from './policy/unsupportedResourceArnInPolicy';
import { unsupportedSid } from './policy/unsupportedSid';
import { unsupportedSpaceInVariable } from './policy/unsupportedSpaceInVariable';
import { unsupportedWildcardInPrincipal } from './policy/unsupportedWildcardInPrincipal';
import { useConditionKeyOnlyWithSupportedServices } from './policy/useConditionKeyOnlyWithSupportedServices';
import { variableUnsupportedInElement } from './policy/variableUnsupportedInElement';
import { variableUnsupportedInVersion } from './policy/variableUnsupportedInVersion';
import { variableUsageTooPermissive } from './policy/variableUsageTooPermissive';
import { wildcardInServiceName } from './policy/wildcardInServiceName';
import { wildcardUsageTooPermissive } from './policy/wildcardUsageTooPermissive';
import { wildcardWithoutLikeOperator } from './policy/wildcardWithoutLikeOperator';
import type { Rule } from './rule';
import { credentialExposure } from './security/credentialExposure';
import { privilegeEscalation } from './security/privilegeEscalation';
import { resourceExposure } from './security/resourceExposure';
import { confirmAudienceClaimType } from './trust/confirmAudienceClaimType';
import { foranyvalueWithAudienceClaimType } from './trust/foranyvalueWithAudienceClaimType';
import { invalidFederatedPrincipalSyntaxInRoleTrustPolicy } from './trust/invalidFederatedPrincipalSyntaxInRoleTrustPolicy';
import { mismatchedActionForPrincipal } from './trust/mismatchedActionForPrincipal';
import { missingActionForRolesAnywhereTrustPolicy } from './trust/missingActionForRolesAnywhereTrustPolicy';
import { missingConditionKeyForOidcPrincipal } from './trust/missingConditionKeyForOidcPrincipal';
import { missingGithubRepoConditionKey } from './trust/missingGithubRepoConditionKey';
import { missingPrincipal } from './trust/missingPrincipal';
import { policySizeExceedsRoleTrustPolicyQuota } from './trust/policySizeExceedsRoleTrustPolicyQuota';
import { redundantPrincipalInRoleTrustPolicy } from './trust/redundantPrincipalInRoleTrustPolicy';
import { roleTrustPolicySyntaxErrorNotprincipal } from './trust/roleTrustPolicySyntaxErrorNotprincipal';
import { roleTrustPolicySyntaxErrorResource } from './trust/roleTrustPolicySyntaxErrorResource';
import { roleTrustPolicyUnsupportedWildcardInPrincipal } from './trust/roleTrustPolicyUnsupportedWildcardInPrincipal';
import { specificGithubRepoAndBranchRecommended } from './trust/specificGithubRepoAndBranchRecommended';

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
  autoscalingRoleTrust,
  confusedDeputy,
  deprecatedManagedPolicy,
  ec2RolePermissions,
  ec2RoleTrust,
  inlinePolicy,
  inlinePolicyDrift,
  instanceProfileRoleMismatch,
  instanceProfileWithoutRole,
  launchPermissions,
  partition,
  passRoleForCustomRole,
  policySize,
  roleUsedAsInstanceProfile,
  runtimeRoleTrust,
  serviceRolePermissions,
  serviceRoleTrust,
  swappedRoles,
  trustPolicyFromTheDocs,
  unknownInstanceProfile,
  unknownRole,
  useDefaultRoles,
  v2Tags,
  application,
  brokenContinuation,
  excludedOptions,
  invalidValue,
  missingOption,
  passRoleForCustomRoleInLaunch,
  releaseLabel,
  roleTrustInLaunch,
  splitArgument,
  tagSyntax,
  unknownInstanceProfileInLaunch,
  unknownOption,
  unknownRoleInLaunch,
  useDefaultRolesInLaunch,
  v2TagsInLaunch,
  actionResourceMismatch,
  allowNotactionWithUnsupportedTagConditionKeyForService,
  allowWithNotPrincipal,
  allowWithUnsupportedTagConditionKeyForService,
  apiNameIsNotAnAction,
  arnAccountNotAllowed,
  arnRegionNotAllowed,
  createSlrWithNotActionAndNotResource,
  createSlrWithNotResource,
  createSlrWithStarInActionAndNotResource,
  createSlrWithStarInActionAndResource,
  createSlrWithStarInResource,
  createSlrWithStarInResourceAndNotAction,
  dataTypeMismatch,
  denyNotactionWithUnsupportedTagConditionKeyForService,
  denyWithUnsupportedTagConditionKeyForService,
  dependentActionMissing,
  deprecatedGlobalConditionKey,
  duplicateKey,
  duplicateKeysWithDifferentCase,
  dynamodbAttributesWithoutSelect,
  emptyArrayAction,
  emptyArrayCondition,
  emptyArrayConditionForallvalues,
  emptyArrayConditionForanyvalue,
  emptyArrayConditionIfexists,
  emptyArrayPrincipal,
  emptyArrayResource,
  emptyObjectCondition,
  emptyObjectPrincipal,
  emptySidValue,
  emptyVariable,
  equivalentToNullFalse,
  equivalentToNullTrue,
  federatedPrincipalNotSupported,
  forallvaluesWithSingleValuedKey,
  fullAdmin,
  improveIpRange,
  invalidAction,
  invalidArnAccount,
  invalidArnPrefix,
  invalidArnRegion,
  invalidArnResource,
  invalidArnServiceCase,
  invalidConditionDataType,
  invalidConditionKeyFormat,
  invalidConditionMultipleBoolean,
  invalidConditionOperator,
  invalidDateValue,
  invalidEffect,
  invalidGlobalConditionKey,
  invalidKmsKeyValue,
  invalidPartition,
  invalidPolicyElement,
  invalidPrincipalFormat,
  invalidPrincipalKey,
  invalidRegion,
  roleIdInPrincipal,
  invalidService,
  invalidServiceConditionKey,
  invalidServiceInAction,
  invalidServicePrincipalFormat,
  userIdInPrincipal,
  invalidVariableForOperator,
  invalidVersion,
  invalidVpcFormat,
  invalidVpceFormat,
  jsonSyntaxError,
  mfaPresentFalse,
  missingAction,
  missingActionForConditionKey,
  missingArnAccount,
  missingArnField,
  missingArnRegion,
  missingBraceInVariable,
  missingEffect,
  missingPairedConditionKeys,
  missingPrincipalOfResource,
  missingQualifier,
  missingQuoteInVariable,
  missingResource,
  missingStatement,
  missingTagKeyInCondition,
  missingVersion,
  nullWithIfExists,
  nullWithQualifier,
  passRoleWithNotActionAndNotResource,
  passRoleWithNotResource,
  passRoleWithStarInActionAndNotResource,
  passRoleWithStarInActionAndResource,
  passRoleWithStarInResource,
  passRoleWithStarInResourceAndNotAction,
  policySizeExceedsIdentityPolicyQuota,
  policySizeExceedsRcpQuota,
  policySizeExceedsScpQuota,
  privateIpAddress,
  privateIpAddressSubset,
  privateNotIpAddress,
  privateNotIpAddressSubset,
  rcpMissingRelatedPrincipalConditionKey,
  rcpMissingRelatedServicePrincipalConditionKey,
  rcpMissingServiceConditionKeyNullCheck,
  rcpSyntaxErrorAction,
  rcpSyntaxErrorAllow,
  rcpSyntaxErrorNotaction,
  rcpSyntaxErrorPrincipal,
  recommendedConditionKeyForServicePrincipal,
  redundantAction,
  redundantConditionValueNum,
  redundantKeyDueToWildcardInCondition,
  redundantResource,
  redundantStatement,
  redundantStatementDueToWildcardInCondition,
  resourceStar,
  restrictAccessToServicePrincipal,
  s3PrefixInNegativeContext,
  scpSyntaxErrorPrincipal,
  serviceWildcard,
  stringLikeOperatorWithArnConditionKeys,
  typeMismatch,
  typeMismatchBoolean,
  typeMismatchDate,
  typeMismatchIpRange,
  typeMismatchNumber,
  typeMismatchString,
  uniqueSidsRecommended,
  uniqueSidsRequired,
  unsupportedActionForConditionKey,
  unsupportedActionInPolicy,
  unsupportedConditionKeyForServicePrincipal,
  unsupportedElementCombination,
  unsupportedPrincipal,
  unsupportedResourceArnInPolicy,
  unsupportedSid,
  unsupportedSpaceInVariable,
  unsupportedWildcardInPrincipal,
  useConditionKeyOnlyWithSupportedServices,
  variableUnsupportedInElement,
  variableUnsupportedInVersion,
  variableUsageTooPermissive,
  wildcardInServiceName,
  wildcardUsageTooPermissive,
  wildcardWithoutLikeOperator,
  credentialExposure,
  privilegeEscalation,
  resourceExposure,
  confirmAudienceClaimType,
  foranyvalueWithAudienceClaimType,
  invalidFederatedPrincipalSyntaxInRoleTrustPolicy,
  mismatchedActionForPrincipal,
  missingActionForRolesAnywhereTrustPolicy,
  missingConditionKeyForOidcPrincipal,
  missingGithubRepoConditionKey,
  missingPrincipal,
  policySizeExceedsRoleTrustPolicyQuota,
  redundantPrincipalInRoleTrustPolicy,
  roleTrustPolicySyntaxErrorNotprincipal,
  roleTrustPolicySyntaxErrorResource,
  roleTrustPolicyUnsupportedWildcardInPrincipal,
  specificGithubRepoAndBranchRecommended,
];

export const ruleById: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.id, rule]));
export const ruleIds: ReadonlySet<string> = new Set(ruleById.keys());
