// A completion is asserted by the text after it is applied.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ParseError, parseTree } from 'jsonc-parser';
import { createDescriptions } from '../../server/src/core/catalog/catalog';
import { describeCompletion, type PolicyCompletion, policyCompletions } from '../../server/src/core/features/policyCompletion';
import type { PolicyKind } from '../../server/src/core/policy/policy';
import { applyEdits } from '../../server/src/core/text';
import { catalog, packedDescriptions } from '../harness/catalog';
import { atCursor } from '../harness/cursor';

interface Around {
  readonly path?: string;
  readonly rootKind?: PolicyKind;
}

function at(marked: string, { path = '/project/x.json', rootKind }: Around = {}) {
  const { text, offset } = atCursor(marked);
  return { text, ...policyCompletions({ text, path, rootKind }, offset, catalog()) };
}

function labels(marked: string, around?: Around): string[] {
  return at(marked, around).items.map(({ label }) => label);
}

function chosen(marked: string, label: string, around?: Around): { readonly text: string; readonly item: PolicyCompletion } {
  const { text, items } = at(marked, around);
  const item = items.find((candidate) => candidate.label === label);
  assert.ok(item !== undefined, `no ${label} among ${items.map((candidate) => candidate.label).join()}`);
  return { text, item };
}

/** The text afterwards. */
function applied(marked: string, label: string, around?: Around): string {
  const { text, item } = chosen(marked, label, around);
  return applyEdits(text, [item.edit, ...item.also]);
}

/** The same, where it must be JSON. */
function valid(marked: string, label: string, around?: Around): string {
  const after = applied(marked, label, around);
  const errors: ParseError[] = [];
  parseTree(after, errors);
  assert.deepEqual(errors, [], after);
  return after;
}

function snippet(marked: string, label: string, around?: Around): string {
  const { edit, snippet: withStops } = chosen(marked, label, around).item;
  return withStops ?? edit.newText;
}

const policy = (statement: string): string => `{ "Version": "2012-10-17", "Statement": [${statement}] }`;
const allow = (members: string): string => policy(`{ "Effect": "Allow", ${members} }`);
const trust = (members: string): string => `{ "AssumeRolePolicyDocument": { "Statement": { "Effect": "Allow", ${members} } } }`;

