// The models of the shells agree with what is published of these, and the texts for them look as they should.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Shell, shellCommand, shellComment } from '../../server/src/core/emr/shell';
import { cmdCommandLine, crtArguments, posixWords, powerShells, powershellCommandLine } from '../harness/shellModels';

describe('the models', () => {
  test('the C runtime: the table of "Parsing C command-line arguments"', () => {
    for (const [commandLine, ...expected] of [
      ['"abc" d e', 'abc', 'd', 'e'],
      ['a\\\\\\b d"e f"g h', 'a\\\\\\b', 'de fg', 'h'],
      ['a\\\\\\"b c d', 'a\\"b', 'c', 'd'],
      ['a\\\\\\\\"b c" d e', 'a\\\\b c', 'd', 'e'],
      ['a"b"" c d', 'ab" c d'],
    ] as const)
      assert.deepEqual(crtArguments(commandLine), expected);
  });

  test('the C runtime: the tests of std::env::args of Rust', () => {
    for (const [commandLine, ...expected] of [
      ['"" ""', '', ''],
      ['"" """', '', '"'],
      ['"this is """all""" in the same argument"', 'this is "all" in the same argument'],
      ['"a""', 'a"'],
      ['"a"" a', 'a" a'],
      ['"Call Me Ishmael\\\\"', 'Call Me Ishmael\\'],
      ['"CallMe\\\\\\"Ishmael"', 'CallMe\\"Ishmael'],
      ['"""CallMeIshmael"""  b  c', '"CallMeIshmael"', 'b', 'c'],
      ['""""Call Me Ishmael"" b c', '"Call', 'Me', 'Ishmael', 'b', 'c'],
    ] as const)
      assert.deepEqual(crtArguments(commandLine), expected);
  });

  const passed = (text: string, version: string): readonly string[] => {
    const model = powerShells[version];
    assert.ok(model);
    return crtArguments(powershellCommandLine(text, model));
  };

  test('PowerShell: about_Parsing, and NativeCommandArguments.Tests.ps1 of its repository', () => {
    for (const version of ['5.1', '7.0']) {
      assert.deepEqual(passed(`aws 'a"b c"d'`, version), ['ab cd']);
      assert.deepEqual(passed(`aws 'a" "b'`, version), ['a b']);
      assert.deepEqual(passed(`aws '' a`, version), ['a']);
    }
    assert.deepEqual(passed(`aws 'a"b c"d' 'a" "b' ''`, '7.3'), ['a"b c"d', 'a" "b', '']);
    assert.deepEqual(passed(`aws '.\\test 1\\' '.\\test 1\\\\\\'`, '7.0'), ['.\\test 1\\', '.\\test 1\\\\\\']);
    assert.deepEqual(passed(`aws '.\\test 1\\' '.\\test 1\\\\\\'`, '7.3'), ['.\\test 1\\', '.\\test 1\\\\\\']);
    // "This functionality was broken in PowerShell 5.0 and 5.1".
    assert.deepEqual(passed(`aws 'a\\"b c\\"d'`, '7.0'), ['a"b c"d']);
    assert.deepEqual(passed(`aws 'a\\"b c\\"d'`, '5.1'), ['a"b', 'c"d']);
  });

  test('PowerShell 5.1: PowerShell/PowerShell#4358', () => {
    assert.deepEqual(passed(`aws 'test \\'`, '5.1'), ['test "']);
    assert.deepEqual(passed(`aws 'test \\\\'`, '5.1'), ['test \\']);
  });

  test('cmd: "Escape Characters", SS64, and the phases on Stack Overflow (4094699)', () => {
    assert.equal(cmdCommandLine('aws a^&b "a^&b" ^"c d^"', 'prompt'), 'a&b "a^&b" "c d"');
    assert.equal(cmdCommandLine('aws a ^\n  b^\nc', 'prompt'), 'a   bc');
    assert.equal(cmdCommandLine('aws 100%%', 'batch file'), '100%');
    assert.equal(cmdCommandLine('aws 100%%', 'prompt'), '100%%');
    for (const text of ['aws a&b', 'aws "a\\"b&c"', 'aws a ^', 'aws "a ^\nb"', 'aws a\naws b', 'aws a!'])
      assert.throws(() => cmdCommandLine(text, 'prompt'), text);
    assert.throws(() => cmdCommandLine('aws 50% x', 'batch file'));
  });

  test('POSIX: 2.2 of "Shell Command Language"', () => {
    assert.deepEqual(posixWords('a "b \\" \\$ \\c \\\nd" \'e\\f\' g\\ h i\\\nj # k'), ['a', 'b " $ \\c d', 'e\\f', 'g h', 'ij']);
    for (const text of ['a $b', 'a `b`', 'a "$b"', 'a \\ \nb', 'a; b', 'a "b', "a 'b", 'a *', 'a =b'])
      assert.throws(() => posixWords(text), text);
  });
});

