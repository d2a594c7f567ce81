// Text of files in Markdown.

/** Any text as inline code: names come from files that anybody may have written, and Markdown in them must stay text. */
export function code(text: string): string {
  return `\`${text.replace(/[`\r\n]/g, ' ')}\``;
}

/** The same in a cell of a table, which ends at a bar, even in code. */
export function cell(text: string): string {
  return code(text).replaceAll('|', '\\|');
}
