// What an account lacks for a launch, as the AWS commands that set it up, for a POSIX shell: shown, never run. Every policy of its own is
// a managed one, as AWS advises.

import type { Catalog } from '../catalog/catalog';
import type { ConfigDocument } from '../document';
import { type AccountFacts, type Role, sameName } from '../facts/facts';
import { placeOfArn } from '../facts/reference';
import type { LintContext } from '../lint';
import { type Quotas, sizeBeyond, sizeBeyondTogether } from '../policy/size';
import { policyFromText } from '../policy/text';
import { noSurroundings } from '../surroundings';
import { isWithin } from '../text';
import type { ObjectNode } from '../tree/node';
import { type EmrBlock, type EmrSettingName, resolvedProfiles, usedBlocks } from './block';
import { option } from './createCluster';
import { whyRefused } from './launchCommand';
import { defaultRole } from './launchSpec';
import { newestDocument, originalArn, outdatedCopies, type RoleCopy, versionName } from './managedCopy';
import { isDeprecatedPolicy, managedPoliciesTag, servicePolicy } from './managedPolicy';
import { type Partition, type RoleKind, roleKindNames, trustedServices } from './roleKind';
import { logNeeds, passEc2Role } from './rolePermissions';
import { hasPolicyOfAws, launchRoles, policiesOf } from './roles';
import { posixCommand, posixWord, shellComment } from './shell';
import { onlyFor } from './trust';
import { trustInWords, trustVerdict } from './trustWords';
import { isPlaceholder } from './value';

interface SetupCommands {
  readonly script: string;
}

/** A sentence that says why there are no commands. */
interface SetupRefusal {
  readonly refused: string;
}

/** Of what shows the commands for a finding; nothing for a rule that has none. */
export function setupTitle(rule: string): string | undefined {
  return Object.hasOwn(recipes, rule) ? recipes[rule]?.title : undefined;
}

/** @param offset where the finding begins. Nothing where no emr block is, or nothing is to be done. */
export function setupCommands(
  document: ConfigDocument,
  rule: string,
  offset: number,
  { settings, facts, catalog, surroundings = noSurroundings }: LintContext,
): SetupCommands | SetupRefusal | undefined {
  const recipe = Object.hasOwn(recipes, rule) ? recipes[rule] : undefined;
  const block = usedBlocks(document, surroundings).find(({ setting }) => isWithin({ start: offset, end: offset }, setting.span));
  if (recipe === undefined || block === undefined) return undefined;
  const region = resolvedProfiles(document, surroundings).get(block.profile)?.get('region')?.setting.value;
  const known = facts.forAccount(block.account);
  const { quotas } = settings;
  const want: Want = { block, offset, facts: known, catalog, quotas, ...placeOf(block, known, region?.kind === 'text' ? region.text : '') };
  const hidden = whyRefused(option('--profile', [block.profile]));
  if (hidden !== undefined) return { refused: hidden };
  const steps = recipe.steps(want);
  if ('refused' in steps) return steps;
  const head = `For the profile "${block.profile}" of the AWS ${document.file} file. Nothing has been run: read it all first.`;
  return steps.length === 0 ? undefined : { script: [about(head), ...steps].join('\n') };
}

interface Want {
  readonly block: EmrBlock;
  /** In the setting that the finding is about. */
  readonly offset: number;
  readonly facts: AccountFacts;
  readonly catalog: Catalog | undefined;
  readonly quotas: Quotas;
  readonly partition: Partition;
  /** Missing where the facts are of several. */
  readonly account: string | undefined;
}

/** Paragraphs of the script. */
type Steps = readonly string[] | SetupRefusal;

const create = 'Show the AWS commands that create it';
const mend = 'Show the AWS commands that mend it';
const allow = 'Show the AWS commands that allow it';

