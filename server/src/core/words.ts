// Lists within sentences.

/** At most five, or as many as are said, then "and N more". */
export function listed(items: readonly string[], write = (item: string) => `"${item}"`, most = 5): string {
  const shown = items.slice(0, most).map(write);
  const more = items.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
