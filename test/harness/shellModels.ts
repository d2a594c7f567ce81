// What arrives at a program from the text of one command, as the documentation of each shell says. Whatever a model does not know, such as
// an expansion, it refuses with an error, so that a text it reads has only what it knows.

import assert from 'node:assert/strict';

/** A POSIX shell: "Shell Command Language", 2.2 Quoting and 2.3 Token Recognition. */
export function posixWords(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let isOver = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '\\' && text[i + 1] === '\n') i++;
    else if (char === ' ' || char === '\t' || char === '\n') {
      if (word !== undefined) words.push(word);
      word = undefined;
      isOver ||= char === '\n' && words.length > 0;
    } else if (char === '#' && word === undefined) {
      while (i + 1 < text.length && text[i + 1] !== '\n') i++;
    } else {
      assert.ok(!isOver, 'a second command');
      word ??= '';
      if (char === "'") {
        const end = text.indexOf("'", i + 1);
        assert.ok(end >= 0, 'a quote that does not end');
        word += text.slice(i + 1, end);
        i = end;
      } else if (char === '"') {
        for (i++; text[i] !== '"'; i++) {
          assert.ok(i < text.length && !'$`'.includes(text.charAt(i)), 'an expansion, or a quote that does not end');
          if (text[i] === '\\' && '$`"\\\n'.includes(text.charAt(i + 1))) i++;
          if (text[i] !== '\n' || text[i - 1] !== '\\') word += text.charAt(i);
        }
      } else if (char === '\\') word += text.charAt(++i);
      else {
        assert.ok(!'|&;<>()$`*?[]{}~!^'.includes(char), `${char} means something to a shell`);
        assert.ok(char !== '=' || word !== '', 'zsh looks for a command of that name');
        word += char;
      }
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

/**
 * The arguments in a Windows command line, without the program: "Parsing C command-line arguments", Microsoft, which is how Python, and what
 * packs it for the AWS CLI, splits it.
 */
export function crtArguments(commandLine: string): readonly string[] {
  const found: string[] = [];
  let word: string | undefined;
  let isQuoted = false;
  for (let i = 0; i < commandLine.length; i++) {
    const char = commandLine.charAt(i);
    if (!isQuoted && (char === ' ' || char === '\t')) {
      if (word !== undefined) found.push(word);
      word = undefined;
      continue;
    }
    word ??= '';
    let backslashes = 0;
    while (commandLine[i + backslashes] === '\\') backslashes++;
    if (commandLine[i + backslashes] === '"') {
      word += '\\'.repeat(Math.floor(backslashes / 2));
      i += backslashes;
      if (backslashes % 2 === 1) word += '"';
      else if (isQuoted && commandLine[i + 1] === '"') {
        word += '"';
        i++;
      } else isQuoted = !isQuoted;
    } else if (backslashes > 0) {
      word += '\\'.repeat(backslashes);
      i += backslashes - 1;
    } else word += char;
  }
  if (word !== undefined) found.push(word);
  return found;
}

/** How a version of PowerShell makes the command line of a program. */
export interface PowerShell {
  /** `$PSNativeCommandArgumentPassing` is there, and is not `Legacy` (about_Preference_Variables). */
  readonly isStandard: boolean;
  /** Whether a backslash at the end of a word is doubled before the quote that is added: PowerShell/PowerShell#4358. */
  readonly doublesBackslash: boolean;
  /** Whether a quote after a backslash counts as one: NativeCommandParameterBinder.NeedQuotes; what 5.1 does is not published. */
  readonly countsEscaped: boolean;
}

export const powerShells: Readonly<Record<string, PowerShell>> = {
  '5.1': { isStandard: false, doublesBackslash: false, countsEscaped: true },
  '5.1, if it counts as 7 does': { isStandard: false, doublesBackslash: false, countsEscaped: false },
  '7.0': { isStandard: false, doublesBackslash: true, countsEscaped: false },
  '7.3': { isStandard: true, doublesBackslash: true, countsEscaped: false },
};

/**
 * The command line that a program gets from a PowerShell script of one command, which may be in a block that sets the way of passing.
 * @param program `aws.cmd` gets it in the old way in any version (about_Preference_Variables).
 */
export function powershellCommandLine(text: string, shell: PowerShell, program: 'aws.exe' | 'aws.cmd' = 'aws.exe'): string {
  const { words, isLegacy } = powershellWords(text);
  const isStandard = shell.isStandard && !isLegacy && program === 'aws.exe';
  return words.map((word) => (isStandard ? asDotNet(word) : asLegacy(word, shell))).join(' ');
}

/** about_Parsing and about_Quoting_Rules. */
function powershellWords(text: string): { readonly words: readonly string[]; readonly isLegacy: boolean } {
  const statements: (string | { readonly quoted: string })[][] = [[]];
  let isBetween = true;
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    const rest = text.slice(i);
    const bare = /^(?:--[a-z][a-z-]*|[A-Za-z][\w.-]*|\d+|[&{}=]|\$[A-Za-z]+)(?=[\s;]|$)/.exec(rest)?.[0];
    if (/^`\r?\n/.test(rest)) i += rest.startsWith('`\r') ? 2 : 1;
    else if (char === '\n' || char === ';') statements.push([]);
    else if (char === ' ') isBetween = true;
    else if (char === '#' && isBetween) i += /^[^\n]*/.exec(rest)?.[0].length ?? 0;
    else if (isSingleQuote(char)) {
      let quoted = '';
      for (i++; !isSingleQuote(text.charAt(i)) || isSingleQuote(text.charAt(i + 1)); i++) {
        assert.ok(i < text.length, 'a quote that does not end');
        if (isSingleQuote(text.charAt(i))) i++;
        quoted += text.charAt(i);
      }
      assert.match(text.charAt(i + 1), /^[\s;]?$/, 'something sticks to a string');
      statements.at(-1)?.push({ quoted });
      isBetween = false;
    } else {
      assert.ok(bare !== undefined, `a bare word that may mean something: ${rest}`);
      if (bare === '}') statements.push([]);
      statements.at(-1)?.push(bare);
      if (bare === '{') statements.push([]);
      i += bare.length - 1;
      isBetween = false;
    }
    if (char === '\n') isBetween = true;
  }
  const [first = [], ...more] = statements.filter(({ length }) => length > 0);
  if (first[0] !== '&') return { words: commandWords([first, ...more]), isLegacy: false };
  assert.deepEqual(first, ['&', '{']);
  assert.deepEqual(more.shift(), ['$PSNativeCommandArgumentPassing', '=', { quoted: 'Legacy' }]);
  assert.deepEqual(more.pop(), ['}']);
  return { words: commandWords(more), isLegacy: true };
}

function commandWords([command = [], ...more]: readonly (readonly (string | { readonly quoted: string })[])[]): readonly string[] {
  assert.equal(more.length, 0, 'a second command');
  assert.equal(command[0], 'aws', 'a command whose name is not bare is a string');
  return command.slice(1).map((word) => {
    if (typeof word !== 'string') return word.quoted;
    assert.match(word, /^[\w-]/, `${word} is no word`);
    return word;
  });
}

function isSingleQuote(char: string): boolean {
  return char !== '' && "'\u2018\u2019\u201a\u201b".includes(char);
}

/** NativeCommandParameterBinder.AppendOneNativeArgument. */
function asLegacy(word: string, { doublesBackslash, countsEscaped }: PowerShell): string {
  let quotes = 0;
  let hasBareBlank = false;
  for (const [i, char] of [...word].entries()) {
    if (char === '"' && (countsEscaped || [...word][i - 1] !== '\\')) quotes++;
    else if (/[\t-\r\u0085\p{Z}]/u.test(char) && quotes % 2 === 0) hasBareBlank = true;
  }
  if (!hasBareBlank) return word;
  const backslashes = doublesBackslash ? (/\\*$/.exec(word)?.[0] ?? '') : '';
  return `"${word}${backslashes}"`;
}

/** ProcessStartInfo.ArgumentList: PasteArguments.AppendArgument of .NET. */
function asDotNet(word: string): string {
  if (word !== '' && !/["\t-\r\u0085\p{Z}]/u.test(word)) return word;
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, '$&$&')}"`;
}

/** Where the lines stand that cmd reads; a percent sign means something else in each. */
export type CmdMode = 'prompt' | 'batch file';

/** The command line that a program gets from a cmd command, as its phases are known: "How does the Windows Command Interpreter parse scripts". */
export function cmdCommandLine(text: string, mode: CmdMode): string {
  let line = '';
  let isContinued = false;
  let isQuoted = false;
  for (const read of text.split('\n')) {
    if (!isContinued && /^rem( |$)/.test(read)) continue;
    assert.ok(isContinued || line === '', 'a second command');
    // 1: variables.
    const expanded = withoutVariables(read, mode);
    // 2: quotes and carets; a line that ends in a caret goes on below, and the first character there is text.
    isQuoted = false;
    let isText = isContinued;
    isContinued = false;
    for (let i = 0; i < expanded.length; i++) {
      const char = expanded.charAt(i);
      if (isText) line += char;
      else if (char === '^' && !isQuoted) {
        isContinued = i === expanded.length - 1;
        isText = true;
        continue;
      } else {
        if (char === '"') isQuoted = !isQuoted;
        assert.ok(isQuoted || !'&|<>'.includes(char), `${char} means something to cmd`);
        line += char;
      }
      isText = false;
    }
    // 5: with delayed expansion, ! is a variable's.
    assert.ok(!expanded.includes('!'), '! may mean something to cmd');
  }
  assert.ok(!isContinued, 'a continuation of nothing');
  assert.ok(text.length <= 8191, 'a command that is too long');
  const [command, rest = ''] = /^\s*aws(?:\s+|$)([\s\S]*)$/.exec(line) ?? [];
  assert.ok(command !== undefined, `not aws: ${line}`);
  return rest;
}

function withoutVariables(line: string, mode: CmdMode): string {
  assert.ok(mode === 'prompt' ? !/%[^%]+%/.test(line) : !/(?:^|[^%])(?:%%)*%(?!%)/.test(line), 'a variable');
  return mode === 'prompt' ? line : line.replaceAll('%%', '%');
}

/** What a batch file that runs a program with `%*` hands on: cmd has read it once more for the batch file and once in it. */
export function throughBatchFile(commandLine: string): string {
  return cmdCommandLine(`aws ${cmdCommandLine(`aws ${commandLine}`, 'prompt')}`, 'prompt');
}
