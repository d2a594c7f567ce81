// What stands under the cursor: the rule of a finding there, and what the facts say of a role or an instance profile.

import type { Document } from '../document';
import type { EmrSettingName } from '../emr/block';
import type { AccountFacts, Answer, InstanceProfile, Role } from '../facts/facts';
import type { Finding } from '../finding';
import { ruleById } from '../rules/index';
import { listed } from '../rules/rule';
import type { Span } from '../text';

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

export function hover(document: Document, offset: number, findings: readonly Finding[], facts: AccountFacts): Hover | undefined {
  const contains = ({ start, end }: Span): boolean => start <= offset && offset <= end;
  const name = nameAt(document, contains, facts);
  const about = findings.filter(({ span }) => contains(span));
  const parts = [...(name === undefined ? [] : [name.markdown]), ...new Set(about.map(({ rule }) => ruleMarkdown(rule)))];
  const span = name?.span ?? about[0]?.span;
  return span === undefined ? undefined : { span, markdown: parts.join('\n\n---\n\n') };
}

function ruleMarkdown(id: string): string {
  const rule = ruleById.get(id);
  if (rule === undefined) return '';
  return `**${id}** finds ${rule.docs.what}.\n\n${rule.docs.why}\n\n${rule.docs.references.map((link) => `<${link}>`).join('  \n')}`;
}

function nameAt(document: Document, contains: (span: Span) => boolean, facts: AccountFacts): Hover | undefined {
  if (document.kind !== 'config') return undefined;
  for (const { settings, account } of document.emrBlocks) {
    const known = facts.forAccount(account);
    for (const [name, describe] of describers) {
      const setting = settings.get(name);
      if (setting !== undefined && contains(setting.value)) return { span: setting.value, markdown: describe(setting.text, known) };
    }
  }
  return undefined;
}

const describers: ReadonlyMap<EmrSettingName, (text: string, facts: AccountFacts) => string> = new Map([
  ['service_role', (text, facts) => describeRole(text, facts.role(text), facts)],
  ['instance_profile', (text, facts) => describeInstanceProfile(text, facts.instanceProfile(text), facts)],
]);

function describeRole(text: string, role: Answer<Role>, facts: AccountFacts): string {
  if (role.state === 'unknown') return `Role ${code(text)}: nothing is known about it.${hint(facts)}`;
  if (role.state === 'absent') return `Role ${code(text)}: not in the account (${code(role.source.label)}).`;
  const { name, arn, inlinePolicies, attachedPolicies } = role.value;
  const holders = facts.instanceProfilesHolding(name).map((profile) => profile.name);
  return [
    `Role ${code(name)} (${code(role.source.label)})`,
    ...(arn === '' ? [] : [`- ARN: ${code(arn)}`]),
    `- managed policies: ${policies(attachedPolicies)}`,
    `- inline policies: ${policies(inlinePolicies)}`,
    `- held by the instance profiles: ${holders.length === 0 ? 'none known' : listed(holders, code)}`,
  ].join('\n');
}

function describeInstanceProfile(text: string, profile: Answer<InstanceProfile>, facts: AccountFacts): string {
  if (profile.state === 'unknown') return `Instance profile ${code(text)}: nothing is known about it.${hint(facts)}`;
  if (profile.state === 'absent') {
    return `Instance profile ${code(text)}: ${profile.orEmpty ? 'absent, or without a role' : 'not in the account'} (${code(profile.source.label)}).`;
  }
  const { name, role } = profile.value;
  const head = `Instance profile ${code(name)} (${code(profile.source.label)})`;
  if (role === undefined) return `${head}\n- holds no role`;
  return `${head}\n- holds the role ${code(role)}\n\n${describeRole(role, facts.role(role), facts)}`;
}

function policies(names: readonly string[] | undefined): string {
  if (names === undefined) return 'unknown';
  return names.length === 0 ? 'none' : listed(names, code);
}

function hint(facts: AccountFacts): string {
  return facts.sources.length > 0 ? '' : ' Name files with facts in the setting `emrIam.factsFiles`.';
}

/** Any text as inline code: names come from files that anybody may have written, and Markdown in them must stay text. */
function code(text: string): string {
  return `\`${text.replace(/[`\r\n]/g, ' ')}\``;
}
