// Copies of EMR's managed policies: which version they are of, and what they lack.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { outdatedCopy, versionName } from '../../server/src/core/emr/managedCopy';
import { noFacts } from '../../server/src/core/facts/facts';
import type { Finding } from '../../server/src/core/finding';
import { lint } from '../../server/src/core/lint';
import { policyFromText } from '../../server/src/core/policy/text';
import { defaultSettings } from '../../server/src/core/settings';
import { applyEdits } from '../../server/src/core/text';
import { catalog } from '../harness/catalog';

const rule = 'emr/inline-policy-drift';

function versions(name: string): readonly { readonly id: string; readonly document: string }[] {
  return catalog().emrPolicy(name)?.versions ?? [];
}

function documentOf(name: string, id: string): string {
  return versions(name).find((version) => version.id === id)?.document ?? assert.fail(`${name} has no ${id}`);
}

function nameOf(text: string): string | undefined {
  const policy = policyFromText(text, 'identity');
  const copy = policy && outdatedCopy(policy, catalog());
  return copy && versionName(copy);
}

function findingsOf(text: string): readonly Finding[] {
  return lint(parseDocument(text, 'json'), { settings: defaultSettings, catalog: catalog(), facts: noFacts });
}

const copied = [
  'AmazonEMRFullAccessPolicy_v2',
  'AmazonEMRReadOnlyAccessPolicy_v2',
  'AmazonEMRServicePolicy_v2',
  'AmazonElasticMapReduceEditorsRole',
  'AmazonElasticMapReduceFullAccess',
  'AmazonElasticMapReduceReadOnlyAccess',
  'AmazonElasticMapReduceRole',
  'AmazonElasticMapReduceforEC2Role',
];

describe('a copy of a managed policy of EMR', () => {
  test('is told from each version that AWS has replaced, and silent of the newest', () => {
    for (const name of copied) {
      const newest = versions(name).at(-1)?.document;
      for (const { id, document } of versions(name)) {
        const found = nameOf(document);
        // The last few versions of some are the same but for the names of their statements.
        if (found === undefined) assert.equal(nameOf(newest ?? ''), undefined, name);
        else assert.ok(found.startsWith(`${name} ${id}`), `${name} ${id} is taken for ${found}`);
      }
      assert.ok(nameOf(versions(name)[0]?.document ?? '') !== undefined, `${name} v1`);
    }
  });

  test('is the same however it is written', () => {
    const original = documentOf('AmazonElasticMapReduceRole', 'v9');
    const { Statement: statements } = JSON.parse(original);
    const [main, spot] = statements;
    const rewritten = {
      Statement: [
        { ...spot, Sid: 'Spot', Resource: [spot.Resource.replace('arn:aws:', 'arn:aws-cn:')], Action: [spot.Action] },
        { ...main, Action: main.Action.slice(0, 30).map((action: string) => action.toLowerCase()), Resource: ['*'] },
        { ...main, Action: main.Action.slice(30).reverse() },
      ],
    };
    for (const text of [original, JSON.stringify(rewritten)]) assert.equal(nameOf(text), 'AmazonElasticMapReduceRole v9 of 2017-12-12');
  });

  test('has the date of its version only where the data have it', () => {
    assert.equal(nameOf(documentOf('AmazonEMRServicePolicy_v2', 'v2')), 'AmazonEMRServicePolicy_v2 v2 of 2022-02-15');
    assert.equal(nameOf(documentOf('AmazonEMRServicePolicy_v2', 'v3')), 'AmazonEMRServicePolicy_v2 v3');
  });

  test('may have changes, but not many, nor what AWS has added since', () => {
    const { Statement: statements } = JSON.parse(documentOf('AmazonElasticMapReduceRole', 'v9'));
    const [main, spot] = statements;
    const changed = (actions: readonly string[], more: readonly object[] = []): string =>
      JSON.stringify({ Statement: [{ ...main, Action: actions }, spot, ...more] });
    const allow = (action: string | readonly string[], resource = '*'): object => ({ Effect: 'Allow', Action: action, Resource: resource });
    assert.equal(nameOf(changed([...main.Action, 'kms:Decrypt', 'kms:Encrypt'])), 'AmazonElasticMapReduceRole v9 of 2017-12-12');
    assert.equal(nameOf(changed([...main.Action, ...'abcdefghij'].map((name) => (name.length > 1 ? name : `kms:${name}`)))), undefined);
    const since = ['ec2:CreateFleet', 'ec2:CreateLaunchTemplate', 'ec2:DeleteLaunchTemplate', 'ec2:DescribeLaunchTemplates'];
    assert.equal(nameOf(changed([...main.Action, ...since])), undefined, 'all of it');
    assert.equal(nameOf(changed(main.Action, [allow(['ec2:*Launch*', 'ec2:CreateFleet'])])), undefined, 'by patterns');
    assert.equal(nameOf(changed(main.Action, [allow(since, 'arn:aws:ec2:*:111122223333:*')])), undefined, 'on less');
  });

  test('is not known where a template writes a part of it', () => {
    const policy = JSON.parse(documentOf('AmazonElasticMapReduceRole', 'v9'));
    const [main, spot] = policy.Statement;
    for (const statements of [
      [{ ...main, Action: [...main.Action, { Ref: 'More' }] }, spot],
      [main, { ...spot, Resource: { 'Fn::Sub': 'x' } }],
      [main, spot, { 'Fn::If': ['IsProduction', main, { Ref: 'AWS::NoValue' }] }],
    ])
      assert.equal(nameOf(JSON.stringify({ Version: '2012-10-17', Statement: statements })), undefined);
  });
});

