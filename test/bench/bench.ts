// Speed and size against the budgets of docs/architecture.md: each figure a ratio to a floor that is measured in the same run.

import { spawn, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { parseTree } from 'jsonc-parser';
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  InitializedNotification,
  InitializeRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { parseDocument, type Syntax } from '../../server/src/core/document';
import { accountFacts, noFacts } from '../../server/src/core/facts/facts';
import { policyCompletions } from '../../server/src/core/features/policyCompletion';
import { lint } from '../../server/src/core/lint';
import { defaultSettings } from '../../server/src/core/settings';
import { factsOf } from '../harness/account';
import { catalog } from '../harness/catalog';
import { managedPolicies } from '../harness/managedPolicies';
import { inRepository } from '../harness/repository';

interface Figure {
  readonly what: string;
  readonly value: number;
  readonly budget: number;
  readonly unit: string;
  readonly measured: string;
}

const figures: Figure[] = [];
figures.push(
  ...corpusFigures(),
  ...keystrokeFigures(),
  completionFigure(),
  factsFigure(),
  configFigure(),
  await startFigure(),
  sizeFigure(),
);
for (const { what, value, budget, unit, measured } of figures) {
  const verdict = value <= budget ? 'ok  ' : 'OVER';
  console.log(`${verdict} ${what.padEnd(52)} ${value.toFixed(2)} ${unit} (budget ${budget}; ${measured})`);
}
process.exitCode = figures.every(({ value, budget }) => value <= budget) ? 0 : 1;

function lintText(text: string, syntax: Syntax = 'json', facts = noFacts): number {
  return lint(parseDocument(text, syntax), { settings: defaultSettings, catalog: catalog(), facts }).length;
}

function corpusFigures(): Figure[] {
  const texts = [...managedPolicies().values()];
  const [linted, parsed] = compare(
    () => texts.forEach((text) => void lintText(text)),
    () => texts.forEach((text) => void parseTree(text)),
  );
  const size = texts.reduce((sum, text) => sum + text.length, 0);
  const measured = `${texts.length} AWS managed policies, ${(size / 1e6).toFixed(1)} MB: ${linted.toFixed(0)} ms against ${parsed.toFixed(0)} ms`;
  return [{ what: 'lint of the managed policies ÷ parseTree', value: linted / parsed, budget: 3, unit: '×', measured }];
}

function keystrokeFigures(): Figure[] {
  return [
    { size: 6_000, budget: 0.5 },
    { size: 1_000_000, budget: 80 },
  ].map(({ size, budget }) => {
    const text = policyOf(size);
    const [linted, parsed] = compare(
      () => void lintText(text),
      () => void parseTree(text),
    );
    const measured = `${(linted / parsed).toFixed(2)} × parseTree`;
    return { what: `re-lint after a keystroke, ${size / 1000} KB policy`, value: linted, budget, unit: 'ms', measured };
  });
}

/** Over all actions of all services, after the first time. */
function completionFigure(): Figure {
  const text = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"e"}]}';
  const file = { text, path: '/x.json', rootKind: undefined };
  const [value, floor] = compare(
    () => void policyCompletions(file, text.indexOf('"e"') + 2, catalog()),
    () => void parseTree(text),
  );
  return {
    what: 'completion over all actions',
    value,
    budget: 20,
    unit: 'ms',
    measured: `parseTree of the policy: ${floor.toFixed(3)} ms`,
  };
}

function policyOf(size: number): string {
  const statement = { Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: 'arn:aws:s3:::example-data/*' };
  const text = (count: number): string =>
    JSON.stringify({ Version: '2012-10-17', Statement: Array.from({ length: count }, () => statement) }, null, 4);
  return text(Math.round(size / (text(2).length - text(1).length)));
}

