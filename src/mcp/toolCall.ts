import type { Call } from '../app/auditor/call.ts';
import type { Root } from './realRoots.ts';

/** A call of an agent: what it may ask about, and how it is watched and stopped. */
export interface ToolCall extends Call {
  /** At least one. */
  readonly roots: readonly Root[];
}
