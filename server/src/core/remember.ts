// What several rules derive from one thing. Rules come one after another to the same thing, so remembering the last is mostly enough.

/** The function, which gives the last result again while it is asked for the same thing. */
export function rememberLast<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  let lastKey: K | undefined;
  let last: { readonly value: V } | undefined;
  return (key) => {
    if (last === undefined || key !== lastKey) {
      last = { value: compute(key) };
      lastKey = key;
    }
    return last.value;
  };
}

/** The same for what depends on two things. */
export function rememberLastOf<K extends object, L, V>(compute: (key: K, other: L) => V): (key: K, other: L) => V {
  let lastKey: K | undefined;
  let lastOther: L | undefined;
  let last: { readonly value: V } | undefined;
  return (key, other) => {
    if (last === undefined || key !== lastKey || other !== lastOther) {
      last = { value: compute(key, other) };
      lastKey = key;
      lastOther = other;
    }
    return last.value;
  };
}

/** The same for many things at once, each for as long as somebody holds it. */
export function rememberEach<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const found = known.get(key) ?? { value: compute(key) };
    known.set(key, found);
    return found.value;
  };
}
