import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { noFacts } from '../../server/src/core/facts/facts';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';
import { catalog } from '../harness/catalog';
import { managedPolicies } from '../harness/managedPolicies';
import { inRepository } from '../harness/repository';

/** Errors that someone looked at and found to be AWS's: rule, policy, reason. */
const accepted: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(
  readFileSync(inRepository('test/fixtures/corpus/accepted.json'), 'utf8'),
);

test("AWS's managed policies are found to be policies, and free of errors", () => {
  const policies = managedPolicies();
  assert.ok(policies.size > 1500);
  const counts = new Map<string, number>();
  const stale = new Set(Object.entries(accepted).flatMap(([rule, names]) => Object.keys(names).map((name) => `${rule} ${name}`)));
  for (const [name, text] of policies) {
    const document = parseDocument(text, 'json');
    assert.equal(document.kind === 'json' && document.policies.length, 1, name);
    assert.equal(document.kind === 'json' && document.policies[0]?.kind, 'identity', name);
    for (const { rule, severity, message } of lint(document, { settings: defaultSettings, catalog: catalog(), facts: noFacts })) {
      if (severity === 'error' && accepted[rule]?.[name] === undefined) assert.fail(`${name}: ${rule}: ${message}`);
      if (severity === 'error') stale.delete(`${rule} ${name}`);
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
    }
  }
  assert.deepEqual([...stale], [], 'accepted, but not found any more');
  const path = inRepository('test/fixtures/corpus/counts.json');
  const found = Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`);
  assert.deepEqual(found, JSON.parse(readFileSync(path, 'utf8')), 'how often each rule speaks: UPDATE_GOLDENS=1 writes it anew');
});
