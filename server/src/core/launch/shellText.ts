// The words of the simple commands in a shell script (POSIX, "Shell Command Language", 2.2, 2.3 and 2.10, and what bash adds). No grammar:
// which command runs when is of no interest here, and what only running it would tell is left open. Web grammars for shells were weighed
// (tree-sitter-bash, mvdan/sh): 260 kB of wasm each that is loaded in its own time, while this is read at once, with a place for every
// decoded character, and knows a broken continuation for what it was meant to be.

import { maxDepth } from '../json/parse';
import type { Span } from '../text';
import type { Shift, StringNode } from '../tree/node';

export interface ShellWord {
  /** What it is known to begin with: the whole word, if that is known. */
  readonly node: StringNode;
  /** `whole`: all of it. `one`: some value, but one word. `any`: as many words as its expansion has, even none. */
  readonly known: 'whole' | 'one' | 'any';
  /** Whether the line is continued before it. */
  readonly isContinued: boolean;
}

export interface SimpleCommand {
  readonly words: readonly ShellWord[];
  readonly breaks: readonly BrokenLine[];
}

/** Where a line ends the command, though the next one begins with an option. */
export interface BrokenLine {
  /**
   * `blank`: blanks after the backslash. `missing`: no backslash, from the last word to the end of the line. `comment`: a comment where the
   * line ends, or between the lines.
   */
  readonly kind: 'blank' | 'missing' | 'comment';
  readonly span: Span;
}

export interface ShellText {
  readonly commands: readonly SimpleCommand[];
  readonly comments: readonly Span[];
}

