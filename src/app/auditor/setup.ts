import type { EngineChoice } from '../engineChoice.ts';

/** The engine to ask, and the code that is usual where it is asked. */
export interface Setup {
  readonly choice: EngineChoice;
  /** The folder that paths are relative to; null where no folder is open, and nothing is learned. */
  readonly workspace: string | null;
  /** The folders to learn: the workspace itself, or several inside it. */
  readonly folders: readonly string[];
}
