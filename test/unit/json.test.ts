import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument, sizeLimit, syntaxOf } from '../../server/src/core/document';
import { isTooDeep, maxDepth, parseJson } from '../../server/src/core/json/parse';
import { removeItem, removeMember } from '../../server/src/core/json/remove';
import { applyEdits } from '../../server/src/core/text';
import { member, memberValue, type Node, type StringNode, sourceOffset, stringsOf, textOf } from '../../server/src/core/tree/node';

function cut(text: string, node: Pick<Node, 'span'> | undefined): string | undefined {
  return node && text.slice(node.span.start, node.span.end);
}

describe('the tree of JSON', () => {
  test('has the place of everything', () => {
    const text = ' { "a" : [1, -2.5e3, true, null, "x"] ,\n "b": { } }\n';
    const root = parseJson(text).root;
    assert.equal(cut(text, root), text.trim());
    const a = member(root, 'a');
    assert.equal(cut(text, a), '"a" : [1, -2.5e3, true, null, "x"]');
    assert.equal(cut(text, a?.key), '"a"');
    assert.ok(a?.value?.kind === 'array');
    assert.deepEqual(
      a.value.items.map((item) => [item.kind, cut(text, item)]),
      [
        ['number', '1'],
        ['number', '-2.5e3'],
        ['boolean', 'true'],
        ['null', 'null'],
        ['string', '"x"'],
      ],
    );
    assert.equal(cut(text, member(root, 'b')), '"b": { }');
  });

  test('keeps duplicates, and the last one counts', () => {
    const root = parseJson('{"a":1,"a":{"b":"x"},"a":"last"}').root;
    assert.ok(root?.kind === 'object');
    assert.equal(root.members.length, 3);
    assert.equal(textOf(memberValue(root, 'a')), 'last');
  });

  test('takes comments and trailing commas', () => {
    const text = '// c\n{ /* "x": 1 */ "a": "b", }\n';
    assert.equal(textOf(memberValue(parseJson(text).root, 'a')), 'b');
  });

  test('is nothing for a text without a value', () => {
    for (const text of ['', ' \n', '// c', '}', ',']) assert.equal(parseJson(text).root, undefined, JSON.stringify(text));
  });

  test('names no member after the prototype of objects', () => {
    assert.equal(member(parseJson('{}').root, 'constructor'), undefined);
    assert.equal(textOf(memberValue(parseJson('{"__proto__":"x"}').root, '__proto__')), 'x');
  });

  test('of a broken text has what can be had', () => {
    const broken: readonly (readonly [string, readonly string[]])[] = [
      ['{"a":', ['a']],
      ['{"a"', ['a']],
      ['{"a":"b', ['a']],
      ['{"a":"b","c"}', ['a', 'c']],
      ['{"a":"b" "c":"d"}', ['a', 'c']],
      ['{"a":[1,{"x":', ['a']],
      ['{"a":}', ['a']],
      ['{"a":"b"}}', ['a']],
      ['{"a":"b"} {"z":1}', ['a']],
      ['{"a":1/*', ['a']],
      ['{"a":"\\u12', ['a']],
    ];
    for (const [text, keys] of broken) {
      const root = parseJson(text).root;
      assert.ok(root?.kind === 'object', text);
      assert.deepEqual(
        root.members.map(({ key }) => key.value),
        keys,
        text,
      );
      assert.ok(root.span.end <= text.length, text);
      for (const part of root.members) assert.ok(part.span.start <= part.span.end && part.span.end <= text.length, text);
    }
  });
});

describe('offsets in strings', () => {
  const string = (source: string): StringNode => {
    const [node] = stringsOf(parseJson(source).root);
    assert.ok(node !== undefined, source);
    return node;
  };

  test('without escapes need no table', () => {
    const node = string('"abc"');
    assert.equal(node.shifts, undefined);
    assert.deepEqual(
      [0, 1, 2, 3].map((offset) => sourceOffset(node, offset)),
      [1, 2, 3, 4],
    );
  });

  test('go through escapes', () => {
    for (const source of [
      '"a\\nb"',
      '"\\"x\\\\"',
      '"a\\u00e9b\\ud83d\\ude80c"',
      '"\\/\\/"',
      '"🚀\\t🚀"',
      '"\\u0041\\u0042"',
      '  "x\\"y"',
    ]) {
      const node = string(source);
      for (let decoded = 0; decoded <= node.value.length; decoded++) {
        const rest = source.slice(sourceOffset(node, decoded), node.span.end - 1);
        // A lone half of a pair is a string to JSON too.
        assert.equal(JSON.parse(`"${rest}"`), node.value.slice(decoded), `${source} from ${decoded}`);
      }
    }
  });

  test('of a broken string stay inside it', () => {
    for (const source of ['"\\u12{', '"\\u', '"\\', '"\\q\\u0', '"a\\u12\\u12\\u12b"', '"a\\nb']) {
      const node = string(source);
      for (let decoded = 0; decoded <= node.value.length; decoded++) {
        const at = sourceOffset(node, decoded);
        assert.ok(node.span.start < at && at <= node.span.end, `${source}: ${decoded} stands at ${at}`);
      }
    }
  });

  test('end at the closing quote', () => {
    const source = '"a\\u00e9"';
    assert.equal(sourceOffset(string(source), 2), source.length - 1);
  });
});

