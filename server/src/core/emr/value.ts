// What people write into the value of an emr setting that the AWS CLI takes word for word.

/** Where a comment begins that is part of the value: at a # or ; that a blank stands before, or that the value begins with. */
export function commentIn(value: string): number | undefined {
  const match = /(^|\s)[#;]/.exec(value);
  return match === null ? undefined : match.index + match[0].length - 1;
}

/** What stands between quotes that are part of the value. */
export function unquoted(value: string): string | undefined {
  return /^(["'])(.*)\1$/s.exec(value)?.[2];
}

/** Text that some other program replaces before the AWS CLI sees it: `${name}`, `{{ name }}`, `<name>`. */
export function isPlaceholder(value: string): boolean {
  return /\$\{[^}]*\}|\{\{.*\}\}|<[^<>]+>/.test(value);
}
