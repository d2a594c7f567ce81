// All rules over one document.

import type { Document } from './document';
import type { AccountFacts } from './facts/facts';
import { compareFindings, type Finding } from './finding';
import { rules } from './rules/index';
import { type Rule, type RuleKind, subjectsOf } from './rules/rule';
import type { Settings } from './settings';

export interface LintContext {
  readonly settings: Settings;
  readonly facts: AccountFacts;
}

/** Sorted by place, then by rule. */
export function lint(document: Document, { settings, facts }: LintContext): readonly Finding[] {
  if (document.kind === 'refused' || !settings.enable) return [];
  const findings: Finding[] = [];
  // What stands where in broken JSON is a guess, and so would be what a fix does to it.
  const isFixable = document.kind !== 'json' || !document.isBroken;
  for (const [kind, subject] of subjectsOf(document)) {
    for (const rule of rulesFor.get(kind) ?? []) {
      const severity = settings.rules.get(rule.id) ?? rule.severity;
      if (severity === 'off') continue;
      rule.check({
        subject,
        document,
        text: document.text,
        facts: 'account' in subject ? facts.forAccount(subject.account) : facts,
        report: ({ at, message, fixes = [], related = [] }) => {
          const code = rule.accessAnalyzer === undefined ? {} : { accessAnalyzer: rule.accessAnalyzer };
          findings.push({ rule: rule.id, severity, span: at, message, ...code, fixes: isFixable ? fixes : [], related });
        },
      });
    }
  }
  return findings.sort(compareFindings);
}

const rulesFor: ReadonlyMap<RuleKind, readonly Rule[]> = new Map(
  [...new Set(rules.flatMap((rule) => rule.kinds))].map((kind) => [kind, rules.filter((rule) => rule.kinds.includes(kind))]),
);
