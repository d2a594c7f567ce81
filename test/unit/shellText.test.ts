// The words of shell text, and what of them is not known.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { shellCommand } from '../../server/src/core/emr/shell';
import { findLaunches } from '../../server/src/core/launch/launch';
import type { ShellSyntax } from '../../server/src/core/launch/shellRegions';
import { readShell, type ShellWord } from '../../server/src/core/launch/shellText';
import { sourceOffset } from '../../server/src/core/tree/node';
import { hostileGroups } from '../harness/arbitraries';

/** Each command as its words; one that is not known ends in `…`, one that may be several in `……`. */
function commandsIn(text: string): readonly string[][] {
  const mark = { whole: '', one: '…', any: '……' };
  return readShell(text).commands.map(({ words }) => words.map(({ node, known }) => `${node.value}${mark[known]}`));
}

describe('words', () => {
  test('quotes, escapes and continuations', () => {
    assert.deepEqual(commandsIn(`a 'b  c' "d \\" \\$ \\e" f\\ g h'i'"j" '' k\\\nl \\\n  m`), [
      ['a', 'b  c', 'd " $ \\e', 'f g', 'hij', '', 'kl', 'm'],
    ]);
  });

  test('what ends a command', () => {
    assert.deepEqual(commandsIn('a b; c && d || e | f & g\nh # i; j\nk#l'), [
      ['a', 'b'],
      ['c'],
      ['d'],
      ['e'],
      ['f'],
      ['g'],
      ['h'],
      ['k#l'],
    ]);
    assert.deepEqual(commandsIn('(a; b) | { c; }\nf() if d\nthen e; fi\ncase $x in (g) h;; esac'), [
      ['a'],
      ['b'],
      ['c'],
      ['d'],
      ['e'],
      ['h'],
    ]);
  });

  test('redirections and here-documents are no words', () => {
    assert.deepEqual(commandsIn('a >b 2>&1 <c &>d 3>>e f'), [['a', 'f']]);
    assert.deepEqual(commandsIn("a <<X b\nc 'd\nX\ne <<-'Y'\n\tf\n\tY\ng <<< h"), [['a', 'b'], ['e'], ['g']]);
  });

  test('what only running it would tell', () => {
    assert.deepEqual(commandsIn('a $b "$c" x"${d}y" "$@" "${e[@]}" "${#f}" $((1 + 2)) ~/g {h,i} $\'j\' k$ "l$" <m-n> ...'), [
      ['a', '……', '…', 'x…', '……', '……', '…', '……', '…', '{h,i}……', '…', 'k$', 'l$', '…', '...……'],
    ]);
    assert.deepEqual(commandsIn(`a [b] {c} d=e* f=['{g=h}',"i"j] k=[$l]`), [['a', '[b]', '{c}', 'd=e*', 'f=[{g=h},ij]', 'k=[……']]);
  });

  test('commands in substitutions', () => {
    assert.deepEqual(commandsIn('a=$(b "$(c d)") `e f` g'), [
      ['c', 'd'],
      ['b', '…'],
      ['e', 'f'],
      ['a=……', '……', 'g'],
    ]);
    assert.deepEqual(commandsIn('a "$(b \')\')" c'), [
      ['b', ')'],
      ['a', '…', 'c'],
    ]);
  });

  test('nothing that a quote or bracket without end is in', () => {
    for (const text of ["a; b 'c", 'a; b "c', 'a; b "$(c"', 'a; b $(c', 'a; b ${c', 'a; b `c', "a; b $'c", 'a; b $((1']) {
      assert.deepEqual(
        commandsIn(text).filter(([name]) => name !== 'c'),
        [['a']],
        text,
      );
    }
    assert.deepEqual(commandsIn('$('.repeat(100_000)), []);
  });

  test('a command that its line ends by mistake goes on below', () => {
    const breaksIn = (text: string): readonly (readonly [string, string])[] =>
      readShell(text).commands.flatMap(({ breaks }) => breaks.map(({ kind, span }) => [kind, text.slice(span.start, span.end)] as const));
    assert.deepEqual(breaksIn('a --b c \\ \n  --d'), [['blank', ' ']]);
    assert.deepEqual(breaksIn('a --b c\n  --d'), [['missing', 'c']]);
    assert.deepEqual(breaksIn('a --b \\\n # c\n  --d'), [['comment', '# c']]);
    assert.deepEqual(breaksIn('a --b # c \\\n  --d'), [['comment', '# c \\']]);
    assert.deepEqual(breaksIn('a --b\n\n# c\n  --d'), [['comment', '# c']]);
    assert.deepEqual(breaksIn('a --b \\\n  --d\ne -f\n'), []);
    assert.deepEqual(commandsIn('a --b c \\ \n  --d\n  --e'), [['a', '--b', 'c', '--d', '--e']]);
  });

  test('of a command as it is written for a shell are those of the command, each character in its place', () => {
    fc.assert(
      fc.property(hostileGroups, (groups) => {
        const result = shellCommand(groups, 'posix');
        if (!result.ok) return;
        const { commands } = readShell(result.text);
        assert.equal(commands.length, 1);
        const words: readonly ShellWord[] = commands[0]?.words ?? [];
        assert.deepEqual(
          words.map(({ node }) => node.value),
          groups.flat(),
        );
        for (const { node, known } of words) {
          assert.equal(known, 'whole');
          for (let i = 0; i < node.value.length; i++) assert.equal(result.text[sourceOffset(node, i)], node.value[i]);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('any text is read, in a time that its length bounds', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'a\'"`$(){}<>\\ \n\t#&|;-~\r,.'), maxLength: 60 }), (text) => void readShell(text)),
      {
        numRuns: 2000,
      },
    );
    const started = performance.now();
    for (const part of ['a \\ \n', '<a ', '<ab> ', '"$(', '$((', '\n--a', "a'b' ", '${', '`', '# \n', '{a,'])
      readShell(part.repeat(20_000));
    assert.ok(performance.now() - started < 10_000);
  });

  test('so is a launch with long lines or many options beside it', () => {
    const launch = 'aws emr create-cluster --name x';
    const [blanks, options] = [' '.repeat(200_000), '\n--name x'.repeat(50_000)];
    const started = performance.now();
    for (const text of [`run: |\n  ${launch}\na${blanks}b\n`, `run: >\n  ${launch}${blanks}y\n  b\n`]) findLaunches(text, 'yaml');
    for (const text of [`${launch}${options}\n`, `${launch}${' --foo'.repeat(20_000)}\n`]) findLaunches(text, 'shellscript');
    assert.ok(performance.now() - started < 10_000);
  });
});

