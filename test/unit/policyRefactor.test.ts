import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument, type Syntax } from '../../server/src/core/document';
import { refactorings } from '../../server/src/core/features/policyRefactor';
import type { Refactoring } from '../../server/src/core/features/statementPlace';
import { applyEdits } from '../../server/src/core/text';
import { catalog } from '../harness/catalog';

/** `$0` is the cursor, or two of them the ends of the selection. */
function offered(marked: string, syntax: Syntax = 'json'): { readonly text: string; readonly made: readonly Refactoring[] } {
  const [before = '', selected = '', ...rest] = marked.split('$0');
  const text = before + selected + rest.join('$0');
  const document = parseDocument(text, syntax);
  assert.ok(document.kind === 'json');
  const end = rest.length === 0 ? before.length : before.length + selected.length;
  return { text, made: refactorings(document, { start: before.length, end }, catalog()) };
}

function titles(marked: string, syntax?: Syntax): readonly string[] {
  return offered(marked, syntax).made.map(({ title }) => title);
}

/** The text after the refactoring whose title begins so. */
function applied(title: string, marked: string, syntax?: Syntax): string {
  const { text, made } = offered(marked, syntax);
  const [wanted, ...others] = made.filter((refactoring) => refactoring.title.startsWith(title));
  assert.ok(wanted !== undefined && others.length === 0, `of "${title}": ${made.map((one) => one.title).join('; ')}`);
  return applyEdits(text, wanted.edits);
}

/** A statement on one line. */
const one = (inside: string): string => `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",${inside}}]}`;
/** A statement of many lines. */
const many = (inside: string): string =>
  `{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n${inside}\n    }\n  ]\n}\n`;

describe('expanding a pattern', () => {
  test('writes what it means, sorted, where it stood', () => {
    assert.equal(
      applied('Expand', one('"Action":["s3:PutObject","s3:GetBucketT$0*"],"Resource":"*"')),
      one('"Action":["s3:PutObject","s3:GetBucketTagging"],"Resource":"*"'),
    );
    assert.equal(
      applied('Expand s3:*BucketTagging to the 2 actions', one('"Action": ["s3:$0*BucketTagging","s3:x"],"Resource":"*"')),
      one('"Action": ["s3:GetBucketTagging","s3:PutBucketTagging","s3:x"],"Resource":"*"'),
    );
  });

  test('of a single value makes a list, in the layout of the lists around it, and with the line ends of the file', () => {
    const statement = many('      "Action": "s3:Get$0BucketT*",\n      "Resource": "*"');
    assert.equal(applied('Expand', statement), many('      "Action": "s3:GetBucketTagging",\n      "Resource": "*"'));
    const two = many('      "Action": "s3:$0*BucketTagging",\n      "Resource": "*"');
    const list = '      "Action": [\n        "s3:GetBucketTagging",\n        "s3:PutBucketTagging"\n      ],\n      "Resource": "*"';
    assert.equal(applied('Expand', two), many(list));
    assert.equal(applied('Expand', two.replaceAll('\n', '\r\n')), many(list).replaceAll('\n', '\r\n'));
    assert.equal(
      applied('Expand', many('      "Action": "s3:$0*BucketTagging",\n      "Resource": ["a", "b"]')),
      many('      "Action": ["s3:GetBucketTagging", "s3:PutBucketTagging"],\n      "Resource": ["a", "b"]'),
    );
    assert.equal(
      applied('Expand', one('"Action":"s3:$0*BucketTagging","Resource":"*"')),
      one('"Action":["s3:GetBucketTagging","s3:PutBucketTagging"],"Resource":"*"'),
    );
  });

  test('does not write an action twice', () => {
    assert.equal(
      applied('Expand', one('"Action":["s3:getbuckettagging","s3:$0*BucketTagging"],"Resource":"*"')),
      one('"Action":["s3:getbuckettagging","s3:PutBucketTagging"],"Resource":"*"'),
    );
    assert.equal(
      applied('Expand', one('"Action":["s3:$0GetBucketTagg*","s3:GetBucketTagging"],"Resource":"*"')),
      one('"Action":["s3:GetBucketTagging"],"Resource":"*"'),
    );
  });

  test('is for patterns that mean something, and not too much', () => {
    for (const action of ['$0*', 's3:Get$0Object', 'ec2:$0*', 'nosuch:$0*', 's3:${Na$0me}*', 's3:<x>$0*', 'budgets:$0*'])
      assert.deepEqual(
        titles(one(`"Action":"${action}","Resource":"*"`)).filter((title) => title.startsWith('Expand')),
        [],
        action,
      );
    assert.equal(
      titles(one('"NotAction":"s3:*Bucket$0Tagging","Resource":"*"'))[0],
      'Expand s3:*BucketTagging to the 2 actions that it means today',
    );
  });

  test('keeps comments', () => {
    const text = many(
      '      "Action": [\n        // reads\n        "s3:$0*BucketTagging", // all\n        "s3:x"\n      ],\n      "Resource": "*"',
    );
    assert.equal(
      applied('Expand', text, 'jsonc'),
      many(
        '      "Action": [\n        // reads\n        "s3:GetBucketTagging",\n        "s3:PutBucketTagging", // all\n        "s3:x"\n      ],\n      "Resource": "*"',
      ),
    );
  });
});

