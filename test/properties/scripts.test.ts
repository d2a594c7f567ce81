// Create-cluster commands in scripts, whatever they say: rewriting keeps their words, and completion keeps what stands around the cursor.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDocument } from '../../server/src/core/document';
import { createClusterWords } from '../../server/src/core/emr/createCluster';
import { posixCommand } from '../../server/src/core/emr/shell';
import { launchCompletions } from '../../server/src/core/features/launchCompletion';
import { launchRewrites } from '../../server/src/core/features/launchRefactor';
import { shellSyntaxes } from '../../server/src/core/launch/shellRegions';
import { noSurroundings } from '../../server/src/core/surroundings';
import { applyEdits } from '../../server/src/core/text';
import { factsOf } from '../harness/account';
import { launchOptions, planOf } from '../harness/launches';
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
