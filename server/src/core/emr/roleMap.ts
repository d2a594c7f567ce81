// The roles of a launch as a picture has them: config → instance profile → EC2 role, service role, Auto Scaling role, each with its trust
// and its policies, and what is wrong with each. A tree; a role that is used twice is in it twice.

import type { ConfigDocument } from '../document';
import type { AccountFacts, Answer, FactsSource, InstanceProfile, Known, Place, Role } from '../facts/facts';
import { conflictsAbout, sourceInWords } from '../facts/provenance';
import { type Finding, type Severity, severities } from '../finding';
import { type LintContext, lint } from '../lint';
import { noSurroundings } from '../surroundings';
import { isWithin, type Span } from '../text';
import { type EmrBlock, type EmrSetting, effectiveBlock, resolvedProfiles } from './block';
import { type RoleKind, roleKindNames } from './roleKind';
import { isOfAws, noUses, versionOf } from './roles';
import { trustInWords } from './trustWords';

export type MapNodeKind = 'profile' | 'instance-profile' | 'role' | 'trust' | 'policy';

/** All texts are fit to be shown: without characters that hide or turn others, and not too long. */
export interface MapNode {
  readonly kind: MapNodeKind;
  /** What it is to its parent: "holds". */
  readonly relation: string;
  readonly name: string;
  /** As in "EMR service role". */
  readonly what: string;
  readonly state: Answer<unknown>['state'];
  readonly notes: readonly string[];
  /** The worst first. */
  readonly problems: readonly MapProblem[];
  readonly link: MapLink | undefined;
  readonly children: readonly MapNode[];
}

/** A finding that is no mere information. */
interface MapProblem {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
}

/** Where a node comes from. */
export type MapLink =
  | { readonly kind: 'config'; readonly file: ConfigDocument['file']; readonly span: Span }
  | { readonly kind: 'place'; readonly place: Place }
  /** The first place in a facts file where a member of JSON has a value. */
  | { readonly kind: 'facts'; readonly source: FactsSource; readonly member: string; readonly value: string };

export interface RoleMap {
  readonly title: string;
  readonly root: MapNode;
}

export interface RoleMapContext extends LintContext {
  /** In milliseconds since 1970, for the age of facts. */
  readonly now?: number | undefined;
}

/** Nothing where the file has no such profile. */
export function roleMap(document: ConfigDocument, profile: string, context: RoleMapContext): RoleMap | undefined {
  const surroundings = context.surroundings ?? noSurroundings;
  if (!resolvedProfiles(document, surroundings).has(profile)) return undefined;
  const title = shown(`Role map of the profile "${profile}"`);
  const { block, document: holder = document } = effectiveBlock(profile, document, surroundings) ?? {};
  const other = holder === document ? surroundings.other : document;
  const findings = block === undefined ? [] : lint(holder, { ...context, surroundings: { ...surroundings, other } });
  const drawing: Drawing = {
    context,
    facts: context.facts.forAccount(block?.account),
    file: holder.file,
    problems: block === undefined ? () => [] : problemsIn(block, findings),
  };
  return { title, root: profileNode(profile, document, block, drawing) };
}

/** In the order in which they are read; their indices are their names in pictures and lists. */
export function nodesOf({ root }: RoleMap): readonly MapNode[] {
  const below = (node: MapNode): readonly MapNode[] => [node, ...node.children.flatMap(below)];
  return below(root);
}

interface Drawing {
  readonly context: RoleMapContext;
  readonly facts: AccountFacts;
  readonly file: ConfigDocument['file'];
  problems(part: Part): readonly MapProblem[];
}

function profileNode(name: string, document: ConfigDocument, block: EmrBlock | undefined, drawing: Drawing): MapNode {
  const { settings, setting } = block ?? {};
  const service = settings?.get('service_role');
  const profile = settings?.get('instance_profile');
  const section = document.profiles.get(name)?.section;
  const missing = [...(profile === undefined ? ['instance_profile'] : []), ...(service === undefined ? ['service_role'] : [])];
  const span = setting?.key.span ?? section?.name.span;
  return {
    kind: 'profile',
    relation: '',
    name: shown(name),
    what: `profile, ${drawing.file} file`,
    state: 'known',
    notes: block === undefined ? ['has no emr block'] : missing.map((key) => `names no ${key}`),
    problems: drawing.problems('profile'),
    link: span && { kind: 'config', file: drawing.file, span },
    children: [
      ...(profile === undefined ? [] : [instanceProfileNode(profile, drawing)]),
      ...(service === undefined
        ? []
        : [
            roleNode(drawing.facts.role(service.text), 'service', service.text, drawing, {
              relation: 'service_role',
              link: settingLink(service, drawing),
              problems: ['service', 'service trust'],
            }),
          ]),
      ...autoscalingNodes(drawing),
    ],
  };
}