describe('completion of actions', () => {
  const action = (value: string): string => allow(`"Action": ${value}, "Resource": "*"`);

  test('finds them by prefix and by word', () => {
    assert.equal(valid(action('"s3:GetObj$0"'), 's3:GetObject'), action('"s3:GetObject"'));
    assert.equal(valid(action('"getobj$0"'), 's3:GetObject'), action('"s3:GetObject"'));
    assert.equal(valid(action('"job$0"'), 'elasticmapreduce:RunJobFlow'), action('"elasticmapreduce:RunJobFlow"'));
    assert.equal(valid(action('"RUNJOB$0"'), 'elasticmapreduce:RunJobFlow'), action('"elasticmapreduce:RunJobFlow"'));
  });

  test('of a service has only its actions and patterns, the beginnings first', () => {
    const found = at(action('"s3:$0"')).items;
    assert.ok(found.length > 100 && found.every(({ label }) => label.startsWith('s3:')));
    assert.equal(found.find(({ label }) => label === 's3:GetObject')?.detail, 'Read');
    assert.match(found.find(({ label }) => label === 's3:Get*')?.detail ?? '', /^\d+ actions$/);
    assert.ok(found.some(({ label }) => label === 's3:*'));
    const ranked = labels(action('"s3:Object$0"'));
    assert.ok(ranked.includes('s3:GetObject') && ranked.every((label) => /object/i.test(label)));
    assert.equal(labels(action('"iam:pass$0"'))[0], 'iam:PassRole');
    assert.deepEqual(labels(action('"nosuch:$0"')), []);
    assert.ok(labels(action('"s3:GetOb$0"')).includes('s3:GetObject*'));
    assert.equal(valid(action('"s3:Get*$0"'), 's3:Get*'), action('"s3:Get*"'));
  });

  test('with nothing typed has the services, those of the policy first', () => {
    const statement = '"Action": ["sqs:SendMessage", "$0"]';
    assert.deepEqual(labels(allow(statement)).slice(0, 3), ['sqs:', 'elasticmapreduce:', 'emr-serverless:']);
    assert.equal(valid(allow(statement), 'kms:'), allow('"Action": ["sqs:SendMessage", "kms:"]'));
    assert.equal(valid(action('$0'), '*'), action('"*"'));
    assert.ok(labels(action('"map$0"')).includes('elasticmapreduce:'));
    assert.equal(labels(action('"elastic$0"'))[0], 'elasticmapreduce:');
  });

  test('replaces the inside of a string, and what is there of a string without an end', () => {
    assert.equal(valid(action('"s3:Put$0Object"'), 's3:PutObject'), action('"s3:PutObject"'));
    assert.equal(valid(action('"$0s3:PutObject"'), 'sns:'), action('"sns:"'));
    assert.equal(valid(action('s3:get$0'), 's3:GetObject'), action('"s3:GetObject"'));
    assert.equal(valid(action('["s3:get$0]'), 's3:GetObject'), action('["s3:GetObject"]'));
    assert.equal(valid(allow('"Action":$0'), 'kms:'), allow('"Action": "kms:"'));
    assert.equal(
      applied('{"Version":"2012-10-17","Statement":[{"Action":["s3:getobj$0', 's3:GetObject'),
      '{"Version":"2012-10-17","Statement":[{"Action":["s3:GetObject"',
    );
    assert.equal(
      valid(policy('{\n    "Action": "s3:get$0\n    "Resource": "*"\n  }'), 's3:GetObject'),
      policy('{\n    "Action": "s3:GetObject",\n    "Resource": "*"\n  }'),
    );
  });

  test('adds the commas that are lacking', () => {
    assert.equal(
      valid(action('["s3:PutObject" "s3:getobj$0" "s3:ListBucket"]'), 's3:GetObject'),
      action('["s3:PutObject", "s3:GetObject", "s3:ListBucket"]'),
    );
    assert.equal(valid(action('[ $0 "s3:ListBucket"]'), 'kms:'), action('[ "kms:", "s3:ListBucket"]'));
    assert.equal(valid(action('["s3:ListBucket" $0]'), 'kms:'), action('["s3:ListBucket", "kms:"]'));
    assert.equal(valid(action('["s3:ListBucket", $0]'), 'kms:'), action('["s3:ListBucket", "kms:"]'));
  });

  test('leaves out what the list has already', () => {
    assert.ok(!labels(action('["S3:getobject", "s3:GetO$0"]')).includes('s3:GetObject'));
    assert.ok(labels(action('["s3:PutObject", "s3:GetObject$0"]')).includes('s3:GetObject'));
  });

  test('of a trust policy are those that assume roles, the fitting one first', () => {
    assert.equal(labels(trust('"Principal": { "Service": "ec2.amazonaws.com" }, "Action": "$0"'))[0], 'sts:AssumeRole');
    const federated = trust('"Principal": { "Federated": "accounts.google.com" }, "Action": "$0"');
    assert.equal(labels(federated)[0], 'sts:AssumeRoleWithWebIdentity');
    assert.ok(labels(federated).every((label) => label.startsWith('sts:')) && labels(federated).length < 10);
    assert.equal(
      labels(policy('{ "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "$0" }'))[0],
      'sts:AssumeRole',
    );
  });

  test('are never more than somebody reads, and come as more is typed', () => {
    for (const typed of ['e', 'get', 'ec2:']) {
      const { items, isIncomplete } = at(action(`"${typed}$0"`));
      assert.ok(isIncomplete && items.filter(({ kind }) => kind === 'action').length === 200, typed);
    }
    assert.equal(at(action('"ec2:RunInst$0"')).isIncomplete, false);
  });

  test('says what AWS says of them when it is asked for', () => {
    const descriptions = createDescriptions(packedDescriptions());
    assert.match(describeCompletion('action', 's3:GetObject', catalog(), descriptions) ?? '', /object/i);
    assert.match(describeCompletion('key', 'aws:RequestTag/<TagKey>', catalog(), descriptions) ?? 'tag', /tag/i);
    assert.match(describeCompletion('key', 's3:prefix', catalog(), descriptions) ?? '', /prefix/i);
    assert.equal(describeCompletion('pattern', 's3:Get*', catalog(), descriptions), undefined);
  });
});

