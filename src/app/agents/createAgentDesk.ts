import type { Call } from '../auditor/call.ts';
import type { Setup } from '../auditor/setup.ts';
import { CandorError } from '../../core/candorError.ts';
import type { AgentToolId } from './agentTools.ts';
import { askDesk } from './askDesk.ts';
import { CALL_LIMITS } from './callLimits.ts';
import { createDesk, type DeskTools } from './createDesk.ts';
import { createTurns } from './createTurns.ts';
import { dataText } from './dataText.ts';
import { errorInWords } from './errorInWords.ts';
import { realRoots } from './realRoots.ts';
import { startCallClock, type CallClock } from './startCallClock.ts';

/** What an agent in an editor asks. */
export interface AgentQuestion {
  /** The engine and the folders of the person's window: nothing outside them is read. */
  readonly setup: Setup;
  readonly tool: AgentToolId;
  /** As the agent gave it. */
  readonly input: unknown;
}

/**
 * Answers the agents of one window, one at a time, with the tools that also answer the person: as text that says first that what
 * follows is data, then the answer as JSON in one line.
 *
 * It rejects with a CandorError that may be told to the agent as it is, or with the reason of the call's signal.
 */
export function createAgentDesk(
  tools: DeskTools,
  timeLimitMs: number = CALL_LIMITS.timeMs,
): (question: AgentQuestion, call: Call) => Promise<string> {
  const desk = createDesk(tools);
  const turns = createTurns(CALL_LIMITS.waiting);

  function answer({ setup, tool, input }: AgentQuestion, call: Call, clock: CallClock): Promise<string> {
    const { timeSignal, callSignal: abortSignal } = clock;
    return turns.take(abortSignal, async () => {
      const roots = await realRoots(setup.folders);
      if (roots.length === 0) {
        const message = 'No folder on this machine’s disk is open. Open one in the editor, and ask again.';
        throw new CandorError('unsupported', message);
      }
      try {
        const toolCall = { ...call, timeSignal, abortSignal, choice: setup.choice, roots, areOneWindow: true };
        return dataText(await askDesk(desk, tool, input, toolCall));
      } catch (cause) {
        call.abortSignal.throwIfAborted();
        const reason = CandorError.is(cause) ? cause.reason : 'engine-failed';
        throw new CandorError(reason, errorInWords(cause, roots), { cause });
      }
    });
  }

  return async (question, call) => {
    const clock = startCallClock(timeLimitMs, call.abortSignal);
    try {
      return await answer(question, call, clock);
    } finally {
      clock.stop();
    }
  };
}
