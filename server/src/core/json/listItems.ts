// A large JSON object read piece by piece: of the lists that are its members, item by item, and never as a whole.

interface ListItems {
  /** Any part of the text, in order. */
  push(part: string): void;
  /** `whole`: it was an object, closed in the end, and all that was read of it was JSON. `other`: something else than an object. */
  end(): 'whole' | 'broken' | 'other';
}

interface ListItemsVisitor {
  isWanted(key: string): boolean;
  /** A list begins that is wanted. */
  onList(key: string): void;
  onItem(key: string, item: unknown): void;
  /** A member that is no list. */
  onValue(key: string, value: unknown): void;
}

/** Nothing that is described so is nearly as large; the memory for one has an end. */
const maxItemSize = 32 * 1024 * 1024;

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket, comma, colon] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x3a];

/** What is not wanted is passed over, and only its brackets and strings are looked at. */
export function listItems(visitor: ListItemsVisitor): ListItems {
  let depth = 0;
  let isInString = false;
  let isEscaped = false;
  let hasFailed = false;
  let isOther = false;
  let isOver = false;
  /** The member of the root that is being read, and whether its value has begun. */
  let key: string | undefined;
  let isAfterColon = false;
  let isList = false;
  let isWanted = false;
  /** What was read of a key, a value or an item, in parts. */
  let parts: string[] = [];
  let size = 0;
  let isKeeping = false;

  const keep = (text: string): void => {
    size += text.length;
    if (size > maxItemSize) hasFailed = true;
    else parts.push(text);
  };
  const take = (): unknown => {
    const text = parts.join('').trim();
    parts = [];
    size = 0;
    isKeeping = false;
    if (text === '') return undefined;
    try {
      return JSON.parse(text);
    } catch {
      hasFailed = true;
      return undefined;
    }
  };
  const endMember = (): void => {
    if (key !== undefined && isWanted && !isList) {
      const value = take();
      if (value !== undefined) visitor.onValue(key, value);
    } else take();
    key = undefined;
    isAfterColon = false;
    isList = false;
    isWanted = false;
  };
  const endItem = (): void => {
    const item = take();
    if (item !== undefined && key !== undefined) visitor.onItem(key, item);
    isKeeping = isWanted;
  };

  const push = (part: string): void => {
    let from = 0;
    for (let i = 0; i < part.length && !hasFailed && !isOther; i++) {
      const code = part.charCodeAt(i);
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (code === backslash) isEscaped = true;
        else if (code === quote) {
          isInString = false;
          if (depth === 1 && key === undefined) {
            keep(part.slice(from, i + 1));
            const name = take();
            if (typeof name === 'string') key = name;
            else hasFailed = true;
          }
        }
        continue;
      }
      switch (code) {
        case quote:
          isInString = true;
          if (depth === 0) isOther = true;
          if (depth === 1 && key === undefined) {
            from = i;
            isKeeping = true;
          }
          break;
        case colon:
          if (depth !== 1 || isAfterColon || key === undefined) break;
          isAfterColon = true;
          isWanted = visitor.isWanted(key);
          isKeeping = isWanted;
          from = i + 1;
          break;
        case openBrace:
        case openBracket:
          if (isOver) hasFailed = true;
          if (depth === 0 && code === openBracket) isOther = true;
          if (depth === 1 && code === openBracket && isWanted && key !== undefined) {
            isList = true;
            visitor.onList(key);
            from = i + 1;
          }
          depth++;
          break;
        case closeBrace:
        case closeBracket:
          if (depth === 2 && isList && isKeeping) {
            keep(part.slice(from, i));
            endItem();
            isKeeping = false;
          }
          if (depth === 1) {
            if (isKeeping) keep(part.slice(from, i));
            endMember();
            isOver = true;
          }
          depth--;
          if (depth < 0) hasFailed = true;
          break;
        case comma:
          if (depth === 2 && isList && isKeeping) {
            keep(part.slice(from, i));
            endItem();
            from = i + 1;
          } else if (depth === 1) {
            if (isKeeping) keep(part.slice(from, i));
            endMember();
          }
          break;
        default:
          if (depth === 0 && code > 0x20 && code !== 0xfeff) isOther = true;
      }
    }
    if (isKeeping && !hasFailed) keep(part.slice(from));
  };
  const end = (): ReturnType<ListItems['end']> => {
    if (isOther) return isOver ? 'broken' : 'other';
    return isOver && depth === 0 && !isInString && !hasFailed ? 'whole' : 'broken';
  };
  return { push, end };
}
