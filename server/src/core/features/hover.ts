// What stands under the cursor: what a setting does and which value the AWS CLI takes, what the facts say of a role or an instance
// profile, and the rule of a finding there.

import { emrSettings, profileSettings } from '../awsconfig/known';
import type { NestedSetting, Section } from '../awsconfig/node';
import { defaults } from '../awsconfig/parse';
import { sectionProfile } from '../awsconfig/profiles';
import type { Catalog, Descriptions } from '../catalog/catalog';
import type { ConfigDocument, Document, JsonDocument } from '../document';
import { documentAt } from '../embedded';
import { type EmrSettingName, effectiveBlock, emrSettingNames } from '../emr/block';
import { callerIn, type JudgedNeed, judgeNeeds, launchNeeds } from '../emr/launchNeeds';
import { type RoleKind, roleKindNames } from '../emr/roleKind';
import { policiesOf, versionOf } from '../emr/roles';
import { trustInWords } from '../emr/trustWords';
import type { AccountFacts, FactsSource } from '../facts/facts';
import { conflictsAbout, sourceInWords } from '../facts/sourceWords';
import type { Finding } from '../finding';
import { ruleById } from '../rules/index';
import { listed } from '../rules/rule';
import { noSurroundings, type Surroundings } from '../surroundings';
import type { Span } from '../text';
import { cell, code } from './markdown';
import { contains, placeAt } from './place';
import { policyHover } from './policyHover';

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

export interface HoverContext {
  readonly facts: AccountFacts;
  readonly surroundings?: Surroundings | undefined;
  readonly catalog?: Catalog | undefined;
  readonly descriptions?: Descriptions | undefined;
  /** In milliseconds since 1970, for the age of facts. */
  readonly now?: number | undefined;
}

export function hover(document: Document, offset: number, findings: readonly Finding[], context: HoverContext): Hover | undefined {
  const about = findings.filter(({ span }) => contains(span, offset));
  const thing =
    document.kind === 'config'
      ? describe(document, offset, context)
      : document.kind === 'json'
        ? hoverInJson(document, offset, context)
        : undefined;
  const parts = [...(thing === undefined ? [] : [thing.markdown]), ...new Set(about.map(({ rule }) => ruleMarkdown(rule)))];
  const span = thing?.span ?? about[0]?.span;
  return span === undefined ? undefined : { span, markdown: parts.join('\n\n---\n\n') };
}

function hoverInJson(document: JsonDocument, offset: number, { catalog, descriptions }: HoverContext): Hover | undefined {
  const inside = documentAt(document, offset);
  const found = policyHover(inside.document, inside.offset, catalog, descriptions);
  return found && { ...found, span: inside.toOuter(found.span) };
}

function ruleMarkdown(id: string): string {
  const rule = ruleById.get(id);
  if (rule === undefined) return '';
  return `**${id}** finds ${rule.docs.what}.\n\n${rule.docs.why}\n\n${rule.docs.references.map((link) => `<${link}>`).join('  \n')}`;
}

/** The head, key or value of a config file under the cursor. */
function describe(document: ConfigDocument, offset: number, context: HoverContext): Hover | undefined {
  const { section, setting, nested } = placeAt(document, offset) ?? {};
  if (section === undefined) return undefined;
  if (contains(section.name.span, offset)) return { span: section.name.span, markdown: describeHead(document, section, context) };
  if (nested !== undefined && setting?.key.text === 'emr') {
    const part = [nested.key.span, nested.value.span].find((span) => contains(span, offset));
    const markdown = describeEmrSetting(document, section, nested, context);
    return part === undefined || markdown === undefined ? undefined : { span: part, markdown };
  }
  const known = setting && profileSettings.get(setting.key.text);
  if (setting === undefined || known === undefined || !contains(setting.key.span, offset)) return undefined;
  return { span: setting.key.span, markdown: known.what };
}

function describeHead(document: ConfigDocument, section: Section, context: HoverContext): string {
  const name = sectionProfile(section, document.file);
  if (section.name.text === defaults) return 'Every profile of this file inherits these settings.';
  if (name === undefined) return 'No profile to the AWS CLI.';
  if (document.profiles.get(name)?.section !== section)
    return `Profile ${code(name)}, which a later section replaces: nothing below this heading is used.`;
  const what =
    name === 'default'
      ? 'The profile that the AWS CLI takes if none is named. No other profile inherits from it.'
      : `Profile ${code(name)}: \`aws --profile\` ${code(name)}`;
  return [what, ...needsTable(name, document, context)].join('\n\n');
}

/** What a launch takes, and what grants it to the role as which the profile acts, where the facts know that role. */
function needsTable(profile: string, document: ConfigDocument, context: HoverContext): readonly string[] {
  const { block } = effectiveBlock(profile, document, context.surroundings ?? noSurroundings) ?? {};
  if (block === undefined) return [];
  const facts = context.facts.forAccount(block.account);
  const caller = callerIn(block.caller, facts);
  if (caller === undefined) return [];
  const needs = judgeNeeds(launchNeeds(block, facts), policiesOf(caller.holder, facts, context.catalog));
  const rows = needs.map((need) => `| ${cell(need.what)} | ${granting(need)} |`);
  return [[`| A launch takes | ${cell(caller.name)} has it by |`, '| --- | --- |', ...rows].join('\n')];
}

