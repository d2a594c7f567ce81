// What is found does not depend on how a policy is laid out, nor on the order of its statements.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDocument } from '../../server/src/core/document';
import { noFacts } from '../../server/src/core/facts/facts';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';
import { layouts, policies } from '../harness/arbitraries';
import { catalog } from '../harness/catalog';

/** Rule and message of each finding, in an order of their own. */
function found(text: string): readonly string[] {
  // One of the layouts has comments.
  const document = parseDocument(text, 'jsonc');
  return lint(document, { settings: defaultSettings, catalog: catalog(), facts: noFacts })
    .map(({ rule, message }) => `${rule}: ${message}`)
    .sort();
}

test('layout', () => {
  fc.assert(
    fc.property(policies, (value) => {
      const [first = '', ...others] = layouts(value);
      for (const other of others) assert.deepEqual(found(other), found(first));
    }),
    { numRuns: 300 },
  );
});

test('the order of statements', () => {
  fc.assert(
    fc.property(policies, (value) => {
      assert.deepEqual(found(JSON.stringify(reversed(value))), found(JSON.stringify(value)));
    }),
    { numRuns: 300 },
  );
});

test('letter case of an action', () => {
  fc.assert(
    fc.property(fc.constantFrom('iam:PassRole', 'iam:passrole', 'IAM:PASSROLE'), (action) => {
      assert.equal(
        found(JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: action, Resource: '*' } })).length,
        1,
      );
    }),
  );
});

/** With the statements of every policy the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [
      key,
      key === 'Statement' && Array.isArray(inner) ? inner.map(reversed).reverse() : reversed(inner),
    ]),
  );
}
