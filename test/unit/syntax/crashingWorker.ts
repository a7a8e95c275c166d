import { SIGN, type SpansTask } from '../../../src/syntax/parseTasks.ts';

/** Stands in for `parseWorker.ts` in tests: does to its thread what the text tells it to. */
export async function spans({ text, signs }: SpansTask): Promise<unknown> {
  Atomics.store(signs, SIGN.started, 1);
  if (text === 'exit') process.exit(3);
  if (text === 'throw') throw new Error('a fault of the worker');
  if (text === 'uncaught') {
    queueMicrotask(() => {
      throw new Error('out of nowhere');
    });
  }
  if (text === 'uncaught' || text === 'wait') await new Promise((resolve) => setTimeout(resolve, 60_000));
  if (text === 'spin') for (;;);
  return { length: text.length };
}
