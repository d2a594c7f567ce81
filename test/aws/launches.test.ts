// Random launches: the words that a real shell makes of the command, taken by the AWS CLI's own code, end in the request that we say;
// and what the CLI refuses, we refuse.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { before, test } from 'node:test';
import fc from 'fast-check';
import { createClusterWords } from '../../server/src/core/emr/createCluster';
import { optionNames, schemaOf, shapeOf } from '../../server/src/core/emr/createClusterOptions';
import { allOptions, parseArguments } from '../../server/src/core/emr/launchArguments';
import type { LaunchOptions, LaunchSpec } from '../../server/src/core/emr/launchSpec';
import { runJobFlowRequest } from '../../server/src/core/emr/render/runJobFlow';
import type { Schema } from '../../server/src/core/emr/schema';
import { posixCommand } from '../../server/src/core/emr/shell';
import { type Members, oracleOf, withEachCli } from '../harness/awsCli';
import { knownTo, launchConfig, launchOptions, launchProfiles, nearlyWords, planOf } from '../harness/launches';
import { type RefusedLaunch, readRefusedLaunches, refusalsOf, refusedLaunches } from '../harness/refusedLaunches';
import { inRepository } from '../harness/repository';
import { wordsIn } from '../harness/shellWords';

const rounds = [
  { seed: 20_261_126, runs: 400 },
  { seed: Number(process.env['SEED'] ?? Date.now() % 1_000_000), runs: 400 },
];

/** Of these the CLI would read a file. */
const nameFiles = (words: readonly string[]): boolean => words.some((word) => /^(fileb?|https?):/.test(word));

/** What the CLI lets pass that is never meant: truth for a number; and options that it then has no use for, whatever they say. */
const isStricter = (message: string): boolean =>
  /must be a whole number, not (true|false)\./.test(message) || /^--(instance-count|instance-type|configurations) /.test(message);

/** What one version of the CLI lets pass, and we do not, because of the other. */
const isOfOneVersion = (message: string): boolean => message.includes('Versions of the AWS CLI differ');

/** For clusters with an AMI version the CLI makes these of what we do not look into. */
const ofAmiVersions = ['AmiVersion', 'Applications', 'NewSupportedProducts', 'BootstrapActions', 'Steps', 'Configurations'];

