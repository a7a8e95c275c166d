import type { Call } from '../auditor/call.ts';
import type { EngineChoice } from '../engineChoice.ts';
import type { Root } from './realRoots.ts';

/** A call of an agent: what it may ask about, who answers, and how it is watched and stopped. */
export interface ToolCall extends Call {
  /** Aborted with a CandorError `out-of-time` before the call is: what an audit has judged by then is its answer. */
  readonly timeSignal: AbortSignal;
  readonly choice: EngineChoice;
  /** At least one. */
  readonly roots: readonly Root[];
  /**
   * Whether all roots are open in one window of a person: the engine may learn from all of them, as it does for the person, and paths are
   * relative to the folder that holds them all.
   */
  readonly areOneWindow: boolean;
}