describe('the text', () => {
  const groups = [
    ['aws', 'emr', 'create-cluster'],
    ['--name', "It's 5 o’clock"],
    ['--instance-count', '3'],
    ['--applications', 'Name=Spark', 'Name=Hive,Args=[a,b]'],
    ['--auto-terminate'],
  ];
  const textOf = (words: readonly (readonly string[])[], shell: Shell): string => {
    const result = shellCommand(words, shell);
    assert.ok(result.ok);
    return result.text;
  };

  test('is what a person would write', () => {
    assert.deepEqual(textOf(groups, 'posix').split('\n'), [
      'aws emr create-cluster \\',
      "  --name 'It'\\''s 5 o’clock' \\",
      '  --instance-count 3 \\',
      "  --applications Name=Spark 'Name=Hive,Args=[a,b]' \\",
      '  --auto-terminate',
    ]);
    assert.deepEqual(textOf(groups, 'powershell').split('\n'), [
      'aws emr create-cluster `',
      "  --name 'It''s 5 o’’clock' `",
      '  --instance-count 3 `',
      "  --applications 'Name=Spark' 'Name=Hive,Args=[a,b]' `",
      '  --auto-terminate',
    ]);
    assert.deepEqual(textOf(groups, 'cmd').split('\n'), [
      'aws emr create-cluster ^',
      '  --name "It\'s 5 o’clock" ^',
      '  --instance-count 3 ^',
      '  --applications Name=Spark "Name=Hive,Args=[a,b]" ^',
      '  --auto-terminate',
    ]);
  });

  test('has quotes in the one form that all versions of PowerShell, and cmd, hand on', () => {
    const json = [['aws'], ['--steps', '[{"Name":"my step"}]']];
    assert.deepEqual(textOf(json, 'powershell').split('\n'), [
      '& {',
      '  # All versions of PowerShell then pass the words on as they stand here.',
      "  $PSNativeCommandArgumentPassing = 'Legacy'",
      '  aws `',
      `    --steps '"[{""Name"":""my step""}]"'`,
      '}',
    ]);
    assert.equal(textOf(json, 'cmd'), 'aws ^\n  --steps "[{""Name"":""my step""}]"');
  });

  test('is refused with a sentence that says why', () => {
    const reasonFor = (value: string, shell: Shell): string => {
      const result = shellCommand([['aws'], ['--name', value]], shell);
      assert.ok(!result.ok);
      return result.reason;
    };
    assert.match(reasonFor('50%', 'cmd'), /^cmd cannot carry the value for --name: it has %, /);
    assert.match(reasonFor('Hi!', 'cmd'), /delayed expansion/);
    assert.match(reasonFor('a\nb', 'cmd'), /line break/);
    assert.match(reasonFor('a'.repeat(8200), 'cmd'), /^The command has 82\d\d characters, and cmd takes 8191\.$/);
    assert.match(reasonFor('a'.repeat(33_000), 'powershell'), /characters, and PowerShell takes 32000/);
    assert.match(reasonFor('a\\" b', 'powershell'), /5\.1 and 7 disagree/);
    assert.match(reasonFor('%CMDCMDLINE:~-1%&calc', 'powershell'), /could run something else/);
    for (const shell of ['posix', 'powershell', 'cmd'] as const) assert.match(reasonFor('a\0', shell), /NUL/);
    assert.match(reasonFor('\ud83d', 'posix'), /half a character/);
    const dashed = shellCommand([['aws'], ['--name=-%']], 'cmd');
    assert.ok(!dashed.ok && dashed.reason.includes('value for --name:'));
  });

  test('comments', () => {
    assert.equal(shellComment('a\r\nb', 'posix'), '# a b');
    assert.equal(shellComment('100%', 'powershell'), '# 100%');
    assert.equal(shellComment('100% of %PATH%', 'cmd'), 'rem 100%% of %%PATH%%');
  });
});
