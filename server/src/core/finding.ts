// What a rule has to say, in offsets of the document that it looked at.

import type { PolicyKind } from './policy/policy';
import type { Edit, Span } from './text';

/** error: the launch or the API call fails; warning: it works but is risky or will break; information: worth knowing; hint: style. */
export const severities = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof severities)[number];

export function isSeverity(value: unknown): value is Severity {
  return severities.some((severity) => severity === value);
}

/** `safe`: the meaning is kept and access never widened. `suggestion`: it changes who may do what, or guesses an intent. */
export interface Fix {
  readonly title: string;
  readonly kind: 'safe' | 'suggestion';
  readonly edits: readonly Edit[];
}

/** Another place in the same document that explains a finding. */
export interface Related {
  readonly span: Span;
  readonly message: string;
}

export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  /** The code of the IAM Access Analyzer check that the rule mirrors. */
  readonly accessAnalyzer?: string;
  /** Of the policy that the finding is about; none in a config file. */
  readonly policyKind?: PolicyKind;
  readonly fixes: readonly Fix[];
  readonly related: readonly Related[];
}

export function compareFindings(a: Finding, b: Finding): number {
  return a.span.start - b.span.start || a.span.end - b.span.end || compareText(a.rule, b.rule);
}

/** By code unit, so that the order is the same in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
