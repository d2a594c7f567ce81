// Facts from the workspace: what its files declare. What they lack may exist all the same, and nobody says that they are deployed.

import type { JsonDocument } from '../document';
import { isTooDeep, parseJson } from '../json/parse';
import { inputDeclarations } from './commandInput';
import { type Declarations, type DeclaredRole, noDeclarations } from './declarations';
import { type FactsSource, type InlinePolicy, type InstanceProfile, type ManagedPolicy, mayBeSame, type Role, sameName } from './facts';
import { templateDeclarations } from './template';

const workspaceLabel = 'the workspace';

/** A quick answer that spares every other JSON text from being parsed. */
function mayDeclare(text: string): boolean {
  return marks.some((mark) => text.includes(mark));
}

const marks = ['AWS::IAM::', '"RoleName"', '"InstanceProfileName"', '"PolicyName"'];

/**
 * Nothing for broken JSON, where what stands where is a guess.
 *
 * @param fileName its last part.
 */
export function declarationsOf(
  { text, root, isBroken }: Pick<JsonDocument, 'text' | 'root' | 'isBroken'>,
  uri: string,
  fileName: string,
): Declarations {
  if (isBroken || !mayDeclare(text)) return noDeclarations;
  if (root === undefined) return declarationsIn(text, uri, fileName);
  return templateDeclarations(root, uri) ?? inputDeclarations(root, uri, fileName) ?? noDeclarations;
}

export function declarationsIn(text: string, uri: string, fileName: string): Declarations {
  if (!mayDeclare(text) || isTooDeep(text)) return noDeclarations;
  const json = parseJson(text);
  return json.root === undefined ? noDeclarations : declarationsOf({ ...json, text }, uri, fileName);
}

/** Nothing where nothing is declared under a name. Of what two files say differently, neither is known. */
export function workspaceFacts(declared: readonly Declarations[]): FactsSource | undefined {
  const gaps: string[] = [];
  const roles = grouped(declared.flatMap((each) => each.roles)).map(([name, all]) => roleOf(name, all, gaps));
  const instanceProfiles = grouped(declared.flatMap((each) => each.instanceProfiles)).map(([name, all]): InstanceProfile => {
    const [role, ...others] = all.flatMap(({ role: held }) => (typeof held === 'string' ? held : (held?.name ?? [])));
    const isAgreed = role === undefined || others.every((other) => sameName(other, role));
    if (!isAgreed) gaps.push(differ('the role in', 'instance profile', name));
    return { name, arn: '', role: isAgreed ? role : undefined, place: all[0].place };
  });
  const managedPolicies = grouped(declared.flatMap((each) => each.managedPolicies)).map(
    ([, [first, ...others]]): ManagedPolicy => ({
      ...first,
      document: agreed([first.document, ...others.map(({ document }) => document)]),
    }),
  );
  if (roles.length + instanceProfiles.length + managedPolicies.length === 0) return undefined;
  return {
    kind: 'workspace',
    label: workspaceLabel,
    accounts: [],
    roles,
    instanceProfiles,
    managedPolicies,
    users: [],
    listsEveryRole: false,
    listsEveryProfile: 'no',
    ...(gaps.length === 0 ? {} : { gaps }),
  };
}

function roleOf(name: string, all: Group<DeclaredRole>, gaps: string[]): Role {
  const own = all.find(({ isAddition }) => !isAddition) ?? all[0];
  const trusts = all.flatMap(({ trustPolicy }) => trustPolicy ?? []);
  const trustPolicy = agreed(trusts);
  if (trusts.length > 0 && trustPolicy === undefined) gaps.push(differ('the trust policy of', 'role', name));
  const paths = new Set(all.flatMap(({ path }) => path ?? []));
  const isTold = all.some(({ hasAllPolicies }) => hasAllPolicies);
  const inlinePolicies = grouped(all.flatMap((each) => each.inlinePolicies)).map(
    ([, [first, ...others]]): InlinePolicy => ({
      ...first,
      document: agreed([first.document, ...others.map(({ document }) => document)]),
    }),
  );
  const attached = all.flatMap((each) => each.attachedPolicies);
  const attachedPolicies = [...new Map(attached.map((policy) => [`${policy.arn} ${policy.name}`, policy])).values()];
  return {
    name,
    path: paths.size === 1 ? ([...paths][0] ?? '/*') : '/*',
    arn: '',
    trustPolicy,
    trustPlace: all.find((each) => each.trustPolicy !== undefined)?.trustPlace,
    inlinePolicies: isTold || inlinePolicies.length > 0 ? inlinePolicies : undefined,
    attachedPolicies: isTold || attachedPolicies.length > 0 ? attachedPolicies : undefined,
    permissionsBoundary: all.find(({ permissionsBoundary }) => permissionsBoundary !== undefined)?.permissionsBoundary,
    mayHaveMore: isTold ? undefined : true,
    place: own.place,
  };
}

function differ(what: string, type: string, name: string): string {
  return `Files of the workspace differ in ${what} the ${type} "${name}", so that it is not known.`;
}

type Group<T> = readonly [first: T, ...others: T[]];

/** By name, without regard to letter case; what has no name is left out. */
function grouped<T extends { readonly name: string | undefined }>(things: readonly T[]): readonly (readonly [string, Group<T>])[] {
  const groups = new Map<string, readonly [string, [T, ...T[]]]>();
  for (const thing of things) {
    if (thing.name === undefined) continue;
    const group = groups.get(thing.name.toLowerCase());
    if (group === undefined) groups.set(thing.name.toLowerCase(), [thing.name, [thing]]);
    else group[1].push(thing);
  }
  return [...groups.values()];
}

/** Nothing where one is not known, or is another one. */
function agreed(documents: readonly (string | undefined)[]): string | undefined {
  const [first] = documents;
  return documents.every((document) => document !== undefined && first !== undefined && mayBeSame(document, first)) ? first : undefined;
}
