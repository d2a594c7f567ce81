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
import { policiesOf } from '../emr/roles';
import type { AccountFacts } from '../facts/facts';
import type { Finding } from '../finding';
import { ruleById } from '../rules/index';
import { noSurroundings, type Surroundings } from '../surroundings';
import type { Span } from '../text';
import { listed } from '../words';
import { launchHover } from './launchHover';
import { cell, code } from './markdown';
import { contains, placeAt } from './place';
import { policyHover } from './policyHover';
import { describeInstanceProfile, describeRole } from './roleDescription';

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
        : document.kind === 'launch'
          ? launchHover(document, offset, context)
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
