// Patterns with `*` (any characters) and `?` (one character), as in actions, resources and `Like` values.

const star = 0x2a;
const mark = 0x3f;

export function hasWildcard(pattern: string): boolean {
  return pattern.includes('*') || pattern.includes('?');
}

/** Whether a text fits a pattern. Linear but for backtracking over the last `*`, so that no pattern can make it hang. */
export function matches(pattern: string, text: string): boolean {
  return fits(pattern, text, -1);
}

/** @param never a character that only `*` meets. */
function fits(pattern: string, text: string, never: number): boolean {
  let p = 0;
  let t = 0;
  let lastStar = -1;
  let resume = 0;
  while (t < text.length) {
    const wanted = pattern.charCodeAt(p);
    const code = text.charCodeAt(t);
    if (wanted === star) {
      lastStar = p++;
      resume = t;
    } else if (wanted === code || (wanted === mark && code !== never)) {
      p++;
      t++;
    } else if (lastStar !== -1) {
      p = lastStar + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern.charCodeAt(p) === star) p++;
  return p === pattern.length;
}

/** Whether everything that fits `inner` fits `outer` too. Answers "no" where that is not plain. */
export function covers(outer: string, inner: string): boolean {
  // A `*` of the inner pattern can only be met by one of the outer; its `?` is met as any character is.
  return fits(outer, inner, star);
}

/** Whether something fits both patterns. */
export function overlaps(a: string, b: string): boolean {
  // Most patterns part before their first wildcard, or after their last.
  if (partAtStart(a, b) || partAtEnd(a, b)) return false;
  return overlapBetween(a, b);
}

function partAtStart(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const one = a.charCodeAt(i);
    const other = b.charCodeAt(i);
    if (one === star || other === star) return false;
    if (one !== other && one !== mark && other !== mark) return true;
  }
  // A text that ends here parts from one that goes on with more than stars.
  return a.length !== b.length && (a.length > b.length ? a : b).charCodeAt(shorter) !== star;
}

function partAtEnd(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  for (let i = 1; i <= shorter; i++) {
    const one = a.charCodeAt(a.length - i);
    const other = b.charCodeAt(b.length - i);
    if (one === star || other === star) return false;
    if (one !== other && one !== mark && other !== mark) return true;
  }
  return false;
}

/** As `a` is read, the states say which characters of `b` may come next. */
function overlapBetween(a: string, b: string): boolean {
  let states = passStars(new Uint8Array(b.length + 1).fill(1, 0, 1), b);
  for (let i = 0; i < a.length; i++) {
    const code = a.charCodeAt(i);
    const next = new Uint8Array(b.length + 1);
    if (code === star) next.fill(1, states.indexOf(1));
    else {
      for (let state = states.indexOf(1); state !== -1; state = states.indexOf(1, state + 1)) {
        const other = b.charCodeAt(state);
        if (other === star) next[state] = 1;
        else if (state < b.length && (other === code || other === mark || code === mark)) next[state + 1] = 1;
      }
    }
    if (!next.includes(1)) return false;
    states = passStars(next, b);
  }
  return states[b.length] === 1;
}

/** A `*` may stand for nothing. */
function passStars(states: Uint8Array, pattern: string): Uint8Array {
  for (let state = 0; state < pattern.length; state++) {
    if (states[state] === 1 && pattern.charCodeAt(state) === star) states[state + 1] = 1;
  }
  return states;
}
