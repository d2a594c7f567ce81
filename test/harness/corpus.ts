// What the rules may say of AWS's own managed policies, and what not.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseDocument } from '../../server/src/core/document';
import { noFacts } from '../../server/src/core/facts/facts';
import type { Finding } from '../../server/src/core/finding';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';
import { catalog } from './catalog';
import { inRepository } from './repository';

/** Rules that call something wrong, by their names: from them, a warning about a policy of AWS's is as much a false alarm as an error. */
const blaming = /\b(api-name|deprecated|invalid|mismatch(ed)?|missing|not-allowed|unknown|unsupported|wildcard-without)\b/;

/**
 * What someone looked at and found to be AWS's fault: by rule and policy, whatever its version, the reason. It has in it the text that is
 * marked, so that nothing else that the rule says of the policy is accepted too.
 */
const accepted: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(
  readFileSync(inRepository('test/fixtures/corpus/accepted.json'), 'utf8'),
);

export interface CorpusResult {
  /** How often each rule speaks. */
  readonly counts: Readonly<Record<string, number>>;
  /** What should not be found, and in how many policies it is; the most frequent first. */
  readonly alarms: readonly string[];
  /** What is accepted, but not found. */
  readonly stale: readonly string[];
}

export function lintCorpus(policies: Iterable<{ readonly name: string; readonly text: string }>): CorpusResult {
  const counts = new Map<string, number>();
  const alarms = new Map<string, string[]>();
  const stale = new Set(Object.entries(accepted).flatMap(([rule, names]) => Object.keys(names).map((name) => `${rule}: ${name}`)));
  for (const { name, text } of policies) {
    const document = parseDocument(text, 'json');
    assert.equal(document.kind === 'json' && document.policies.length, 1, name);
    assert.equal(document.kind === 'json' && document.policies[0]?.kind, 'identity', name);
    for (const finding of lint(document, { settings: defaultSettings, catalog: catalog(), facts: noFacts })) {
      const { rule, message } = finding;
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
      if (!isAlarm(finding)) continue;
      const marked = text.slice(finding.span.start, finding.span.end).replace(/^"|"$/g, '');
      if (accepted[rule]?.[name]?.includes(marked)) stale.delete(`${rule}: ${name}`);
      else alarms.set(`${rule}: ${message}`, [...(alarms.get(`${rule}: ${message}`) ?? []), name]);
    }
  }
  return {
    counts: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
    alarms: [...alarms]
      .sort(([, a], [, b]) => b.length - a.length)
      .map(([alarm, names]) => `${names.length} × ${alarm} (${[...new Set(names)].slice(0, 5).join(', ')})`),
    stale: [...stale],
  };
}

function isAlarm({ rule, severity }: Finding): boolean {
  return severity === 'error' || (severity === 'warning' && blaming.test(rule));
}

/** Compares with a golden file, or writes it if the environment says UPDATE_GOLDENS=1. */
export function checkCounts(counts: CorpusResult['counts'], golden: string): void {
  const path = inRepository('test/fixtures/corpus', golden);
  if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(path, `${JSON.stringify(counts, null, 2)}\n`);
  assert.deepEqual(counts, JSON.parse(readFileSync(path, 'utf8')), 'how often each rule speaks: UPDATE_GOLDENS=1 writes it anew');
}

/** Fails with all of it: what a rule is wrong about in one policy it is often wrong about in many. */
export function checkAlarms({ alarms }: CorpusResult): void {
  assert.ok(alarms.length === 0, `found to be wrong, and not accepted:\n${alarms.join('\n')}`);
}