describe('completion of elements', () => {
  test('of a policy offers those that are not there', () => {
    assert.deepEqual(labels('{ "Version": "2012-10-17", $0 }'), ['Id', 'Statement']);
    assert.equal(valid('{ $0 "Statement": [] }', 'Version'), '{ "Version": "2012-10-17", "Statement": [] }');
    assert.equal(valid('{ "$0", "Statement": [] }', 'Version'), '{ "Version": "2012-10-17", "Statement": [] }');
    assert.equal(valid('{ "Vers$0": "x", "Statement": [] }', 'Version'), '{ "Version": "x", "Statement": [] }');
    assert.deepEqual(labels('{ "Version": "$0", "Statement": [] }'), ['2012-10-17', '2008-10-17']);
    assert.equal(valid('{ "Version": $0, "Statement": [] }', '2012-10-17'), '{ "Version": "2012-10-17", "Statement": [] }');
  });

  test('of a policy writes a statement to begin with, as the file is laid out', () => {
    assert.equal(
      valid('{\r\n    "Version": "2012-10-17",\r\n    Sta$0\r\n}', 'Statement'),
      [
        '{',
        '    "Version": "2012-10-17",',
        '    "Statement": [',
        '        {',
        '            "Effect": "Allow",',
        '            "Action": "",',
        '            "Resource": ""',
        '        }',
        '    ]',
        '}',
      ].join('\r\n'),
    );
    assert.equal(
      valid('{\n  "Version": "2012-10-17",\n  "Statement": [\n    $0\n  ]\n}', '{ }'),
      '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "",\n      "Resource": ""\n    }\n  ]\n}',
    );
    assert.deepEqual(labels('{ "Version": "2012-10-17", "Statement": "$0" }'), []);
    assert.equal(snippet('{ "Version": "2012-10-17", "Statement": [$0] }', '{ }').match(/\$/g)?.length, 3);
  });

  test('of a statement offers those that fit and are not there', () => {
    assert.deepEqual(labels(allow('"Action": "s3:GetObject", $0')), ['Sid', 'Resource', 'Condition', 'NotResource']);
    assert.deepEqual(labels(allow('"NotAction": "s3:GetObject", "Resource": "*", $0')), ['Sid', 'Condition']);
    assert.deepEqual(labels(trust('$0')), ['Sid', 'Principal', 'Action', 'Condition', 'NotPrincipal']);
    assert.deepEqual(labels(allow('"Principal": "*", "Action": "s3:GetObject", "Resource": "*", $0')), ['Sid', 'Condition']);
    assert.ok(labels(allow('$0'), { rootKind: 'resource' }).includes('Principal'));
    assert.ok(!labels(allow('$0'), { rootKind: 'scp' }).includes('Principal'));
    assert.ok(!labels(allow('"Action": "sts:AssumeRole", $0'), { path: '/project/role.trust.json' }).includes('Resource'));
  });

  test('of a statement stands right between members, behind a comma, and in half a word', () => {
    assert.equal(valid(allow('"Act$0"'), 'Action'), allow('"Action": ""'));
    assert.equal(valid(allow('Act$0'), 'Action'), allow('"Action": ""'));
    assert.equal(valid(allow('$0 "Action": "s3:*"'), 'Sid'), allow('"Sid": "", "Action": "s3:*"'));
    assert.equal(valid(allow('"$0" "Action": "s3:*"'), 'Sid'), allow('"Sid": "", "Action": "s3:*"'));
    assert.equal(
      valid(policy('{\n  "Effect": "Allow"\n  "Act$0"\n  "Resource": "*"\n}'), 'Action'),
      policy('{\n  "Effect": "Allow",\n  "Action": "",\n  "Resource": "*"\n}'),
    );
    assert.equal(valid(allow('"Act$0": "s3:*"'), 'NotAction'), allow('"NotAction": "s3:*"'));
    assert.equal(applied('{"Version":"2012-10-17","Statement":[{"$0', 'Effect'), '{"Version":"2012-10-17","Statement":[{"Effect": ""');
    assert.equal(snippet(allow('$0'), 'Condition'), '"Condition": { $1 \\}');
    assert.equal(snippet(allow('"$0"'), 'Sid'), 'Sid": "$1"');
  });

  test('of effects', () => {
    assert.deepEqual(labels(policy('{ "Effect": "$0" }')), ['Allow', 'Deny']);
    assert.equal(valid(policy('{ "Effect":$0 "Action": "s3:*" }'), 'Deny'), policy('{ "Effect": "Deny", "Action": "s3:*" }'));
    assert.equal(valid(policy('{ "Effect": De$0ny, "Action": "s3:*" }'), 'Deny'), policy('{ "Effect": "Deny", "Action": "s3:*" }'));
  });
});

