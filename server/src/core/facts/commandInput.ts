// Roles, instance profiles and policies in the JSON inputs of the commands that make them, as `aws iam create-role --cli-input-json`
// takes them (IAM API reference). A file does not say which command it is for: its members do.

import { type Member, type Node, textOf } from '../tree/node';
import { attachedByArn, type Declarations, type DeclaredRole, documentIn, isName, noDeclarations } from './declarations';
import type { Place } from './facts';

interface CommandInput {
  /** `aws iam …` */
  readonly command: string;
  readonly needed: readonly string[];
  readonly optional: readonly string[];
  read(input: Input): Declarations;
}

interface Input {
  readonly root: Node;
  text(member: string): string | undefined;
  document(member: string): string | undefined;
  place(member: string): Place;
}

const inputs: readonly CommandInput[] = [
  {
    command: 'create-role',
    needed: ['RoleName', 'AssumeRolePolicyDocument'],
    optional: ['Path', 'Description', 'MaxSessionDuration', 'PermissionsBoundary', 'Tags'],
    read: (input) =>
      roleIn(input, {
        isAddition: false,
        path: input.text('Path') ?? '/',
        trustPolicy: input.document('AssumeRolePolicyDocument'),
        trustPlace: input.place('AssumeRolePolicyDocument'),
        permissionsBoundary: input.text('PermissionsBoundary'),
      }),
  },
  {
    command: 'update-assume-role-policy',
    needed: ['RoleName', 'PolicyDocument'],
    optional: [],
    read: (input) => roleIn(input, { trustPolicy: input.document('PolicyDocument'), trustPlace: input.place('PolicyDocument') }),
  },
  {
    command: 'put-role-policy',
    needed: ['RoleName', 'PolicyName', 'PolicyDocument'],
    optional: [],
    read: (input) => {
      const name = input.text('PolicyName');
      const policy = { document: input.document('PolicyDocument'), place: input.place('PolicyName') };
      return isName(name) ? roleIn(input, { inlinePolicies: [{ name, ...policy }] }) : noDeclarations;
    },
  },
  {
    command: 'attach-role-policy',
    needed: ['RoleName', 'PolicyArn'],
    optional: [],
    read: (input) => roleIn(input, { attachedPolicies: attachedByArn(input.text('PolicyArn') ?? '', input.place('PolicyArn')) }),
  },
  {
    command: 'create-policy',
    needed: ['PolicyName', 'PolicyDocument'],
    optional: ['Path', 'Description', 'Tags'],
    read(input) {
      const name = input.text('PolicyName');
      const policy = { arn: '', version: undefined, document: input.document('PolicyDocument'), place: input.place('PolicyName') };
      return isName(name) ? { ...noDeclarations, managedPolicies: [{ name, ...policy }] } : noDeclarations;
    },
  },
  {
    command: 'create-instance-profile',
    needed: ['InstanceProfileName'],
    optional: ['Path', 'Tags'],
    read: profileIn,
  },
  {
    command: 'add-role-to-instance-profile',
    needed: ['InstanceProfileName', 'RoleName'],
    optional: [],
    read: profileIn,
  },
];

/** Other commands take the same members, and undo what these do. */
const undoes = /(^|[^a-z])(delete|detach|remove)/i;

/** @param fileName its last part. Nothing for what is no such input. */
export function inputDeclarations(root: Node, uri: string, fileName: string): Declarations | undefined {
  if (root.kind !== 'object') return undefined;
  // Of two members with one name, the last counts.
  const members = new Map(root.members.map((member) => [member.key.value, member]));
  const kind = inputs.find(
    ({ needed, optional }) =>
      needed.every((name) => members.has(name)) && [...members.keys()].every((name) => needed.includes(name) || optional.includes(name)),
  );
  if (kind === undefined || undoes.test(fileName)) return undefined;
  const value = (name: string): Member['value'] => members.get(name)?.value;
  return kind.read({
    root,
    text: (name) => textOf(value(name)),
    document: (name) => documentIn(value(name)),
    place: (name) => ({ uri, span: (value(name) ?? root).span }),
  });
}

function roleIn(input: Input, told: Partial<DeclaredRole>): Declarations {
  const name = input.text('RoleName');
  if (!isName(name)) return noDeclarations;
  const nothing = { isAddition: true, inlinePolicies: [], attachedPolicies: [] };
  return { ...noDeclarations, roles: [{ name, place: input.place('RoleName'), whole: input.root.span, ...nothing, ...told }] };
}

function profileIn(input: Input): Declarations {
  const name = input.text('InstanceProfileName');
  const role = input.text('RoleName');
  if (!isName(name)) return noDeclarations;
  const held = isName(role) ? { role, rolePlace: input.place('RoleName') } : { role: undefined };
  return { ...noDeclarations, instanceProfiles: [{ name, place: input.place('InstanceProfileName'), ...held }] };
}
