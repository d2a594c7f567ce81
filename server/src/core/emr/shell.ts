// A command as text for the shell that it is pasted into, so that every word reaches the AWS CLI unchanged. What cannot is refused.

export const shells = ['posix', 'powershell', 'cmd'] as const;
export type Shell = (typeof shells)[number];

/** As users know them. */
export const shellNames: Readonly<Record<Shell, string>> = { posix: 'bash, zsh, sh', powershell: 'PowerShell', cmd: 'cmd' };

export function isShell(name: unknown): name is Shell {
  return shells.some((shell) => shell === name);
}

/** The words of a command: first those before any option, then one group for each option, which a line break never splits. */
export type WordGroups = readonly (readonly string[])[];

type ShellText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string };

interface ShellSyntax {
  readonly name: string;
  /** What no word may have. */
  readonly faults: readonly Fault[];
  /** In UTF-16 units. */
  readonly longest: number;
  write(groups: WordGroups): string;
  /** The same on one line. */
  writeLine(groups: WordGroups): string;
  comment(text: string): string;
}

interface Fault {
  has(word: string): boolean;
  /** `${name} cannot carry ${what}.` */
  readonly what: string;
}

const noText: Fault = { has: (word) => /\0|\p{Surrogate}/u.test(word), what: 'NUL or half a character, which no text has' };

const syntaxes: Readonly<Record<Shell, ShellSyntax>> = {
  /** sh, bash, zsh and dash. */
  posix: {
    name: 'A shell',
    faults: [noText],
    longest: Number.POSITIVE_INFINITY,
    write: posixCommand,
    writeLine: (groups) => lines(groups, posixWord, ' '),
    comment: (text) => `# ${text}`,
  },
  /** Windows PowerShell 5.1 and PowerShell 7. */
  powershell: {
    name: 'PowerShell',
    faults: [noText, { has: isSplitByPowerShell, what: 'a blank after \\", where PowerShell 5.1 and 7 disagree on the end of a word' }],
    // CreateProcess takes 32,767, the path of the program among them.
    longest: 32_000,
    write: powershellCommand,
    writeLine: powershellLine,
    comment: (text) => `# ${text}`,
  },
  cmd: {
    name: 'cmd',
    faults: [
      noText,
      { has: (word) => /\p{Cc}/u.test(word), what: 'a line break or another control character' },
      { has: (word) => word.includes('%'), what: '%, which is written in one way at the prompt and in another in a batch file' },
      { has: (word) => word.includes('!'), what: '!, which is lost where delayed expansion is on' },
    ],
    // "Command prompt line string limitation", Microsoft.
    longest: 8191,
    write: (groups) => lines(groups, cmdWord, ' ^\n  '),
    writeLine: (groups) => lines(groups, cmdWord, ' '),
    // A batch file looks for variables even there.
    comment: (text) => `rem ${text.replaceAll('%', '%%')}`,
  },
};

export function shellCommand(groups: WordGroups, shell: Shell): ShellText {
  const { name, faults, longest, write } = syntaxes[shell];
  for (const group of groups) {
    const fault = faults.find(({ has }) => group.some((word) => has(word)));
    if (fault !== undefined) return { ok: false, reason: `${name} cannot carry the value for ${nameIn(group)}: it has ${fault.what}.` };
  }
  if (shell === 'powershell' && leadsOutOfQuotes(groups)) {
    return {
      ok: false,
      reason:
        'The values have % beside &, |, <, > or ^: where aws is a batch file, as version 1 from pip is, these could run something else.',
    };
  }
  const text = write(groups);
  if (text.length > longest) return { ok: false, reason: `The command has ${text.length} characters, and ${name} takes ${longest}.` };
  return { ok: true, text };
}

/** For a prompt, where a line break would run it and a tab complete it: nothing where a word has one. Only of what `shellCommand` takes. */
export function shellLine(groups: WordGroups, shell: Shell): string | undefined {
  return groups.flat().some((word) => /\p{Cc}/u.test(word)) ? undefined : syntaxes[shell].writeLine(groups);
}

/** A line of it. */
export function shellComment(text: string, shell: Shell): string {
  return syntaxes[shell].comment(text.replace(/\p{Cc}+/gu, ' '));
}

/** `--name` of `--name=-x` too. */
function nameIn([option = '']: readonly string[]): string {
  return option.replace(/=[\s\S]*/, '');
}

