import type { Call } from '../../app/auditor/call.ts';
import { CandorError } from '../../core/candorError.ts';
import type { Logger } from '../logger.ts';
import type { Owned } from '../owned.ts';

/** Calls that nobody asked for at this moment, and nobody waits for. */
export interface QuietCalls extends Owned {
  /** @returns null where it failed: the log says why, once for each reason */
  run<Result>(work: (call: Call) => Promise<Result>): Promise<Result | null>;
}

export function createQuietCalls(log: Logger): QuietCalls {
  const controller = new AbortController();
  const said = new Set<string>();
  const call: Call = { onProgress: () => undefined, abortSignal: controller.signal };
  return {
    async run(work) {
      try {
        return await work(call);
      } catch (error) {
        if (controller.signal.aborted) return null;
        const sentence = CandorError.is(error) ? `${error.reason}: ${error.message}` : 'Following code broke down.';
        if (!said.has(sentence)) log.warn(sentence);
        said.add(sentence);
        return null;
      }
    },
    dispose() {
      controller.abort();
    },
  };
}
