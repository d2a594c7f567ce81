// Globs over paths: `*` and `?` stay within a segment, `**` as a whole segment stands for any number of them, `{a,b}` for either.
// A glob becomes a small program whose places are all followed at once (Thompson's construction), so that no glob takes more steps than
// its length times that of the path.

export interface Glob {
  readonly text: string;
  readonly program: readonly Step[];
}

type Step =
  /** One character. */
  | { readonly op: 'is'; readonly char: string }
  /** Any character; of a segment: any but `/`. */
  | { readonly op: 'any' }
  | { readonly op: 'any-of-segment' }
  /** Goes on at several places. */
  | { readonly op: 'go'; readonly to: number[] };

type ParsedGlob =
  | { readonly ok: true; readonly glob: Glob }
  /** `reason` goes on after "the glob": "is empty". */
  | { readonly ok: false; readonly reason: string };

/** Also the bound of the reader's recursion. */
const maxLength = 500;

export function parseGlob(text: string): ParsedGlob {
  const reason = whyRefused(text);
  return reason === undefined ? { ok: true, glob: { text, program: programOf([...text]) } } : { ok: false, reason };
}

function whyRefused(text: string): string | undefined {
  if (text === '') return 'is empty';
  if (text.length > maxLength) return `is longer than ${maxLength} characters`;
  if (text.includes('\\')) return 'has a backslash, but folders are separated by /';
  if (/^(\/|[A-Za-z]:)/.test(text)) return 'is absolute, but paths are relative';
  if (/(^|\/)\.\.?(\/|$)/.test(text)) return 'has "." or ".." in it, which no path has';
  return isBalanced(text) ? undefined : 'has a brace without its counterpart';
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === '{') depth++;
    if (char === '}' && --depth < 0) return false;
  }
  return depth === 0;
}

function programOf(chars: readonly string[]): readonly Step[] {
  const program: Step[] = [];
  let at = 0;
  let depth = 0;

  const emit = (step: Step): void => void program.push(step);
  const isEnd = (index: number): boolean => {
    const char = chars[index];
    return char === undefined || (depth > 0 && (char === ',' || char === '}'));
  };
  const isSegmentStart = (): boolean => {
    const before = chars[at - 1];
    return before === undefined || before === '/' || (depth > 0 && (before === '{' || before === ','));
  };

  const sequence = (): void => {
    while (!isEnd(at)) part();
  };
  const part = (): void => {
    const char = chars[at] ?? '';
    if (char === '*') {
      stars();
      return;
    }
    at++;
    if (char === '{') braces();
    else emit(char === '?' ? { op: 'any-of-segment' } : { op: 'is', char });
  };
  const stars = (): void => {
    const starts = isSegmentStart();
    const from = at;
    while (chars[at] === '*') at++;
    const isWhole = starts && at - from === 2 && (chars[at] === '/' || isEnd(at));
    const withSlash = isWhole && chars[at] === '/';
    if (withSlash) at++;
    repeat(isWhole ? 'any' : 'any-of-segment', withSlash);
  };
  /** Any number of characters; with a slash at their end, or none at all. */
  const repeat = (op: 'any' | 'any-of-segment', withSlash: boolean): void => {
    const skip = [program.length + 1];
    if (withSlash) emit({ op: 'go', to: skip });
    const loop = program.length;
    const exits = [loop + 1];
    emit({ op: 'go', to: exits });
    emit({ op });
    emit({ op: 'go', to: [loop] });
    exits.push(program.length);
    if (withSlash) emit({ op: 'is', char: '/' });
    skip.push(program.length);
  };
  const braces = (): void => {
    depth++;
    const choices: number[] = [];
    const ends: number[][] = [];
    emit({ op: 'go', to: choices });
    for (let more = true; more; at++) {
      choices.push(program.length);
      sequence();
      const end: number[] = [];
      ends.push(end);
      emit({ op: 'go', to: end });
      more = chars[at] === ',';
    }
    depth--;
    for (const end of ends) end.push(program.length);
  };

  sequence();
  return program;
}

/** @param path relative, with `/` between its segments. */
export function matches({ program }: Glob, path: string): boolean {
  // The round in which each place was reached last, so that none is followed twice in a round.
  const reachedIn = new Int32Array(program.length + 1);
  let round = 1;
  let places = reach(program, [0], reachedIn, round);
  for (const char of path) {
    const next: number[] = [];
    for (const place of places) if (takes(program[place], char)) next.push(place + 1);
    if (next.length === 0) return false;
    places = reach(program, next, reachedIn, ++round);
  }
  return reachedIn[program.length] === round;
}

function takes(step: Step | undefined, char: string): boolean {
  switch (step?.op) {
    case 'is':
      return step.char === char;
    case 'any':
      return true;
    case 'any-of-segment':
      return char !== '/';
    default:
      return false;
  }
}

/** The places that are reached from some without taking a character. @param open is used up. */
function reach(program: readonly Step[], open: number[], reachedIn: Int32Array, round: number): readonly number[] {
  const places: number[] = [];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (reachedIn[place] === round) continue;
    reachedIn[place] = round;
    places.push(place);
    const step = program[place];
    if (step?.op === 'go') open.push(...step.to);
  }
  return places;
}