const recipes: Readonly<Record<string, { readonly title: string; steps(want: Want): Steps }>> = {
  'emr/confused-deputy': { title: mend, steps: guardedRole },
  'emr/ec2-role-permissions': { title: allow, steps: (want) => ofKnown(roleIn('ec2', want), (role) => logPolicy(role.name, want)) },
  'emr/ec2-role-trust': { title: mend, steps: (want) => ofKnown(roleIn('ec2', want), (role) => changedTrust(role, 'ec2', want)) },
  'emr/inline-policy-drift': {
    title: 'Show the AWS commands that bring it up to date',
    steps: (want) => ofKnown(roleAt(want), (role) => replacedCopies(role, want)),
  },
  'emr/instance-profile-without-role': { title: 'Show the AWS commands that give it a role', steps: instanceProfile },
  'emr/pass-role-for-custom-role': { title: allow, steps: (want) => ofKnown(roleIn('service', want), (role) => passRole(role.name, want)) },
  'emr/role-used-as-instance-profile': { title: 'Show the AWS commands that create the instance profile', steps: instanceProfile },
  'emr/service-role-trust': {
    title: mend,
    steps: (want) => ofKnown(roleIn('service', want), (role) => changedTrust(role, 'service', want)),
  },
  'emr/unknown-instance-profile': { title: create, steps: instanceProfile },
  'emr/unknown-role': { title: create, steps: serviceRole },
};

function ofKnown(role: Role | undefined, steps: (role: Role) => Steps): Steps {
  return role === undefined ? [] : steps(role);
}

function serviceRole(want: Want): Steps {
  const role = named('service_role', want);
  const refused = whyNoName(role, 'role');
  if (refused !== undefined) return { refused };
  return [
    ...newRole(role, 'service', want),
    about(
      `What EMR may do with it. This policy is about resources with the tag ${managedPoliciesTag.key}=${managedPoliciesTag.value}: give`,
      'it to the cluster (--tags), its subnets, its security groups, and the VPC if EMR makes the security groups.',
    ) +
      iam(want, 'attach-role-policy', [
        ['--role-name', role.name],
        ['--policy-arn', `arn:${want.partition}:iam::aws:policy/service-role/${servicePolicy}`],
      ]),
    ...passRole(role.name, want),
  ];
}

function guardedRole(want: Want): Steps {
  if (want.account === undefined) return { refused: 'There is nothing to guard the role with: the facts are not of one account alone.' };
  return ofKnown(roleIn('service', want), (role) => changedTrust(role, 'service', want));
}

/** With a role of its own name in it, which is made if there is none. */
function instanceProfile(want: Want): Steps {
  const { facts } = want;
  const profile = named('instance_profile', want);
  const found = facts.instanceProfile(profile.text);
  const role = facts.role(profile.name);
  const refused = whyNoName(profile, 'instance profile') ?? (role.state === 'known' ? undefined : whyNoName(profile, 'role'));
  if (refused !== undefined) return { refused };
  const mayBeThere = found.state === 'absent' && found.orEmpty;
  const name = ['--instance-profile-name', profile.name] as const;
  const created = iam(want, 'create-instance-profile', [name, ...pathOption(profile)]);
  const logs = logPolicy(profile.name, want);
  return [
    ...(role.state === 'known'
      ? openedTo(role.value, want)
      : [...newRole(profile, 'ec2', want), ...('refused' in logs ? [about(`No policy for logs: ${logs.refused}`)] : logs)]),
    about(
      `The instance profile "${profile.name}", with the role in it.`,
      ...(mayBeThere
        ? ['It may be there without a role: then the first command says "EntityAlreadyExists", and the second is what counts.']
        : []),
    ) +
      (found.state === 'known' ? '' : created) +
      iam(want, 'add-role-to-instance-profile', [name, ['--role-name', role.state === 'known' ? role.value.name : profile.name]]),
  ];
}

function newRole(role: Named, kind: RoleKind, want: Want): readonly string[] {
  const file = `${role.name}-trust.json`;
  return [
    about(`The role "${role.name}", as the ${roleKindNames[kind]}.`) +
      document(file, trustPolicy(kind, want)) +
      iam(want, 'create-role', [['--role-name', role.name], ...pathOption(role), ['--assume-role-policy-document', `file://${file}`]]),
  ];
}

function openedTo(role: Role, want: Want): readonly string[] {
  return trustVerdict(role, 'ec2') === 'no' ? changedTrust(role, 'ec2', want) : [];
}