describe('collapsing actions', () => {
  const tagging = '"s3:GetBucketTagging","s3:PutBucketTagging"';

  test('takes the widest pattern that means nothing but what is listed', () => {
    assert.equal(
      applied('Collapse 2 actions', one('"Action":["s3:x","sts:AssumeRoleWith$0SAML","sts:assumerolewithwebidentity"],"Resource":"*"')),
      one('"Action":["s3:x","sts:AssumeRoleWith*"],"Resource":"*"'),
    );
    const sts = catalog().service('sts')?.actions ?? [];
    const all = sts.map(({ id }) => `"${id}"`).join(',');
    assert.equal(
      applied('Collapse', one(`"Action":["s3:x",${all.replace('sts', '$0sts')}],"Resource":"*"`)),
      one('"Action":["s3:x","sts:*"],"Resource":"*"'),
    );
    const assume = sts.filter(({ name }) => name.startsWith('Assume')).map(({ id }) => `"${id}"`);
    assert.equal(
      applied('Collapse', one(`"Action":[${assume.join(',').replace('sts', '$0sts')},"sts:GetCallerIdentity"],"Resource":"*"`)),
      one('"Action":["sts:Assume*","sts:GetCallerIdentity"],"Resource":"*"'),
    );
  });

  test('is never offered where the pattern means more', () => {
    assert.deepEqual(
      titles(one(`"Action":[${tagging.replace('Get', 'G$0et')}],"Resource":"*"`)).filter((title) => title.startsWith('Collapse')),
      [],
    );
    for (const actions of ['"budgets:V$0iewBudget","budgets:ModifyBudget"', '"s3:${a$0}","s3:${b}"'])
      assert.deepEqual(
        titles(one(`"Action":[${actions}],"Resource":"*"`)).filter((title) => title.startsWith('Collapse')),
        [],
        actions,
      );
  });

  test('is for the actions that are selected, if several are', () => {
    const sts = (catalog().service('sts')?.actions ?? []).filter(({ name }) => name.startsWith('Assume')).map(({ id }) => `"${id}"`);
    const [first = '', ...others] = sts;
    const list = (names: string): string => one(`"Action":[${names}],"Resource":"*"`);
    assert.equal(
      titles(list(`$0${first},${others.join()}$0,"sts:GetCallerIdentity"`)).filter((title) => title.startsWith('Collapse')).length,
      1,
    );
    assert.deepEqual(
      titles(list(`${first},$0${others.slice(0, 2).join()}$0,${others.slice(2).join()}`)).filter((title) => title.includes('sts:Assume*')),
      [],
    );
  });

  test('says what becomes of actions that AWS adds', () => {
    const sts = (catalog().service('sts')?.actions ?? []).map(({ id }) => `"${id}"`).join(',');
    const said = (statement: string): string | undefined => titles(statement).find((title) => title.startsWith('Collapse'));
    const count = sts.split(',').length;
    assert.equal(said(one(`"$0Action":[${sts}]`)), `Collapse ${count} actions to sts:*: what AWS adds to it later will be granted too`);
    assert.match(said(one(`"$0Action":[${sts}]`).replace('Allow', 'Deny')) ?? '', /denied too$/);
    assert.match(said(one(`"$0NotAction":[${sts}]`)) ?? '', /left out too$/);
  });

  test('is not offered where a comment would be lost', () => {
    const sts = (catalog().service('sts')?.actions ?? []).map(({ id }) => `"${id}"`).join(', // x\n');
    assert.deepEqual(
      titles(one(`"$0Action":[${sts}]`), 'jsonc').filter((title) => title.startsWith('Collapse')),
      [],
    );
  });
});

