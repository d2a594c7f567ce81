import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseDocument } from '../../server/src/core/document';
import { noFacts } from '../../server/src/core/facts/facts';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';
import { suppressionFix } from '../../server/src/core/suppression';
import { applyEdits } from '../../server/src/core/text';
import { catalog } from '../harness/catalog';

function found(text: string): string[] {
  return lint(parseDocument(text, 'aws-config'), { settings: defaultSettings, facts: noFacts }).map(({ rule }) => rule);
}

/** The text after the first finding's rule is switched off for its line. */
function suppressed(text: string): string {
  const document = parseDocument(text, 'aws-config');
  const [finding] = lint(document, { settings: defaultSettings, facts: noFacts });
  assert.ok(document.kind === 'config' && finding !== undefined);
  return applyEdits(text, suppressionFix(document, finding.rule, finding.span)?.edits ?? []);
}

const quoted = '[default]\nemr =\n    key_name = "k"\n';

describe('a comment that switches rules off', () => {
  test('for the next line covers that line alone', () => {
    const lines = ['[default]', 'emr =', '# emr-iam-disable-next-line config/quoted-value', '  key_name = "k"', '  log_uri = "s3://b-c/"'];
    assert.deepEqual(found(lines.join('\n')), ['config/quoted-value']);
  });

  test('for all below does not cover what is above', () => {
    assert.deepEqual(found(`${quoted}# emr-iam-disable config/quoted-value\n[profile b]\nemr =\n  key_name = 'k'\n`), [
      'config/quoted-value',
    ]);
  });

  test('can stand above another one, and be written with ; and commas', () => {
    const text =
      '[default]\nemr =\n; emr-iam-disable-next-line config/unknown-emr-setting, config/quoted-value\n# emr-iam-disable-next-line config/comment-in-value\n\tkey_name = "k\n';
    assert.deepEqual(found(text), ['config/unused-suppression', 'config/unused-suppression', 'config/unused-suppression']);
    assert.deepEqual(found(text.replace('key_name = "k', 'Key_Name = "k"')), ['config/unused-suppression', 'config/unused-suppression']);
  });

  test('that is stale can itself be left alone', () => {
    assert.deepEqual(found(`# emr-iam-disable config/unused-suppression\n# emr-iam-disable config/quoted-value\n[default]\n`), []);
  });

  test('of a rule that is turned off in the settings is not called stale', () => {
    const settings = { ...defaultSettings, rules: new Map([['config/quoted-value', 'off' as const]]) };
    const document = parseDocument(`# emr-iam-disable config/quoted-value\n${quoted}`, 'aws-config');
    assert.deepEqual(lint(document, { settings, facts: noFacts }), []);
  });
});

describe('the fix that adds one', () => {
  test('writes it above the line, with its indentation and line end', () => {
    assert.equal(suppressed(quoted), '[default]\nemr =\n    # emr-iam-disable-next-line config/quoted-value\n    key_name = "k"\n');
    assert.equal(
      suppressed('[default]\r\nemr =\r\n\tkey_name = "k"'),
      '[default]\r\nemr =\r\n\t# emr-iam-disable-next-line config/quoted-value\r\n\tkey_name = "k"',
    );
  });

  test('adds the name to a comment that is there already', () => {
    const text = '[default]\nemr =\n    # emr-iam-disable-next-line config/comment-in-value -- why\n    key_name = "k" # c"\n';
    const document = parseDocument(text, 'aws-config');
    assert.ok(document.kind === 'config');
    const at = { start: text.indexOf('"k"'), end: text.length };
    assert.equal(
      applyEdits(text, suppressionFix(document, 'config/quoted-value', at)?.edits ?? []),
      text.replace('comment-in-value', 'comment-in-value config/quoted-value'),
    );
  });

  test('silences the finding, whatever the file', () => {
    for (const text of [
      quoted,
      '[dev]\nregion = x\n',
      'region = x\n',
      '[default]\nemr = service_role\n',
      '[default]\nregion = a\nregion = b',
    ]) {
      assert.deepEqual(found(suppressed(text)), [], text);
    }
  });
});

