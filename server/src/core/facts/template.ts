// Roles, instance profiles and policies in the resources of a CloudFormation or SAM template in JSON (CloudFormation template reference,
// AWS::IAM). What refers to another resource of the template is followed; what a deployment fills in stays unknown.

import { itemsOf, memberValue, type Node, type StringNode, textOf } from '../tree/node';
import { attachedByArn, type Declarations, type DeclaredProfile, type DeclaredRole, documentIn, isName } from './declarations';
import type { AttachedPolicy, InlinePolicy, ManagedPolicy, Place } from './facts';

interface Resource {
  readonly id: StringNode;
  readonly type: string;
  readonly node: Node;
  property(name: string): Node | undefined;
}

/** Nothing for what is no template. */
export function templateDeclarations(root: Node, uri: string): Declarations | undefined {
  const members = memberValue(root, 'Resources');
  if (members?.kind !== 'object') return undefined;
  const resources = new Map<string, Resource>();
  for (const { key, value } of members.members) {
    const type = textOf(memberValue(value, 'Type'));
    if (value === undefined || type?.startsWith('AWS::') !== true) continue;
    const properties = memberValue(value, 'Properties');
    resources.set(key.value, { id: key, type, node: value, property: (name) => memberValue(properties, name) });
  }
  return resources.size === 0 ? undefined : readResources(resources, uri);
}

interface OpenRole extends DeclaredRole {
  readonly inlinePolicies: InlinePolicy[];
  readonly attachedPolicies: AttachedPolicy[];
}

function readResources(resources: ReadonlyMap<string, Resource>, uri: string): Declarations {
  const ofType = (type: string): readonly Resource[] => [...resources.values()].filter((resource) => resource.type === type);
  const placeOf = ({ span }: Node): Place => ({ uri, span });
  /** The name in a property, or else of the resource: where the name stands, or the logical id. */
  const named = ({ id, property }: Resource, name: string): { name: string | undefined; place: Place } => {
    const node = property(name);
    const text = textIn(node);
    return isName(text) ? { name: text, place: placeOf(node ?? id) } : { name: undefined, place: placeOf(id) };
  };

  const roles = new Map<string, OpenRole>();
  const additions: OpenRole[] = [];
  for (const role of ofType('AWS::IAM::Role')) {
    const path = role.property('Path');
    const trust = role.property('AssumeRolePolicyDocument');
    roles.set(role.id.value, {
      ...named(role, 'RoleName'),
      whole: role.node.span,
      isAddition: false,
      path: path === undefined ? '/' : knownText(path),
      trustPolicy: documentIn(trust),
      trustPlace: trust && placeOf(trust),
      permissionsBoundary: textIn(role.property('PermissionsBoundary')),
      inlinePolicies: itemsOf(role.property('Policies')).flatMap((item) => {
        const name = memberValue(item, 'PolicyName');
        if (name === undefined) return [];
        const document = documentIn(memberValue(item, 'PolicyDocument'));
        return [{ name: textIn(name) ?? role.id.value, document, place: placeOf(name) }];
      }),
      attachedPolicies: [],
    });
  }
  /** Of the template, or of somewhere else by its name. */
  const roleAt = (node: Node): OpenRole | undefined => {
    const own = roles.get(localId(node) ?? '');
    const name = textIn(node);
    if (own !== undefined || !isName(name)) return own;
    const addition = { name, place: placeOf(node), whole: node.span, isAddition: true, inlinePolicies: [], attachedPolicies: [] };
    additions.push(addition);
    return addition;
  };

  const managed = new Map<string, AttachedPolicy>();
  const managedPolicies: ManagedPolicy[] = [];
  for (const policy of ofType('AWS::IAM::ManagedPolicy')) {
    const { name, place } = named(policy, 'ManagedPolicyName');
    const document = documentIn(policy.property('PolicyDocument'));
    const attached = { name: name ?? policy.id.value, arn: '', document, place };
    managed.set(policy.id.value, attached);
    if (name !== undefined) managedPolicies.push({ name, arn: '', version: undefined, document, place });
    for (const node of itemsOf(policy.property('Roles'))) roleAt(node)?.attachedPolicies.push(attached);
  }
  for (const [id, { attachedPolicies }] of roles) {
    for (const node of itemsOf(resources.get(id)?.property('ManagedPolicyArns'))) {
      const own = managed.get(localId(node) ?? '');
      attachedPolicies.push(...(own === undefined ? attachedByArn(textIn(node) ?? '', placeOf(node)) : [own]));
    }
  }
  for (const [type, property] of [
    ['AWS::IAM::Policy', 'Roles'],
    ['AWS::IAM::RolePolicy', 'RoleName'],
  ] as const) {
    for (const policy of ofType(type)) {
      const { name = policy.id.value, place } = named(policy, 'PolicyName');
      const document = documentIn(policy.property('PolicyDocument'));
      for (const node of itemsOf(policy.property(property))) roleAt(node)?.inlinePolicies.push({ name, document, place });
    }
  }
  const instanceProfiles = ofType('AWS::IAM::InstanceProfile').map((profile): DeclaredProfile => {
    const [node] = itemsOf(profile.property('Roles'));
    const own = node && roles.get(localId(node) ?? '');
    const name = textIn(node);
    const held = own ?? (isName(name) ? name : undefined);
    return {
      ...named(profile, 'InstanceProfileName'),
      role: held,
      rolePlace: typeof held === 'string' && node ? placeOf(node) : undefined,
    };
  });
  return { roles: [...roles.values(), ...additions], instanceProfiles, managedPolicies };
}

/** A text, with `${…}` for what a deployment fills in; nothing for what is not written here at all. */
function textIn(node: Node | undefined): string | undefined {
  if (node?.kind !== 'object') return textOf(node);
  const [intrinsic, more] = node.members;
  if (intrinsic === undefined || more !== undefined) return undefined;
  const { key, value } = intrinsic;
  switch (key.value) {
    case 'Ref':
      return value?.kind === 'string' ? `\${${value.value}}` : undefined;
    case 'Fn::GetAtt': {
      const parts = itemsOf(value).map(textOf);
      return parts.includes(undefined) ? undefined : `\${${parts.join('.')}}`;
    }
    case 'Fn::Sub':
      return textOf(itemsOf(value)[0]);
    case 'Fn::Join': {
      const [separator, list] = itemsOf(value);
      const parts = itemsOf(list).map(textIn);
      const between = textOf(separator);
      return between === undefined || parts.includes(undefined) ? undefined : parts.join(between);
    }
    default:
      return undefined;
  }
}

function knownText(node: Node): string | undefined {
  const text = textIn(node);
  return text?.includes('${') ? undefined : text;
}

/** The resource of the template that `Ref`, `Fn::GetAtt` or a whole `Fn::Sub` names. */
function localId(node: Node): string | undefined {
  return node.kind === 'object' ? /^\$\{([A-Za-z0-9]+)(?:\.[A-Za-z]+)?\}$/.exec(textIn(node) ?? '')?.[1] : undefined;
}