describe('splitting a statement', () => {
  test('by the types of its resources, with Sid, conditions and layout', () => {
    const statement = (sid: string, actions: string, resource: string): string =>
      `    {\n      "Sid": "${sid}",\n      "Effect": "Allow",\n      "Action": [\n${actions}\n      ],\n      "Resource": [\n${resource}\n      ],\n      "Condition": { "Bool": { "aws:SecureTransport": "true" } }\n    }`;
    const policy = (...statements: readonly string[]): string =>
      `{\n  "Version": "2012-10-17",\n  "Statement": [\n${statements.join(',\n')}\n  ]\n}\n`;
    const bucket = '        "arn:aws:s3:::my-data"';
    const objects = '        "arn:aws:s3:::my-data/*"';
    const other = '    { "Sid": "Data2", "Effect": "Deny", "Action": "s3:x", "Resource": "*" }';
    assert.equal(
      applied(
        'Split the statement by resource type, into 2',
        policy(
          statement('Da$0ta', '        "s3:GetObject",\n        "s3:ListBucket",\n        "s3:PutObject"', `${bucket},\n${objects}`),
          other,
        ),
      ),
      policy(
        statement('Data', '        "s3:GetObject",\n        "s3:PutObject"', objects),
        statement('Data3', '        "s3:ListBucket"', bucket),
        other,
      ),
    );
  });

  test('gives "*" to actions without a resource, and only where the statement has it', () => {
    const two = (first: string, second: string): string =>
      `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",${first}},{"Effect":"Allow",${second}}]}`;
    assert.equal(
      applied('Split', one('"Action":["s3:ListAllMyBuckets","s3:Li$0stBucket"],"Resource":["*","arn:aws:s3:::b"]')),
      two('"Action":["s3:ListAllMyBuckets"],"Resource":["*"]', '"Action":["s3:ListBucket"],"Resource":["*","arn:aws:s3:::b"]'),
    );
    // What grants nothing goes on granting nothing, with all resources.
    assert.equal(
      applied('Split', one('"Action":["s3:ListAllMyBuckets","s3:Li$0stBucket"],"Resource":["arn:aws:s3:::b"]')),
      two('"Action":["s3:ListAllMyBuckets"],"Resource":["arn:aws:s3:::b"]', '"Action":["s3:ListBucket"],"Resource":["arn:aws:s3:::b"]'),
    );
  });

  test('keeps what is not known in one statement with all resources', () => {
    const text = applied(
      'Split',
      one('"Action":["s3:GetObject","s3:Nonsense","s3:L$0istBucket","nosuch:*","s3:*"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*"]'),
    );
    assert.deepEqual(
      JSON.parse(text).Statement.map((statement: { Action: unknown; Resource: unknown }) => [statement.Action, statement.Resource]),
      [
        [['s3:GetObject'], ['arn:aws:s3:::b/*']],
        [
          ['s3:Nonsense', 'nosuch:*', 's3:*'],
          ['arn:aws:s3:::b', 'arn:aws:s3:::b/*'],
        ],
        [['s3:ListBucket'], ['arn:aws:s3:::b']],
      ],
    );
  });

  test('makes a list of a single statement', () => {
    assert.equal(
      applied('Split', '{"Statement": {"Effect": "Allow", "Action": ["s3:Get$0Object", "s3:ListBucket"], "Resource": "*"}}'),
      '{"Statement": [{"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "*"}, {"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": "*"}]}',
    );
  });

  test('is offered only where there is something to split, and nothing is lost', () => {
    for (const inside of [
      '"Action":["s3:Get$0Object","s3:PutObject"],"Resource":"*"',
      '"Action":["s3:Get$0Object","s3:ListBucket"],"NotResource":"*"',
      '"Action":["s3:Get$0Object","s3:ListBucket"],"Resource":["*",{"Ref":"X"}]',
      '"Action":["s3:Get$0Object",{"Ref":"X"},"s3:ListBucket"],"Resource":"*"',
      '"Action":["s3:Get$0Object","s3:ListBucket"],"Resource":["arn:aws:s3:::b","arn:aws:s3:::b/*","arn:aws:sqs:*:*:q"]',
      '"Action":["s3:GetObject","s3:ListBucket"],"Resource":"*","Condition":{"Bool":{"aws:Sec$0ureTransport":"true"}}',
      '"Action":["s3:Get$0Object", /* why */ "s3:ListBucket"],"Resource":"*"',
    ])
      assert.deepEqual(
        titles(one(inside), 'jsonc').filter((title) => title.startsWith('Split')),
        [],
        inside,
      );
  });
});