function changedTrust(role: Role, kind: RoleKind, want: Want): readonly string[] {
  const [file, before] = [`${role.name}-trust.json`, `${role.name}-trust-before.json`];
  const name = ['--role-name', role.name] as const;
  const kept = iam(want, 'get-role', [name, ['--query', 'Role.AssumeRolePolicyDocument'], ['--output', 'json']]).trimEnd();
  return [
    about(
      `A new trust policy for the role "${role.name}", as the ${roleKindNames[kind]}. Of the one that it has: ${trustInWords(role, kind, quoted)}.`,
      `The old one is kept in ${before}; whoever else must be able to assume the role belongs into the new one.`,
    ) +
      `${kept} > ${posixWord(before)}\n` +
      document(file, trustPolicy(kind, want)) +
      iam(want, 'update-assume-role-policy', [name, ['--policy-document', `file://${file}`]]),
  ];
}

/** AWS recommends the conditions for EMR's service role; EC2 sends nothing that they could be about. */
function trustPolicy(kind: RoleKind, { partition, account }: Want): object {
  const services = trustedServices(kind, partition).flatMap(([service = '']) => service);
  return policy({
    Effect: 'Allow',
    Principal: { Service: services.length === 1 ? services[0] : services },
    Action: 'sts:AssumeRole',
    ...(kind === 'service' && account !== undefined ? { Condition: onlyFor(account, partition) } : {}),
  });
}

/** AmazonEMRServicePolicy_v2 allows it for the default role alone. */
function passRole(serviceRoleName: string, want: Want): readonly string[] {
  const known = roleIn('ec2', want);
  const profile = named('instance_profile', want);
  const ec2 = known ?? (whyNoName(profile, 'role') === undefined ? profile : undefined);
  if (ec2 === undefined || (ec2.path === '/' && sameName(ec2.name, defaultRole.instance_profile))) return [];
  const made = `arn:${want.partition}:iam::${want.account ?? '*'}:role${ec2.path}${ec2.name}`;
  const statement = passEc2Role(known === undefined || known.arn === '' ? made : known.arn);
  const what = `EMR gives the role "${ec2.name}" to the instances; ${servicePolicy} allows that for ${defaultRole.instance_profile} alone.`;
  return newPolicy(serviceRoleName, 'pass-ec2-role', what, [statement], want);
}

function logPolicy(role: string, want: Want): Steps {
  const needs = logNeeds(want.block, want);
  const [strange] = needs.flatMap(({ resource }) => /[^\t -\u00ff]/u.exec(resource) ?? []);
  // IAM API reference, CreatePolicy: the pattern of PolicyDocument.
  if (strange !== undefined)
    return { refused: `log_uri has "${strange}", and a policy takes no character beyond U+00FF. Choose a log_uri without it.` };
  const statements = needs.map(({ actions: [first, ...more], resource }) => ({
    Effect: 'Allow',
    Action: more.length === 0 ? first : [first, ...more],
    Resource: resource,
  }));
  const what = 'What the instances do for log_uri and enable_debugging. Add what the applications on the cluster work with.';
  return statements.length === 0 ? [] : newPolicy(role, 'logs', what, statements, want);
}

interface Replaced extends RoleCopy {
  /** JSON of what the copy becomes; missing where the managed policy itself takes its place. */
  readonly newest: string | undefined;
}

/** For all of the role's copies: their findings are in one place. */
function replacedCopies(role: Role, want: Want): Steps {
  const { facts, catalog } = want;
  if (catalog === undefined) return [];
  const partition = placeOfArn(role.arn)?.partition ?? want.partition;
  const replaced = outdatedCopies(catalog)(facts)(role).map((found): Replaced => {
    const { name } = found.copy.original;
    const isAttachable = !isDeprecatedPolicy(name) || hasPolicyOfAws(role, name) === true;
    return { ...found, newest: isAttachable ? undefined : newestDocument(found.copy, partition) };
  });
  const refused = whyTooLong(replaced, role, want);
  if (refused !== undefined) return { refused };
  const steps: string[] = [];
  for (const found of replaced) {
    const { name, kind } = found.named;
    const noName = whyNoName({ text: name, name, path: '/' }, 'policy');
    if (noName !== undefined) return { refused: noName };
    const arn = kind === 'managed' ? ownArn(name, role, facts) : undefined;
    if (kind === 'managed' && arn === undefined)
      return { refused: `The ARN of the managed policy "${name}" is not known, and the AWS commands take nothing else.` };
    steps.push(replacedCopy(found, arn, role, originalArn(found.copy, partition), want));
  }
  return steps;
}

