// Create-cluster commands in scripts, whatever they say: rewriting keeps their words, and completion keeps what stands around the cursor.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDocument } from '../../server/src/core/document';
import { createClusterWords } from '../../server/src/core/emr/createCluster';
import { parseArguments } from '../../server/src/core/emr/launchArguments';
import { posixCommand } from '../../server/src/core/emr/shell';
import { launchCompletions } from '../../server/src/core/features/launchCompletion';
import { launchRewrites } from '../../server/src/core/features/launchRefactor';
import { type LaunchQuestions, launchSteps } from '../../server/src/core/features/launchSteps';
import { shellSyntaxes } from '../../server/src/core/launch/shellRegions';
import { noSurroundings } from '../../server/src/core/surroundings';
import { applyEdits } from '../../server/src/core/text';
import { factsOf } from '../harness/account';
import { hostilePiece, launchText, someFacts } from '../harness/arbitraries';
import { launchConfig, launchOptions, launchProfiles, planOf } from '../harness/launches';
import { cmdCommandLine, crtArguments, posixWords, powerShells, powershellCommandLine } from '../harness/shellModels';

const wordsOfLaunch = launchOptions.map(({ profile, options }) => createClusterWords(planOf(profile, options).spec));

test('a command that is rewritten has the same words, in every shell', () => {
  let rewritten = 0;
  fc.assert(
    fc.property(wordsOfLaunch, (groups) => {
      const words = groups.flat();
      const text = posixCommand([words]);
      const document = parseDocument(text, 'shellscript');
      assert.ok(document.kind === 'launch');
      for (const rewrite of launchRewrites(document, { start: 0, end: 0 })) {
        if (rewrite.kind !== 'refused') rewritten++;
        if (rewrite.kind === 'edit') assert.deepEqual(posixWords(applyEdits(text, rewrite.edits)), words);
        if (rewrite.kind !== 'text') continue;
        const command = rewrite.text.trimEnd();
        const lines =
          rewrite.shell === 'cmd'
            ? [cmdCommandLine(command, 'prompt')]
            : Object.values(powerShells).map((model) => powershellCommandLine(command, model));
        for (const line of lines) assert.deepEqual(crtArguments(line), words.slice(1));
      }
    }),
    { numRuns: 300 },
  );
  assert.ok(rewritten > 300, String(rewritten));
});

test('completion changes one line, at the cursor, and never throws', () => {
  const facts = factsOf({ roles: [{ name: 'a,b' }, { name: 'c' }], instanceProfiles: [{ name: 'd,e', role: 'c' }] });
  let offered = 0;
  fc.assert(
    fc.property(
      wordsOfLaunch,
      fc.nat(2000),
      fc.constantFrom(...shellSyntaxes),
      fc.boolean(),
      fc.constantFrom('', '--', "'", '"', '=', ',', '[{', '$(', '\\'),
      (groups, where, syntax, isCut, typed) => {
        const command = posixCommand(groups);
        const lead = { shellscript: '', markdown: '```sh\n', makefile: 'x:\n\t', yaml: '- run: |\n    ' }[syntax];
        const whole = `${lead}${command}\n`;
        const offset = Math.min(whole.length, lead.length + (where % (command.length + 1))) + typed.length;
        const text = whole.slice(0, offset - typed.length) + typed + (isCut ? '' : whole.slice(offset - typed.length));
        for (const { edit, label } of launchCompletions(text, syntax, offset, { facts, surroundings: noSurroundings })) {
          offered++;
          const { start, end } = edit.span;
          assert.ok(start <= offset && offset <= end && end <= text.length, label);
          assert.ok(!text.slice(start, end).includes('\n'), label);
        }
      },
    ),
    { numRuns: 1000 },
  );
  assert.ok(offered > 1000, String(offered));
});

/** Anything at any place of scripts that have a command. */
const hostileScript = fc
  .tuple(launchText, fc.nat(2000), fc.array(hostilePiece, { maxLength: 4 }))
  .map(([[text, syntax], where, pieces]) => {
    const at = where % (text.length + 1);
    return [text.slice(0, at) + pieces.join('') + text.slice(at), syntax] as const;
  });

function launchesIn(...[text, syntax]: Parameters<typeof parseDocument>) {
  const document = parseDocument(text, syntax);
  assert.ok(document.kind === 'launch');
  return { document, words: document.launches.map(({ command }) => command.map(({ node, known }) => [node.value, known])) };
}

test('in a script with anything in it, completion and rewriting stay in their places, and all commands keep their words', () => {
  let rewritten = 0;
  fc.assert(
    fc.property(hostileScript, fc.nat(2000), someFacts, ([text, syntax], where, facts) => {
      const { document, words } = launchesIn(text, syntax);
      for (const { span } of document.launches)
        for (const rewrite of launchRewrites(document, { start: span.start, end: span.start })) {
          if (rewrite.kind !== 'edit') continue;
          for (const edit of rewrite.edits)
            assert.ok(0 <= edit.span.start && edit.span.start <= edit.span.end && edit.span.end <= text.length);
          if (rewrite.title !== 'Rewrite for bash') continue;
          rewritten++;
          assert.deepEqual(launchesIn(applyEdits(text, rewrite.edits), syntax).words, words);
        }
      const offset = where % (text.length + 1);
      for (const { edit, label } of launchCompletions(text, syntax, offset, { facts, surroundings: noSurroundings })) {
        const { start, end } = edit.span;
        assert.ok(start <= offset && offset <= end && end <= text.length, label);
        assert.ok(!/[\r\n]/.test(text.slice(start, end)), label);
      }
    }),
    { numRuns: 1000 },
  );
  assert.ok(rewritten > 30, String(rewritten));
});

const anyWord = fc.oneof(
  fc.array(hostilePiece, { maxLength: 4 }).map((pieces) => pieces.join('')),
  fc.constantFrom('instance-groups', 'instance-fleets', 'instance-type', 'cmd', 'Spark', 'emr-6.1.0', '3', 'subnet-1 subnet-2', 'file://x'),
  fc.constantFrom('InstanceGroupType=MASTER,InstanceType=m5.xlarge,InstanceCount=1', 'a=b', '[]', '[{}]', '{}', '--use-default-roles'),
);

test('whatever is answered to the steps before a launch, the words are those of create-cluster, and mean the same when read again', () => {
  const document = parseDocument(launchConfig, 'aws-config');
  assert.ok(document.kind === 'config');
  const ids = 'name release applications instances instance-type instance-count instance-groups instance-fleets network service-role';
  const step = fc.constantFrom(...ids.split(' '), 'instance-profile', 'auto-scaling-role', 'tags', 'shell', 'x', '__proto__');
  const answers = fc.array(fc.record({ step, given: fc.array(anyWord, { maxLength: 2 }) }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.constantFrom(...launchProfiles), answers, someFacts, (profile, given, facts) => {
      let questions: LaunchQuestions | undefined;
      for (const answer of given) {
        const { words = [], shell = 'posix' } = questions ?? {};
        questions = launchSteps(document, profile, { facts }, { words, shell }, answer);
        assert.ok(questions !== undefined);
        assert.deepEqual(launchSteps(document, profile, { facts }, questions)?.steps, questions.steps);
        for (const own of [questions.words, questions.asked])
          assert.deepEqual(
            parseArguments(own).problems.filter(({ by }) => by === 'cli'),
            [],
          );
      }
    }),
    { numRuns: 300 },
  );
});