function instanceProfileNode(setting: EmrSetting, drawing: Drawing): MapNode {
  const { facts, context } = drawing;
  const answer = facts.instanceProfile(setting.text);
  const role = answer.state === 'known' ? answer.value.role : undefined;
  const about = answer.state === 'known' ? conflictsAbout(facts, 'instance profile', answer.value.name, quote) : [];
  const empty = answer.state === 'known' && role === undefined ? ['holds no role'] : [];
  return {
    kind: 'instance-profile',
    relation: 'instance_profile',
    name: shown(answer.state === 'known' ? answer.value.name : setting.text),
    what: 'instance profile',
    state: answer.state,
    notes: [...empty, ...stateNotes(answer, context.now), ...about].map((note) => shown(note)),
    problems: [
      ...drawing.problems('instance-profile'),
      ...(role === undefined ? [...drawing.problems('ec2'), ...drawing.problems('ec2 trust')] : []),
    ],
    link: linkTo(answer, 'InstanceProfileName') ?? settingLink(setting, drawing),
    children:
      role === undefined
        ? []
        : [roleNode(facts.role(role), 'ec2', role, drawing, { relation: 'holds', link: undefined, problems: ['ec2', 'ec2 trust'] })],
  };
}

/** No setting names one; it is known by its name, or by what the project says of it. */
function autoscalingNodes(drawing: Drawing): readonly MapNode[] {
  const { facts, context } = drawing;
  const role = facts.roles.find(({ value }) => (context.uses ?? noUses).kindsOf(value.name).includes('autoscaling'));
  if (role === undefined) return [];
  const as = {
    relation: '--auto-scaling-role',
    notes: ['no setting names it: a launch takes it by --auto-scaling-role'],
    link: undefined,
    problems: [],
  };
  return [roleNode(role, 'autoscaling', role.value.name, drawing, as)];
}

interface RoleAs {
  readonly relation: string;
  readonly notes?: readonly string[];
  /** Where the role is named, for one that the facts do not have. */
  readonly link: MapLink | undefined;
  /** What is wrong with the role, then with its trust. */
  readonly problems: readonly Part[];
}

function roleNode(answer: Answer<Role>, kind: RoleKind, name: string, drawing: Drawing, as: RoleAs): MapNode {
  const { facts, context } = drawing;
  const [own, trust] = as.problems.map((part) => drawing.problems(part));
  const isKnown = answer.state === 'known';
  return {
    kind: 'role',
    relation: as.relation,
    name: shown(isKnown ? answer.value.name : name),
    what: roleKindNames[kind],
    state: answer.state,
    notes: [
      ...(as.notes ?? []),
      ...stateNotes(answer, context.now),
      ...(isKnown ? [...bareNotes(answer.value), ...conflictsAbout(facts, 'role', answer.value.name, quote)] : []),
    ].map((note) => shown(note)),
    problems: [...(own ?? []), ...(isKnown ? [] : (trust ?? []))],
    link: linkTo(answer, 'RoleName') ?? as.link,
    children: isKnown ? [trustNode(answer, kind, trust ?? []), ...policyNodes(answer, drawing)] : [],
  };
}

function bareNotes({ attachedPolicies, inlinePolicies }: Role): readonly string[] {
  return attachedPolicies?.length === 0 && inlinePolicies?.length === 0 ? ['has no policies'] : [];
}

function trustNode(role: Known<Role>, kind: RoleKind, problems: readonly MapProblem[]): MapNode {
  return {
    kind: 'trust',
    relation: 'trust',
    name: 'Trust policy',
    what: 'who may assume it',
    state: role.value.trustPolicy === undefined ? 'unknown' : 'known',
    notes: [shown(trustInWords(role.value, kind, quote))],
    problems,
    link: linkTo(role, 'RoleName'),
    children: [],
  };
}

const mostPolicies = 8;

