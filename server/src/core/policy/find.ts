// Finds policies in a tree by their shape, at any depth, and says of what kind each is: from where it stands, then from
// what it holds. Anything that is not unmistakably a policy is left alone.

import type { Step } from '../json/cursor';
import { nearest } from '../nearest';
import { itemsOf, type Member, member, memberValue, type Node, type ObjectNode, type StringNode, textOf } from '../tree/node';
import { hasPlaceholder, isIntrinsic } from './placeholder';
import {
  hasElement,
  type Policy,
  type PolicyKind,
  type PolicyOwner,
  type RootPolicy,
  type Statement,
  statementElements,
  statementOf,
} from './policy';
import { isTrustOfTheDocs } from './trustOfTheDocs';

interface Found {
  readonly policies: readonly Policy[];
  /** What cannot but be a policy, though it has no `Statement`. */
  readonly withoutStatement: readonly ObjectNode[];
  /** The strings that look like JSON text with policies in it. */
  readonly texts: readonly PlacedText[];
}

export interface PlacedText {
  readonly node: StringNode;
  readonly place: Place;
}

/** @param place of the root: that of a string, if the root is what it holds. */
export function findPolicies(root: Node | undefined, place: Place = nowhere): Found {
  const found = { policies: [], withoutStatement: [], texts: [] };
  if (root !== undefined) collect(root, place, found);
  return found;
}

/** A quick answer that spares every other JSON text from being parsed; quotes within strings may be escaped. */
export function mayHoldPolicy(text: string): boolean {
  return marks.some((mark) => text.includes(mark));
}

const marks = ['"Statement', '2012-10-17', '2008-10-17', 'u0022Statement', "'Statement'"];

