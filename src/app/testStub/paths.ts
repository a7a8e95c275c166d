/** Paths as the project has them: relative to one folder, with `/`. The root is the empty path. */

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The last ending, without its dot; empty for a name without one. */
export function extensionOf(path: string): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1);
}

/** A name without its last ending. */
export function stemOf(path: string): string {
  const extension = extensionOf(path);
  return extension === '' ? nameOf(path) : nameOf(path).slice(0, -extension.length - 1);
}

/** The names of the folders on the way to a folder. */
export function partsOf(folder: string): readonly string[] {
  return folder === '' ? [] : folder.split('/');
}

export function joinParts(parts: readonly string[]): string {
  return parts.join('/');
}

/** A path in a folder. */
export function pathIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

/** How many folders two have in common, from the root on. */
export function sharedDepth(one: string, other: string): number {
  const [a, b] = [partsOf(one), partsOf(other)];
  const differing = a.findIndex((part, index) => part !== b[index]);
  return differing < 0 ? a.length : differing;
}

/** The way from a folder to a file, which begins with `./` or `../`. */
export function relativePath(fromFolder: string, to: string): string {
  const shared = sharedDepth(fromFolder, folderOf(to));
  const up = partsOf(fromFolder).length - shared;
  const down = joinParts([...partsOf(folderOf(to)).slice(shared), nameOf(to)]);
  return (up === 0 ? './' : '../'.repeat(up)) + down;
}

/** The folders from one up to the root, both included. */
export function foldersUp(folder: string): readonly string[] {
  const parts = partsOf(folder);
  return Array.from({ length: parts.length + 1 }, (_, up) => joinParts(parts.slice(0, parts.length - up)));
}
