import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isKey } from '../../server/src/core/catalog/catalog';
import { parseArn } from '../../server/src/core/policy/arn';
import { operatorOf } from '../../server/src/core/policy/operator';
import { hasPlaceholder, variablesIn } from '../../server/src/core/policy/placeholder';
import { covers, matches, overlaps } from '../../server/src/core/policy/wildcard';
import { catalog } from '../harness/catalog';

describe('the service data', () => {
  test('have a date', () => {
    assert.match(catalog().updatedAt, /^20\d\d-\d\d-\d\d$/);
  });

  test('know services and actions in any letter case', () => {
    const getObject = catalog().action('S3:getobject');
    assert.equal(getObject?.id, 's3:GetObject');
    assert.equal(getObject?.accessLevel, 'Read');
    assert.ok(getObject?.resourceTypes.some(({ type }) => type.name === 'object'));
    assert.ok(getObject?.conditionKeys.some((key) => isKey(key, 's3:existingobjecttag/team')));
    assert.equal(catalog().action('s3:HeadBucket'), undefined);
    assert.equal(catalog().action('s3:Get*'), undefined);
    assert.equal(catalog().service('nosuch'), undefined);
    assert.equal(catalog().service('__proto__'), undefined);
    assert.equal(catalog().service('s3')?.action('constructor'), undefined);
    assert.equal(catalog().action('iam:PassRole')?.accessLevel, 'Write');
    assert.equal(catalog().action('iam:PutRolePolicy')?.accessLevel, 'Permissions management');
  });

  test('know which services resource control policies cover', () => {
    for (const prefix of ['s3', 'STS', 'kms', 'sqs', 'secretsmanager', 'dynamodb', 'cognito-idp'])
      assert.ok(catalog().supportsRcp(prefix), prefix);
    for (const prefix of ['ec2', 'iam', 'cognito-sync', 'nosuch']) assert.ok(!catalog().supportsRcp(prefix), prefix);
  });

  test('expand patterns', () => {
    const ids = (pattern: string): string[] =>
      catalog()
        .actionsMatching(pattern)
        .map(({ id }) => id);
    assert.deepEqual(ids('iam:PassRol?'), ['iam:PassRole']);
    assert.ok(ids('elasticmapreduce:*').includes('elasticmapreduce:RunJobFlow'));
    assert.ok(ids('*').length > 15_000);
    assert.deepEqual(ids('nosuch:*'), []);
  });

  test('know condition keys, with what varies in them', () => {
    const type = (key: string): string | undefined => catalog().conditionKey(key)?.type;
    assert.equal(type('AWS:sourceip'), 'IPAddress');
    assert.equal(type('aws:RequestTag/team'), 'String');
    assert.equal(type('s3:prefix'), 'String');
    assert.equal(type('elasticmapreduce:ResourceTag/a b'), 'String');
    assert.equal(type('iam:PassedToService'), 'String');
    assert.equal(type('aws:NoSuchKey'), undefined);
    assert.equal(type('s3:nosuchkey'), undefined);
    assert.ok(catalog().isForeignPrefix('token.actions.githubusercontent.com'));
    assert.ok(!catalog().isForeignPrefix('s3'));
  });
});

describe('wildcards', () => {
  test('match, cover and overlap', () => {
    assert.ok(matches('s3:Get*', 's3:GetObject') && !matches('s3:Get*', 's3:PutObject') && matches('a?c', 'abc') && matches('*', ''));
    assert.ok(covers('*', 'a*') && covers('a*', 'ab*c') && covers('a?', 'ab') && covers('a?', 'a?'));
    assert.ok(!covers('a?', 'a*') && !covers('ab*', 'a*') && !covers('a', 'a?'));
    assert.ok(overlaps('a*', '*b') && overlaps('a?c', 'ab*') && !overlaps('a*', 'b*') && overlaps('*', '') && !overlaps('a', ''));
  });

  test('agree with regular expressions, and never hang', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 7 });
    const asRegExp = (source: string): RegExp => new RegExp(`^${source.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
    fc.assert(
      fc.property(pattern, pattern, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 7 }), (a, b, text) => {
        assert.equal(matches(a, text), asRegExp(a).test(text));
        const both = matches(a, text) && matches(b, text);
        if (both) assert.ok(overlaps(a, b), `${a} ${b} ${text}`);
        if (covers(a, b) && matches(b, text)) assert.ok(matches(a, text), `${a} covers ${b}, but not ${text}`);
      }),
      { numRuns: 3000 },
    );
    assert.ok(!matches(`${'*a'.repeat(2000)}b`, 'a'.repeat(20_000)));
  });
});

test('an ARN has six fields, and variables do not part them', () => {
  const arn = parseArn('arn:aws:s3:::b/${aws:username}:x');
  assert.deepEqual(
    [arn?.partition.text, arn?.service.text, arn?.region.text, arn?.resource.text],
    ['aws', 's3', '', 'b/${aws:username}:x'],
  );
  assert.equal(parseArn('arn:${aws:x}:s3:::b')?.partition.text, '${aws:x}');
  assert.deepEqual(parseArn('arn:aws:s3:::b')?.resource.span, { start: 13, end: 14 });
  for (const text of ['', '*', 'arn:aws:s3::b', 'ARN:aws:s3:::b', 'arn:${x:s3:::b']) assert.equal(parseArn(text), undefined, text);
});

test('operators are known in any letter case, with qualifier and suffix', () => {
  const read = (value: string) => {
    const { qualifier, name, hasIfExists, family, isNegated, isLike } = operatorOf({ kind: 'string', value, span: { start: 0, end: 0 } });
    return [qualifier, name, hasIfExists, family, isNegated, isLike];
  };
  assert.deepEqual(read('foranyvalue:stringnotlikeifexists'), ['ForAnyValue', 'StringNotLike', true, 'String', true, true]);
  assert.deepEqual(read('Bool'), [undefined, 'Bool', false, 'Bool', false, false]);
  assert.deepEqual(read('ArnEquals'), [undefined, 'ArnEquals', false, 'Arn', false, true]);
  assert.deepEqual(read('StringIs'), [undefined, 'StringIs', false, undefined, false, false]);
});

test('variables of IAM are told from placeholders of templates', () => {
  for (const text of [
    '${aws:username}',
    "x/${aws:PrincipalTag/team, 'none'}",
    '${*}',
    '${s3:prefix}',
    'plain',
    '*',
    '${',
    '${}',
    '[Prod]',
    '{}',
  ])
    assert.equal(hasPlaceholder(text), false, text);
  for (const text of [
    '${AWS::AccountId}',
    '${BucketName}',
    '<account>',
    '{{ name }}',
    '%NAME%',
    '${self:service}',
    '$(NAME)',
    '{name}',
    '[NAME]',
    '{{ x ',
  ])
    assert.equal(hasPlaceholder(text), true, text);
  assert.deepEqual(variablesIn("a${b, 'c'}${d"), [
    { span: { start: 1, end: 10 }, name: 'b', fallback: "'c'", isClosed: true },
    { span: { start: 10, end: 13 }, name: 'd', fallback: undefined, isClosed: false },
  ]);
});