/** The same launch, with JSON for whatever may be JSON. */
function plainWords({ profile, values }: LaunchSpec): readonly string[] {
  return createClusterWords({ profile, globals: [], values: {}, inFiles: new Map(), fromProfile: {} })
    .flat()
    .slice(1)
    .concat(
      optionNames.flatMap((name) => {
        const value = values[name];
        if (value === undefined || (value === false && shapeOf(name).kind === 'flag')) return [];
        if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`];
        return typeof value === 'object' ? [`--${name}`, JSON.stringify(value)] : [`--${name}=${value}`];
      }),
    );
}

withEachCli('a launch', 'code', (cli) => {
  const oracle = oracleOf(cli, launchConfig, launchProfiles);
  let options: { readonly [option: string]: Members } = {};
  let lacked: readonly string[] = [];
  const known = (launch: LaunchOptions): LaunchOptions => knownTo(options, launch);
  before(async () => {
    options = await oracle.options();
    lacked = allOptions.filter((written) => !Object.hasOwn(options, written.slice(2)));
  });

  test('has the options that the table says', { skip: !cli.version.startsWith(`${cli.known}.`) }, () => {
    const ours = optionNames.flatMap((name): readonly (readonly [string, Members])[] => {
      const { kind, lackedBy = [] } = shapeOf(name);
      if (lackedBy.includes(cli.known)) return [];
      const members = kind === 'parts' ? membersOf(schemaOf(name)) : null;
      return [[name, members], ...(kind === 'pair' ? [[`no-${name}`, null] as const] : [])];
    });
    const isOld = cli.known === '2.9';
    assert.deepEqual(options, Object.fromEntries(ours.map(([name, members]) => [name, isOld ? ofOld(name, members) : members])));
  });

  for (const { seed, runs } of rounds) {
    test(`arrives as its request says, or is refused by both: ${runs} of them, seed ${seed}`, async () => {
      const cases = fc.sample(launchOptions, { numRuns: runs, seed });
      const plans = cases.map(({ profile, options: launch }) => planOf(profile, known(launch)));
      const groups = plans.map(({ spec }) => createClusterWords(spec));
      const commands = groups.map(posixCommand);
      const [bash = [], dash = []] = ['bash', 'dash'].map((shell) => wordsIn(shell, commands));
      let [taken, old] = [0, 0];
      for (const [i, { spec, problems }] of plans.entries()) {
        const words = groups[i]?.flat().slice(1) ?? [];
        assert.deepEqual(bash[i], words);
        assert.deepEqual(dash[i], words);
        if (nameFiles(words)) continue;
        const theirs = await oracle.command(words);
        const ours = problems.filter(({ by }) => by === 'cli').map(({ message }) => message);
        const what = JSON.stringify({ words, ours, error: theirs.ok ? undefined : theirs.error.slice(-300) }, undefined, 1);
        assert.equal(ours.length === 0, theirs.ok, what);
        if (!theirs.ok) continue;
        taken++;
        const said = JSON.parse(JSON.stringify(runJobFlowRequest(spec)));
        if (spec.values['release-label']) assert.deepEqual(said, theirs.request, what);
        else {
          old++;
          const rest = (request: object): object =>
            Object.fromEntries(Object.entries(request).filter(([name]) => !ofAmiVersions.includes(name)));
          assert.deepEqual(rest(said), rest(theirs.request), what);
          assert.equal(theirs.request['AmiVersion'], spec.values['ami-version']);
          // The rest is what the CLI makes of the same values without shorthand and without a shell.
          assert.deepEqual(await oracle.command(plainWords(spec)), theirs, what);
        }
      }
      console.log(`seed ${seed}: ${runs} launches, ${taken} of which the AWS CLI takes, ${old} with an AMI version`);
      assert.ok(taken > runs / 2 && old > runs / 100, `${taken}, ${old}`);
    });

    test(`is refused for words that are not quite right, as the AWS CLI does: ${runs} commands, seed ${seed}`, async () => {
      let [taken, stricter] = [0, 0];
      for (const words of fc.sample(nearlyWords(known), { numRuns: runs, seed })) {
        if (words.some((word) => /^(fileb?|https?):|@/.test(word)) || words.includes('--')) continue;
        // What it lacks may be begun, or in the way of another beginning.
        if (words.some((word) => word.startsWith('-') && lacked.some((name) => name.startsWith(word.split('=')[0] ?? '')))) continue;
        const theirs = await oracle.command(['emr', 'create-cluster', '--profile', 'plain', ...words]);
        const ours = refusalsOf(words);
        const what = JSON.stringify({ words, ours, theirs }, undefined, 1);
        if (theirs.ok) taken++;
        if (theirs.ok && ours.length > 0 && ours.every((message) => isStricter(message) || isOfOneVersion(message))) stricter++;
        else assert.equal(ours.length === 0, theirs.ok, what);
        const { values, inFiles, globals } = parseArguments(words);
        if (!theirs.ok || ours.length > 0 || !values['release-label']) continue;
        const spec = { profile: 'plain', globals, values, inFiles, fromProfile: {} };
        assert.deepEqual(JSON.parse(JSON.stringify(runJobFlowRequest(spec))), theirs.request, what);
      }
      console.log(`seed ${seed}: ${runs} commands, ${taken} of which the AWS CLI takes, and we refuse ${stricter} of these`);
    });
  }

  // `UPDATE_FROZEN=1 npm run test:aws -- launches` writes what the CLI and we say of them anew.
  test('is refused wherever we have the message of the AWS CLI', async () => {
    const now: RefusedLaunch[] = [];
    const frozen = readRefusedLaunches();
    for (const { words, cli: said } of frozen) {
      const answer = await oracle.command(['emr', 'create-cluster', '--profile', 'plain', ...words]);
      assert.ok(!answer.ok, JSON.stringify(words));
      // argparse repeats how the program is called.
      const message = answer.error.replace(/^[\s\S]*\naws: error: /, 'aws: error: ').trim();
      now.push({ words, cli: { ...said, [cli.known]: { code: answer.code, message } }, ours: refusalsOf(words) });
    }
    if (process.env['UPDATE_FROZEN'] === '1')
      writeFileSync(inRepository(refusedLaunches), `[\n${now.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`);
    else assert.deepEqual(now, frozen);
  });
});

function membersOf(schema: Schema): Members {
  switch (schema.type) {
    case 'list':
    case 'map':
      return membersOf(schema.of);
    case 'structure':
      return Object.fromEntries(Object.entries(schema.members).map(([name, member]) => [name, membersOf(member)]));
    default:
      return null;
  }
}

/** Members that version 2.9 lacks, of options that it has. */
const lackedMembers: readonly string[] = [
  'instance-fleets.Context',
  'instance-fleets.InstanceTypeConfigs.Priority',
  'instance-fleets.ResizeSpecifications',
  'managed-scaling-policy.ScalingStrategy',
  'managed-scaling-policy.UtilizationPerformanceIndex',
  'steps.LogUri',
  'steps.EncryptionKeyArn',
];

function ofOld(path: string, members: Members): Members {
  if (members === null) return null;
  return Object.fromEntries(
    Object.entries(members)
      .map(([name, inner]) => [`${path}.${name}`, name, inner] as const)
      .filter(([inside]) => !lackedMembers.includes(inside))
      .map(([inside, name, inner]) => [name, ofOld(inside, inner)]),
  );
}
