// What must agree with what.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parseProject } from '../../server/src/core/project';
import { projectFileName } from '../../server/src/core/projectFileName';
import { ruleIds, rules } from '../../server/src/core/rules/index';
import { defaultSettings, readSettings, section, settingDefinitions } from '../../server/src/core/settings';
import { inRepository } from '../harness/repository';

const manifest = JSON.parse(readFileSync(inRepository('package.json'), 'utf8'));

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(inRepository(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => `${folder}/${file}`)
    .sort();
}

describe('settings', () => {
  test('are in the manifest as in the table', () => {
    const { properties } = manifest.contributes.configuration;
    assert.deepEqual(
      Object.keys(properties),
      Object.keys(settingDefinitions).map((name) => `${section}.${name}`),
    );
    const defaults = Object.fromEntries(Object.keys(settingDefinitions).map((name) => [name, properties[`${section}.${name}`].default]));
    assert.deepEqual(readSettings(defaults, ruleIds), { settings: defaultSettings, problems: [] });
  });

  test('name every rule in the manifest', () => {
    assert.deepEqual(Object.keys(manifest.contributes.configuration.properties['emrIam.rules'].properties), [...ruleIds]);
  });

  test('that make this machine go online or keep what it learnt are of the machine: no workspace can set them', () => {
    const { properties } = manifest.contributes.configuration;
    const live = Object.keys(properties).filter((name) => name.startsWith('emrIam.live.'));
    assert.equal(live.length, 2);
    for (const name of live) assert.equal(properties[name].scope, 'machine', name);
  });

  test('that name files to read are restricted to trusted workspaces', () => {
    assert.deepEqual(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations, ['emrIam.factsFiles']);
  });
});

describe('the schema of the project file', () => {
  const schema = JSON.parse(readFileSync(inRepository('schemas/project.schema.json'), 'utf8'));

  test('is contributed for files of its name', () => {
    assert.deepEqual(manifest.contributes.jsonValidation, [{ fileMatch: projectFileName, url: './schemas/project.schema.json' }]);
  });

  test('knows the members and the rules that are read, and no others', () => {
    for (const [name, { additionalProperties }] of Object.entries({ root: schema, entry: schema.properties.ignore.items }))
      assert.equal(additionalProperties, false, name);
    const problemsOf = (value: unknown): number => parseProject(JSON.stringify(value), ruleIds).problems.length;
    const right: Record<string, unknown> = {
      $schema: '',
      profile: 'audit',
      rules: {},
      policyKinds: {},
      factsFiles: [],
      roles: {},
      instanceProfiles: {},
      launches: {},
      ignore: [],
    };
    assert.deepEqual(Object.keys(schema.properties).sort(), Object.keys(right).sort());
    assert.equal(problemsOf(right), 0);
    const role = { kind: 'ec2', path: '/', trustPolicy: 'a.json', inlinePolicies: ['a.json'], managedPolicies: ['A'] };
    const launch = { profile: 'dev', shell: 'posix', options: ['--name', 'R'] };
    for (const [name, value] of Object.entries({ roles: role, instanceProfiles: { role: 'R' }, launches: launch })) {
      const { additionalProperties } = schema.properties[name].additionalProperties;
      assert.deepEqual(
        [Object.keys(schema.properties[name].additionalProperties.properties), additionalProperties],
        [Object.keys(value), false],
      );
      assert.equal(problemsOf({ [name]: { R: value } }), 0);
    }
    assert.deepEqual(Object.keys(schema.properties.rules.properties), [...ruleIds]);
    const { properties, required } = schema.properties.ignore.items;
    const entry: Record<string, unknown> = { files: '**', sid: 'x', rule: 'policy/missing-version', reason: 'y' };
    assert.deepEqual(Object.keys(properties).sort(), Object.keys(entry).sort());
    for (const name of required) assert.equal(problemsOf({ ignore: [{ ...entry, [name]: undefined }] }), 1, name);
    assert.deepEqual(properties.rule.enum, [...ruleIds]);
  });
});

