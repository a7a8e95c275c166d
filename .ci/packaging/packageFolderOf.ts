/**
 * The folder of the package that a file belongs to, as the lock file names it (`node_modules/a/node_modules/@b/c`); null for a
 * file of Candor itself.
 */
export function packageFolderOf(path: string): string | null {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? null;
}