/** @param arn of the copy; missing for an inline policy. */
function replacedCopy({ named, copy, newest }: Replaced, arn: string | undefined, role: Role, original: string, want: Want): string {
  const { name } = copy.original;
  const roleName = ['--role-name', role.name] as const;
  const inline = [roleName, ['--policy-name', named.name]] as const;
  const [file, before] = [`${role.name}-${named.name}.json`, `${role.name}-${named.name}-before.json`];
  const head = [`The ${named.kind} policy "${named.name}" of the role "${role.name}": a copy of ${versionName(copy)}.`];
  if (!copy.isExact) head.push('It has changes, which are lost here: what is still needed of them belongs into a policy of its own.');
  if (arn === undefined) head.push(`The old one is kept in ${before}.`);
  const get = iam(want, 'get-role-policy', [...inline, ['--query', 'PolicyDocument'], ['--output', 'json']]).trimEnd();
  const kept = arn === undefined ? `${get} > ${posixWord(before)}\n` : '';
  if (newest === undefined) {
    const isAttached = hasPolicyOfAws(role, name) === true;
    head.push(`${isAttached ? 'The role has the managed policy too' : 'The managed policy takes its place'}; AWS keeps that up to date.`);
    if (arn !== undefined) head.push('The copy stays in the account, for whatever else it is attached to.');
    const attach = isAttached ? '' : iam(want, 'attach-role-policy', [roleName, ['--policy-arn', original]]);
    const remove =
      arn === undefined ? iam(want, 'delete-role-policy', inline) : iam(want, 'detach-role-policy', [roleName, ['--policy-arn', arn]]);
    return about(...head) + kept + attach + remove;
  }
  head.push(`${name} is on the path to deprecation, so the copy stays and gets what is in ${copy.original.versions.at(-1)?.id}.`);
  if (arn !== undefined)
    head.push('That goes for all that the copy is attached to. IAM keeps five versions of a policy: of five, delete one first.');
  const path = ['--policy-document', `file://${file}`] as const;
  const put =
    arn === undefined
      ? iam(want, 'put-role-policy', [...inline, path])
      : `${iam(want, 'create-policy-version', [['--policy-arn', arn], path]).trimEnd()} \\\n  --set-as-default\n`;
  return about(...head) + kept + document(file, JSON.parse(newest)) + put;
}

function whyTooLong(replaced: readonly Replaced[], role: Role, { facts, catalog, quotas }: Want): string | undefined {
  const inline: ObjectNode[] = [];
  for (const { named, copy, newest } of replaced) {
    const node = newest === undefined ? undefined : policyFromText(newest, 'identity')?.node;
    if (node === undefined) continue;
    if (named.kind === 'inline') inline.push(node);
    const size = named.kind === 'managed' ? sizeBeyond(quotas.managedPolicy, node) : undefined;
    const version = `${copy.original.name} ${copy.original.versions.at(-1)?.id}`;
    if (size !== undefined)
      return `The policy "${named.name}" cannot be brought up to date: ${version} has ${counted(size)} characters without white space, and a managed policy may have ${counted(quotas.managedPolicy)}.`;
  }
  if (inline.length === 0) return undefined;
  const isReplaced = (name: string): boolean => replaced.some(({ named }) => named.kind === 'inline' && named.name === name);
  const others = policiesOf(role, facts, catalog).policies.filter(({ kind, name }) => kind === 'inline' && !isReplaced(name));
  const size = sizeBeyondTogether(quotas.inlinePolicies, [...inline, ...others.map(({ policy: { node } }) => node)]);
  if (size === undefined) return undefined;
  return `Up to date, the inline policies of the role "${role.name}" would have ${counted(size)} characters together, and a role may have ${counted(quotas.inlinePolicies)}. Make one of them a managed policy.`;
}

function counted(characters: number): string {
  return characters.toLocaleString('en');
}

/** Of one of the account's own policies; nothing where the facts have no more than its name. */
function ownArn(name: string, role: Role, facts: AccountFacts): string | undefined {
  const known = facts.managedPolicy(name);
  const attached = role.attachedPolicies?.find((policy) => policy.name === name)?.arn;
  const arns = [attached ?? '', known.state === 'known' ? known.value.arn : ''];
  return arns.find((arn) => /^arn:[\w-]+:iam::\d{12}:policy\/[!-~]+$/.test(arn));
}

