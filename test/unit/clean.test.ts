// Documents that are right, as AWS's documentation, its tools and templates write them: nothing in them is worth a word.
// The folder is the kind of a bare policy; `embedded` holds policies within something else, whose kind is told by the place.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { noFacts } from '../../server/src/core/facts/facts';
import { lint } from '../../server/src/core/lint';
import { isPolicyKind } from '../../server/src/core/policy/policy';
import { defaultSettings } from '../../server/src/core/settings';
import { catalog } from '../harness/catalog';
import { inRepository } from '../harness/repository';

const root = inRepository('test/fixtures/clean');
const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

/** What is found all the same, and rightly. */
const remarks: Readonly<Record<string, readonly string[]>> = {
  // AWS writes the trust policies of the default roles with an empty Sid.
  'embedded/get-account-authorization-details.json': ['policy/empty-sid-value'],
};

for (const { parentPath, name: file } of files) {
  const folder = basename(parentPath);
  const name = `${folder}/${file}`;
  test(`nothing is wrong with ${name}`, () => {
    const kind = isPolicyKind(folder) ? folder : undefined;
    assert.ok(kind !== undefined || folder === 'embedded', `no kind of policy: ${folder}`);
    const document = parseDocument(readFileSync(join(parentPath, file), 'utf8'), 'json', kind && { kind });
    assert.equal(document.kind, 'json');
    if (kind !== undefined && document.kind === 'json') {
      assert.deepEqual(
        document.policies.map((policy) => policy.kind),
        [kind],
      );
    }
    const findings = lint(document, { settings: defaultSettings, catalog: catalog(), facts: noFacts });
    assert.deepEqual(
      findings.filter(({ rule }) => !(remarks[name] ?? []).includes(rule)).map(({ rule, message }) => `${rule}: ${message}`),
      [],
    );
  });
}

test('there are documents of every kind', () => {
  const folders = new Set(files.map(({ parentPath }) => basename(parentPath)));
  assert.deepEqual([...folders].sort(), ['boundary', 'embedded', 'identity', 'inline-identity', 'rcp', 'resource', 'scp', 'trust']);
  assert.ok(files.length > 100);
});
