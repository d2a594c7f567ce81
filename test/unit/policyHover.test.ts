import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDescriptions } from '../../server/src/core/catalog/catalog';
import { parseDocument } from '../../server/src/core/document';
import { noFacts } from '../../server/src/core/facts/facts';
import { hover } from '../../server/src/core/features/hover';
import { catalog, packedDescriptions } from '../harness/catalog';
import { atCursor } from '../harness/cursor';

const descriptions = createDescriptions(packedDescriptions());

function hoverAt(marked: string): string {
  const { text, offset } = atCursor(marked);
  return hover(parseDocument(text, 'json'), offset, [], noFacts, undefined, catalog(), descriptions)?.markdown ?? '';
}

const statement = (inside: string): string => `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",${inside}}]}`;

test('an action tells what it does, its level, its resources, keys and what else it may need', () => {
  const shown = hoverAt(statement('"Action":"elasticmapreduce:run$0jobflow","Resource":"*"'));
  assert.match(shown, /^\*\*elasticmapreduce:RunJobFlow\*\* \(Amazon Elastic MapReduce\), access level: Write/);
  assert.match(shown, /Grants permission to/);
  assert.match(shown, /condition keys: `aws:RequestTag/);
  assert.match(shown, /data of 20\d\d-/);
});

test('a pattern tells what it means, the most dangerous first', () => {
  const shown = hoverAt(statement('"Action":"iam:P$0*","Resource":"*"'));
  assert.match(shown, /^`iam:P\*` means \d+ actions\n\n- Permissions management: \d+ \(`iam:Put/);
  assert.match(shown, /- Write: \d+ \(`iam:PassRole`/);
});

test('an ARN tells its type and parts', () => {
  const shown = hoverAt(statement('"Action":"iam:GetRole","Resource":"arn:aws:iam::111122223333:ro$0le/a/b"'));
  assert.match(shown, /Resource type: `role` of iam/);
  assert.match(shown, /- region: none\n- account: `111122223333`\n- resource: `role\/a\/b`/);
});

test('a condition key and an operator tell what they compare', () => {
  const condition = (key: string, operator = 'StringEquals'): string =>
    statement(`"Action":"iam:GetRole","Resource":"*","Condition":{"${operator}":{"${key}":"x"}}`);
  assert.match(
    hoverAt(condition('iam:Passed$0ToService')),
    /\*\*iam:PassedToService\*\*, type: String[\s\S]*Not supported by `iam:GetRole`/,
  );
  assert.match(hoverAt(condition('aws:Source$0Ip')), /\*\*aws:SourceIp\*\*, type: IPAddress/);
  assert.match(
    hoverAt(condition('aws:x', 'ForAllValues:StringNot$0LikeIfExists')),
    /Compares text[\s\S]*not in the request[\s\S]*ForAllValues[\s\S]*IfExists/,
  );
});

test('the statements tell the kind of the policy', () => {
  assert.match(hoverAt('{"Version":"2012-10-17","State$0ment":[{"Effect":"Allow","Action":"a:b","Resource":"*"}]}'), /^An identity policy/);
});

test('nothing is said of what is not known', () => {
  assert.equal(hoverAt(statement('"Action":"nosuch:Th$0ing","Resource":"*"')), '');
  assert.equal(hoverAt(statement('"Act$0ion":"s3:GetObject","Resource":"*"')), '');
  assert.equal(hoverAt(statement('"Action":"s3:GetObject","Resource":"$0*"')), '');
});