describe('in a policy', () => {
  const rule = 'policy/missing-version';
  const lines = (...more: string[]): string => ['{', ...more, '  "Statement": []', '}', ''].join('\n');
  const policy = lines('  "Id": "x",').replace('[]', '[{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }]');
  const foundIn = (text: string, syntax: 'json' | 'jsonc' = 'jsonc'): string[] =>
    lint(parseDocument(text, syntax), { settings: defaultSettings, facts: noFacts, catalog: catalog() }).map((finding) => finding.rule);
  const above = (comment: string): string => policy.replace('  "Statement"', `  ${comment}\n  "Statement"`);

  test('it begins with //, and JSON without comments has none', () => {
    assert.deepEqual(foundIn(policy), [rule]);
    for (const comment of [
      `// emr-iam-disable-next-line ${rule} -- it is old`,
      `// emr-iam-disable ${rule}`,
      `// emr-iam-disable-next-line ${rule}\n// and why`,
    ]) {
      assert.deepEqual(foundIn(above(comment)), [], comment);
      assert.deepEqual(foundIn(above(comment), 'json'), ['policy/json-syntax-error', rule], comment);
    }
    assert.deepEqual(foundIn(above(`/* emr-iam-disable ${rule} */`)), [rule]);
  });

  test('it may stand behind something, and then covers the line below', () => {
    const text = policy.replace('"x",', `"x", // emr-iam-disable-next-line ${rule}`);
    assert.deepEqual(foundIn(text), []);
    assert.deepEqual(
      foundIn(text.replace('  "Statement"', '  "Other": 1, // so\n  "Statement"')),
      [rule, 'config/unused-suppression'].sort(),
    );
  });

  test('one that is stale is found, and removed without what stands before it', () => {
    const text = policy.replace('"x",', `"x", // emr-iam-disable-next-line policy/service-wildcard`);
    const document = parseDocument(text, 'jsonc');
    const [stale] = lint(document, { settings: defaultSettings, facts: noFacts, catalog: catalog() });
    assert.equal(stale?.rule, 'config/unused-suppression');
    assert.equal(applyEdits(text, stale?.fixes[0]?.edits ?? []), policy);
    assert.deepEqual(
      lint(document, { settings: defaultSettings, facts: noFacts }).map((finding) => finding.rule),
      [rule],
    );
  });

  test('the fix writes one above the line, or adds to it, but not in JSON', () => {
    const written = (text: string, syntax: 'json' | 'jsonc'): string => {
      const document = parseDocument(text, syntax);
      const finding = lint(document, { settings: defaultSettings, facts: noFacts }).find((candidate) => candidate.rule === rule);
      assert.ok(document.kind === 'json' && finding !== undefined);
      return applyEdits(text, suppressionFix(document, rule, finding.span)?.edits ?? []);
    };
    assert.equal(written(policy, 'jsonc'), above(`// emr-iam-disable-next-line ${rule}`));
    const other = above('// emr-iam-disable-next-line policy/x -- why');
    assert.equal(written(other, 'jsonc'), other.replace('policy/x', `policy/x ${rule}`));
    assert.equal(written(policy, 'json'), policy);
  });

  test('many findings on one line of megabytes cost no more than their number', () => {
    const statement = '{ "Effect": "Allow", "Action": "iam:PassRole", "Resource": "*" }';
    const text = `// emr-iam-disable-next-line ${rule}\n{ "Statement": [${Array(5_000).fill(statement).join()}] }`;
    const found = lint(parseDocument(text, 'jsonc'), { settings: defaultSettings, facts: noFacts });
    assert.ok(found.length >= 5_000 && found.every((finding) => finding.rule !== rule));
  });
});
