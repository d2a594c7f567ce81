// What an account lacks for a launch, as the AWS commands that set it up, for a POSIX shell: shown, never run. Every policy of its own is
// a managed one, as AWS advises.

import type { ConfigDocument } from '../document';
import { type AccountFacts, type Role, sameName } from '../facts/facts';
import { parseReference } from '../facts/reference';
import { noSurroundings, type Surroundings } from '../surroundings';
import { isWithin } from '../text';
import { type EmrBlock, type EmrSettingName, meantBoolean, resolvedProfiles, usedBlocks } from './block';
import { option } from './createCluster';
import { comment, whyRefused } from './launchCommand';
import { passedTo } from './launchNeeds';
import { defaultRole } from './launchSpec';
import { managedPoliciesTag, servicePolicy } from './managedPolicy';
import { type Partition, type RoleKind, roleKindNames, trustedServices } from './roleKind';
import { launchRoles } from './roles';
import { posixCommand, posixWord } from './shell';
import { trustInWords, trustVerdict } from './trustWords';
import { isPlaceholder } from './value';

export interface SetupCommands {
  readonly script: string;
}

/** A sentence that says why there are no commands. */
export interface SetupRefusal {
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
  facts: AccountFacts,
  surroundings: Surroundings = noSurroundings,
): SetupCommands | SetupRefusal | undefined {
  const recipe = Object.hasOwn(recipes, rule) ? recipes[rule] : undefined;
  const block = usedBlocks(document, surroundings).find(({ setting }) => isWithin({ start: offset, end: offset }, setting.span));
  if (recipe === undefined || block === undefined) return undefined;
  const region = resolvedProfiles(document, surroundings).get(block.profile)?.get('region')?.setting.value;
  const known = facts.forAccount(block.account);
  const want: Want = { block, facts: known, ...placeOf(block, known, region?.kind === 'text' ? region.text : '') };
  const hidden = whyRefused(option('--profile', [block.profile]));
  if (hidden !== undefined) return { refused: hidden };
  const steps = recipe.steps(want);
  if ('refused' in steps) return steps;
  const head = `For the profile "${block.profile}" of the AWS ${document.file} file. Nothing has been run: read it all first.`;
  return steps.length === 0 ? undefined : { script: [comment(head), ...steps].join('\n') };
}

interface Want {
  readonly block: EmrBlock;
  readonly facts: AccountFacts;
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
  return [
    ...(role.state === 'known' ? openedTo(role.value, want) : [...newRole(profile, 'ec2', want), ...logPolicy(profile.name, want)]),
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
  const source = `arn:${partition}:elasticmapreduce:*:${account}:*`;
  const isGuarded = kind === 'service' && account !== undefined;
  return policy({
    Effect: 'Allow',
    Principal: { Service: services.length === 1 ? services[0] : services },
    Action: 'sts:AssumeRole',
    ...(isGuarded ? { Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': source } } } : {}),
  });
}

/** AmazonEMRServicePolicy_v2 allows it for the default role alone. */
function passRole(serviceRoleName: string, want: Want): readonly string[] {
  const known = roleIn('ec2', want);
  const profile = named('instance_profile', want);
  const ec2 = known ?? (whyNoName(profile, 'role') === undefined ? profile : undefined);
  if (ec2 === undefined || (ec2.path === '/' && sameName(ec2.name, defaultRole.instance_profile))) return [];
  const made = `arn:${want.partition}:iam::${want.account ?? '*'}:role${ec2.path}${ec2.name}`;
  const statement = {
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: known === undefined || known.arn === '' ? made : known.arn,
    Condition: { StringLike: { 'iam:PassedToService': `${passedTo.ec2}*` } },
  };
  const what = `EMR gives the role "${ec2.name}" to the instances; ${servicePolicy} allows that for ${defaultRole.instance_profile} alone.`;
  return newPolicy(serviceRoleName, 'pass-ec2-role', what, [statement], want);
}

/** EMR Management Guide, "Service role for cluster EC2 instances": what logs and debugging take. */
function logPolicy(role: string, want: Want): readonly string[] {
  const { settings } = want.block;
  const folder = /^s3[na]?:\/\/([a-z\d][a-z\d.-]+(?:\/[\w!.()/'=+@:-]*)?)$/
    .exec(settings.get('log_uri')?.text ?? '')?.[1]
    ?.replace(/\/+$/, '');
  const isDebugged = meantBoolean(settings.get('enable_debugging')?.text ?? '') === true;
  const queues = `arn:${want.partition}:sqs:*:${want.account ?? '*'}:AWS-ElasticMapReduce-*`;
  const statements = [
    ...(folder === undefined ? [] : [{ Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:${want.partition}:s3:::${folder}/*` }]),
    ...(isDebugged ? [{ Effect: 'Allow', Action: ['sqs:GetQueueUrl', 'sqs:SendMessage'], Resource: queues }] : []),
  ];
  const what = 'What the instances do for log_uri and enable_debugging. Add what the applications on the cluster work with.';
  return statements.length === 0 ? [] : newPolicy(role, 'logs', what, statements, want);
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
  return lines.map(comment).join('');
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

/** IAM API reference, CreateRole and CreateInstanceProfile. */
function whyNoName({ text, name, path }: Named, what: 'role' | 'instance profile'): string | undefined {
  const longest = what === 'role' ? 64 : 128;
  const shown = name.length > 80 ? `${name.slice(0, 80)}…` : name;
  const begin = `"${shown}" cannot be the name of ${what === 'role' ? 'a role' : 'an instance profile'}`;
  if (isPlaceholder(text) || !/^[\w+=,.@-]+$/.test(name)) return `${begin}: IAM takes letters, digits and +=,.@-_ alone.`;
  if (name.length > longest) return `${begin}: it has ${name.length} characters, and IAM takes ${longest} at most.`;
  if (!/^\/(?:[!-~]+\/)?$/.test(path) || path.length > 512) return `"${shown}" cannot be made: IAM does not take the path before it.`;
  return undefined;
}

/** The role that the block names, or that its instance profile holds. */
function roleIn(kind: 'service' | 'ec2', { block, facts }: Want): Role | undefined {
  return launchRoles(block, facts).find((launched) => launched.kind === kind)?.role;
}

/** By the ARNs of the block and of the facts, or else by the region. */
function placeOf(block: EmrBlock, facts: AccountFacts, region: string): Pick<Want, 'partition' | 'account'> {
  const arns = [...[...block.settings.values()].map(({ text }) => text), ...facts.roles.map(({ value }) => value.arn)];
  const places = arns.flatMap((text) => parseReference(text) ?? []).filter(({ account }) => account !== undefined);
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