describe('completion of resources', () => {
  const resource = (action: string, value: string): string => allow(`"Action": ${action}, "Resource": ${value}`);

  test('has the ARNs that fit the actions, with stops for their parts', () => {
    const text = resource('["s3:GetObject", "s3:ListBucket"]', '"$0"');
    assert.ok(labels(text).includes('arn:aws:s3:::<BucketName>/<ObjectName>') && labels(text).includes('arn:aws:s3:::<BucketName>'));
    assert.equal(snippet(text, 'arn:aws:s3:::<BucketName>/<ObjectName>'), 'arn:aws:s3:::${1:<BucketName>}/${2:<ObjectName>}');
    assert.equal(labels(text).at(-1), '*');
    const cluster = 'arn:aws:elasticmapreduce:<Region>:<Account>:cluster/<ClusterId>';
    assert.equal(
      valid(resource('"elasticmapreduce:DescribeCluster"', '["*", $0]'), cluster),
      resource('"elasticmapreduce:DescribeCluster"', `["*", "${cluster}"]`),
    );
  });

  test('is * alone for actions without resource types', () => {
    assert.deepEqual(labels(resource('"ec2:DescribeInstances"', '"$0"')), ['*']);
    assert.equal(at(resource('"ec2:DescribeInstances"', '"$0"')).items[0]?.detail, 'all that fits ec2:DescribeInstances');
    assert.equal(labels(resource('["ec2:DescribeInstances", "ec2:RunInstances"]', '"$0"'))[0], '*');
    assert.deepEqual(
      labels(resource('"s3:PutObject"', '["*", "$0"]')).filter((label) => label === '*'),
      [],
    );
    assert.deepEqual(labels(allow('"NotAction": "s3:PutObject", "Resource": "$0"')), ['*']);
  });

  test('follows patterns, the order of the elements, and the partition of the file', () => {
    assert.ok(labels(policy('{ "Resource": "$0", "Action": "iam:Pass*" }')).includes('arn:aws:iam::<Account>:role/<RoleNameWithPath>'));
    assert.ok(labels(resource('"s3:PutObject"', '["arn:aws-cn:s3:::a/*", "$0"]')).includes('arn:aws-cn:s3:::<BucketName>/<ObjectName>'));
    assert.ok(labels(resource('"*"', '"$0"')).length <= 101);
  });
});

describe('completion of principals', () => {
  test('has the types, then what each can be', () => {
    assert.deepEqual(labels(trust('"Principal": { $0 }')), ['Service', 'AWS', 'Federated']);
    assert.equal(valid(trust('"Principal": $0'), '{ "Service" }'), trust('"Principal": { "Service": "" }'));
    assert.deepEqual(labels(trust('"Principal": { "Service": "$0" }')).slice(0, 3), [
      'elasticmapreduce.amazonaws.com',
      'ec2.amazonaws.com',
      'application-autoscaling.amazonaws.com',
    ]);
    const account = 'arn:aws:iam::<Account>:root';
    assert.equal(valid(trust('"Principal": { "AWS": ["$0"] }'), account), trust(`"Principal": { "AWS": ["${account}"] }`));
    assert.equal(snippet(trust('"Principal": { "AWS": "$0" }'), account), 'arn:aws:iam::${1:<Account>}:root');
    assert.ok(labels(trust('"Principal": { "Federated": "$0" }')).includes('accounts.google.com'));
    assert.deepEqual(labels(trust('"Principal": { "AWS": "*", "$0" }')), ['Service', 'Federated']);
    assert.deepEqual(labels(trust('"Principal": "$0"')), ['*']);
    const china = trust('"Sid": "arn:aws-cn:", "Principal": { "Service": "$0" }');
    assert.equal(labels(china)[0], 'elasticmapreduce.amazonaws.com.cn');
  });
});

