import { setTimeout as sleep } from 'node:timers/promises';
import { CandorError } from '../../../../src/core/candorError.ts';
import type { LlamaProcess } from '../../../../src/engines/llama/llamaProcess.ts';

/** How a question ended: the kind of its result, the reason of a CandorError, or any other error as text. */
export function endingOf(question: Promise<string>): Promise<string> {
  return question.catch((error: unknown) => (CandorError.is(error) ? error.reason : String(error)));
}

/** Whether a process exists; one that died and was not waited for still does. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await sleep(5);
}

/** The child's number, as soon as there is a child. */
export async function pidOf(child: LlamaProcess): Promise<number> {
  await until(() => child.pid !== undefined);
  return child.pid ?? 0;
}
