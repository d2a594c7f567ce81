import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type JsonDocument, parseDocument } from '../../server/src/core/document';
import { documentAt } from '../../server/src/core/embedded';
import { noFacts } from '../../server/src/core/facts/facts';
import { hover } from '../../server/src/core/features/hover';
import { lint } from '../../server/src/core/lint';
import type { IgnoreEntry } from '../../server/src/core/project';
import { defaultSettings } from '../../server/src/core/settings';
import { applyEdits } from '../../server/src/core/text';
import { catalog } from '../harness/catalog';
import { atCursor } from '../harness/cursor';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const assume = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };
const policy = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });

function parse(value: unknown): JsonDocument {
  const document = parseDocument(typeof value === 'string' ? value : JSON.stringify(value), 'json');
  assert.ok(document.kind === 'json');
  return document;
}

function kinds({ policies, embedded }: JsonDocument): readonly string[] {
  return [...policies.map(({ kind }) => kind), ...embedded.flatMap(({ document }) => kinds(document))];
}

function rulesIn(value: unknown, ignore: readonly IgnoreEntry[] = []): readonly string[] {
  const context = { settings: defaultSettings, catalog: catalog(), facts: noFacts, ignore };
  return lint(parse(value), context).map(({ rule }) => rule);
}

describe('a policy in a string', () => {
  test('is of the kind that its place or its shape tells', () => {
    assert.deepEqual(kinds(parse({ AssumeRolePolicyDocument: policy(allow) })), ['trust']);
    assert.deepEqual(kinds(parse({ assume_role_policy: policy(assume) })), ['trust']);
    assert.deepEqual(kinds(parse({ RoleName: 'r', PolicyDocument: policy(allow) })), ['inline-identity']);
    assert.deepEqual(kinds(parse({ Type: 'SERVICE_CONTROL_POLICY', Content: policy(allow) })), ['scp']);
    assert.deepEqual(kinds(parse({ Bucket: 'b', Policy: policy({ ...allow, Principal: '*' }) })), ['resource']);
    assert.deepEqual(kinds(parse({ anything: [policy(allow)] })), ['identity']);
    assert.deepEqual(kinds(parse(JSON.stringify(policy(allow)))), ['identity'], 'the whole text is a string');
  });

  test('is found in a string in a string, and not beyond four', () => {
    const wrapped = (levels: number): unknown => ({ Payload: levels === 0 ? policy(allow) : JSON.stringify(wrapped(levels - 1)) });
    for (const levels of [0, 1, 2, 3]) assert.deepEqual(kinds(parse(wrapped(levels))), ['identity'], String(levels));
    assert.deepEqual(kinds(parse(wrapped(4))), []);
  });

  test('is found through the escapes of encoders that write HTML', () => {
    const text = JSON.stringify({ policy: policy(allow) }).replaceAll('\\"', '\\u0022');
    assert.deepEqual(kinds(parse(text)), ['identity']);
  });

  test('is not every text about policies', () => {
    for (const value of [
      'See the "Statement" of "Effect": "Allow"',
      `${policy(allow)} and more`,
      '{"Statement": "Bank of Acme"}',
      '{"Statement": [{"Effect": "Allow", "Action"',
      `# policy\n${policy(allow)}`,
    ])
      assert.deepEqual(rulesIn({ text: value }), [], value);
  });

  test('that is broken is an error where nothing but a policy can stand, unless it is a template', () => {
    const broken = '{"Statement": [{"Effect": "Allow" "Action": "s3:GetObject"}]}';
    assert.deepEqual(rulesIn({ PolicyDocument: broken }), ['policy/json-syntax-error']);
    assert.deepEqual(rulesIn({ text: broken }), []);
    const template = '{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": ${arns} }]}';
    assert.deepEqual(rulesIn({ PolicyDocument: template }), []);
  });

  test('has no fixes where the text around it is broken', () => {
    const text = `{"a" 1, "PolicyDocument": ${JSON.stringify(policy(allow).replace('"Version":"2012-10-17",', ''))}}`;
    const findings = lint(parse(text), { settings: defaultSettings, catalog: catalog(), facts: noFacts });
    assert.deepEqual(
      findings.map(({ rule, fixes }) => [rule, fixes.length]),
      [
        ['policy/json-syntax-error', 0],
        ['policy/missing-version', 0],
      ],
    );
  });

  test('has statements that are ignored by their Sid', () => {
    const passing = (Sid: string): object => ({ Sid, Effect: 'Allow', Action: 'iam:PassRole', Resource: '*' });
    const value = { PolicyDocument: policy(passing('One'), passing('Two')), x: { Policy: policy(passing('Three')) } };
    const rule = 'policy/pass-role-with-star-in-resource';
    const entry = (sid: string): IgnoreEntry => ({ span: { start: 0, end: 0 }, files: undefined, sid, rule, reason: 'so' });
    assert.equal(rulesIn(value).filter((found) => found === rule).length, 3);
    assert.equal(rulesIn(value, [entry('Two')]).filter((found) => found === rule).length, 2);
    assert.equal(rulesIn(value, ['One', 'Two', 'Three'].map(entry)).filter((found) => found === rule).length, 0);
  });

  test('says under the cursor what stands there', () => {
    const { text, offset } = atCursor(
      String.raw`{"é": "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:Get$0Object\",\"Resource\":\"*\"}]}"}`,
    );
    const found = hover(parse(text), offset, [], { facts: noFacts, catalog: catalog() });
    assert.match(found?.markdown ?? '', /^\*\*s3:GetObject\*\*/);
    assert.equal(text.slice(found?.span.start, found?.span.end), String.raw`\"s3:GetObject\"`);
  });

  test('takes edits with the escapes of each level', () => {
    const inner = JSON.stringify({ policy: policy(allow) });
    const text = JSON.stringify({ text: inner });
    const document = parse(text);
    const inside = documentAt(document, text.indexOf('GetObject'));
    assert.equal(inside.document.text, policy(allow));
    assert.equal(inside.document.text.slice(inside.offset, inside.offset + 9), 'GetObject');
    const edit = inside.toOuterEdit({ span: { start: inside.offset, end: inside.offset + 9 }, newText: '"\n' });
    const edited = JSON.parse(applyEdits(text, [edit]));
    assert.equal(JSON.parse(edited.text).policy, policy(allow).replace('GetObject', '"\n'));
  });
});