function granting({ grantedBy, isLacking }: JudgedNeed): string {
  if (isLacking)
    return grantedBy.length === 0 ? '**nothing**' : `**nothing**: ${listed(grantedBy, cell)} would, and another policy denies it`;
  return grantedBy.length === 0 ? 'not known' : listed(grantedBy, cell);
}

function describeEmrSetting(
  document: ConfigDocument,
  section: Section,
  { key, value }: NestedSetting,
  context: HoverContext,
): string | undefined {
  const name = emrSettingNames.find((known) => known === key.text);
  if (name === undefined) return undefined;
  const { what, readBy, option } = emrSettings[name];
  const profile = sectionProfile(section, document.file);
  const used = profile === undefined ? undefined : effectiveBlock(profile, document, context.surroundings ?? noSurroundings);
  const facts = context.facts.forAccount(used?.block.account);
  const text = value.kind === 'text' ? value.text : '';
  const about = text === '' ? undefined : describers.get(name)?.(text, { ...context, facts });
  return [
    `${what} Read by \`aws emr\` ${readBy}; the option \`${option}\` wins over it.`,
    ...(profile === undefined ? [] : [effective(name, profile, document, used)]),
    ...(about === undefined ? [] : [about]),
  ].join('\n\n');
}

/** What the CLI takes, and where from. */
function effective(name: EmrSettingName, profile: string, document: ConfigDocument, used: ReturnType<typeof effectiveBlock>): string {
  const where =
    used === undefined || used.document === document ? 'this file' : `the ${used.document.file} file, whose emr block replaces this one`;
  const value = used?.block.settings.get(name)?.text;
  // An empty boolean is kept, as the CLI refuses it.
  if (value === undefined || value === '') return `The profile ${code(profile)} has no value for it (${where}).`;
  return `The profile ${code(profile)} has ${code(value)}, from ${where}.`;
}

const describers: ReadonlyMap<EmrSettingName, (text: string, context: HoverContext) => string> = new Map([
  ['service_role', (text, context) => describeRole(text, 'service', context)],
  ['instance_profile', (text, context) => describeInstanceProfile(text, context)],
]);

function describeRole(text: string, kind: RoleKind, { facts, catalog, now }: HoverContext): string {
  const role = facts.role(text);
  if (role.state === 'unknown') return `Role ${code(text)}: nothing is known about it.${hint(facts)}`;
  if (role.state === 'absent') return `Role ${code(text)}: not in the account (${sourceInWords(role.source, now, code)}).`;
  const { name, arn, inlinePolicies, attachedPolicies } = role.value;
  const holders = facts.instanceProfilesHolding(name).map((profile) => profile.name);
  const managed = attachedPolicies?.map((policy) => {
    const version = versionOf(policy, facts, catalog);
    return `${code(policy.name)}${version === undefined ? '' : ` (${version})`}`;
  });
  return [
    `Role ${code(name)}, as the ${roleKindNames[kind]}`,
    ...(arn === '' ? [] : [`- ARN: ${code(arn)}`]),
    `- trust: ${trustInWords(role.value, kind, code)}`,
    `- managed policies: ${policies(managed)}`,
    `- inline policies: ${policies(inlinePolicies?.map((policy) => code(policy.name)))}`,
    `- held by the instance profiles: ${holders.length === 0 ? 'none known' : listed(holders, code)}`,
    ...sourceLines(role.source, conflictsAbout(facts, 'role', name, code), now),
  ].join('\n');
}

function describeInstanceProfile(text: string, context: HoverContext): string {
  const { facts, now } = context;
  const profile = facts.instanceProfile(text);
  if (profile.state === 'unknown') return `Instance profile ${code(text)}: nothing is known about it.${hint(facts)}`;
  if (profile.state === 'absent') {
    return `Instance profile ${code(text)}: ${profile.orEmpty ? 'absent, or without a role' : 'not in the account'} (${sourceInWords(profile.source, now, code)}).`;
  }
  const { name, role } = profile.value;
  return [
    `Instance profile ${code(name)}`,
    // What the workspace does not say, may be said elsewhere.
    ...(role === undefined && profile.source.kind === 'workspace'
      ? []
      : [`- holds ${role === undefined ? 'no role' : `the role ${code(role)}`}`]),
    ...sourceLines(profile.source, conflictsAbout(facts, 'instance profile', name, code), now),
    ...(role === undefined ? [] : ['', describeRole(role, 'ec2', context)]),
  ].join('\n');
}

function sourceLines(source: FactsSource, conflicts: readonly string[], now: number | undefined): readonly string[] {
  return [`- from ${sourceInWords(source, now, code)}`, ...conflicts.map((conflict) => `- ${conflict}`)];
}

/** @param names as they are shown. */
function policies(names: readonly string[] | undefined): string {
  if (names === undefined) return 'unknown';
  return names.length === 0 ? 'none' : listed(names, (name) => name);
}

function hint(facts: AccountFacts): string {
  return facts.sources.length > 0 ? '' : ' Name files with facts in the setting `emrIam.factsFiles`.';
}