describe('rules', () => {
  test('are one file each, and the index has them all, in order', () => {
    const folders = ['config', 'emr', 'launch', 'policy', 'security', 'trust'];
    const named = folders
      .flatMap((folder) => filesBelow(`server/src/core/rules/${folder}`, '.ts'))
      .map((file) => /id: '(.+)'/.exec(readFileSync(inRepository(file), 'utf8'))?.[1]);
    assert.deepEqual([...named].sort(), [...ruleIds].sort());
    assert.deepEqual(
      rules.map(({ id }) => id),
      [...ruleIds].sort(),
    );
  });

  test('have a page each', () => {
    assert.deepEqual(filesBelow('docs/rules', '.md'), [...[...ruleIds].map((id) => `docs/rules/${id}.md`), 'docs/rules/README.md'].sort());
  });

  test('state their sources, and link the Access Analyzer check that they mirror', () => {
    for (const { id, docs, accessAnalyzer } of rules) {
      assert.ok(docs.references.length > 0, id);
      assert.ok(
        docs.references.every((link) => link.startsWith('https://')),
        id,
      );
      if (accessAnalyzer === undefined) continue;
      const kebab = accessAnalyzer.toLowerCase().replaceAll('_', '-');
      assert.equal(id.split('/')[1], kebab);
      assert.match(docs.references[0] ?? '', new RegExp(`access-analyzer-reference-policy-checks-[a-z-]+-${kebab}$`));
    }
  });

  test('are imported by the index alone', () => {
    for (const file of filesBelow('server/src', '.ts').filter((name) => name !== 'server/src/core/rules/index.ts')) {
      assert.doesNotMatch(readFileSync(inRepository(file), 'utf8'), /from '.*rules\/(config|emr|policy|security|trust)\//, file);
    }
  });
});

describe('the compiler keeps apart', () => {
  for (const [where, what, code] of [
    ['core', 'Node', "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n"],
    ['core', 'VS Code', "import * as vscode from 'vscode';\nexport const x = vscode;\n"],
    [
      'core',
      'the language server protocol',
      "import { DiagnosticSeverity } from 'vscode-languageserver';\nexport const x = DiagnosticSeverity;\n",
    ],
    ['core', 'the DOM', 'export const x = document.title;\n'],
    ['core', 'the console', "console.log('x');\nexport {};\n"],
    ['core', 'timers', 'export const x = setTimeout;\n'],
    ['lsp', 'Node', "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;\n"],
    ['lsp', 'the globals of Node', 'export const x = process.env;\n'],
    ['web', 'the globals of Node', 'export const x = process.env;\n'],
  ] as const) {
    test(`${where} from ${what}`, () => {
      const source = inRepository('server/src', where);
      const folder = mkdtempSync(join(source, 'probe-'));
      try {
        writeFileSync(join(folder, 'probe.ts'), code);
        writeFileSync(
          join(folder, 'tsconfig.json'),
          JSON.stringify({
            extends: '../tsconfig.json',
            compilerOptions: { noEmit: true, composite: false, incremental: false, emitDeclarationOnly: false, rootDir: '..' },
            include: ['probe.ts'],
          }),
        );
        const { status, stdout } = spawnSync(process.execPath, [inRepository('node_modules/typescript/bin/tsc'), '-p', folder], {
          encoding: 'utf8',
        });
        assert.notEqual(status, 0);
        assert.match(stdout, /probe\.ts\(\d+,\d+\): error TS(2306|2584|2580|2591|2304|2307|2812|2552)/);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});

describe('packages', () => {
  test('one copy of the language server protocol is installed', () => {
    const { packages } = JSON.parse(readFileSync(inRepository('package-lock.json'), 'utf8'));
    const copies = Object.keys(packages).filter((path) => /node_modules\/vscode-(languageserver-protocol|jsonrpc)$/.test(path));
    assert.deepEqual(copies.sort(), ['node_modules/vscode-jsonrpc', 'node_modules/vscode-languageserver-protocol']);
    for (const name of ['vscode-languageserver', 'vscode-languageclient']) assert.equal(manifest.devDependencies[name], '10.1.2');
  });

  test('every file that the manifest names is there', () => {
    const { languages, grammars } = manifest.contributes;
    const named: string[] = [
      manifest.main,
      manifest.browser,
      ...Object.values<string>(manifest.bin),
      ...languages.map((entry: { configuration: string }) => entry.configuration),
      ...grammars.map((entry: { path: string }) => entry.path),
      ...manifest.contributes.jsonValidation.map((entry: { url: string }) => entry.url),
    ];
    for (const file of named) assert.ok(existsSync(inRepository(file)), file);
  });

  test('nothing that ships is under a licence that asks for more than a notice', () => {
    const { packages } = JSON.parse(readFileSync(inRepository('package-lock.json'), 'utf8'));
    for (const name of [
      'jsonc-parser',
      'vscode-languageserver',
      'vscode-languageclient',
      'vscode-languageserver-protocol',
      'vscode-languageserver-textdocument',
      'vscode-jsonrpc',
      'semver',
      'minimatch',
    ]) {
      assert.match(packages[`node_modules/${name}`]?.license ?? '', /^(MIT|ISC|BlueOak-1\.0\.0)$/, name);
    }
    const sdk = Object.keys(packages).filter((path) => /^node_modules\/(@aws-sdk|@smithy|@aws-crypto|@aws|bowser|tslib)\b/.test(path));
    assert.ok(sdk.length > 10);
    for (const path of sdk) assert.match(packages[path].license, /^(Apache-2\.0|MIT|0BSD)$/, path);
  });

  test('the AWS SDK is imported in one place', () => {
    const importing = [...filesBelow('server/src', '.ts'), ...filesBelow('client/src', '.ts')].filter((file) =>
      /from '@(aws-sdk|smithy)\//.test(readFileSync(inRepository(file), 'utf8')),
    );
    assert.deepEqual(importing, ['server/src/node/liveFacts.ts']);
  });
});
