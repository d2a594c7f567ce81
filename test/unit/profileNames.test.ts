import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type ConfigDocument, parseDocument } from '../../server/src/core/document';
import { definition, nameAt, references, rename } from '../../server/src/core/features/profileNames';
import { noSurroundings, type Surroundings } from '../../server/src/core/surroundings';
import { applyEdits } from '../../server/src/core/text';
import { atCursor } from '../harness/cursor';

function read(text: string, syntax: 'aws-config' | 'aws-credentials' = 'aws-config'): ConfigDocument {
  const document = parseDocument(text, syntax);
  assert.ok(document.kind === 'config');
  return document;
}

interface Asked {
  readonly document: ConfigDocument;
  readonly offset: number;
  readonly surroundings: Surroundings;
}

function asked(marked: string, credentials?: string): Asked {
  const { text, offset } = atCursor(marked);
  const other = credentials === undefined ? undefined : read(credentials, 'aws-credentials');
  return { document: read(text), offset, surroundings: { ...noSurroundings, other } };
}

function shown({ document, surroundings }: Asked, places: ReturnType<typeof definition>): string[] {
  return places.map(({ file, span }) => {
    const { text } = file === 'here' ? document : (surroundings.other ?? document);
    return `${file} ${text.slice(0, span.start).split('\n').length}: ${text.slice(span.start, span.end)}`;
  });
}

function renamed(marked: string, newName: string, credentials?: string): string | [string, string | undefined] {
  const { document, offset, surroundings } = asked(marked, credentials);
  const result = rename(document, offset, newName, surroundings);
  if (!result.ok) return result.reason;
  return [applyEdits(document.text, result.here), credentials && applyEdits(credentials, result.other)];
}

const chain = '[profile base]\nregion = x\n[profile dev]\nsource_profile = ba$0se\n[profile ops]\nsource_profile = base\n';

describe('the name of a profile', () => {
  test('leads from source_profile to the section, in either file', () => {
    const there = asked(chain, '[base]\nregion = y\n');
    assert.deepEqual(shown(there, definition(there.document, there.offset, there.surroundings)), ['here 1: base', 'other 1: base']);
    const quoted = asked('[profile "my team"] # c\n[profile dev]\nsource_profile = my team$0\n');
    assert.deepEqual(shown(quoted, definition(quoted.document, quoted.offset, quoted.surroundings)), ['here 1: "my team"']);
  });

  test('is found wherever it is used', () => {
    const there = asked(chain.replace('$0', '').replace('[profile base]', '[profile $0base]'));
    const find = (withHeads: boolean): string[] => shown(there, references(there.document, there.offset, there.surroundings, withHeads));
    assert.deepEqual(find(true), ['here 1: base', 'here 4: base', 'here 6: base']);
    assert.deepEqual(find(false), ['here 4: base', 'here 6: base']);
  });

  test('is none elsewhere', () => {
    for (const marked of ['[profile dev]\nregion = de$0v\n', '[de$0v]\n', '# [profile de$0v]\n']) {
      const { document, offset, surroundings } = asked(marked);
      assert.equal(nameAt(document, offset), undefined);
      assert.deepEqual(definition(document, offset, surroundings), []);
      assert.deepEqual(references(document, offset, surroundings, true), [], marked);
    }
  });
});

describe('renaming a profile', () => {
  test('changes every place in both files, and quotes where it must', () => {
    assert.deepEqual(renamed(chain, 'my team', '[other]\n[base]\nregion = y\n'), [
      "[profile 'my team']\nregion = x\n[profile dev]\nsource_profile = my team\n[profile ops]\nsource_profile = my team\n",
      '[other]\n[my team]\nregion = y\n',
    ]);
  });

  test('keeps the rest of the head', () => {
    assert.deepEqual(renamed('[profile\t "de$0v" ] # c\nregion = x\n', 'prod'), ['[profile\t prod ] # c\nregion = x\n', undefined]);
  });

  test('is refused with a reason', () => {
    assert.match(String(renamed('[defa$0ult]\n', 'x')), /keeps its name/);
    assert.match(String(renamed('[profile de$0v]\n[profile prod]\n', 'prod')), /already/);
    assert.match(String(renamed('[profile de$0v]\n', 'prod', '[prod]\n')), /already/);
    assert.match(String(renamed('[profile de$0v]\n', ' ')), /empty/);
    assert.match(String(renamed('[profile de$0v]\n', 'a]b')), /cannot hold/);
    assert.match(String(renamed('[profile de$0v]\n', 'a\nb')), /cannot hold/);
    assert.match(String(renamed('[profile de$0v]\n[profile "dev"]\n', 'x')), /Two sections/);
    assert.match(String(renamed('[profile de$0v]\n', 'DEFAULT')), /no name/);
    assert.match(String(renamed('region = $0x\n', 'y')), /no name of a profile here/);
  });

  test('gives the same profiles under any name, or refuses it', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab \'"\\#;[]=:\t.é$'), maxLength: 6 }), (name) => {
        const text = '[profile dev] # c\nregion = x\n[profile ops]\nsource_profile = dev\n';
        const document = read(text);
        const result = rename(document, text.indexOf('dev'), name, noSurroundings);
        if (!result.ok) return;
        const after = read(applyEdits(text, result.here));
        assert.deepEqual([...after.profiles.keys()], [name, 'ops']);
        const source = after.profiles.get('ops')?.get('source_profile')?.value;
        assert.equal(source?.kind === 'text' && source.text, name);
      }),
      { numRuns: 500 },
    );
  });
});