describe('the guard against depth', () => {
  test('counts brackets', () => {
    assert.ok(!isTooDeep('['.repeat(maxDepth) + ']'.repeat(maxDepth)));
    assert.ok(isTooDeep('['.repeat(maxDepth + 1)));
    assert.ok(isTooDeep('{"a":'.repeat(maxDepth + 1)));
    assert.ok(!isTooDeep('[]'.repeat(10 * maxDepth)));
  });

  test('not in strings and comments', () => {
    const many = '['.repeat(maxDepth + 1);
    assert.ok(!isTooDeep(`"${many}"`));
    assert.ok(!isTooDeep(`"\\"${many}"`));
    assert.ok(!isTooDeep(`// ${many}\n`));
    assert.ok(!isTooDeep(`/* ${many} */`));
    assert.ok(!isTooDeep(`/* ${many}`));
    assert.ok(isTooDeep(`/* */${many}`));
    assert.ok(isTooDeep(`// "\n${many}`));
    assert.ok(isTooDeep(`"open\n${many}`));
    assert.ok(isTooDeep(`/${many}`));
  });

  test('refuses a document, and says why', () => {
    const deep = parseDocument(`{"Statement":${'['.repeat(5000)}`, 'json');
    assert.equal(deep.kind, 'refused');
    assert.match(deep.kind === 'refused' ? deep.reason : '', /nested deeper than 200/);
    const large = parseDocument(' '.repeat(sizeLimit('json') + 1), 'json');
    assert.equal(large.kind, 'refused');
  });

  test('does not look at a document without a policy', () => {
    assert.deepEqual(parseDocument('['.repeat(5000), 'json').kind, 'json');
  });
});

test('the syntax comes from the place, then the language, then the extension', () => {
  const syntaxes: readonly (readonly [string, string | undefined, ReturnType<typeof syntaxOf>])[] = [
    ['/home/u/.aws/config', undefined, 'aws-config'],
    ['/home/u/.aws/config', 'json', 'aws-config'],
    ['/home/u/.aws/credentials', 'ini', 'aws-credentials'],
    ['C:\\Users\\u\\.aws\\credentials', undefined, 'aws-credentials'],
    ['.aws/config', undefined, 'aws-config'],
    ['/project/aws/config', undefined, undefined],
    ['/project/x.aws/config', undefined, undefined],
    ['/project/team.ini', 'aws-config', 'aws-config'],
    ['/project/p.json', undefined, 'json'],
    ['/project/p.JSON', undefined, 'json'],
    ['/project/p.jsonc', undefined, 'jsonc'],
    ['/project/p.json', 'jsonc', 'jsonc'],
    ['/project/p.json', 'constructor', 'json'],
    ['/project/p.txt', 'plaintext', undefined],
  ];
  for (const [path, language, syntax] of syntaxes) assert.equal(syntaxOf(path, language), syntax, `${path} ${language ?? ''}`);
});

test('a member or an item is removed with its comma', () => {
  const without = (text: string, index: number): string => {
    const { root } = parseJson(text);
    assert.ok(root?.kind === 'object' || root?.kind === 'array');
    const edit =
      root.kind === 'object'
        ? removeMember(root, root.members[index] ?? assert.fail())
        : removeItem(root, root.items[index] ?? assert.fail());
    return applyEdits(text, [edit]);
  };
  for (const [text, index, expected] of [
    ['[1]', 0, '[]'],
    ['[1, 2]', 0, '[2]'],
    ['[1, 2]', 1, '[1]'],
    ['[1, 2,]', 1, '[1,]'],
    ['[ 1 /* , */ , ]', 0, '[  ]'],
    ['{"a": 1 // ,\n,}', 0, '{}'],
    ['{"a": [1,], "b": 2}', 1, '{"a": [1,]}'],
    ['{"a": [1,]}', 0, '{}'],
  ] as const)
    assert.equal(without(text, index), expected, text);
});
