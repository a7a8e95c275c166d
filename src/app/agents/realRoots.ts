import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

/** A folder that agents may ask about. */
export interface Root {
  /** As it was given, absolute. */
  readonly named: string;
  /** As the disk has it, without links. */
  readonly real: string;
}

/** Folders as roots, each once; what is not there, or is no folder, is left out. */
export async function realRoots(folders: readonly string[]): Promise<readonly Root[]> {
  const roots = new Map<string, Root>();
  for (const folder of folders) {
    const named = resolve(folder);
    try {
      const real = await realpath(named);
      if ((await stat(real)).isDirectory() && !roots.has(real)) roots.set(real, { named, real });
    } catch {
      // A client may name a folder that has gone meanwhile.
    }
  }
  return [...roots.values()];
}
