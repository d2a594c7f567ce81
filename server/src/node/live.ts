// Live facts as the edges see them: asked, and kept on disk only where that is wanted. The AWS SDK is loaded with the first question.

import { randomUUID } from 'node:crypto';
import { chmod, lstat, mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freshReader, maxSnapshotSize, type SnapshotReader, snapshotReader } from '../core/facts/snapshot';
import type { Live, LiveAnswer, LiveOptions, LiveQuestion } from '../lsp/runtime';
import { readParts } from './files';
import type { LiveText } from './liveFacts';

/** What IAM says, as text. */
export function askIam({ names, ...question }: LiveQuestion, options: LiveOptions): Promise<LiveText> {
  // The SDK tells everybody who runs it on Node 20 to leave that; the user of this program cannot.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  // A bundle of its own beside this one.
  const { lookUp, snapshot }: typeof import('./liveFacts') = require('./liveFacts');
  return names === undefined ? snapshot(question, options) : lookUp({ ...question, names }, options);
}

export const live: Live = {
  async ask(question, options, keepIn) {
    const text = await askIam(question, options);
    if (!text.ok) return text;
    const reader = snapshotReader(labelOf(question.profile));
    const parts = keepIn === undefined ? text.parts : [...text.parts];
    for (const part of parts) reader.push(part);
    // That it cannot be kept is no reason to go without it.
    if (keepIn !== undefined) await keep(fileURLToPath(keepIn), question.profile, parts).catch(() => undefined);
    return answered(reader, question.profile);
  },
  async recall(folder, profile) {
    const reader = freshReader(labelOf(profile));
    const file = await readParts(join(fileURLToPath(folder), fileFor(profile)), maxSnapshotSize, reader.begin);
    const answer = file.ok ? answered(reader, profile) : undefined;
    return answer?.ok === true ? answer.source : undefined;
  },
  async forget(folder) {
    const path = fileURLToPath(folder);
    const names = await readdir(path).catch(() => []);
    for (const name of names.filter((candidate) => keptFile.test(candidate))) await rm(join(path, name), { force: true });
  },
};

function answered(reader: Pick<SnapshotReader, 'end'>, profile: string): LiveAnswer {
  const result = reader.end();
  return result.ok
    ? { ok: true, source: { ...result.source, kind: 'live' } }
    : { ok: false, reason: `What IAM told about the profile "${profile}" cannot be read.` };
}

function labelOf(profile: string): string {
  return `live IAM, profile ${profile}`;
}

const keptFile = /^live-facts-.*\.json(?:\.[\w-]+\.tmp)?$/;

function fileFor(profile: string): string {
  return `live-facts-${encodeURIComponent(profile).replaceAll('*', '%2A')}.json`;
}

async function keep(folder: string, profile: string, parts: Iterable<string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writePrivate(join(folder, fileFor(profile)), parts);
}

/** A file that only its owner may read; what stood there before stays until the new one is whole. */
export async function writePrivate(path: string, parts: Iterable<string>): Promise<void> {
  const info = await lstat(path).catch(() => undefined);
  const target = info?.isSymbolicLink() === true ? await realpath(path) : path;
  const isReplaced = info === undefined || info.isSymbolicLink() || info.isFile();
  // A device or a pipe is written to, not replaced.
  const written = isReplaced ? `${target}.${randomUUID()}.tmp` : target;
  const file = await open(written, isReplaced ? 'wx' : 'w', 0o600);
  try {
    for (const part of parts) await file.write(part);
  } catch (error) {
    if (isReplaced) await rm(written, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  if (!isReplaced) return;
  await chmod(written, 0o600);
  await rename(written, target);
}
