// Patterns with `*` (any characters) and `?` (one character), as in actions, resources and `Like` values.

export function hasWildcard(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** Whether a text fits a pattern. Linear but for backtracking over the last `*`, so that no pattern can make it hang. */
export function matches(pattern: string, text: string): boolean {
  return fits(pattern, text, '');
}

/** @param never a character that only `*` meets. */
function fits(pattern: string, text: string, never: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.length && ((pattern[p] === '?' && text[t] !== never) || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star !== -1) {
      p = star + 1;
      t = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

/** Whether everything that fits `inner` fits `outer` too. Answers "no" where that is not plain. */
export function covers(outer: string, inner: string): boolean {
  // A `*` of the inner pattern can only be met by one of the outer; its `?` is met as any character is.
  return fits(outer, inner, '*');
}

/** Whether something fits both patterns. */
export function overlaps(a: string, b: string): boolean {
  let row = new Set([0]);
  const closure = (states: Set<number>): Set<number> => {
    for (const state of states) if (b[state] === '*') states.add(state + 1);
    return states;
  };
  row = closure(row);
  for (const char of a) {
    const next = new Set<number>();
    if (char === '*') {
      const first = Math.min(...row);
      for (let state = first; state <= b.length; state++) next.add(state);
      row = next;
      continue;
    }
    for (const state of row) {
      const other = b[state];
      if (other === '*') next.add(state);
      else if (other !== undefined && (other === '?' || char === '?' || other === char)) next.add(state + 1);
    }
    if (next.size === 0) return false;
    row = closure(next);
  }
  return row.has(b.length);
}
