// Finds policies in a tree by their shape, at any depth, and says of what kind each is: from where it stands, then from
// what it holds. Anything that is not unmistakably a policy is left alone.

import { itemsOf, type Member, member, memberValue, type Node, type ObjectNode, textOf } from '../tree/node';
import { hasElement, type Policy, type PolicyKind, type Statement, statementElements, statementOf } from './policy';

export function findPolicies(root: Node | undefined): readonly Policy[] {
  const found: Policy[] = [];
  if (root !== undefined) collect(root, undefined, found);
  return found;
}

/** @param key the name of the member whose value the node is. */
function collect(node: Node, key: string | undefined, found: Policy[]): void {
  if (node.kind === 'array') {
    for (const item of node.items) collect(item, key, found);
  }
  if (node.kind !== 'object' || isOutOfHand(node)) return;
  const policy = policyOf(node, key);
  if (policy !== undefined) {
    found.push(policy);
    return;
  }
  for (const { key: name, value } of node.members) {
    if (value !== undefined) collect(value, name.value, found);
  }
}

function policyOf(node: ObjectNode, key: string | undefined): Policy | undefined {
  const statement = member(node, 'Statement');
  if (statement === undefined || !looksLikePolicy(node, statement)) return undefined;
  const statements = itemsOf(statement.value).flatMap((item) => (item.kind === 'object' && isStatement(item) ? [statementOf(item)] : []));
  return { kind: kindOf(statements, key), node, statement, statements };
}

/** `Statement` with statements in it, or `Statement` beside a policy's `Version`. */
function looksLikePolicy(node: ObjectNode, statement: Member): boolean {
  if (statement.value?.kind !== 'object' && statement.value?.kind !== 'array') return false;
  if (itemsOf(statement.value).some(looksLikeStatement)) return true;
  return /^20\d\d-\d\d-\d\d$/.test(textOf(memberValue(node, 'Version')) ?? '');
}

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
  BucketPolicy: 'resource',
  KeyPolicy: 'resource',
  ResourcePolicy: 'resource',
};

const assumeRole = /^sts:(assumerole|tagsession|setsourceidentity|setcontext|assumerolewith(saml|webidentity))$/i;

function kindOf(statements: readonly Statement[], key: string | undefined): PolicyKind {
  const byKey = key !== undefined && Object.hasOwn(kindByKey, key) ? kindByKey[key] : undefined;
  if (byKey !== undefined) return byKey;
  const onlyAssumes =
    statements.length > 0 && statements.every(({ actions }) => actions.length > 0 && actions.every(({ value }) => assumeRole.test(value)));
  const hasPrincipal = statements.some(({ node }) => hasElement(node, 'Principal') || hasElement(node, 'NotPrincipal'));
  // AWS APIs and CloudFormation hold a trust policy under a name of its own, never under this one.
  const mayBeTrust = key !== 'PolicyDocument';
  if (mayBeTrust && onlyAssumes && (hasPrincipal || !statements.some(namesResource))) return 'trust';
  return hasPrincipal ? 'resource' : 'identity';
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
