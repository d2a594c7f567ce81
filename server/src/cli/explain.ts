// emr-iam explain

import { nearest } from '../core/nearest';
import { ruleById, rules } from '../core/rules/index';
import type { Example, Rule } from '../core/rules/rule';
import { type ExitCode, type Output, UsageError } from './output';

/** One rule in full, or every rule, one a line. */
export function runExplain(id: string | undefined, output: Output): ExitCode {
  if (id === undefined) {
    const columns = Math.max(...rules.map((rule) => rule.id.length));
    for (const rule of rules) {
      const only = rule.profile === undefined ? '' : ` (profile ${rule.profile})`;
      output.out(`${rule.id.padEnd(columns)}  ${rule.severity.padEnd(11)}  ${rule.docs.what}${only}\n`);
    }
    return 0;
  }
  const rule = ruleById.get(id);
  if (rule === undefined) {
    const meant = nearest(id, [...ruleById.keys()]);
    const hint = meant.length > 0 ? `Did you mean ${meant.join(' or ')}?` : 'Call "emr-iam explain" for the list.';
    throw new UsageError(`There is no rule "${id}". ${hint}`);
  }
  output.out(explanation(rule));
  return 0;
}

function explanation({ id, severity, profile, docs, accessAnalyzer }: Rule): string {
  return [
    `${id} (${severity}) finds ${docs.what}.`,
    '',
    docs.why,
    ...(profile === undefined ? [] : ['', `Off, unless the profile is "${profile}" or a severity is set for it.`]),
    ...(accessAnalyzer === undefined ? [] : ['', `IAM Access Analyzer reports the same as ${accessAnalyzer}.`]),
    ...docs.bad.flatMap((example) => ['', 'Reported:', '', indented(example)]),
    ...docs.good.flatMap((example) => ['', 'Not reported:', '', indented(example)]),
    '',
    'Sources:',
    ...docs.references.map((link) => `  ${link}`),
    '',
  ].join('\n');
}

function indented({ text, account }: Example): string {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`.trimEnd());
  if (account === undefined) return lines.join('\n');
  const roles = account.roles.map(({ name, inlinePolicies }) =>
    inlinePolicies === undefined
      ? name
      : `${name} (inline: ${inlinePolicies.map((policy) => (typeof policy === 'string' ? policy : policy.name)).join(', ')})`,
  );
  const profiles = account.instanceProfiles.map(({ name, role }) => `${name} (holds ${role ?? 'no role'})`);
  return [...lines, '', `  in an account with the roles ${roles.join(', ')} and the instance profiles ${profiles.join(', ')}`].join('\n');
}