test('every fix of a copy leaves a policy that is up to date, adds no error, and keeps the layout', () => {
  let fixes = 0;
  for (const name of copied) {
    for (const { id, document } of versions(name)) {
      for (const indent of [undefined, 2, '\t']) {
        const text = JSON.stringify(JSON.parse(document), undefined, indent);
        const before = findingsOf(text);
        for (const { title, edits, kind } of before.find((finding) => finding.rule === rule)?.fixes ?? []) {
          fixes++;
          const fixed = applyEdits(text, edits);
          const after = findingsOf(fixed);
          const errors = (findings: readonly Finding[]): number => findings.filter(({ severity }) => severity === 'error').length;
          assert.ok(!after.some((finding) => finding.rule === rule), `${name} ${id}: ${title}`);
          assert.ok(errors(after) <= errors(before), `${name} ${id}: ${title}`);
          assert.equal(kind, 'suggestion');
          if (indent !== undefined) assert.equal(fixed, JSON.stringify(JSON.parse(fixed), undefined, indent), `${name} ${id}: ${title}`);
        }
      }
    }
  }
  assert.ok(fixes > 50, `only ${fixes}`);
});

test('a policy is replaced in its own partition, and line ends are kept', () => {
  const inChina = documentOf('AmazonElasticMapReduceRole', 'v9').replaceAll('arn:aws:', 'arn:aws-cn:');
  const text = JSON.stringify({ a: { PolicyDocument: JSON.parse(inChina) } }, undefined, 4).replaceAll('\n', '\r\n');
  const fix = findingsOf(text)
    .flatMap(({ fixes }) => fixes)
    .find(({ title }) => title.startsWith('Replace by AmazonElasticMapReduceRole v10'));
  assert.ok(fix);
  const fixed = applyEdits(text, fix.edits);
  assert.match(fixed, /"arn:aws-cn:iam::\*:role/);
  assert.doesNotMatch(fixed, /arn:aws:|[^\r]\n/);
});

test('a copy that is too long for a managed policy is not offered as one', () => {
  const titles = (kind: string): readonly string[] =>
    findingsOf(
      JSON.stringify({
        Type: `AWS::IAM::${kind}`,
        Properties: { PolicyDocument: JSON.parse(documentOf('AmazonEMRServicePolicy_v2', 'v3')) },
      }),
    ).flatMap(({ fixes }) => fixes.map(({ title }) => title));
  assert.deepEqual(titles('ManagedPolicy'), []);
  assert.deepEqual(titles('RolePolicy'), ['Replace by AmazonEMRServicePolicy_v2 v6']);
});
