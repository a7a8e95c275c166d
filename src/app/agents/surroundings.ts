import { commonFolder, findWorkspace } from '../findWorkspace.ts';
import type { Root } from './realRoots.ts';
import type { ToolCall } from './toolCall.ts';

/** What is around the code that a call asks about. All paths are absolute and without links. */
export interface Surroundings {
  /** What paths in an answer are relative to. */
  readonly workspace: string;
  /** The folders in it that an engine may learn from. */
  readonly folders: readonly string[];
  /** The folder whose calibrations hold: they were made from no code, but from what became of it. */
  readonly calibrated: string;
}

/**
 * What is around a root: nothing but itself, though calibrated for the repository that it lies in; or where all roots are one person's
 * window, all of them.
 */
export function surroundings(
  { roots, areOneWindow }: Pick<ToolCall, 'roots' | 'areOneWindow'>,
  root: Root,
): Surroundings {
  if (!areOneWindow) return { workspace: root.real, folders: [root.real], calibrated: findWorkspace([root.real]) };
  const folders = roots.map(({ real }) => real);
  const workspace = commonFolder(folders);
  return { workspace, folders, calibrated: workspace };
}
