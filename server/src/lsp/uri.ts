// URIs of files and folders. Client and server may escape that of one file differently.

/** The path of a URI, decoded as far as it can be. */
export function pathOf(uri: string): string {
  const path = uri.replace(/^[a-z][\w+.-]*:(\/\/[^/]*)?/i, '').replace(/[?#].*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

export function isBelow(uri: string, folder: string): boolean {
  return uri.startsWith(`${folder.replace(/\/$/, '')}/`);
}

/** A file's path as globs see it; it must lie below the folder. */
export function pathIn(folder: string, uri: string): string {
  return pathOf(uri.slice(folder.replace(/\/$/, '').length + 1));
}

export function samePath(a: string, b: string): boolean {
  return folded(a) === folded(b);
}

/** The same for every way to write the URI of a file. */
export function fileKey(uri: string): string {
  const start = /^[a-z][\w+.-]*:(\/\/[^/]*)?/i.exec(uri)?.[0] ?? '';
  return `${start}${folded(pathOf(uri))}`;
}

/** The letter of a Windows drive may come in either case. */
function folded(path: string): string {
  return path.replace(/^\/?[A-Za-z]:/, (drive) => drive.toLowerCase());
}
