// Outline, folding, semantic tokens and formatting of config files.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type ConfigDocument, parseDocument } from '../../server/src/core/document';
import { foldingRanges } from '../../server/src/core/features/folding';
import { format } from '../../server/src/core/features/format';
import { type OutlineSymbol, symbols } from '../../server/src/core/features/symbols';
import { semanticTokens } from '../../server/src/core/features/tokens';
import { applyEdits } from '../../server/src/core/text';
import { configLike, configText, mistakenConfig } from '../harness/arbitraries';

function read(text: string, syntax: 'aws-config' | 'aws-credentials' = 'aws-config'): ConfigDocument {
  const document = parseDocument(text, syntax);
  assert.ok(document.kind === 'config');
  return document;
}

describe('the outline', () => {
  const lines = (found: readonly OutlineSymbol[], depth = 0): string[] =>
    found.flatMap(({ name, detail, kind, children }) => [
      `${'  '.repeat(depth)}${kind} ${name}${detail === '' ? '' : `: ${detail}`}`,
      ...lines(children, depth + 1),
    ]);

  test('shows profiles by the names that the AWS CLI knows, their blocks and settings', () => {
    const text =
      '[profile "my team"]\nregion = eu-west-1\nemr =\n  service_role = R\n[dev]\n[DEFAULT]\noutput = json\n[sso-session s]\n[profile x]\n[profile "x"]\n';
    assert.deepEqual(lines(symbols(read(text))), [
      'profile my team: profile',
      '  setting region: eu-west-1',
      '  block emr',
      '    setting service_role: R',
      'section dev: no profile',
      'section DEFAULT: what every profile inherits',
      '  setting output: json',
      'section sso-session s',
      'profile x: profile, replaced by a later one',
      'profile x: profile',
    ]);
  });

  test('shows no credential', () => {
    const text = '[default]\naws_secret_access_key = hunter2hunter2\nemr =\n  aws_session_token = hunter2hunter2\n';
    assert.doesNotMatch(JSON.stringify(symbols(read(text))), /hunter2/);
  });

  test('names what has no name, and shortens what is long', () => {
    const [section] = symbols(read(`[ ]\n= ${'x'.repeat(100)}\n`));
    assert.equal(section?.name, '(no name)');
    assert.equal(section?.children[0]?.name, '(no name)');
    assert.equal(section?.children[0]?.detail.length, 60);
  });
});

test('sections, blocks, long values and runs of comments fold', () => {
  const text = '# a\n# b\n\n# c\n[default]\nregion = x\nemr =\n  a = b\n  c = d\n\n[profile x]\ncli_pager = less\n  -R\n';
  const folded = foldingRanges(read(text)).map(({ span, kind }) => {
    const line = (offset: number): number => text.slice(0, offset).split('\n').length;
    return `${kind} ${line(span.start)}-${line(span.end)}`;
  });
  assert.deepEqual(folded, ['comment 1-2', 'region 5-9', 'region 7-9', 'region 11-13', 'region 12-13']);
});

describe('semantic tokens', () => {
  const shown = (text: string): string[] =>
    semanticTokens(read(text)).map(
      ({ span, type, modifier }) => `${type}${modifier === undefined ? '' : `.${modifier}`} ${text.slice(span.start, span.end)}`,
    );

  test('tell settings of the AWS CLI from those that it ignores', () => {
    assert.deepEqual(shown('[default] # x\nemr =\n  # c\n  service_role = R\n  Role = R\n'), [
      'namespace default',
      'property emr',
      'comment # c',
      'property.defaultLibrary service_role',
      'string R',
      'property.deprecated Role',
      'string R',
    ]);
  });

  test('show a swallowed block as the value that it is', () => {
    assert.deepEqual(shown('[default]\nregion = x\n  emr =\n; c\n    service_role = R\n'), [
      'namespace default',
      'property region',
      'string x',
      'string emr =',
      'comment ; c',
      'string service_role = R',
    ]);
  });

  test('stand on one line each, in order, and do not overlap', () => {
    fc.assert(
      fc.property(fc.oneof(configLike, mistakenConfig), (text) => {
        let last = 0;
        for (const { span } of semanticTokens(read(text))) {
          assert.ok(last <= span.start && span.start < span.end && span.end <= text.length);
          assert.doesNotMatch(text.slice(span.start, span.end), /[\r\n]/);
          last = span.end;
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('formatting', () => {
  const formatted = (text: string, indentation = '    '): string => applyEdits(text, format(read(text), { indentation }));

  test('puts everything in its place', () => {
    const text =
      '\n\n; top  \n[default]  # c  \n  region=eu-west-1  \n  cli_pager : less\n     -R\n\n\n  emr=\n\n# roles\n      service_role=R\n        instance_profile =P=Q\n  output =\n[profile dev]\n# of dev\n[profile x]\nregion = x\n\n\n\n# the end\n\n\n';
    assert.equal(
      formatted(text),
      '; top\n[default]  # c\nregion = eu-west-1\ncli_pager : less\n    -R\n\nemr =\n\n    # roles\n    service_role = R\n    instance_profile = P=Q\noutput =\n\n[profile dev]\n# of dev\n[profile x]\nregion = x\n\n# the end\n',
    );
  });

  test('keeps line ends, and uses the indentation that it is told', () => {
    assert.equal(formatted('[default]\r\nemr=\r\n  a=b', '\t'), '[default]\r\nemr =\r\n\ta = b\r\n');
    assert.equal(formatted('\n[default]\r\n  [profile x]  \r\n'), '[default]\r\n\r\n[profile x]\r\n');
  });

  test('leaves a file alone that the AWS CLI cannot read', () => {
    assert.deepEqual(format(read('[default]\nregion=x\nregion=y\n'), { indentation: '  ' }), []);
  });

  test('keeps blank lines that a value is made of', () => {
    const text = '[default]\nx = a\n\n\n    b\n';
    assert.equal(formatted(text), text);
  });

  test('changes nothing that the AWS CLI sees, and nothing the second time', () => {
    const seen = (text: string): unknown =>
      read(text).config.sections.map(({ name, settings }) => [
        name.text,
        settings.map(({ key, value }) => [
          key.text,
          value.kind === 'nested'
            ? value.settings.map((nested) => [nested.key.text, 'text' in nested.value && nested.value.text])
            : 'text' in value && value.text,
        ]),
      ]);
    let changed = 0;
    fc.assert(
      fc.property(fc.oneof(configText, configLike, mistakenConfig), fc.constantFrom('    ', '  ', '\t'), (text, indentation) => {
        const after = formatted(text, indentation);
        if (after !== text) changed++;
        assert.deepEqual(seen(after), seen(text));
        assert.equal(read(after).config.errors.length, read(text).config.errors.length);
        assert.equal(formatted(after, indentation), after);
      }),
      { numRuns: 1500 },
    );
    assert.ok(changed > 200, `only ${changed} files were changed`);
  });
});
