import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { noFacts } from '../../server/src/core/facts/facts';
import type { Finding, Severity } from '../../server/src/core/finding';
import { lint } from '../../server/src/core/lint';
import { escalatingActions } from '../../server/src/core/policy/escalation';
import { defaultSettings } from '../../server/src/core/settings';
import { catalog } from '../harness/catalog';
import { inRepository } from '../harness/repository';

const rule = 'security/privilege-escalation';

/** The published combinations, one a line: those of pathfinding.cloud, Prowler, Cloudsplaining, parliament and Pacu. */
const published = readFileSync(inRepository('test/fixtures/escalations.txt'), 'utf8').trim().split('\n');

function found(actions: readonly string[], own?: Severity): readonly Finding[] {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });
  const settings = { ...defaultSettings, rules: new Map(own === undefined ? [] : [[rule, own]]) };
  return lint(parseDocument(text, 'json'), { settings, catalog: catalog(), facts: noFacts }).filter((finding) => finding.rule === rule);
}

describe('privilege escalation', () => {
  test('every published combination is found', () => {
    assert.ok(published.length > 100);
    for (const line of published) assert.notEqual(found(line.split(' ')).length, 0, line);
  });

  test('everyday work is information, a role for anybody a warning', () => {
    const severities = (...actions: string[]): string[] => found(actions).map(({ severity }) => severity);
    assert.deepEqual(severities('lambda:UpdateFunctionCode'), ['information']);
    assert.deepEqual(severities('elasticmapreduce:AddJobFlowSteps'), ['information']);
    assert.deepEqual(severities('iam:PassRole', 'elasticmapreduce:RunJobFlow'), ['warning']);
    assert.deepEqual(severities('iam:PassRole', 'elasticmapreduce:RunJobFlow', 'ssm:StartSession').sort(), ['information', 'warning']);
    assert.deepEqual(severities('iam:PassRole', 'lambda:GetFunction'), []);
  });

  test('a severity that the user set counts for all', () => {
    for (const own of ['error', 'hint'] as const) {
      const actions = ['iam:CreateAccessKey', 'ssm:StartSession'];
      assert.deepEqual(
        found(actions, own).map(({ severity }) => severity),
        [own, own],
      );
    }
  });

  test('its actions are in the service data, but for those of a retired service', () => {
    const unknown = escalatingActions.all.filter((action) => catalog().action(action) === undefined);
    assert.deepEqual(unknown, ['codestar:createprojectfromtemplate']);
  });
});