function newPolicy(role: string, suffix: string, what: string, statements: readonly object[], want: Want): readonly string[] {
  const name = freeName(`${role}-${suffix}`, want.facts);
  const file = `${name}.json`;
  const created = iam(want, 'create-policy', [
    ['--policy-name', name],
    ['--policy-document', `file://${file}`],
    ['--query', 'Policy.Arn'],
    ['--output', 'text'],
  ]).trimEnd();
  const attached = iam(want, 'attach-role-policy', [['--role-name', role]]).trimEnd();
  return [`${about(what)}${document(file, policy(...statements))}policy_arn=$(${created})\n${attached} \\\n  --policy-arn "$policy_arn"\n`];
}

/** Names of policies are unique in an account. */
function freeName(wanted: string, facts: AccountFacts): string {
  let name = wanted;
  for (let i = 2; facts.managedPolicy(name).state === 'known'; i++) name = `${wanted}-${i}`;
  return name;
}

function policy(...statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

function about(...lines: readonly string[]): string {
  return lines.map((line) => `${shellComment(line, 'posix')}\n`).join('');
}

/** In a here-document that the shell leaves as it is. */
function document(file: string, json: object): string {
  return `cat > ${posixWord(file)} <<'EOF'\n${JSON.stringify(json, undefined, 2)}\nEOF\n`;
}

function iam({ block }: Want, command: string, options: readonly (readonly [name: string, value: string])[]): string {
  const words = [['--profile', block.profile] as const, ...options].map(([name, value]) => option(name, [value]));
  return `${posixCommand([['aws', 'iam', command], ...words])}\n`;
}

function pathOption({ path }: Named): readonly (readonly [name: string, value: string])[] {
  return path === '/' ? [] : [['--path', path]];
}

interface Named {
  /** As the setting has it. */
  readonly text: string;
  readonly name: string;
  /** `/` or `/a/b/`. */
  readonly path: string;
}

function named(setting: EmrSettingName, { block }: Want): Named {
  const text = block.settings.get(setting)?.text ?? '';
  const [, path = '', name = ''] = /^(?:arn:[^/]*)?(.*\/)?([^/]*)$/.exec(text) ?? [];
  return { text, name, path: `/${path.replace(/^\//, '')}` };
}

/** IAM API reference, CreateRole, CreateInstanceProfile and PutRolePolicy. */
function whyNoName({ text, name, path }: Named, what: 'role' | 'instance profile' | 'policy'): string | undefined {
  const longest = what === 'role' ? 64 : 128;
  const shown = name.length > 80 ? `${name.slice(0, 80)}…` : name;
  const begin = `"${shown}" cannot be the name of ${what === 'instance profile' ? 'an' : 'a'} ${what}`;
  if (isPlaceholder(text) || !/^[\w+=,.@-]+$/.test(name)) return `${begin}: IAM takes letters, digits and +=,.@-_ alone.`;
  if (name.length > longest) return `${begin}: it has ${name.length} characters, and IAM takes ${longest} at most.`;
  if (!/^\/(?:[!-~]+\/)?$/.test(path) || path.length > 512) return `"${shown}" cannot be made: IAM does not take the path before it.`;
  return undefined;
}

/** The role that the block names, or that its instance profile holds. */
function roleIn(kind: 'service' | 'ec2', { block, facts }: Want): Role | undefined {
  return launchRoles(block, facts).find((launched) => launched.kind === kind)?.role;
}

/** The role that the setting of the finding comes to. */
function roleAt({ block, facts, offset }: Want): Role | undefined {
  return launchRoles(block, facts).find(({ setting }) => isWithin({ start: offset, end: offset }, setting.value))?.role;
}

/** By the ARNs of the block and of the facts, or else by the region. */
function placeOf(block: EmrBlock, facts: AccountFacts, region: string): Pick<Want, 'partition' | 'account'> {
  const arns = [...[...block.settings.values()].map(({ text }) => text), ...facts.roles.map(({ value }) => value.arn)];
  const places = arns.flatMap((text) => placeOfArn(text) ?? []);
  const accounts = new Set(
    block.account === undefined
      ? [...facts.sources.flatMap((source) => source.accounts), ...places.map(({ account }) => account)]
      : [block.account],
  );
  const account = accounts.size === 1 ? [...accounts][0] : undefined;
  const byRegion = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return { account, partition: places.find((place) => account === undefined || place.account === account)?.partition ?? byRegion };
}

function quoted(name: string): string {
  return `"${name}"`;
}