function policyNodes(role: Known<Role>, { facts, context }: Drawing): readonly MapNode[] {
  const { attachedPolicies, inlinePolicies } = role.value;
  const ofRole = linkTo(role, 'RoleName');
  const node = (relation: string, name: string, what: string, link: MapLink | undefined, state: MapNode['state'] = 'known'): MapNode => ({
    ...{ kind: 'policy', relation, name: shown(name), what, state, notes: [], problems: [], link, children: [] },
  });
  const unknown = (what: string): MapNode[] => [node('', 'not known', what, ofRole, 'unknown')];
  const managed = attachedPolicies?.map((policy) => {
    const known = facts.managedPolicy(policy.arn);
    const version = versionOf(policy, facts, context.catalog);
    const what = `${isOfAws(policy) ? "AWS's managed policy" : 'managed policy'}${version === undefined ? '' : `, ${version}`}`;
    return node('attached', policy.name, what, linkTo(known, 'PolicyName') ?? ofRole);
  });
  const inline = inlinePolicies?.map(({ name, place }) => {
    const link = place === undefined ? factsLink(role.source, 'PolicyName', name) : ({ kind: 'place', place } as const);
    return node('inline', name, 'inline policy', link);
  });
  const all = [...(managed ?? unknown('managed policies')), ...(inline ?? unknown('inline policies'))];
  const more = all.length - mostPolicies;
  return more < 2 ? all : [...all.slice(0, mostPolicies), node('', `and ${more} more`, 'policies', ofRole)];
}

function stateNotes(answer: Answer<Role | InstanceProfile>, now: number | undefined): readonly string[] {
  switch (answer.state) {
    case 'known':
      return [`from ${sourceInWords(answer.source, now, String)}`];
    case 'absent':
      return [`${answer.orEmpty ? 'absent, or without a role' : 'not in the account'} (${sourceInWords(answer.source, now, String)})`];
    case 'unknown':
      return ['nothing is known about it'];
  }
}

function settingLink({ value }: EmrSetting, { file }: Drawing): MapLink {
  return { kind: 'config', file, span: value };
}

/** To where a file of the workspace declares it, or else into the file that the facts are from. */
function linkTo(answer: Answer<{ readonly name: string; readonly place?: Place | undefined }>, member: string): MapLink | undefined {
  if (answer.state !== 'known') return undefined;
  const { name, place } = answer.value;
  return place === undefined ? factsLink(answer.source, member, name) : { kind: 'place', place };
}

function factsLink(source: FactsSource, member: string, value: string): MapLink {
  return { kind: 'facts', source, member, value };
}

/** What a finding is about. */
type Part = 'profile' | 'instance-profile' | 'ec2' | 'ec2 trust' | 'service' | 'service trust';

/** Of the rules about something else than the name that they mark: the roles below it, their trust, or whoever launches. */
const depths: Readonly<Record<string, 'profile' | 'role' | 'trust'>> = {
  'emr/confused-deputy': 'trust',
  'emr/deprecated-managed-policy': 'role',
  'emr/ec2-role-permissions': 'role',
  'emr/ec2-role-trust': 'trust',
  'emr/inline-policy': 'role',
  'emr/inline-policy-drift': 'role',
  'emr/launch-permissions': 'profile',
  'emr/partition': 'role',
  'emr/pass-role-for-custom-role': 'role',
  'emr/policy-size': 'role',
  'emr/service-role-permissions': 'role',
  'emr/service-role-trust': 'trust',
  'emr/swapped-roles': 'trust',
};

function problemsIn({ setting, settings }: EmrBlock, findings: readonly Finding[]): Drawing['problems'] {
  const isOn = (name: 'service_role' | 'instance_profile', { span }: Finding): boolean => {
    const line = settings.get(name)?.line;
    return line !== undefined && isWithin(span, line.span);
  };
  const partOf = (finding: Finding): Part => {
    const depth = Object.hasOwn(depths, finding.rule) ? depths[finding.rule] : undefined;
    if (depth === 'profile') return 'profile';
    if (isOn('service_role', finding)) return depth === 'trust' ? 'service trust' : 'service';
    // Logs and debugging are the business of the EC2 role too.
    if (!isOn('instance_profile', finding) && finding.rule !== 'emr/ec2-role-permissions') return 'profile';
    return depth === undefined ? 'instance-profile' : depth === 'trust' ? 'ec2 trust' : 'ec2';
  };
  // Nothing of a file that cannot be read counts.
  const own = findings.filter(
    ({ span, rule, severity }) =>
      (severity === 'error' || severity === 'warning') && (isWithin(span, setting.span) || rule === 'config/unparsable'),
  );
  const sorted = [...own].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  const problems = sorted.map((finding) => [partOf(finding), problemOf(finding)] as const);
  return (part) => problems.flatMap(([of, problem]) => (of === part ? [problem] : []));
}

function problemOf({ rule, severity, message }: Finding): MapProblem {
  return { rule, severity, message: shown(message, 2000) };
}

function quote(name: string): string {
  return `"${name}"`;
}

/** Controls, marks that turn the direction of text or take no room, ends of lines, and halves of characters. */
const hidden =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Names come from files that anybody may have written. */
function shown(text: string, longest = 300): string {
  const clipped = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return clipped.replace(hidden, '\ufffd');
}