/** Whether broken JSON was meant to be, or to hold, a policy. */
export function looksLikeBrokenPolicy(text: string): boolean {
  return /["']?\bStatement["']?\s*:/.test(text) && /["']?\bEffect["']?\s*:\s*["']?(Allow|Deny)\b/.test(text);
}

/** Whether the value of a member cannot but be a policy. */
export function holdsPolicyAlways({ key }: Place): boolean {
  return key !== undefined && policyKeys.has(key);
}

/** Where a node stands. */
export interface Place {
  /** The kind of a bare policy, where something beside the text tells it. */
  readonly rootKind: PolicyKind | undefined;
  /** Whose it is. */
  readonly rootOwner?: PolicyOwner | undefined;
  /** The name of the member whose value the node is. */
  readonly key: string | undefined;
  /** The object that has this member. */
  readonly owner: ObjectNode | undefined;
  /** Of the nearest resource of a template around the node. */
  readonly resourceType: string | undefined;
  /** Whether one of the members around the node lists inline policies. */
  readonly isAmongInline: boolean;
  /** Of the object that has this member. */
  readonly above: Place | undefined;
}

const nowhere: Place = {
  rootKind: undefined,
  key: undefined,
  owner: undefined,
  resourceType: undefined,
  isAmongInline: false,
  above: undefined,
};

/** Of a document that is not inside another one. */
export function rootPlace(root: RootPolicy | undefined): Place {
  return root === undefined ? nowhere : { ...nowhere, rootKind: root.kind, rootOwner: root.owner };
}

interface Finds {
  readonly policies: Policy[];
  readonly withoutStatement: ObjectNode[];
  readonly texts: PlacedText[];
}

function collect(node: Node, place: Place, found: Finds): void {
  if (node.kind === 'array') {
    for (const item of node.items) collect(item, place.rootKind === undefined ? place : nowhere, found);
  }
  if (node.kind === 'string' && looksLikeJson(node.value)) found.texts.push({ node, place });
  if (node.kind !== 'object' || isOutOfHand(node)) return;
  const policy = policyOf(node, place);
  if (policy !== undefined) {
    found.policies.push(policy);
    return;
  }
  if (lacksStatement(node, place)) {
    found.withoutStatement.push(node);
    return;
  }
  const type = resourceType(node, place);
  for (const { key, value } of node.members) {
    if (value !== undefined) collect(value, within(node, key.value, type, place), found);
  }
}

/** Policies are objects, and lists of them are arrays. */
function looksLikeJson(text: string): boolean {
  return /^\s*[{[]/.test(text) && mayHoldPolicy(text);
}

function resourceType(node: ObjectNode, place: Place): string | undefined {
  const type = textOf(memberValue(node, 'Type'));
  return type?.startsWith('AWS::') ? type : place.resourceType;
}

/** The place of what a member of an object holds. */
function within(owner: ObjectNode, key: string, type: string | undefined, place: Place): Place {
  const isAmongInline = place.isAmongInline || inlineLists.has(key);
  return { rootKind: undefined, key, owner, resourceType: type, isAmongInline, above: place };
}

/** What a place within a document that is being written belongs to. */
type Surrounding =
  | { readonly found: 'policy'; readonly policy: Surrounded; readonly isBare: boolean; readonly steps: readonly Step[] }
  /** The value of a member that holds a policy, with nothing in it yet. */
  | { readonly found: 'policy-document'; readonly kind: PolicyKind };

/** `statements` are those that say something already. */
export type Surrounded = Pick<Policy, 'kind' | 'node' | 'statements'>;

/**
 * The policy around a place; it need only have been begun, as long as that is unmistakable.
 * @param steps the way to the place. @param mayBeBare whether the document is a policy even if nothing in it says so.
 */
export function surroundingPolicy(steps: readonly Step[], rootKind: PolicyKind | undefined, mayBeBare: boolean): Surrounding | undefined {
  let place = nowhere;
  for (const [i, { node, key }] of steps.entries()) {
    if (node.kind !== 'object') continue;
    const isBare = i === 0;
    const statement = member(node, 'Statement');
    if ((statement !== undefined && looksLikePolicy(node, statement)) || isBegun(node, place, isBare && mayBeBare)) {
      const statements = statementsOf(statement);
      const kind = (isBare ? rootKind : undefined) ?? kindByPlace(place, statements) ?? kindByShape(statements, place);
      return { found: 'policy', policy: { kind, node, statements }, isBare, steps: steps.slice(i) };
    }
    if (key !== undefined) place = within(node, key, resourceType(node, place), place);
  }
  if (steps.at(-1)?.key === undefined || !holdsPolicy(place)) return undefined;
  return { found: 'policy-document', kind: kindByPlace(place) ?? 'identity' };
}

const policyElements = ['Version', 'Id', 'Statement'];

/** Whether an object has nothing but what a policy has, and something of that. The key at a cursor is empty. */
function isBegun(node: ObjectNode, place: Place, isPolicyFile: boolean): boolean {
  const names = node.members.map(({ key }) => key.value).filter((name) => name !== '');
  if (!names.every((name) => policyElements.includes(name))) return false;
  if (isPolicyFile || holdsPolicy(place) || isPolicyVersion(node)) return true;
  const statement = member(node, 'Statement')?.value;
  if (statement?.kind !== 'object' && statement?.kind !== 'array') return false;
  const items = itemsOf(statement);
  return items.every(
    (item) =>
      item.kind !== 'object' || item.members.every(({ key }) => key.value === '' || statementElements.some((name) => name === key.value)),
  );
}

function holdsPolicy({ key, resourceType: type }: Place): boolean {
  if (key === undefined) return false;
  return key === 'PolicyDocument' || key === 'AssumeRolePolicyDocument' || (type !== undefined && Object.hasOwn(kindByKey, key));
}

function policyOf(node: ObjectNode, place: Place): Policy | undefined {
  const statement = member(node, 'Statement');
  if (statement === undefined || !looksLikePolicy(node, statement)) return undefined;
  const statements = statementsOf(statement);
  const kind = place.rootKind ?? kindByPlace(place, statements);
  return {
    kind: kind ?? kindByShape(statements, place),
    isPlaced: kind !== undefined,
    node,
    statement,
    statements,
    resourceType: place.resourceType,
    owner: place.rootOwner ?? ownerOf(place),
  };
}

function statementsOf(statement: Member | undefined): readonly Statement[] {
  return itemsOf(statement?.value).flatMap((item) => (item.kind === 'object' && isStatement(item) ? [statementOf(item)] : []));
}

/** `Statement` with statements in it, or `Statement` beside a policy's `Version`. */
function looksLikePolicy(node: ObjectNode, statement: Member): boolean {
  if (hasVersion(node)) return true;
  if (statement.value?.kind !== 'object' && statement.value?.kind !== 'array') return false;
  if (itemsOf(statement.value).some(looksLikeStatement)) return true;
  return isPolicyVersion(node);
}

function isPolicyVersion(node: ObjectNode): boolean {
  return /^20\d\d-\d\d-\d\d$/.test(textOf(memberValue(node, 'Version')) ?? '');
}

function hasVersion(node: ObjectNode): boolean {
  return /^20(12|08)-10-17$/.test(textOf(memberValue(node, 'Version')) ?? '');
}

/** With a `Version` of the policy language, under a member that holds policies, or alone and with nothing in it but what a policy has. */
function lacksStatement(node: ObjectNode, place: Place): boolean {
  if (!hasVersion(node) || isIntrinsic(node)) return false;
  if (place.key !== undefined) return holdsPolicyAlways(place);
  return node.members.every(({ key: { value } }) => ownElements.has(value) || nearest(value, ['Statement']).length > 0);
}

const ownElements: ReadonlySet<string> = new Set(['Version', 'Id', ...statementElements]);

/** An object without a single element of a statement stands for one that is not known here: `{ "Fn::If": … }` of CloudFormation, say. */
function isStatement(node: ObjectNode): boolean {
  return statementElements.some((name) => hasElement(node, name));
}

function looksLikeStatement(node: Node): boolean {
  if (/^(Allow|Deny)$/i.test(textOf(memberValue(node, 'Effect')) ?? '')) return true;
  return statementElements.filter((name) => hasElement(node, name)).length >= 2;
}

/** Members under which AWS APIs and CloudFormation hold a policy of a certain kind. */
const kindByKey: Readonly<Record<string, PolicyKind>> = {
  AssumeRolePolicyDocument: 'trust',
  assume_role_policy: 'trust',
  BucketPolicy: 'resource',
  InlinePolicy: 'inline-identity',
  KeyPolicy: 'resource',
  ResourcePolicy: 'resource',
};

/** Members under which AWS APIs, CloudFormation and Terraform hold policies alone, as objects or as text. */
const policyKeys: ReadonlySet<string> = new Set([
  ...Object.keys(kindByKey),
  ...['PolicyDocument', 'Policy', 'policyDocument', 'policy', 'PolicyText', 'policyText', 'inline_policy'],
]);

/** Members of `aws iam get-account-authorization-details` that hold the inline policies of a role, user or group. */
const inlineLists = new Set(['RolePolicyList', 'UserPolicyList', 'GroupPolicyList']);

/** What CloudFormation resources hold under `PolicyDocument`. */
const kindByResourceType: readonly (readonly [RegExp, PolicyKind])[] = [
  [/^AWS::IAM::(Role|User|Group|Policy|RolePolicy|UserPolicy|GroupPolicy)$/, 'inline-identity'],
  [/^AWS::IAM::ManagedPolicy$/, 'identity'],
  // Attached to certificates and groups of things, it names no principal.
  [/^AWS::IoT::Policy$/, 'identity'],
  [/^AWS::(?!IAM::|Serverless::)/, 'resource'],
];

/** AWS Organizations holds its policies under `Content`, and their type beside it, or in the summary beside it. */
const kindByOrganizationsType: Readonly<Record<string, PolicyKind>> = {
  SERVICE_CONTROL_POLICY: 'scp',
  RESOURCE_CONTROL_POLICY: 'rcp',
};

/** Inputs and outputs of `aws iam put-role-policy`, `get-role-policy` and their kin name whose policy it is. */
const owners = ['RoleName', 'UserName', 'GroupName'];

function kindByPlace({ key, owner, resourceType, isAmongInline }: Place, statements: readonly Statement[] = []): PolicyKind | undefined {
  if (key === undefined) return undefined;
  if (Object.hasOwn(kindByKey, key)) return kindByKey[key];
  if (key === 'Content') {
    const type = textOf(memberValue(owner, 'Type')) ?? textOf(memberValue(memberValue(owner, 'PolicySummary'), 'Type')) ?? '';
    return Object.hasOwn(kindByOrganizationsType, type) ? kindByOrganizationsType[type] : undefined;
  }
  if (key !== 'PolicyDocument') return undefined;
  // `aws iam update-assume-role-policy`; all else of AWS's that names a role names the policy too.
  const isOfRoleAlone = member(owner, 'RoleName') !== undefined && member(owner, 'PolicyName') === undefined;
  if (isOfRoleAlone && statements.every(canBeOfTrust)) return 'trust';
  if (isAmongInline || owners.some((name) => member(owner, name) !== undefined)) return 'inline-identity';
  return kindByResourceType.find(([pattern]) => resourceType !== undefined && pattern.test(resourceType))?.[1];
}

/** The actions of a trust policy, in any letter case. */
export const assumeRole = /^sts:(assumerole|tagsession|setsourceidentity|setcontext|assumerolewith(saml|webidentity))$/i;
const mayAssumeRole = /^sts:(a[a-z]*)?\*$/i;

function kindByShape(statements: readonly Statement[], { key }: Place): PolicyKind {
  const hasPrincipal = statements.some(namesPrincipal);
  const isOfRole = !statements.some(namesResource);
  // AWS APIs and CloudFormation hold a trust policy under a name of its own, never under this one.
  if (key !== 'PolicyDocument' && statements.length > 0) {
    const every = (fits: (action: string) => boolean): boolean =>
      statements.every(({ actions }) => actions.length > 0 && actions.every(({ value }) => fits(value)));
    if ((hasPrincipal || isOfRole) && every((action) => assumeRole.test(action))) return 'trust';
    if (hasPrincipal && isOfRole && every((action) => assumeRole.test(action) || mayAssumeRole.test(action))) return 'trust';
    if (statements.every(isTrustOfTheDocs) && every((action) => assumeRole.test(action))) return 'trust';
  }
  return hasPrincipal ? 'resource' : 'identity';
}

function canBeOfTrust(statement: Statement): boolean {
  return namesPrincipal(statement) || !namesResource(statement) || isTrustOfTheDocs(statement);
}

function namesPrincipal({ node }: Statement): boolean {
  return hasElement(node, 'Principal') || hasElement(node, 'NotPrincipal');
}

function namesResource({ node }: Statement): boolean {
  return hasElement(node, 'Resource') || hasElement(node, 'NotResource');
}

/** In a listing of an account: a policy that AWS writes, and a version that is no longer in force. Nobody can mend these. */
function isOutOfHand(node: ObjectNode): boolean {
  if (/^arn:[\w-]+:iam::aws:policy\//.test(textOf(memberValue(node, 'Arn')) ?? '') && memberValue(node, 'PolicyVersionList') !== undefined)
    return true;
  const isDefault = memberValue(node, 'IsDefaultVersion');
  return isDefault?.kind === 'boolean' && !isDefault.value && memberValue(node, 'VersionId') !== undefined;
}

/** Members that name whose a policy is, beside it or around it. */
const ownerNames: readonly (readonly [key: string, type: PolicyOwner['type']])[] = [
  ['RoleName', 'role'],
  ['UserName', 'user'],
  ['GroupName', 'group'],
];

const ownerByResourceType: Readonly<Record<string, PolicyOwner['type']>> = {
  'AWS::IAM::Role': 'role',
  'AWS::IAM::RolePolicy': 'role',
  'AWS::IAM::User': 'user',
  'AWS::IAM::UserPolicy': 'user',
  'AWS::IAM::Group': 'group',
  'AWS::IAM::GroupPolicy': 'group',
  'AWS::IAM::ManagedPolicy': 'policy',
};

function ownerOf(place: Place): PolicyOwner | undefined {
  let named: PolicyOwner | undefined;
  let managed: PolicyOwner | undefined;
  for (let at: Place | undefined = place; at !== undefined; at = at.above) {
    const { owner } = at;
    if (owner === undefined) continue;
    const [key, type] = named === undefined ? (ownerNames.find(([name]) => member(owner, name) !== undefined) ?? []) : [];
    if (key !== undefined && type !== undefined) named = { type, names: knownText(memberValue(owner, key)) };
    const policyName = member(owner, 'ManagedPolicyName') ?? (member(owner, 'PolicyVersionList') && member(owner, 'PolicyName'));
    if (policyName !== undefined) managed ??= { type: 'policy', names: knownText(policyName.value) };
    const resource = textOf(memberValue(owner, 'Type'));
    if (resource?.startsWith('AWS::') !== true) continue;
    if (!Object.hasOwn(ownerByResourceType, resource)) return undefined;
    const ofResource = ownerByResourceType[resource];
    const known = [named, managed].find((candidate) => candidate?.type === ofResource);
    return ofResource && { type: ofResource, names: known?.names ?? [], logicalId: at.above?.key };
  }
  return named ?? managed;
}

function knownText(node: Node | undefined): readonly string[] {
  const text = textOf(node);
  return text === undefined || hasPlaceholder(text) ? [] : [text];
}
