import type { OnProgress } from '../audit/onProgress.ts';
import type { ParserPool } from '../syntax/parserPool.ts';
import type { Assets } from './assets.ts';
import type { EngineChoice } from './engineChoice.ts';
import { openHistoryTools } from './calibration/openHistoryTools.ts';
import type { LearningEngine, OpenedEngine } from './openEngine.ts';
import { createWorkspaceLearner, type WorkspaceLearner } from './workspaceLearner.ts';

/** What scores, and what keeps it in step with a workspace. */
export interface ScoringTools extends Omit<LearningEngine, 'learner'> {
  /** Teaches the engine the workspace, where it learns. */
  readonly learner: WorkspaceLearner | null;
}

/** What scores, what learns and what parses, opened together and closed together. */
export interface Tools extends ScoringTools, Pick<OpenedEngine, 'standsInBecause' | 'device'> {
  readonly parser: ParserPool;
  /** The same model with a learner of its own, which has learned nothing yet; closed with these tools. */
  readonly apart: () => ScoringTools;
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
  return { ...opened, ...inStep(opened), apart: () => inStep(opened.apart()) };
}

function inStep({ engine, scout, learner }: LearningEngine): ScoringTools {
  return { engine, scout, learner: learner === null ? null : createWorkspaceLearner(learner) };
}