describe('completion of conditions', () => {
  const condition = (value: string, action = '"s3:ListBucket"'): string =>
    allow(`"Action": ${action}, "Resource": "*", "Condition": ${value}`);

  test('has the operators, with qualifiers and IfExists last', () => {
    const all = labels(condition('{ $0 }'));
    assert.equal(all[0], 'StringEquals');
    assert.ok(
      all.indexOf('Null') < all.indexOf('ForAnyValue:StringEquals') &&
        all.indexOf('ForAllValues:Bool') < all.indexOf('StringEqualsIfExists'),
    );
    assert.equal(valid(condition('{ "$0" }'), 'Bool'), condition('{ "Bool": {  } }'));
    assert.ok(!labels(condition('{ "Bool": {}, "$0" }')).includes('Bool'));
  });

  test('has the operators that fit the keys that are there', () => {
    assert.deepEqual(labels(condition('{ "$0": { "aws:SourceIp": "10.0.0.0/8" } }')).slice(0, 3), ['IpAddress', 'NotIpAddress', 'Null']);
    assert.ok(labels(condition('{ "$0": { "aws:TagKeys": "a" } }'))[0]?.startsWith('ForA'));
    assert.equal(
      valid(condition('{ "Str$0": { "aws:SecureTransport": "true" } }'), 'Bool'),
      condition('{ "Bool": { "aws:SecureTransport": "true" } }'),
    );
  });

  test('has the keys of the actions, then the global ones, of the types that the operator compares', () => {
    const keys = labels(condition('{ "StringEquals": { "$0" } }'));
    assert.ok(keys.includes('s3:prefix') && keys.indexOf('s3:prefix') < keys.indexOf('aws:PrincipalAccount'));
    assert.ok(!keys.includes('aws:SourceIp') && !keys.includes('s3:max-keys'));
    assert.ok(labels(condition('{ "NumericLessThan": { "$0" } }')).includes('s3:max-keys'));
    assert.ok(labels(condition('{ "Bool": { "$0" } }')).includes('aws:SecureTransport'));
    assert.equal(valid(condition('{ "Bool": { $0 } }'), 'aws:SecureTransport'), condition('{ "Bool": { "aws:SecureTransport": "" } }'));
    assert.ok(!labels(condition('{ "Bool": { "aws:SecureTransport": "true", "$0" } }')).includes('aws:SecureTransport'));
    const both = at(condition('{ "StringEquals": { "$0" } }', '["s3:ListBucket", "s3:PutObject"]')).items;
    assert.match(both.find(({ label }) => label === 's3:x-amz-acl')?.detail ?? '', /not of every action/);
  });

  test('has tags with the tag as a stop, once', () => {
    const text = condition('{ "StringEquals": { "$0" } }', '"elasticmapreduce:RunJobFlow"');
    assert.equal(snippet(text, 'aws:RequestTag/<TagKey>'), 'aws:RequestTag/${1:<TagKey>}": "$2"');
    assert.equal(new Set(labels(text)).size, labels(text).length);
    assert.equal(labels(text).filter((label) => /^aws:RequestTag\//.test(label)).length, 1);
  });

  test('has what a token of the provider holds', () => {
    const text = trust(
      '"Principal": { "Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/X" }, "Action": "sts:AssumeRoleWithWebIdentity", "Condition": { "StringEquals": { "$0" } }',
    );
    assert.equal(labels(text)[0], 'oidc.eks.eu-west-1.amazonaws.com/id/X:aud');
  });

  test('has values of some keys', () => {
    assert.deepEqual(labels(condition('{ "Bool": { "aws:SecureTransport": "$0" } }')), ['true', 'false']);
    assert.deepEqual(labels(condition('{ "Null": { "aws:PrincipalTag/x": $0 } }')), ['true', 'false']);
    assert.ok(labels(condition('{ "StringEquals": { "aws:RequestedRegion": ["eu-west-1", "$0"] } }')).includes('eu-central-1'));
    assert.equal(labels(condition('{ "StringEquals": { "iam:PassedToService": "$0" } }'))[0], 'elasticmapreduce.amazonaws.com');
    assert.ok(labels(condition('{ "StringEquals": { "s3:x-amz-server-side-encryption": "$0" } }')).includes('aws:kms'));
    assert.ok(labels(condition('{ "StringEquals": { "AWS:principaltype": "$0" } }')).includes('AssumedRole'));
    assert.deepEqual(labels(condition('{ "StringEquals": { "sts:ExternalId": "$0" } }')), []);
  });
});

describe('completion of a whole policy', () => {
  const whole =
    '{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "",\n      "Resource": ""\n    }\n  ]\n}';

  test('in an empty file whose name says so', () => {
    const [first = ''] = labels('$0', { path: '/project/policies/x.json' });
    assert.equal(valid('$0', first, { path: '/project/policies/x.json' }), whole);
    assert.equal(valid('{$0}', first, { path: '/project/policies/x.json' }), whole);
    assert.equal(valid('{\n  $0\n}', first, { path: '/project/policies/x.json' }), whole);
    assert.equal(valid('\n$0\n', first, { rootKind: 'identity' }), `\n${whole}\n`);
    assert.match(valid('$0', 'Trust policy: who may assume the role', { path: '/project/emr.trust.json' }), /"Action": "sts:AssumeRole"\n/);
    assert.deepEqual(labels('$0', { path: '/project/x.json' }), []);
    assert.deepEqual(labels('{$0}', { path: '/project/package.json' }), []);
  });

  test('in the place of a policy document', () => {
    const [first = ''] = labels('{ "PolicyDocument": $0 }');
    assert.match(valid('{ "PolicyDocument": $0 }', first), /"PolicyDocument": \{\n {2}"Version"/);
    assert.match(valid('{ "PolicyDocument": {$0} }', first), /"PolicyDocument": \{\n {2}"Version"/);
    assert.match(valid('{ "AssumeRolePolicyDocument": {$0} }', 'Trust policy: who may assume the role'), /sts:AssumeRole/);
    const bucket = '{ "Resources": { "B": { "Type": "AWS::S3::BucketPolicy", "Properties": { "PolicyDocument": {$0} } } } }';
    assert.match(valid(bucket, 'Resource policy: who may do what'), /"Principal"/);
  });
});

describe('completion is not offered', () => {
  test('outside of policies', () => {
    for (const text of [
      '{ "name": "$0" }',
      '{ "Statement": [{ "Amount": 5, "$0" }] }',
      '{ "Statement": "$0" }',
      '{ "Version": "1.0", $0 }',
      '{ "Version": "2012-10-17", "name": "x", $0 }',
      '{ "PolicyDocument": { "Fn::Sub": "$0" } }',
      '{ "Resources": { "BucketPolicy": { "Type": "AWS::S3::BucketPolicy", "$0" } } }',
      '$0',
    ]) {
      assert.deepEqual(labels(text), [], text);
    }
  });

  test('where nothing can be written, in comments, and where a value stands', () => {
    for (const text of [
      allow('"Action": "s3:*"$0'),
      allow('"Action" $0'),
      allow('"Action": $0 "s3:*", "Resource": "*"'),
      allow('// $0\n"Action": "s3:*"'),
      allow('/* $0 */ "Action": "s3:*"'),
      allow('"Sid": "$0"'),
      allow('"Action": { "$0" }'),
      `${policy('')} $0`,
    ]) {
      assert.deepEqual(labels(text), [], text);
    }
  });
});