describe('launches', () => {
  const launch = 'aws emr create-cluster --name "my cluster" --use-default-roles';
  const found = (text: string, syntax: ShellSyntax = 'shellscript'): readonly string[] =>
    findLaunches(text, syntax).launches.map(({ span, words }) => {
      for (const { node } of words) {
        for (let i = 0; i < node.value.length; i++) assert.equal(text[sourceOffset(node, i)], node.value[i], node.value);
      }
      return `${text.slice(span.start, span.end).startsWith('aws') ? '' : '?'}${words.map(({ node }) => node.value).join('|')}`;
    });
  const words = '--name|my cluster|--use-default-roles';

  test('wherever a script runs one', () => {
    for (const before of ['', 'ID=$(', '`', 'if ! ', 'AWS_PROFILE=x ', 'sudo -E ', 'aws-vault exec dev -- ', '$ ', 'cd x && ']) {
      const after = before.endsWith('$(') ? ')' : before === '`' ? '`' : '';
      assert.deepEqual(found(`${before}${launch}${after}\n`), [words], before);
    }
    assert.deepEqual(found('/usr/bin/aws --profile dev emr --debug create-cluster --x y'), ['?--profile|dev|--debug|--x|y']);
  });

  test('whatever the line ends of the file', () => {
    assert.deepEqual(found(`# a\r\n${launch} \\\r\n  --log-uri z\r\n`), [`${words}|--log-uri|z`]);
  });

  test('not where it is only spoken of', () => {
    for (const text of [
      `echo ${launch}`,
      `# ${launch}`,
      `cat <<X\n${launch}\nX\n`,
      'aws emr create-cluster help [--name <value>]',
      'aws $SERVICE create-cluster emr',
      'aws emr create-cluster `\n --name x',
      'aws emr create-cluster ^\n --name x',
      'aws emr describe-cluster # create-cluster',
      'aws emr create-cluster help',
      'aws emr create-cluster',
      'aws emr create-cluster makes a cluster',
    ])
      assert.deepEqual(found(text), [], text);
  });

  test('in Markdown', () => {
    assert.deepEqual(found(`# x\n\n1. y\n\n   \`\`\`bash\n   ${launch} \\\n   --log-uri z\n   \`\`\`\n${launch}\n`, 'markdown'), [
      `${words}|--log-uri|z`,
    ]);
    assert.deepEqual(found(`~~~\n${launch}\n~~~\n\`\`\`powershell\n${launch}\n\`\`\`\n\`\`\`console\n$ ${launch}\n`, 'markdown'), [
      words,
      words,
    ]);
  });

  test('in a Makefile', () => {
    assert.deepEqual(found(`x:\n\t@${launch} \\\n\t  --log-uri s3://$(BUCKET)/x --tags a=$$B\ny = ${launch}\n`, 'makefile'), [
      `${words}|--log-uri|s3://|--tags|a=`,
    ]);
    assert.deepEqual(found(`x:\n\tID=$$(${launch}); echo $$ID\n`, 'makefile'), [words]);
    assert.deepEqual(found(`x:\n\t${launch} --steps '[$(ARGS)]' --tags a=$(call f,$(B),$x) 'c=$D' e=$@ g=$$H 'i=$$J'\n`, 'makefile'), [
      `${words}|--steps|[|--tags|a=|c=|e=|g=|i=$J`,
    ]);
  });

  test('in YAML', () => {
    const step = (run: string): string => `jobs:\n  a:\n    steps:\n      - name: x\n        run: ${run}\n      - run: echo\n`;
    assert.deepEqual(found(step(`|\n          set -e\n          ${launch} \\\n            --log-uri z`), 'yaml'), [`${words}|--log-uri|z`]);
    assert.deepEqual(found(step(`>-\n          ${launch}\n          --log-uri z`), 'yaml'), [`${words}|--log-uri|z`]);
    assert.deepEqual(found(step(`${launch}\n          --log-uri z # c`), 'yaml'), [`${words}|--log-uri|z`]);
    assert.deepEqual(found(step(`"${launch.replaceAll('"', '\\"')}"`), 'yaml'), []);
    assert.deepEqual(found(`script:\n  - ${launch}\n  - |\n    ${launch}\n`, 'yaml'), [words, words]);
    assert.deepEqual(found(`script:\n- ${launch} --tags a=\${{ inputs.x }}\nother: |\n  ${launch}\n`, 'yaml'), [
      `${words}|--tags|a=`,
      words,
    ]);
    const templates = `{{ a.b }} x={{.C | default "d"}}f \${{ format('{0}', g) }} '{"h":{{ i }}}' "<%= j %>" k=[KEY_NAME]`;
    assert.deepEqual(found(`script:\n  - ${launch} --tags ${templates} l\n`, 'yaml'), [`${words}|--tags||x=||{"h":||k=|l`]);
  });
});
