// Quoting for the shell that a command is pasted into.

/** For sh, bash, zsh and dash: one group of words a line, each line but the last ending in a backslash. */
export function posixCommand(groups: readonly (readonly string[])[]): string {
  return groups.map((words) => words.map(posixWord).join(' ')).join(' \\\n  ');
}

/** As it is where every shell takes it literally, else in single quotes, in which nothing is special. */
export function posixWord(word: string): string {
  if (/^[\w@%+:,./-][\w@%+:,./=-]*$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
