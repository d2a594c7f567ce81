// The project file: what a repository says once, for everybody who lints it.

import { parseArguments } from './emr/launchArguments';
import type { LaunchPreset } from './emr/launchPreset';
import { isRoleKind, type RoleKind, roleKinds } from './emr/roleKind';
import { isShell, shells } from './emr/shell';
import { isName } from './facts/declarations';
import { compareFindings, type Finding, isSeverity, type Severity, severities } from './finding';
import { type Glob, parseGlob } from './glob';
import { isTooDeep, maxDepth, parseJson } from './json/parse';
import { nearest } from './nearest';
import { type PolicyKindGlob, policyKindOf } from './policy/kindGlob';
import { isPolicyKind, type PolicyKind, policyKinds, type RootPolicy } from './policy/policy';
import { isRuleProfile, type RuleProfile, ruleProfiles, type Settings } from './settings';
import type { Span } from './text';
import { type Member, member, memberValue, type Node, type ObjectNode, type StringNode, textOf } from './tree/node';

/** A file of this size names thousands of things, and bounds what a hostile one costs. */
export const maxProjectSize = 256 * 1024;
const maxFactsFiles = 20;
/** Of all roles together: each is read. */
const maxPolicyFiles = 200;
/** Of all globs together: each is tried on the path of every file. */
const maxGlobLength = 50_000;
const maxProblems = 100;

export interface Project {
  /** Missing where the file does not say. */
  readonly profile: RuleProfile | undefined;
  /** By rule id. */
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  readonly policyKinds: readonly PolicyKindGlob[];
  readonly factsFiles: readonly string[];
  readonly roles: readonly ProjectRole[];
  readonly instanceProfiles: readonly ProjectInstanceProfile[];
  readonly launches: readonly LaunchPreset[];
  readonly ignore: readonly IgnoreEntry[];
}

/** A role as the project describes it. What it does not say is missing. */
interface ProjectRole {
  readonly name: StringNode;
  /** Of the name and all that is said of it. */
  readonly span: Span;
  readonly kind: RoleKind | undefined;
  readonly path: string | undefined;
  /** Paths from the folder of the project file, without dots and with / between folders. */
  readonly trustPolicy: string | undefined;
  readonly inlinePolicies: readonly string[] | undefined;
  /** Names and ARNs. */
  readonly managedPolicies: readonly StringNode[] | undefined;
}

interface ProjectInstanceProfile {
  readonly name: StringNode;
  readonly role: StringNode | undefined;
}

/** A finding that is accepted: it is not reported. */
export interface IgnoreEntry {
  readonly span: Span;
  /** Missing for every file. */
  readonly files: Glob | undefined;
  /** Missing for every place in a file. */
  readonly sid: string | undefined;
  readonly rule: string;
  readonly reason: string;
}

/** What is wrong with the file: one sentence of what, one of what to do. What it is about is not in force. */
interface ProjectProblem {
  readonly span: Span;
  readonly message: string;
}

export interface ParsedProject {
  readonly project: Project;
  /** In the order of their places. */
  readonly problems: readonly ProjectProblem[];
}

export const emptyProject: Project = {
  profile: undefined,
  rules: new Map(),
  policyKinds: [],
  factsFiles: [],
  roles: [],
  instanceProfiles: [],
  launches: [],
  ignore: [],
};

/** What a user sets counts more than what the project says. */
export function settingsIn({ profile, rules }: Project, own: Settings): Settings {
  return { ...own, profile: own.profile ?? profile, rules: new Map([...rules, ...own.rules]) };
}

/**
 * What a project says of a file that holds nothing but a policy: a role that names it counts more than a glob.
 *
 * @param path from the folder of the project file.
 */
