// The commands that the AWS CLI refuses (its messages are checked by test/aws/launches.test.ts), and what we say of each.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cliVersions } from '../../server/src/core/emr/createClusterOptions';
import { readRefusedLaunches, refusalsOf } from '../harness/refusedLaunches';

const refused = readRefusedLaunches();

test(`${refused.length} commands that the AWS CLI refuses are refused, in sentences that name the option`, () => {
  assert.ok(refused.length >= 90);
  for (const { words, cli, ours } of refused) {
    assert.ok(Object.values(cli).length === cliVersions.length && ours.length > 0, JSON.stringify(words));
    for (const { code, message } of Object.values(cli)) assert.ok(code > 0 && message !== '', JSON.stringify(words));
    assert.deepEqual(refusalsOf(words), ours);
    for (const message of ours) assert.match(message, /^(--|There |"|-x)[\s\S]*[.?]$/);
  }
});
