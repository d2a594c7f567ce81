// What the extension's package holds.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { inRepository } from '../harness/repository';

let vsix = Buffer.alloc(0);

before(() => {
  const { status, stderr } = spawnSync(process.execPath, [inRepository('scripts/package.mjs')], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  vsix = readFileSync(inRepository('emr-iam.vsix'));
});

test('the VSIX holds what ships and nothing else', () => {
  const files = namesInZip(vsix).filter((name) => name.startsWith('extension/'));
  assert.deepEqual(files.sort(), [
    'extension/LICENSE.txt',
    'extension/changelog.md',
    'extension/dist/catalog.json',
    'extension/dist/descriptions.json',
    'extension/dist/extension.js',
    'extension/dist/extension.web.js',
    'extension/dist/licences.txt',
    'extension/dist/liveFacts.js',
    'extension/dist/server.js',
    'extension/dist/server.web.js',
    'extension/dist/start.js',
    'extension/docs/images/findings.png',
    'extension/docs/images/script.png',
    'extension/package.json',
    'extension/readme.md',
    'extension/schemas/project.schema.json',
    'extension/syntaxes/aws-config.language-configuration.json',
    'extension/syntaxes/aws-config.tmLanguage.json',
  ]);
});

test('the VSIX is smaller than 2 MB', () => {
  assert.ok(vsix.length < 2 * 1024 * 1024, `${vsix.length} bytes`);
});

/** Reads the central directory of a zip file (APPNOTE.TXT 4.3.12 and 4.3.16). */
function namesInZip(zip: Buffer): string[] {
  const end = zip.lastIndexOf('PK\u0005\u0006');
  const names: string[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    const [name, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    names.push(zip.toString('utf8', at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names;
}