function lines(groups: WordGroups, write: (word: string) => string, lineBreak: string): string {
  return groups.map((words) => words.map(write).join(' ')).join(lineBreak);
}

/** For sh, bash, zsh and dash, of words that have no NUL. */
export function posixCommand(groups: WordGroups): string {
  return lines(groups, posixWord, ' \\\n  ');
}

/** As it is where every shell takes it literally, else in single quotes, in which nothing is special. */
export function posixWord(word: string): string {
  if (/^[\w@%+:,./-][\w@%+:,./=-]*$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The words of a text as such a shell splits it, but nothing in it is expanded. Nothing where a quote does not end. */
export function posixWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let end = 0;
  let isBegun = false;
  for (const [whole, escaped, single, double, plain] of text.matchAll(/\s+|\\([\s\S])|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|([^\s'"\\]+)/gy)) {
    end += whole.length;
    const part = escaped ?? single ?? double?.replace(/\\(["$`\\])/g, '$1') ?? plain;
    if (part !== undefined) words.push(`${isBegun ? (words.pop() ?? '') : ''}${part}`);
    isBegun = part !== undefined;
  }
  return end < text.length ? undefined : words;
}

/** In double quotes nothing is special to cmd but what is refused. */
function cmdWord(word: string): string {
  return /^[\w@+:=,./\\-]+$/.test(word) ? word : inDoubleQuotes(word);
}

/**
 * A word on a Windows command line, which each program splits itself, the AWS CLI as the C runtime does ("Parsing C command-line
 * arguments", Microsoft). A quote in it is doubled: after `\"`, right there too, cmd and PowerShell 5.1 would take the rest of the word for
 * unquoted, and cmd would run what stands behind an `&`.
 */
function inDoubleQuotes(word: string): string {
  return `"${word.replace(/(\\*)("|$)/g, '$1$1$2$2')}"`;
}

/**
 * PowerShell makes a command line of the words again. Up to 7.2 it only puts quotes around those with blanks; from 7.3 on it does all that is
 * needed, and would quote quotes of ours. Where a word needs them, that is switched off, in a block so that it is on again below.
 */
function powershellCommand(groups: WordGroups): string {
  if (!groups.flat().some(needsOwnQuotes)) return lines(groups, powershellWord, ' `\n  ');
  return [
    '& {',
    '  # All versions of PowerShell then pass the words on as they stand here.',
    "  $PSNativeCommandArgumentPassing = 'Legacy'",
    `  ${lines(groups, powershellWord, ' `\n    ')}`,
    '}',
  ].join('\n');
}

function powershellLine(groups: WordGroups): string {
  const line = lines(groups, powershellWord, ' ');
  return groups.flat().some(needsOwnQuotes) ? `& { $PSNativeCommandArgumentPassing = 'Legacy'; ${line} }` : line;
}

function powershellWord(word: string): string {
  if (/^([A-Za-z][\w.-]*|--[a-z][a-z-]*|0|[1-9]\d{0,8})$/.test(word)) return word;
  const passed = needsOwnQuotes(word) ? inDoubleQuotes(word) : word;
  // The typographic ones are quotes of the language as well (about_Quoting_Rules).
  return `'${passed.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

/**
 * What PowerShell drops (an empty word), does not escape (quotes), ends wrongly (a backslash before the quote that it adds, in 5.1), or leaves
 * bare for cmd, should `aws` be a batch file.
 */
function needsOwnQuotes(word: string): boolean {
  if (word === '' || word.includes('"')) return true;
  return blank.test(word) ? word.endsWith('\\') : cmdOperator.test(word);
}

/** What .NET calls white space. */
const blank = /[\t-\r\u0085\p{Z}]/u;
const cmdOperator = /[&|<>^]/;

/**
 * PowerShell puts quotes around a word with a blank after an even number of quotes. To 7 a quote behind a backslash is none; to 5.1 it is one,
 * and there are always an odd number of them in words that have our quotes.
 */
function isSplitByPowerShell(word: string): boolean {
  if (!word.includes('\\"') || !blank.test(word)) return false;
  const parts = inDoubleQuotes(word).split(/(?<!\\)"/);
  return parts.some((part, i) => i % 2 === 0 && blank.test(part));
}

/** cmd puts the values of variables in before it looks for quotes, and such a value can have some. */
function leadsOutOfQuotes(groups: WordGroups): boolean {
  const all = groups.flat().join(' ');
  return all.includes('%') && cmdOperator.test(all);
}
