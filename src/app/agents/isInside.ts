import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path is a folder or lies in it, by their names alone; both are absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  // On Windows a path on another drive stays absolute.
  return way.split(sep, 1)[0] !== '..' && !isAbsolute(way);
}
