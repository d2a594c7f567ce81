// How wide text is, and what of it fits, without a browser to ask.

/** Of Helvetica, from the space to the tilde, in thousandths of the size of the letters (Adobe's font metrics). */
const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278,
  278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722,
  667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556,
  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/** Other fonts of user interfaces are wider. */
const slack = 1.12;

/** In the unit of the size, at least. */
export function textWidth(text: string, size: number): number {
  let sum = 0;
  for (const character of text) sum += widths[(character.codePointAt(0) ?? 0) - 32] ?? 1000;
  return (sum / 1000) * size * slack;
}

/** As much of the text as fits, with an ellipsis for the rest. */
export function clipped(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) return text;
  let kept = '';
  let left = room - textWidth('…', size);
  for (const character of text) {
    left -= textWidth(character, size);
    if (left < 0) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Lines of words; what does not fit into the last line is left out, and so is the end of a word that is too long for a line. */
export function wrapped(text: string, size: number, room: number, mostLines: number): readonly string[] {
  const lines: string[] = [];
  const words = text.split(' ');
  for (let line = words.shift(); line !== undefined; line = words.shift()) {
    if (lines.length === mostLines - 1) return [...lines, clipped([line, ...words].join(' '), size, room)];
    let next = words[0];
    while (next !== undefined && textWidth(`${line} ${next}`, size) <= room) {
      line = `${line} ${next}`;
      words.shift();
      next = words[0];
    }
    lines.push(clipped(line, size, room));
  }
  return lines;
}
