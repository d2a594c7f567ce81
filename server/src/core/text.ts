// Places in a text and changes to it. Every offset is a UTF-16 offset, as in JavaScript strings and in the language
// server protocol; ends are exclusive.

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Edit {
  readonly span: Span;
  readonly newText: string;
}

/** Zero-based. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function spansTouch(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

export function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** The text after the edits. Of edits that overlap, the one that starts first (or, there, is listed first) is made. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let done = 0;
  for (const edit of withoutOverlaps(edits)) {
    result += text.slice(done, edit.span.start) + edit.newText;
    done = edit.span.end;
  }
  return result + text.slice(done);
}

/** The edits in the order of their places, less those that overlap an earlier one. */
export function withoutOverlaps(edits: readonly Edit[]): readonly Edit[] {
  const kept: Edit[] = [];
  let end = -1;
  for (const edit of [...edits].sort((a, b) => a.span.start - b.span.start)) {
    if (edit.span.start < end) continue;
    kept.push(edit);
    end = Math.max(edit.span.end, edit.span.start + 1);
  }
  return kept;
}

/** Translates between offsets and lines; a line ends with \n, \r\n or \r, as in the language server protocol. */
export interface LineIndex {
  position(offset: number): Position;
  offset(position: Position): number;
  /** The text of a line without its end. */
  line(line: number): string;
}

export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  const startOf = (line: number): number => starts[line] ?? text.length;
  return {
    position(offset) {
      const at = Math.max(0, Math.min(offset, text.length));
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (startOf(middle) <= at) low = middle;
        else high = middle - 1;
      }
      return { line: low, column: at - startOf(low) };
    },
    offset({ line, column }) {
      return Math.min(startOf(line) + column, startOf(line + 1));
    },
    line(line) {
      return text.slice(startOf(line), startOf(line + 1)).replace(/[\r\n]+$/, '');
    },
  };
}
