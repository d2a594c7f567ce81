import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { noFacts } from '../../server/src/core/facts/facts';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';
import { catalog } from '../harness/catalog';
import { managedPolicies } from '../harness/managedPolicies';

test("AWS's managed policies are found to be policies, and free of errors", () => {
  const policies = managedPolicies();
  assert.ok(policies.size > 1500);
  const counts: Record<string, number> = {};
  for (const [name, text] of policies) {
    const document = parseDocument(text, 'json');
    assert.equal(document.kind === 'json' && document.policies.length, 1, name);
    assert.equal(document.kind === 'json' && document.policies[0]?.kind, 'identity', name);
    for (const { rule, severity, message } of lint(document, { settings: defaultSettings, catalog: catalog(), facts: noFacts })) {
      assert.notEqual(severity, 'error', `${name}: ${rule}: ${message}`);
      counts[rule] = (counts[rule] ?? 0) + 1;
    }
  }
  assert.deepEqual(Object.keys(counts), ['policy/pass-role-with-star-in-resource'], JSON.stringify(counts));
});
