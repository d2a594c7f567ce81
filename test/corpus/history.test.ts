import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAlarms, checkCounts, lintCorpus } from '../harness/corpus';
import { managedPolicyVersions } from '../harness/managedPolicies';

test("every version of AWS's managed policies is found to be a policy, and nothing in it to be wrong that is not", () => {
  const policies = [...managedPolicyVersions()];
  assert.ok(policies.length > 5500, `only ${policies.length}`);
  const result = lintCorpus(policies);
  checkAlarms(result);
  assert.deepEqual(result.stale, [], 'accepted, but found in no version');
  checkCounts(result.counts, 'history.json');
});
