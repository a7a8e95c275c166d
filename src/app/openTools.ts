import type { OnProgress } from '../audit/onProgress.ts';
import type { ParserPool } from '../syntax/parserPool.ts';
import type { Assets } from './assets.ts';
import type { EngineChoice } from './engineChoice.ts';
import { openHistoryTools } from './calibration/openHistoryTools.ts';
import type { OpenedEngine } from './openEngine.ts';
import { createWorkspaceLearner, type WorkspaceLearner } from './workspaceLearner.ts';

/** What scores, what learns and what parses, opened together and closed together. */
export interface Tools extends Omit<OpenedEngine, 'learner'> {
  /** Teaches the engine the workspace, where it learns. */
  readonly learner: WorkspaceLearner | null;
  readonly parser: ParserPool;
  close(): Promise<void>;
}

/**
 * Opens the engine that was chosen, and a parser. One core is left to the engine.
 * @throws CandorError as `openEngine` does
 */
export async function openTools(
  choice: EngineChoice,
  assets: Assets,
  onProgress: OnProgress,
  signal?: AbortSignal,
): Promise<Tools> {
  const opened = await openHistoryTools(choice, assets, onProgress, signal);
  return { ...opened, learner: opened.learner === null ? null : createWorkspaceLearner(opened.learner) };
}
