import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { CandorError } from '../../core/candorError.ts';
import { isInside } from './isInside.ts';
import type { Root } from './realRoots.ts';

/** A file or a folder inside a root. */
export interface ConfinedPath {
  /** The innermost root that holds it. */
  readonly root: Root;
  /** Absolute, without links. */
  readonly path: string;
  readonly isFolder: boolean;
}

/**
 * What a path of an agent leads to, if that lies inside the roots: by its name, before anything outside is even looked at,
 * and once all links are followed.
 *
 * @param asked absolute, or relative to a root; with several roots the first that has it
 * @param bases other folders that a path may be relative to, once no root has it
 * @throws CandorError `not-found` for what is not there and for what lies outside, in the same words, so that nobody learns
 *   what there is outside; `unsupported` for what is neither a file nor a folder
 */
export async function confinePath(
  roots: readonly Root[],
  asked: string,
  bases: readonly string[] = [],
): Promise<ConfinedPath> {
  const folders = [...roots.map(({ real }) => real), ...bases];
  const candidates = isAbsolute(asked) ? [resolve(asked)] : folders.map((folder) => resolve(folder, asked));
  for (const candidate of candidates) {
    if (!roots.some(({ named, real }) => isInside(named, candidate) || isInside(real, candidate))) continue;
    const path = await realpath(candidate).catch(() => null);
    const root = path === null ? undefined : innermost(roots, path);
    const entry = path === null || root === undefined ? null : await stat(path).catch(() => null);
    if (path === null || root === undefined || entry === null) continue;
    if (entry.isFile() || entry.isDirectory()) return { root, path, isFolder: entry.isDirectory() };
    const message = `${inWords(asked)} is neither a file nor a folder. Name a file of code, or a folder.`;
    throw new CandorError('unsupported', message);
  }
  const message = `${inWords(asked)} is not there, or leads out of the roots. Name a file or a folder inside ${roots.map(({ named }) => named).join(' or ')}.`;
  throw new CandorError('not-found', message);
}

function innermost(roots: readonly Root[], path: string): Root | undefined {
  return roots.filter(({ real }) => isInside(real, path)).sort((a, b) => b.real.length - a.real.length)[0];
}

/** An absolute path is not said again: it may be one of outside. */
function inWords(asked: string): string {
  return isAbsolute(asked) ? 'The absolute path that was asked for' : JSON.stringify(asked);
}
