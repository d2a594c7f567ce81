// Text with tab stops. A stop is kept in the text between two private characters, so that texts are put together as strings are.

const open = '\ue000';
const close = '\ue001';

/** A place that the user fills in; the name stands there until then. */
export function stop(name = ''): string {
  return `${open}${name}${close}`;
}

export function hasStops(text: string): boolean {
  return text.includes(open);
}

export function withoutStops(text: string): string {
  return text.replace(/[\ue000\ue001]/g, '');
}

/** In the snippet syntax of the language server protocol. */
export function toSnippet(text: string): string {
  let count = 0;
  return text.replace(/\ue000([^\ue001]*)\ue001|[\\$}]/g, (match, name: string | undefined) => {
    if (name === undefined) return `\\${match}`;
    count++;
    return name === '' ? `$${count}` : `\${${count}:${name.replace(/[\\$}]/g, '\\$&')}}`;
  });
}