export function rootPolicyAt({ roles, policyKinds }: Project, path: string): RootPolicy | undefined {
  const trusted = roles.filter(({ trustPolicy }) => trustPolicy === path);
  const given = roles.filter(({ inlinePolicies }) => inlinePolicies?.includes(path));
  const [kind, owners] = trusted.length > 0 ? (['trust', trusted] as const) : (['inline-identity', given] as const);
  if (owners.length > 0) return { kind, owner: { type: 'role', names: owners.map(({ name }) => name.value) } };
  const kindByGlob = policyKindOf(policyKinds, path);
  return kindByGlob && { kind: kindByGlob };
}

/** What the roles are for, by their names in lower case. */
export function roleKindsIn({ roles }: Project): ReadonlyMap<string, RoleKind> {
  return new Map(roles.flatMap(({ name, kind }) => (kind === undefined ? [] : [[name.value.toLowerCase(), kind] as const])));
}

interface MemberDefinition {
  readonly description: string;
  /** JSON schema, less the description and the ids of the rules. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** The members of an entry of `ignore`; this table and the next are also what the JSON schema for editors is generated from. */
export const ignoreDefinitions = {
  files: {
    description: 'The files, by a glob relative to the folder of this file. Without it: all.',
    schema: { type: 'string', minLength: 1 },
  },
  sid: { description: 'The Sid of the statement. Without it: every place in the files.', schema: { type: 'string', minLength: 1 } },
  rule: { description: 'The rule whose findings are accepted.', schema: { type: 'string' } },
  reason: { description: 'Why they are accepted, for the reader.', schema: { type: 'string', minLength: 1 } },
} as const satisfies Readonly<Record<string, MemberDefinition>>;

/** The members of a role, and of an instance profile. */
const roleDefinitions = {
  kind: { description: 'What EMR uses the role for.', schema: { enum: roleKinds } },
  path: { description: 'The path of the role in IAM. Without it: "/".', schema: { type: 'string', pattern: '^/(.+/)?$' } },
  trustPolicy: {
    description: 'The file with its trust policy, below the folder of this file.',
    schema: { type: 'string', minLength: 1 },
  },
  inlinePolicies: {
    description: 'The files with its inline policies, below the folder of this file: all of them.',
    schema: { type: 'array', items: { type: 'string', minLength: 1 } },
  },
  managedPolicies: {
    description: 'Its managed policies, by name or ARN: all of them.',
    schema: { type: 'array', items: { type: 'string', minLength: 1 } },
  },
} as const satisfies Readonly<Record<string, MemberDefinition>>;

const instanceProfileDefinitions = {
  role: { description: 'The name of the role in it.', schema: { type: 'string', minLength: 1 } },
} as const satisfies Readonly<Record<string, MemberDefinition>>;

export const launchDefinitions = {
  profile: { description: 'The profile of the AWS config file. Without it: as it is chosen.', schema: { type: 'string', minLength: 1 } },
  shell: { description: 'The shell that the command is for.', schema: { enum: shells } },
  options: {
    description:
      'The words behind "aws emr create-cluster", each a string: options and their values as the AWS CLI takes them. Of the options of "aws" itself, --region alone.',
    schema: { type: 'array', items: { type: 'string' } },
  },
} as const satisfies Readonly<Record<string, MemberDefinition>>;

/** The schema of an object with objects of this shape, by any names. */
function byName(definitions: Readonly<Record<string, MemberDefinition>>, required: readonly string[] = []): MemberDefinition['schema'] {
  const properties = Object.entries(definitions).map(([name, { description, schema }]) => [name, { description, ...schema }]);
  return {
    type: 'object',
    additionalProperties: {
      type: 'object',
      properties: Object.fromEntries(properties),
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: false,
    },
  };
}

export const projectDefinitions = {
  $schema: { description: 'The JSON schema of this file. Editors with EMR IAM know it without.', schema: { type: 'string' } },
  profile: {
    description: '"audit" turns on the rules that are off by default and meant for audits.',
    schema: { enum: ruleProfiles },
  },
  rules: { description: 'The severity of single rules, by their id, or "off".', schema: { type: 'object' } },
  policyKinds: {
    description:
      'The kind of the policy in files that hold nothing but a policy, by globs relative to the folder of this file; of several that match, the last one counts.',
    schema: { type: 'object', additionalProperties: { enum: policyKinds } },
  },
  factsFiles: {
    description:
      'Files that say which roles and instance profiles the account has, below the folder of this file. Read only in a workspace that is trusted.',
    schema: { type: 'array', maxItems: maxFactsFiles, items: { type: 'string', minLength: 1 } },
  },
  roles: {
    description: 'Roles that the policies in files of this project belong to, by their names. Read only in a workspace that is trusted.',
    schema: byName(roleDefinitions),
  },
  instanceProfiles: { description: 'The instance profiles that hold them, by their names.', schema: byName(instanceProfileDefinitions) },
  launches: {
    description: 'Launches by their names, as "emr-iam command --preset NAME" and the command "Generate EMR launch command" take them.',
    schema: byName(launchDefinitions, ['options']),
  },
  ignore: { description: 'Findings that are accepted.', schema: { type: 'array' } },
} as const satisfies Readonly<Record<string, MemberDefinition>>;

const projectMembers = Object.keys(projectDefinitions);
const ignoreMembers = Object.keys(ignoreDefinitions);
const roleMembers = Object.keys(roleDefinitions);
const instanceProfileMembers = Object.keys(instanceProfileDefinitions);
const launchMembers = Object.keys(launchDefinitions);

/** @param text without a byte-order mark. */
export function parseProject(text: string, ruleIds: ReadonlySet<string>): ParsedProject {
  const start = { start: 0, end: Math.min(1, text.length) };
  const refused = (message: string, span: Span = start): ParsedProject => ({ project: emptyProject, problems: [{ span, message }] });
  if (text.length > maxProjectSize) return refused(`This file is larger than ${maxProjectSize / 1024} KB. Nothing of it is in force.`);
  if (isTooDeep(text)) return refused(`The brackets of this file are nested deeper than ${maxDepth} levels. Nothing of it is in force.`);
  const { root, fault } = parseJson(text);
  if (fault !== undefined) return refused('This is not valid JSON. Until it is mended, nothing of this file is in force.', fault.span);
  if (root === undefined) return refused('This file is empty. Write an object, {}, or remove the file.');
  if (root.kind !== 'object') return refused('A project file must be an object. Write { and } around its members.', root.span);
  const problems = collector();
  const project = readProject(root, ruleIds, problems);
  return { project, problems: [...problems.all].sort((a, b) => a.span.start - b.span.start) };
}

type Placed = { readonly span: Span };

interface Problems {
  readonly all: readonly ProjectProblem[];
  add(at: Placed, message: string): void;
  /** A name that is none of those known: with what may have been meant, or else another way out. */
  addUnknown(node: StringNode, what: string, known: readonly string[], otherwise: string): void;
  /** When there are too many, the rest is not even looked at. */
  isFull(): boolean;
  /** Whether there is room for one more glob; what there is no room for is a problem. */
  hasRoomFor(glob: StringNode): boolean;
}

function collector(): Problems {
  const all: ProjectProblem[] = [];
  let globLength = 0;
  const isFull = (): boolean => all.length >= maxProblems;
  const add = ({ span }: Placed, message: string): void => {
    if (!isFull()) all.push({ span, message });
  };
  return {
    all,
    isFull,
    add,
    hasRoomFor(glob) {
      globLength += glob.value.length;
      if (globLength <= maxGlobLength) return true;
      add(glob, `The globs of this file have more than ${maxGlobLength} characters together, and this one is left out. Use fewer.`);
      return false;
    },
    addUnknown(node, what, known, otherwise) {
      if (isFull()) return;
      const meant = nearest(node.value, known).map((name) => `"${name}"`);
      add(node, `"${clipped(node.value)}" is not ${what}. ${meant.length > 0 ? `Did you mean ${meant.join(' or ')}?` : otherwise}`);
    },
  };
}

function readProject(root: ObjectNode, ruleIds: ReadonlySet<string>, problems: Problems): Project {
  checkMembers(root, 'a project file', projectMembers, problems);
  return {
    profile: readProfile(memberValue(root, 'profile'), problems),
    rules: readRules(memberValue(root, 'rules'), ruleIds, problems),
    policyKinds: readKinds(memberValue(root, 'policyKinds'), problems),
    factsFiles: readFactsFiles(memberValue(root, 'factsFiles'), problems),
    roles: readRoles(memberValue(root, 'roles'), problems),
    instanceProfiles: readInstanceProfiles(memberValue(root, 'instanceProfiles'), problems),
    launches: readLaunches(memberValue(root, 'launches'), problems),
    ignore: itemsIn(memberValue(root, 'ignore'), '"ignore" must be a list of entries, as [{ "sid": …, "rule": …, "reason": … }].', problems)
      .map((item) => readEntry(item, ruleIds, problems))
      .filter((entry) => entry !== undefined),
  };
}

function readProfile(node: Node | undefined, problems: Problems): RuleProfile | undefined {
  const name = textOf(node);
  if (isRuleProfile(name)) return name;
  if (node !== undefined) problems.add(node, `"profile" must be one of ${ruleProfiles.join(', ')}, in quotes.`);
  return undefined;
}

function readRules(node: Node | undefined, ruleIds: ReadonlySet<string>, problems: Problems): Project['rules'] {
  const rules = new Map<string, Severity | 'off'>();
  for (const { key, value } of membersIn(node, '"rules" must be an object, as { "policy/missing-version": "off" }.', problems)) {
    if (!isRule(key, ruleIds, problems)) continue;
    const severity = textOf(value);
    if (severity === 'off' || isSeverity(severity)) rules.set(key.value, severity);
    else problems.add(value ?? key, `The severity of "${key.value}" must be one of off, ${severities.join(', ')}, in quotes.`);
  }
  return rules;
}

function readKinds(node: Node | undefined, problems: Problems): Project['policyKinds'] {
  const kinds: PolicyKindGlob[] = [];
  for (const { key, value } of membersIn(node, '"policyKinds" must be an object, as { "scp/**/*.json": "scp" }.', problems)) {
    const glob = readGlob(key, problems);
    const kind = readKind(value, key, problems);
    if (glob !== undefined && kind !== undefined) kinds.push({ glob, kind });
  }
  return kinds;
}

function readKind(value: Node | undefined, key: StringNode, problems: Problems): PolicyKind | undefined {
  const kind = textOf(value);
  if (isPolicyKind(kind)) return kind;
  const otherwise = `The kinds are ${policyKinds.join(', ')}.`;
  if (value?.kind === 'string') problems.addUnknown(value, 'a kind of policy', policyKinds, otherwise);
  else problems.add(value ?? key, `The kind of a policy must be text. ${otherwise}`);
  return undefined;
}

function readFactsFiles(node: Node | undefined, problems: Problems): Project['factsFiles'] {
  const items = itemsIn(node, '"factsFiles" must be a list of paths, as ["facts/account.json"].', problems);
  const [tooMany] = items.slice(maxFactsFiles);
  if (tooMany !== undefined) problems.add(tooMany, `"factsFiles" may name ${maxFactsFiles} files. Remove the others.`);
  return items.slice(0, maxFactsFiles).flatMap((item) => readPath(item, 'facts/account.json', problems) ?? []);
}

function readPath(node: Node, example: string, problems: Problems): string | undefined {
  const path = textOf(node);
  const refused = path === undefined ? 'This is not the path of a file' : whyOutside(path);
  if (path !== undefined && refused === undefined) return path;
  problems.add(node, `${refused}. Write the path of a file below the folder of the project file, as "${example}".`);
  return undefined;
}

function readRoles(node: Node | undefined, problems: Problems): readonly ProjectRole[] {
  let files = 0;
  const readFile = (item: Node): readonly string[] => {
    if (++files === maxPolicyFiles + 1) problems.add(item, `"roles" may name ${maxPolicyFiles} files together. Remove the others.`);
    const path = files > maxPolicyFiles ? undefined : readPath(item, 'roles/cluster.trust.json', problems);
    return path === undefined ? [] : [withoutDots(path)];
  };
  return namedIn(node, '"roles"', '{ "ClusterRole": { "trustPolicy": "roles/cluster.trust.json" } }', roleMembers, problems).map(
    ({ name, span, value }): ProjectRole => {
      const trust = memberValue(value, 'trustPolicy');
      const listOf = (member: string, example: string): readonly Node[] | undefined => {
        const list = memberValue(value, member);
        return list && itemsIn(list, `"${member}" must be a list, as ["${example}"].`, problems);
      };
      return {
        name,
        span,
        kind: readRoleKind(memberValue(value, 'kind'), problems),
        path: readRolePath(memberValue(value, 'path'), problems),
        trustPolicy: trust && readFile(trust)[0],
        inlinePolicies: listOf('inlinePolicies', 'roles/cluster.s3.json')?.flatMap(readFile),
        managedPolicies: listOf('managedPolicies', 'AmazonEMRServicePolicy_v2')?.flatMap((item) => readPolicyName(item, problems)),
      };
    },
  );
}

function readInstanceProfiles(node: Node | undefined, problems: Problems): readonly ProjectInstanceProfile[] {
  return namedIn(node, '"instanceProfiles"', '{ "ClusterProfile": { "role": "ClusterRole" } }', instanceProfileMembers, problems).map(
    ({ name, value }) => {
      const role = memberValue(value, 'role');
      if (role === undefined || (role.kind === 'string' && isName(role.value))) return { name, role };
      problems.add(role, '"role" must be the name of a role, in quotes, without its path.');
      return { name, role: undefined };
    },
  );
}

/** Nothing for a launch with a problem: half of it is another launch. */
function readLaunches(node: Node | undefined, problems: Problems): readonly LaunchPreset[] {
  const example = '{ "nightly": { "options": ["--release-label", "emr-7.1.0"] } }';
  return namedIn(node, '"launches"', example, launchMembers, problems, whyNoLaunchName).flatMap(({ name, span, value }) => {
    const before = problems.all.length;
    const [profile, shell, options] = (['profile', 'shell', 'options'] as const).map((member) => memberValue(value, member));
    if (profile !== undefined && !textOf(profile)) problems.add(profile, '"profile" must be the name of a profile, in quotes.');
    const shellName = textOf(shell);
    if (shell !== undefined && !isShell(shellName)) problems.add(shell, `"shell" must be one of ${shells.join(', ')}, in quotes.`);
    if (options === undefined) problems.add({ span }, `The launch "${clipped(name.value)}" has no "options". Write its words there.`);
    const items = itemsIn(options, '"options" must be a list of words, as ["--release-label", "emr-7.1.0"].', problems);
    const words = items.map((item) => {
      const word = textOf(item);
      if (word === undefined) problems.add(item, 'A word of "options" must be text, in quotes.');
      return word ?? '';
    });
    if (problems.all.length === before) checkOptions(words, items, problems);
    const isWhole = problems.all.length === before && value.members.every(({ key }) => launchMembers.includes(key.value));
    return !isWhole
      ? []
      : [{ name: name.value, profile: textOf(profile), shell: isShell(shellName) ? shellName : undefined, options: words }];
  });
}

function checkOptions(words: readonly string[], items: readonly Node[], problems: Problems): void {
  const { problems: found, globals, profile, places } = parseArguments(words);
  const at = (word: number | undefined): Placed => items[word ?? 0] ?? { span: { start: 0, end: 0 } };
  for (const { by, message, at: place } of found) if (by === 'cli') problems.add(at(place?.word), message);
  // A file of somebody else's must not lead a launch, and the signature on it, to another address.
  const others = [...globals.map(([option = '']) => option), ...(profile === undefined ? [] : ['--profile'])];
  for (const option of others.filter((name) => name !== '--region')) {
    const advice = option === '--profile' ? 'Name it in "profile".' : 'Give it on the command line.';
    problems.add(
      at(places.get(option)?.[0]?.[0]),
      `${option} is no option of create-cluster itself, and has no place in a launch. ${advice}`,
    );
  }
}

/** `${name} ${why}.` Nothing where a launch may have the name. */
export function whyNoLaunchName(name: string): string | undefined {
  if (name.trim() === '' || name.length > 100 || /\p{Cc}/u.test(name)) return 'cannot be the name of a launch. Write 1 to 100 characters';
  return undefined;
}

function whyNoIamName(name: string): string | undefined {
  return isName(name) ? undefined : 'cannot be a name in IAM. Write the name without its path';
}

interface NamedObject {
  readonly name: StringNode;
  readonly span: Span;
  readonly value: ObjectNode;
}

function namedIn(
  node: Node | undefined,
  what: string,
  example: string,
  known: readonly string[],
  problems: Problems,
  whyUnfit: (name: string) => string | undefined = whyNoIamName,
): readonly NamedObject[] {
  // Of two with one name the last counts.
  const members = new Map(membersIn(node, `${what} must be an object, as ${example}.`, problems).map((each) => [each.key.value, each]));
  return [...members.values()].flatMap(({ key: name, span, value }) => {
    if (problems.isFull()) return [];
    const unfit = whyUnfit(name.value);
    if (unfit !== undefined) problems.add(name, `"${clipped(name.value)}" ${unfit}.`);
    else if (value?.kind !== 'object') problems.add(value ?? name, `What is said of "${name.value}" must be an object, as in ${example}.`);
    else {
      checkMembers(value, `what is said of "${name.value}"`, known, problems);
      return [{ name, span, value }];
    }
    return [];
  });
}

function readRoleKind(node: Node | undefined, problems: Problems): RoleKind | undefined {
  const kind = textOf(node);
  if (node === undefined || isRoleKind(kind)) return isRoleKind(kind) ? kind : undefined;
  problems.add(node, `"kind" must be one of ${roleKinds.join(', ')}, in quotes.`);
  return undefined;
}

function readRolePath(node: Node | undefined, problems: Problems): string | undefined {
  const path = textOf(node);
  if (node === undefined || (path !== undefined && /^\/([!-~]{1,510}\/)?$/.test(path))) return path;
  problems.add(node, 'The path of a role begins and ends with /. Write "/" or "/service-role/".');
  return undefined;
}

function readPolicyName(node: Node, problems: Problems): readonly StringNode[] {
  if (node.kind === 'string' && (isName(node.value) || /^arn:[\w-]+:iam::(aws|\d{12}):policy\/[!-~]+$/.test(node.value))) return [node];
  problems.add(node, 'This is not the name or the ARN of a managed policy. Write one, as "AmazonEMRServicePolicy_v2".');
  return [];
}

function withoutDots(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/** Nothing for an entry with a problem: what is half understood must not hide anything. */
function readEntry(node: Node, ruleIds: ReadonlySet<string>, problems: Problems): IgnoreEntry | undefined {
  if (problems.isFull()) return undefined;
  if (node.kind !== 'object') {
    problems.add(node, 'An entry of "ignore" must be an object. Give it "rule", "reason", and "files" or "sid".');
    return undefined;
  }
  const before = problems.all.length;
  checkMembers(node, 'an entry of "ignore"', ignoreMembers, problems);
  checkPresence(node, problems);
  const [files, sid, rule, reason] = (['files', 'sid', 'rule', 'reason'] as const).map((name) => readText(node, name, problems));
  const glob = files && readGlob(files, problems);
  const isKnown = rule !== undefined && isRule(rule, ruleIds, problems);
  if (!isKnown || reason === undefined || problems.all.length > before) return undefined;
  return { span: node.span, files: glob, sid: sid?.value, rule: rule.value, reason: reason.value };
}

/** One of each list must be there. */
const needed: readonly (readonly [names: readonly string[], message: string])[] = [
  [['files', 'sid'], 'This entry has neither "files" nor "sid". Add one, or turn the rule off under "rules".'],
  [['rule'], 'This entry has no "rule". Name the rule whose findings are accepted.'],
  [['reason'], 'This entry has no "reason". Say in a sentence why the finding is accepted.'],
];

function checkPresence(entry: ObjectNode, problems: Problems): void {
  const { start } = entry.span;
  for (const [names, message] of needed) {
    if (names.every((name) => member(entry, name) === undefined)) problems.add({ span: { start, end: start + 1 } }, message);
  }
}

function readText(entry: ObjectNode, name: keyof typeof ignoreDefinitions, problems: Problems): StringNode | undefined {
  const node = memberValue(entry, name);
  if (node === undefined || (node.kind === 'string' && node.value.trim() !== '')) return node;
  problems.add(node, `"${name}" must be text that is not empty.`);
  return undefined;
}

function readGlob(node: StringNode, problems: Problems): Glob | undefined {
  const parsed = parseGlob(node.value);
  if (parsed.ok) return problems.hasRoomFor(node) ? parsed.glob : undefined;
  problems.add(node, `The glob "${clipped(node.value)}" ${parsed.reason}. Write it relative to the project file, as "policies/**/*.json".`);
  return undefined;
}

function isRule(node: StringNode, ruleIds: ReadonlySet<string>, problems: Problems): boolean {
  if (ruleIds.has(node.value)) return true;
  problems.addUnknown(node, 'a rule', [...ruleIds], '"emr-iam explain" lists the rules.');
  return false;
}

function checkMembers(node: ObjectNode, what: string, known: readonly string[], problems: Problems): void {
  for (const { key } of node.members) {
    if (!known.includes(key.value)) problems.addUnknown(key, `a member of ${what}`, known, `Its members are ${known.join(', ')}.`);
  }
}

/** @param otherwise what is said of anything but an object. */
function membersIn(node: Node | undefined, otherwise: string, problems: Problems): readonly Member[] {
  if (node?.kind === 'object') return node.members;
  if (node !== undefined) problems.add(node, otherwise);
  return [];
}

/** @param otherwise what is said of anything but a list. */
function itemsIn(node: Node | undefined, otherwise: string, problems: Problems): readonly Node[] {
  if (node?.kind === 'array') return node.items;
  if (node !== undefined) problems.add(node, otherwise);
  return [];
}

/** A repository must not make the machine of who opens it look at anything else: at another folder, or another machine over a network. */
const outside: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/^$|\0/, 'This is not the path of a file'],
  [/\\/, 'This path has a backslash, but folders are separated by /'],
  [/^(\/|~)|^[A-Za-z][\w+.-]*:/, 'This path does not begin at the folder of the project file'],
  [/(^|\/)\.\.(\/|$)/, 'This path has ".." in it, which leads out of the folder'],
];

function whyOutside(path: string): string | undefined {
  return outside.find(([pattern]) => pattern.test(path))?.[1];
}

function clipped(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** Problems, and entries that ignore nothing, as findings in the project file itself. */
export function projectFindings(problems: readonly ProjectProblem[], stale: readonly IgnoreEntry[]): readonly Finding[] {
  const nothingMore = { fixes: [], related: [] };
  return [
    ...problems.map(({ span, message }): Finding => ({ rule: 'project/invalid', severity: 'error', span, message, ...nothingMore })),
    ...stale.map(({ span, rule }): Finding => {
      const message = `This entry ignores nothing: there is no finding of ${rule} there any more. Remove it.`;
      return { rule: 'project/unused-ignore', severity: 'hint', span, message, ...nothingMore };
    }),
  ].sort(compareFindings);
}