function factsFigure(): Figure {
  const roles = Array.from({ length: 5000 }, (_, i) => ({ name: `Role${i}` }));
  const small = factsOf({ roles: roles.slice(0, 10), instanceProfiles: [{ name: 'Profile', role: 'Role2' }] });
  const large = accountFacts(factsOf({ roles, instanceProfiles: [{ name: 'Profile', role: 'Role2' }] }).sources);
  const text = '[default]\nemr =\n    service_role = Role1\n    instance_profile = Profile\n'.padEnd(
    2000,
    '# a comment of the config file\n',
  );
  const [withLarge, withSmall] = compare(
    () => repeat(1000, () => lintText(text, 'aws-config', large)),
    () => repeat(1000, () => lintText(text, 'aws-config', small)),
  );
  const measured = `${((withLarge / 1000) * 1000).toFixed(1)} µs a lint`;
  return { what: 'lint with facts of 5,000 roles ÷ of 10', value: withLarge / withSmall, budget: 1.2, unit: '×', measured };
}

function configFigure(): Figure {
  const text = configOf(10_000_000);
  const [linted, read] = compare(
    () => void lintText(text, 'aws-config'),
    () => void lineEnds(text),
  );
  const measured = `parse and lint ${linted.toFixed(0)} ms against ${read.toFixed(0)} ms`;
  return { what: 'config reader: 10 MB ÷ a loop over its characters', value: linted / read, budget: 100, unit: '×', measured };
}

function configOf(size: number): string {
  const profile = (i: number): string =>
    `[profile team-${i}]\nregion = eu-west-1\nrole_arn = arn:aws:iam::111122223333:role/Team${i}\nsource_profile = default\nemr =\n` +
    `    service_role = Service${i}\n    instance_profile = Profile${i}\n    log_uri = s3://logs/${i}/\n\n`;
  return Array.from({ length: Math.ceil(size / profile(10_000).length) }, (_, i) => profile(i)).join('');
}

function lineEnds(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) === 10) count++;
  return count;
}

async function startFigure(): Promise<Figure> {
  const floors: number[] = [];
  const starts: number[] = [];
  for (let round = 0; round < 9; round++) {
    const before = performance.now();
    spawnSync(process.execPath, ['-e', '0']);
    floors.push(performance.now() - before);
    starts.push(await firstDiagnostics());
  }
  const value = median(starts) / median(floors);
  const measured = `${median(starts).toFixed(0)} ms against ${median(floors).toFixed(0)} ms`;
  return { what: 'server spawn → first diagnostics ÷ node -e 0', value, budget: 4, unit: '×', measured };
}

async function firstDiagnostics(): Promise<number> {
  const before = performance.now();
  const child = spawn(process.execPath, [inRepository('dist/server.js'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  connection.listen();
  const capabilities = { textDocument: { diagnostic: {} } };
  await connection.sendRequest(InitializeRequest.type, { processId: process.pid, rootUri: null, capabilities });
  await connection.sendNotification(InitializedNotification.type, {});
  const textDocument = {
    uri: 'file:///w/.aws/config',
    languageId: 'ini',
    version: 1,
    text: '[default]\nemr =\n  enable_debugging = yes\n',
  };
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
  const took = performance.now() - before;
  connection.dispose();
  child.kill();
  return took;
}

function sizeFigure(): Figure {
  spawnSync(process.execPath, [inRepository('scripts/package.mjs')]);
  const { size } = statSync(inRepository('emr-iam.vsix'));
  return { what: 'VSIX', value: size / 1024 / 1024, budget: 2, unit: 'MB', measured: `${size} bytes` };
}

/** The medians of two pieces of work, done by turns, after a warm-up. */
function compare(one: () => void, other: () => void): [number, number] {
  const times: [number[], number[]] = [[], []];
  for (let round = -2; round < 9; round++) {
    for (const [i, work] of [one, other].entries()) {
      const before = performance.now();
      work();
      if (round >= 0) times[i]?.push(performance.now() - before);
    }
  }
  return [median(times[0]), median(times[1])];
}

function repeat(times: number, work: () => void): void {
  for (let i = 0; i < times; i++) work();
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