describe('sorting a list', () => {
  test('of actions, without regard to letter case', () => {
    assert.equal(
      applied(
        'Sort the actions and remove duplicates',
        one('"Action":["s3:PutObject", "S3:getobject",\n"s3:$0GetObject", "a:b"],"Resource":"*"'),
      ),
      one('"Action":["a:b", "S3:getobject",\n"s3:PutObject"],"Resource":"*"'),
    );
    assert.equal(
      applied('Remove the duplicate actions', one('"$0Action":["a:b","A:B"],"Resource":"*"')),
      one('"Action":["a:b"],"Resource":"*"'),
    );
  });

  test('of resources, which IAM compares with regard to it', () => {
    assert.equal(
      applied('Sort the resources', one('"Action":"*","Resource":["arn:b","$0arn:a","arn:A"]')),
      one('"Action":"*","Resource":["arn:A","arn:a","arn:b"]'),
    );
    assert.deepEqual(titles(one('"Action":"*","Resource":["arn:A","$0arn:a"]')), []);
  });

  test('is not offered where a comment or an intrinsic function is among the items', () => {
    assert.deepEqual(titles(one('"NotAction":["b:$0b", // b\n"a:a"]'), 'jsonc'), []);
    assert.deepEqual(titles(one('"Action":"*","Resource":["b","$0a",{"Ref":"X"}]')), []);
  });
});

describe('a single value and a list of it', () => {
  test('for actions, resources, principals and values of conditions', () => {
    for (const [value, list] of [
      ['"NotAction":"a:$0b"', '"NotAction":["a:b"]'],
      ['"Action":"*","Resource":"$0*"', '"Action":"*","Resource":["*"]'],
      ['"Action":"*","Principal":{"AWS":"$0*"}', '"Action":"*","Principal":{"AWS":["*"]}'],
      [
        '"Action":"*","Condition":{"Bool":{"aws:SecureTransport":tr$0ue}}',
        '"Action":"*","Condition":{"Bool":{"aws:SecureTransport":[true]}}',
      ],
    ] as const) {
      assert.equal(applied('Write as an array', one(value)), one(list));
      const inside = list.lastIndexOf('[') + 1;
      assert.equal(
        applied('Write without the array', one(`${list.slice(0, inside)}$0${list.slice(inside)}`)),
        one(value).replace('$0', ''),
      );
    }
  });

  test('in the layout of the lists around it', () => {
    assert.equal(
      applied('Write as an array', many('      "Action": [\n        "a:b",\n        "a:c"\n      ],\n      "Resource": "$0*"')),
      many('      "Action": [\n        "a:b",\n        "a:c"\n      ],\n      "Resource": [\n        "*"\n      ]'),
    );
  });

  test('not for what is no such element, for intrinsic functions, for longer lists and where a comment would be lost', () => {
    for (const inside of [
      '"Sid":"$0x","Action":"a:b"',
      '"Action":"a:b","Resource":{"Ref":"$0X"}',
      '"Action":"a:b","Principal":"$0*"',
      '"Action":["a:b","$0c:d"]',
      '"Action":[$0]',
      '"Action":["a:$0b" // c\n]',
      '"Action":"a:b","Condition":{"StringEquals":{"Ref":"$0x"}}',
    ])
      assert.deepEqual(
        titles(one(inside), 'jsonc').filter((title) => title.startsWith('Write')),
        [],
        inside,
      );
  });
});

test('there is none in broken JSON, outside of a policy, and over several statements', () => {
  assert.deepEqual(titles(one('"Action":["b:$0b","a:a"],"Resource":"*"').slice(0, -1)), []);
  assert.deepEqual(titles('{"x":["b$0","a"],"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'), []);
  assert.deepEqual(titles('{"Statement":[{"Effect":"Allow","Action":["b$0","a"]},{"Effect":"Allow","Action":["b$0","a"]}]}'), []);
});
