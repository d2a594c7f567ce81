// What botocore 1.43 made of files that the differential test (test/aws/config.test.ts) wrote down: counterexamples and corners.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { difference, type FrozenCase, frozenCases, readingOf } from '../harness/configReading';
import { inRepository } from '../harness/repository';

const cases: readonly FrozenCase[] = JSON.parse(readFileSync(inRepository(frozenCases), 'utf8'));

test(`${cases.length} config files are read as botocore read them`, () => {
  assert.ok(cases.length >= 200);
  for (const { config, credentials, is } of cases) {
    const bytes = Buffer.from(config, 'base64');
    const found = difference(readingOf(bytes, credentials === undefined ? undefined : Buffer.from(credentials, 'base64')), is);
    assert.equal(found, undefined, `${JSON.stringify(bytes.toString())}\n${found}`);
  }
});
