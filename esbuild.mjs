// Every bundle in one table. `node esbuild.mjs` builds what ships, `node esbuild.mjs test` the tests as well.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { lineMark, userMark } from './scripts/editor/lineMark.mjs';
import { licences } from './scripts/licences.mjs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  // For F5; the package leaves the maps out.
  sourcemap: 'linked',
  sourcesContent: false,
  // jsonc-parser's UMD build breaks when it is bundled.
  mainFields: ['module', 'main'],
  define: { 'process.env.EMR_IAM_VERSION': JSON.stringify(version) },
  logLevel: 'warning',
};

/** For browsers. Whatever is of Node fails the build there. */
const web = { platform: 'browser', target: 'es2022', mainFields: ['browser', 'module', 'main'] };

const shipped = [
  { entryPoints: { extension: 'client/src/extension.ts' }, external: ['vscode', './start'] },
  { entryPoints: { start: 'client/src/start.ts' }, external: ['vscode'] },
  { entryPoints: { server: 'server/src/node/main.ts' }, external: ['./liveFacts'] },
  { entryPoints: { liveFacts: 'server/src/node/liveFacts.ts' } },
  { ...web, entryPoints: { 'extension.web': 'client/src/extension.web.ts' }, external: ['vscode'] },
  { ...web, entryPoints: { 'server.web': 'server/src/web/main.ts' }, format: 'iife' },
  { entryPoints: { 'emr-iam': 'server/src/cli/main.ts' }, external: ['./server', './liveFacts'], banner: { js: '#!/usr/bin/env node' } },
];

/** The tests are not minified, and what they import from packages stays outside, so that a stack trace can be read. */
const tests = [
  {
    entryPoints: filesBelow('test', /\.test\.ts$|^bench\.ts$/).filter((file) => !file.startsWith(join('test', 'editor'))),
    outdir: 'out/test',
    outbase: 'test',
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    splitting: true,
    minify: false,
    sourcemap: 'inline',
    external: ['fast-check', 'esbuild', 'vscode-languageserver-protocol'],
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
  },
  {
    entryPoints: { index: 'test/editor/index.ts' },
    outdir: 'out/editor',
    external: ['vscode', 'mocha'],
    minify: false,
    sourcemap: 'inline',
  },
  {
    ...web,
    entryPoints: { 'index.web': 'test/editor/index.web.ts' },
    outdir: 'out/editor',
    external: ['vscode'],
    alias: { 'node:assert/strict': './test/editor/assert.web.ts' },
    define: { 'process.env.EMR_IAM_TEST_LINE': JSON.stringify(lineMark), 'process.env.EMR_IAM_TEST_USER': JSON.stringify(userMark) },
    minify: false,
    sourcemap: 'inline',
  },
];

function filesBelow(folder, name) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

const built = Promise.all(shipped.map((bundle) => build({ ...shared, outdir: 'dist', metafile: true, ...bundle })));
if (process.argv.includes('test')) await Promise.all(tests.map((bundle) => build({ ...shared, ...bundle })));
writeFileSync(join('dist', 'licences.txt'), licences((await built).flatMap(({ metafile }) => Object.keys(metafile.inputs))));
