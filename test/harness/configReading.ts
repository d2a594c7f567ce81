// What the reader makes of a config and a credentials file, in the words in which botocore is asked for the same.

import assert from 'node:assert/strict';
import type { NestedSetting, Setting } from '../../server/src/core/awsconfig/node';
import { encodingError, parseAwsConfig } from '../../server/src/core/awsconfig/parse';
import { type FileKind, profilesOf, type ResolvedProfile, resolveProfiles } from '../../server/src/core/awsconfig/profiles';
import { lineIndex } from '../../server/src/core/text';
import { decode } from '../../server/src/lsp/decode';

export type Values = { readonly [key: string]: string | { readonly [key: string]: string } };

export type Reading =
  | { readonly ok: true; readonly profiles: { readonly [name: string]: Values } }
  /** `line` counts from 1; null where it is not known. */
  | { readonly ok: false; readonly file: FileKind; readonly kind: string; readonly line: number | null };

export function readingOf(config: Uint8Array, credentials: Uint8Array | undefined): Reading {
  const files = (
    [
      ['config', config],
      ['credentials', credentials],
    ] as const
  ).flatMap(([file, bytes]) => {
    if (bytes === undefined) return [];
    const { text, encoding } = decode(bytes);
    return [{ file, text, encoding, parsed: parseAwsConfig(text) }];
  });
  for (const { file, text, encoding, parsed } of files) {
    const error = encodingError(text, encoding) ?? parsed.errors[0];
    if (error === undefined) continue;
    if (error.kind === 'utf-16' || error.kind === 'not-utf-8') return { ok: false, file, kind: 'encoding', line: null };
    return { ok: false, file, kind: error.kind, line: lineIndex(text).position(error.span.start).line + 1 };
  }
  const [first, second] = files.map(({ parsed, file }) => profilesOf(parsed, file));
  const resolved = resolveProfiles(first ?? new Map(), second);
  for (const profile of resolved.values()) checkLookUp(profile);
  const profiles = [...resolved].map(
    ([name, profile]) => [name, Object.fromEntries([...profile.settings()].map(([key, { setting }]) => [key, shown(setting)]))] as const,
  );
  return { ok: true, profiles: Object.fromEntries(profiles) };
}

/** A profile looks a setting up without making the table of all of them: it must find what the table has. */
function checkLookUp(profile: ResolvedProfile): void {
  for (const [key, { setting, from }] of profile.settings()) {
    const found = profile.get(key);
    assert.ok(found?.setting === setting && found.from === from, `${profile.name}: get(${JSON.stringify(key)})`);
  }
}

function shown({ value }: Setting | NestedSetting): Values[string] {
  if (value.kind === 'secret') return '(secret)';
  if (value.kind === 'text') return value.text;
  return Object.fromEntries(
    value.settings.map((nested) => [nested.key.text, nested.value.kind === 'text' ? nested.value.text : '(secret)']),
  );
}

/**
 * Nothing where they say the same; a line that botocore does not tell is not compared. Python decodes as it reads: it may meet an error
 * of the text before the bytes that are not UTF-8, which this reader names first.
 */
export function difference(ours: Reading, theirs: Reading): string | undefined {
  if (!ours.ok && ours.kind === 'encoding' && !theirs.ok && theirs.file === ours.file) return undefined;
  const comparable = !ours.ok && !theirs.ok && theirs.line === null ? { ...ours, line: null } : ours;
  const a = JSON.stringify(sorted(comparable));
  const b = JSON.stringify(sorted(theirs));
  return a === b ? undefined : `the reader: ${a}\nbotocore:   ${b}`;
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}

export interface FrozenCase {
  /** Base64 of the bytes. */
  readonly config: string;
  readonly credentials?: string;
  readonly is: Reading;
}

export const frozenCases = 'test/fixtures/awsconfig/frozen.json';
