import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAlarms, checkCounts, lintCorpus } from '../harness/corpus';
import { managedPolicies } from '../harness/managedPolicies';

test("AWS's managed policies are found to be policies, and nothing in them to be wrong that is not", () => {
  const policies = [...managedPolicies()].map(([name, text]) => ({ name, text }));
  assert.ok(policies.length > 1500);
  const result = lintCorpus(policies);
  checkAlarms(result);
  checkCounts(result.counts, 'counts.json');
});
