// Where in the value of an option something is written, in the shorthand syntax or in JSON, however little of it is there.

import type { Schema } from '../emr/schema';

export interface ValuePlace {
  readonly role: 'key' | 'value';
  /** Of a key, that of the structure; of a value, its own. */
  readonly schema: Schema | undefined;
  /** Of a value, if it has one. */
  readonly key: string | undefined;
  /** The other keys of the structure. */
  readonly others: readonly string[];
  /** Where the key or the value begins, behind its quote. */
  readonly start: number;
  readonly isQuoted: boolean;
}

interface Frame {
  readonly kind: 'members' | 'items';
  readonly schema: Schema | undefined;
  readonly keys: { readonly name: string; readonly start: number }[];
}

/** Nothing where neither can stand. @param at the cursor in the text. */
export function placeInValue(text: string, at: number, schema: Schema, isJson: boolean): ValuePlace | undefined {
  const frames: Frame[] = [{ kind: isJson ? 'items' : 'members', schema, keys: [] }];
  const state: { role: 'key' | 'value' | 'end'; start: number; quote: string } = { role: isJson ? 'value' : 'key', start: 0, quote: '' };
  let found: (Omit<ValuePlace, 'others'> & { readonly frame: Frame }) | undefined;
  const top = (): Frame | undefined => frames.at(-1);
  const key = (): string | undefined => (top()?.kind === 'members' ? top()?.keys.at(-1)?.name : undefined);
  const begin = (role: typeof state.role, start: number): void => {
    Object.assign(state, { role, start });
  };
  for (let i = 0; i <= text.length; i++) {
    const char = text.charAt(i);
    const frame = top();
    const { role, start, quote } = state;
    if (frame === undefined) return undefined;
    if (i === at && role !== 'end')
      found = { role, frame, start, isQuoted: quote !== '', key: key(), schema: role === 'key' ? frame.schema : valueSchema(frame) };
    if (quote !== '') {
      if (char === '\\' && i + 1 !== at) i++;
      else if (char === quote) state.quote = '';
      continue;
    }
    if (char === '\\' && text[i + 1] === ',' && i + 1 !== at) i++;
    else if (/\s/.test(char) && i === start) state.start++;
    else if ((char === '"' || (char === "'" && !isJson)) && i === start) {
      state.quote = char;
      state.start = i + 1;
    } else if ((char === '[' || char === '{') && role === 'value' && i === start) {
      const inner = valueSchema(frame);
      frames.push(
        char === '['
          ? { kind: 'items', schema: inner?.type === 'list' ? inner.of : undefined, keys: [] }
          : { kind: 'members', schema: inner?.type === 'list' ? inner.of : inner, keys: [] },
      );
      begin(char === '[' ? 'value' : 'key', i + 1);
    } else if ((char === ']' || char === '}') && frames.length > 1) {
      frames.pop();
      begin('end', i + 1);
    } else if (char === ',') begin(frame.kind === 'items' ? 'value' : 'key', i + 1);
    else if (char === (isJson ? ':' : '=') && role === 'key') {
      frame.keys.push({ name: text.slice(start, i).replace(/["\s@]+$/, ''), start });
      begin('value', i + 1);
    }
  }
  if (found === undefined) return undefined;
  const { frame, ...place } = found;
  return { ...place, others: frame.keys.filter((each) => place.role === 'value' || each.start !== place.start).map(({ name }) => name) };
}

/** Of what stands behind the last key, or is an item. */
function valueSchema({ kind, schema, keys }: Frame): Schema | undefined {
  if (kind === 'items') return schema;
  const name = keys.at(-1)?.name ?? '';
  if (schema?.type === 'map') return schema.of;
  return schema?.type === 'structure' && Object.hasOwn(schema.members, name) ? schema.members[name] : undefined;
}
