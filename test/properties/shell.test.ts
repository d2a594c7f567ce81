// Every word of a command arrives unchanged from the text for its shell, or there is no text: by the models of the shells.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  posixWords as ownWords,
  posixWord,
  type Shell,
  shellCommand,
  shellComment,
  shellLine,
  shells,
  type WordGroups,
} from '../../server/src/core/emr/shell';
import { hostileGroups } from '../harness/arbitraries';
import { cmdCommandLine, crtArguments, posixWords, powerShells, powershellCommandLine, throughBatchFile } from '../harness/shellModels';

/** The text with comments above it, if there is one. */
function textOf(groups: WordGroups, shell: Shell): string | undefined {
  const result = shellCommand(groups, shell);
  if (!result.ok) assert.match(result.reason, /^[A-Z][^\n]*\.$|^cmd [^\n]*\.$/);
  return result.ok ? `${shellComment('100% of "it\'s"\n& | ^ $x `', shell)}\n${result.text}` : undefined;
}

function wordsOf(groups: WordGroups): readonly string[] {
  return groups.flat().slice(1);
}

describe('every word arrives unchanged', () => {
  test('from a POSIX shell', () => {
    fc.assert(
      fc.property(hostileGroups, (groups) => {
        const text = textOf(groups, 'posix');
        if (text === undefined) assert.match(groups.flat().join(''), /\0|\p{Surrogate}/u);
        else assert.deepEqual(posixWords(text), groups.flat());
      }),
      { numRuns: 500 },
    );
  });

  for (const [version, model] of Object.entries(powerShells)) {
    test(`from PowerShell ${version}`, () => {
      fc.assert(
        fc.property(hostileGroups, (groups) => {
          const text = textOf(groups, 'powershell');
          if (text !== undefined) assert.deepEqual(crtArguments(powershellCommandLine(text, model)), wordsOf(groups));
        }),
        { numRuns: 500 },
      );
    });

    test(`from PowerShell ${version} through a batch file, but for what cmd cannot carry`, () => {
      fc.assert(
        fc.property(hostileGroups, (groups) => {
          const text = textOf(groups, 'powershell');
          if (text === undefined || /[%!\p{Cc}]/u.test(groups.flat().join(''))) return;
          assert.deepEqual(crtArguments(throughBatchFile(powershellCommandLine(text, model, 'aws.cmd'))), wordsOf(groups));
        }),
        { numRuns: 500 },
      );
    });
  }

  for (const mode of ['prompt', 'batch file'] as const) {
    test(`from cmd, ${mode}, through a batch file too`, () => {
      fc.assert(
        fc.property(hostileGroups, (groups) => {
          const text = textOf(groups, 'cmd');
          if (text === undefined) return;
          const commandLine = cmdCommandLine(text, mode);
          assert.deepEqual(crtArguments(commandLine), wordsOf(groups));
          assert.deepEqual(crtArguments(throughBatchFile(commandLine)), wordsOf(groups));
        }),
        { numRuns: 500 },
      );
    });
  }
});

test('what is refused has what the shell cannot carry', () => {
  fc.assert(
    fc.property(hostileGroups, (groups) => {
      const all = groups.flat().join(' ');
      const isNoText = /\0|\p{Surrogate}/u.test(all);
      assert.equal(textOf(groups, 'cmd') === undefined, isNoText || /[%!\p{Cc}]/u.test(all), 'cmd');
      if (textOf(groups, 'powershell') === undefined)
        assert.ok(isNoText || /\\"/.test(all) || /%[\s\S]*[&|<>^]|[&|<>^][\s\S]*%/.test(all), 'PowerShell');
    }),
    { numRuns: 500 },
  );
});

test('one option a line, without blanks at the ends of lines', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.stringMatching(/^[\w &'"]{0,9}\w$/), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
      (options) => {
        const groups = [['aws', 'emr'], ...options.map((values) => ['--option', ...values])];
        for (const shell of ['posix', 'powershell', 'cmd'] as const) {
          const text = textOf(groups, shell) ?? '';
          assert.doesNotMatch(text, /[ \t]$/m);
          const lines = text.split('\n').filter((line) => /^ *(aws|--option)\b/.test(line));
          assert.equal(lines.length, groups.length, text);
          for (const line of lines.slice(0, -1)) assert.match(line, { posix: / \\$/, powershell: / `$/, cmd: / \^$/ }[shell]);
        }
      },
    ),
  );
});

describe('on one line', () => {
  test('there is no line break, and nothing that a prompt would take for a key', () => {
    fc.assert(
      fc.property(hostileGroups, fc.constantFrom(...shells), (groups, shell) => {
        const line = shellCommand(groups, shell).ok ? shellLine(groups, shell) : undefined;
        assert.equal(/\p{Cc}/u.test(line ?? ''), false);
        if (line === undefined) return;
        if (shell === 'posix') assert.deepEqual(posixWords(line), groups.flat());
        else if (shell === 'cmd') assert.deepEqual(crtArguments(cmdCommandLine(line, 'prompt')), wordsOf(groups));
        else
          for (const model of Object.values(powerShells))
            assert.deepEqual(crtArguments(powershellCommandLine(line, model)), wordsOf(groups), line);
      }),
      { numRuns: 1000 },
    );
  });
});

test('words written for a POSIX shell are read again', () => {
  fc.assert(
    fc.property(hostileGroups, (groups) => {
      assert.deepEqual(ownWords(groups.flat().map(posixWord).join(' ')), groups.flat());
    }),
    { numRuns: 500 },
  );
  assert.deepEqual(ownWords(`a\\ b "c \\"d\\" \\e"'f'g  h`), ['a b', 'c "d" \\efg', 'h']);
  for (const text of ["'a", '"a', 'a\\']) assert.equal(ownWords(text), undefined, text);
});