/** The commands up to where a quote or a bracket does not end. A command that was broken by its line end goes on below. */
export function readShell(text: string): ShellText {
  const commands: SimpleCommand[] = [];
  const comments: Span[] = [];
  const hereDocuments: { readonly delimiter: string; readonly stripsTabs: boolean }[] = [];
  let i = 0;
  let level = 0;

  /** Reads up to the character that ends a substitution, or the end of the text; whether it was there. */
  function readCommands(end: ')' | '`' | undefined): boolean {
    let words: ShellWord[] = [];
    let breaks: BrokenLine[] = [];
    let comment: Span | undefined;
    let redirection: 'to' | '<<' | '<<-' | undefined;
    let isContinued = false;
    let isBroken = false;
    let depth = 0;
    if (++level > maxDepth) return false;

    const endCommand = (): void => {
      if (words.length > 0) commands.push({ words, breaks });
      words = [];
      breaks = [];
      comment = undefined;
      redirection = undefined;
      isContinued = false;
    };

    while (i < text.length) {
      const char = text.charAt(i);
      if (char === '\\' && isLineEnd(i + 1)) {
        i = afterLineEnd(i + 1);
        isContinued = true;
        continue;
      }
      const brokenEnd = char === '\\' ? matchAt(backslashAndBlanks, i) : undefined;
      if (brokenEnd !== undefined) {
        const end = i + brokenEnd.length;
        if (words.length > 0) breaks.push({ kind: 'blank', span: { start: i + 1, end } });
        i = afterLineEnd(end);
        isContinued = true;
        continue;
      }
      if (char === ' ' || char === '\t' || char === '\r') i++;
      else if (char === '\n') {
        const from = i;
        i = skipHereDocuments(i + 1);
        const isCut = words.length > 0 && !isBroken && matchAt(optionBelow, i) !== undefined;
        if (!isCut && !isBroken) endCommand();
        if (isCut) {
          isBroken = true;
          const between = matchAt(commentBelow, i);
          if (between !== undefined) comment ??= { start: i + between.indexOf('#'), end: i + between.length };
          const start = words.at(-1)?.node.span.start ?? from;
          const span = comment ?? { start, end: start + text.slice(start, from).trimEnd().length };
          breaks.push({ kind: comment === undefined ? 'missing' : 'comment', span });
          comment = undefined;
        }
      } else if (char === '#') {
        const start = i;
        while (i < text.length && !isLineEnd(i)) i++;
        comments.push({ start, end: i });
        if (words.length > 0) comment ??= { start, end: i };
      } else if (char === end && (depth === 0 || char === '`')) {
        endCommand();
        i++;
        level--;
        return true;
      } else if (words.length === 0 && text.startsWith('((', i)) {
        // Arithmetic: its signs are none of the shell's.
        const close = text.indexOf('))', i);
        if (close === -1) return false;
        i = close + 2;
      } else if (';&|()'.includes(char) && !text.startsWith('&>', i)) {
        if (char === '(') depth++;
        if (char === ')') depth = Math.max(0, depth - 1);
        endCommand();
        i++;
      } else {
        const operator = matchAt(redirectionOperator, i);
        if (operator !== undefined) {
          i += operator.length;
          redirection = operator.endsWith('<<-') ? '<<-' : operator.endsWith('<<') ? '<<' : 'to';
          continue;
        }
        const word = readWord(end, isContinued);
        if (word === undefined) return false;
        isContinued = false;
        isBroken = false;
        if (redirection === '<<' || redirection === '<<-')
          hereDocuments.push({ delimiter: word.node.value, stripsTabs: redirection === '<<-' });
        else if (redirection === undefined) words.push(word);
        redirection = undefined;
      }
    }
    endCommand();
    return end === undefined;
  }

  /** Nothing where a quote or a bracket in it does not end. */
  function readWord(end: ')' | '`' | undefined, isContinued: boolean): ShellWord | undefined {
    const start = i;
    const shifts: Shift[] = [];
    let value = '';
    let next = start + 1;
    let known: ShellWord['known'] = 'whole';
    /** What stands outside of quotes; what stands in them is a NUL. */
    let bare = '';
    const take = (at: number): void => {
      if (known !== 'whole') return;
      if (at !== next) shifts.push({ decoded: value.length, source: at });
      value += text.charAt(at);
      next = at + 1;
    };
    const leaveOpen = (how: 'one' | 'any'): void => {
      if (known !== 'any') known = how;
    };

    while (i < text.length) {
      const char = text.charAt(i);
      if (' \t\r\n;&|()'.includes(char) || (char === '`' && end === '`')) break;
      if (char === '<' || char === '>') {
        // In documentation, the name of a value between angle brackets stands for the value.
        const placeholder = char === '<' ? matchAt(placeholderForm, i) : undefined;
        if (placeholder === undefined) break;
        leaveOpen('one');
        i += placeholder.length;
      } else if (char === '\\') {
        if (isLineEnd(i + 1)) {
          const below = afterLineEnd(i + 1);
          if (below >= text.length || ' \t\r\n'.includes(text.charAt(below))) break;
          i = below;
        } else if (matchAt(backslashAndBlanks, i) !== undefined) break;
        else {
          if (i + 1 < text.length) take(i + 1);
          bare += '\0';
          i += 2;
        }
      } else if (char === "'") {
        const close = text.indexOf("'", i + 1);
        if (close === -1) return undefined;
        for (i++; i < close; i++) take(i);
        i++;
        bare += '\0';
      } else if (char === '"') {
        if (!readDoubleQuoted()) return undefined;
        bare += '\0';
      } else if (char === '$' && (text[i + 1] === "'" || text[i + 1] === '"')) {
        // Escapes of C, or a text that is translated.
        leaveOpen('one');
        i++;
        if (text[i] === '"') {
          if (!readDoubleQuoted()) return undefined;
        } else {
          for (i++; text[i] !== "'"; i++) {
            if (i >= text.length) return undefined;
            if (text[i] === '\\') i++;
          }
          i++;
        }
      } else if (char === '$' || char === '`') {
        const read = readExpansion();
        if (read === undefined) return undefined;
        if (read !== 'text') leaveOpen('any');
        bare += '\0';
      } else {
        if (char === '~' && i === start) leaveOpen('one');
        take(i);
        bare += char;
        i++;
      }
    }
    // An expansion of braces, which makes several words; dots are for what is left out in documentation.
    if (hasBraceExpansion(bare) || value.includes('...') || value.includes('\u2026')) leaveOpen('any');
    const span = { start, end: i };
    return { node: { kind: 'string', span, value, ...(shifts.length === 0 ? {} : { shifts }) }, known, isContinued };

    function readDoubleQuoted(): boolean {
      for (i++; text[i] !== '"'; ) {
        if (i >= text.length) return false;
        const char = text.charAt(i);
        if (char === '\\' && isLineEnd(i + 1)) i = afterLineEnd(i + 1);
        else if (char === '\\' && '$`"\\'.includes(text.charAt(i + 1))) {
          take(i + 1);
          i += 2;
        } else if (char === '$' || char === '`') {
          // "$@" and "${list[@]}" are as many words as there are.
          const isMany = matchAt(manyWords, i) !== undefined;
          const read = readExpansion();
          if (read === undefined) return false;
          if (read !== 'text') leaveOpen(isMany ? 'any' : 'one');
        } else take(i++);
      }
      i++;
      return true;
    }

    /** Nothing where it does not end; `text` where it is only a dollar sign. */
    function readExpansion(): 'expansion' | 'text' | undefined {
      if (text[i] === '`') {
        i++;
        return readCommands('`') ? 'expansion' : undefined;
      }
      if (text.startsWith('$((', i)) {
        const close = text.indexOf('))', i);
        if (close === -1) return undefined;
        i = close + 2;
        return 'expansion';
      }
      if (text.startsWith('$(', i)) {
        i += 2;
        return readCommands(')') ? 'expansion' : undefined;
      }
      if (text.startsWith('${', i)) {
        let depth = 0;
        do {
          if (i >= text.length) return undefined;
          if (text[i] === '{') depth++;
          if (text[i] === '}') depth--;
          i++;
        } while (depth > 0 || text[i - 1] !== '}');
        return 'expansion';
      }
      const name = matchAt(variable, i);
      if (name !== undefined) {
        i += name.length;
        return 'expansion';
      }
      take(i++);
      return 'text';
    }
  }

  function matchAt(pattern: RegExp, at: number): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  }

  function isLineEnd(at: number): boolean {
    return text[at] === '\n' || (text[at] === '\r' && text[at + 1] === '\n');
  }

  function afterLineEnd(at: number): number {
    return text[at] === '\r' ? at + 2 : Math.min(at + 1, text.length);
  }

  function skipHereDocuments(from: number): number {
    let at = from;
    for (const { delimiter, stripsTabs } of hereDocuments.splice(0)) {
      for (let isOver = false; !isOver && at < text.length; ) {
        const lineEnd = text.indexOf('\n', at);
        const line = text.slice(at, lineEnd === -1 ? undefined : lineEnd).replace(/\r$/, '');
        isOver = (stripsTabs ? line.replace(/^\t+/, '') : line) === delimiter;
        at = lineEnd === -1 ? text.length : lineEnd + 1;
      }
    }
    return at;
  }

  readCommands(undefined);
  return { commands, comments };
}

const backslashAndBlanks = /\\[ \t]+(?=\r?\n|$)/y;
const placeholderForm = /<[A-Za-z][^<>|&;\n]*>/y;
const redirectionOperator = /\d*(?:&>>?|<<<|<<-|<<|<&|<>|>>|>&|>\||<(?![A-Za-z][^<>|&;\n]*>)|>)/y;
const variable = /\$(?:\w+|[@*#?!$-])/y;
const manyWords = /\$(?:@|\{[\w!#]*(?:@|\[@\]))/y;

/** No command begins with an option: the line was meant to belong to the one above. */
const optionBelow = /(?:[ \t]*(?:#.*)?\r?\n)*[ \t]*--[a-z]/y;
const commentBelow = /(?:[ \t]*\r?\n)*[ \t]*#[^\r\n]*/y;

/** Whether bash makes several words of it. */
function hasBraceExpansion(bare: string): boolean {
  const inside = bare.slice(bare.indexOf('{') + 1, Math.max(0, bare.lastIndexOf('}')));
  return bare.includes('{') && (inside.includes(',') || inside.includes('..'));
}
