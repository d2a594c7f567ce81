// Whatever the text: nothing throws, every place is inside it, and what was read can be found there.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parseDocument, type Syntax } from '../../server/src/core/document';
import type { AccountFacts } from '../../server/src/core/facts/facts';
import { noFacts } from '../../server/src/core/facts/facts';
import { parseSnapshot } from '../../server/src/core/facts/snapshot';
import { isTooDeep, parseJson } from '../../server/src/core/json/parse';
import { shellSyntaxes } from '../../server/src/core/launch/shellRegions';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';
import { applyEdits, lineIndex } from '../../server/src/core/text';
import { decodedOffset, sourceOffset } from '../../server/src/core/tree/node';
import {
  anyText,
  configLike,
  configText,
  embeddedIn,
  jsonLike,
  launchText,
  mistakenConfig,
  policyText,
  someFacts,
} from '../harness/arbitraries';
import { catalog } from '../harness/catalog';
import { isInside } from '../harness/fixture';
import { nodesOf, spansOfDocument, spansOfFinding } from '../harness/spans';

const configTexts = fc.oneof(anyText, configLike, mistakenConfig, configText);
const jsonTexts = fc.oneof(
  anyText,
  anyText.map((text) => `{"Statement":${text}`),
  jsonLike,
  jsonLike,
  policyText,
  fc.tuple(fc.oneof(jsonLike, policyText, anyText), fc.integer({ min: 1, max: 3 }), fc.nat(20)).map((args) => embeddedIn(...args)),
);

function check(text: string, syntax: Syntax, facts: AccountFacts): void {
  const document = parseDocument(text, syntax);
  for (const span of spansOfDocument(document)) assert.ok(isInside(span, text), `${JSON.stringify(span)} of ${text.length}`);
  for (const finding of lint(document, { settings: defaultSettings, catalog: catalog(), facts })) {
    for (const span of spansOfFinding(finding))
      assert.ok(isInside(span, text), `${finding.rule}: ${JSON.stringify(span)} of ${text.length}`);
    assert.ok(finding.span.start < finding.span.end, `${finding.rule} marks nothing`);
    for (const { edits } of finding.fixes) applyEdits(text, edits);
  }
}

function isWhole(source: string): boolean {
  try {
    return typeof JSON.parse(source) === 'string';
  } catch {
    return false;
  }
}

describe('any text', () => {
  test('as a config file', () => {
    fc.assert(fc.property(configTexts, fc.constantFrom<Syntax>('aws-config', 'aws-credentials'), someFacts, check), { numRuns: 800 });
  });

  test('as JSON', () => {
    fc.assert(
      fc.property(jsonTexts, (text) => {
        check(text, 'json', noFacts);
      }),
      { numRuns: 800 },
    );
  });

  test('as a script', () => {
    const anywhere = fc.tuple(
      anyText.map((text) => `aws emr create-cluster ${text}`),
      fc.constantFrom(...shellSyntaxes),
    );
    fc.assert(
      fc.property(fc.oneof(launchText, anywhere), someFacts, ([text, syntax], facts) => check(text, syntax, facts)),
      { numRuns: 1000 },
    );
  });

  test('as a snapshot', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), anyText), fc.constantFrom('RoleDetailList', 'InstanceProfiles'), (text, name) => {
        parseSnapshot(text, 'x');
        parseSnapshot(`{"${name}":${text}}`, 'x');
      }),
      { numRuns: 300 },
    );
  });

  test('as lines: each offset has a position, and the position that offset', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\r', '\n', '\r\n', '🚀'), { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const index = lineIndex(text);
        for (let offset = 0; offset <= text.length; offset++) assert.equal(index.offset(index.position(offset)), offset);
      }),
    );
  });
});

describe('what was read of a config file', () => {
  test('stands where its spans say', () => {
    fc.assert(
      fc.property(configTexts, (text) => {
        const document = parseDocument(text, 'aws-config');
        assert.ok(document.kind === 'config');
        for (const { name, settings } of document.config.sections) {
          assert.equal(name.text, text.slice(name.span.start, name.span.end));
          for (const { key, value } of settings) {
            assert.equal(key.text, text.slice(key.span.start, key.span.end).toLowerCase());
            if (value.kind === 'text' && !value.text.includes('\n')) assert.equal(value.text, text.slice(value.span.start, value.span.end));
            for (const nested of value.kind === 'nested' ? value.settings : []) {
              assert.equal(nested.key.text, text.slice(nested.key.span.start, nested.key.span.end));
              if (nested.value.kind === 'text') assert.equal(nested.value.text, text.slice(nested.value.span.start, nested.value.span.end));
            }
          }
        }
      }),
      { numRuns: 800 },
    );
  });

  test('holds no credential', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9/+]{12,40}$/), configText, fc.constantFrom('', ' ', '\n  '), (secret, rest, gap) => {
        const text = `[profile s]\naws_secret_access_key =${gap}${secret}\n${rest}`;
        const document = parseDocument(text, 'aws-config');
        assert.ok(document.kind === 'config' && !JSON.stringify(document.config).includes(secret));
      }),
      { numRuns: 200 },
    );
  });
});

describe('what was read of JSON', () => {
  test('has the offsets of a string within its span, in order', () => {
    fc.assert(
      fc.property(jsonTexts, (text) => {
        for (const node of isTooDeep(text) ? [] : nodesOf(parseJson(text).root)) {
          if (node.kind !== 'string') continue;
          let last = node.span.start;
          for (let decoded = 0; decoded <= node.value.length; decoded++) {
            const at = sourceOffset(node, decoded);
            assert.ok(last <= at && at <= node.span.end, `${decoded} of ${text.slice(node.span.start, node.span.end)} stands at ${at}`);
            last = at;
            // A broken escape may stand for more than there is of it.
            if (isWhole(text.slice(node.span.start, node.span.end))) assert.equal(decodedOffset(node, at), decoded);
          }
          for (let at = node.span.start; at <= node.span.end; at++) {
            const decoded = decodedOffset(node, at);
            assert.ok(0 <= decoded && decoded <= node.value.length, `${at} is ${decoded} of ${node.value.length}`);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  test('is what JSON.parse reads, and stands where its spans say', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(3), (value, blanks) => {
        const text = JSON.stringify(value, undefined, blanks);
        for (const node of nodesOf(parseJson(text).root)) {
          const source: unknown = JSON.parse(text.slice(node.span.start, node.span.end));
          if (node.kind === 'string' || node.kind === 'number' || node.kind === 'boolean') assert.equal(node.value, source);
          else assert.equal(node.kind, source === null ? 'null' : Array.isArray(source) ? 'array' : 'object');
        }
      }),
      { numRuns: 500 },
    );
  });
});
