import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 50;

/**
 * Asks again until there is an answer: anything but null, undefined, false or an error.
 * @throws {Error} when there is none in time; with `what` was waited for, and the last error.
 */
export async function waitFor<Answer>(
  what: string,
  ask: () => Promise<Answer> | Answer,
  timeoutMs = 30_000,
): Promise<Exclude<NonNullable<Answer>, false>> {
  const deadline = performance.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const answer = await ask();
      if (isThere(answer)) return answer;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await delay(POLL_MS);
  } while (performance.now() < deadline);
  const last = cause instanceof Error ? ` Last: ${cause.message}` : '';
  throw new Error(`Waited ${timeoutMs / 1000} s for ${what}.${last}`, { cause });
}

function isThere<Answer>(answer: Answer): answer is Exclude<NonNullable<Answer>, false> {
  return answer !== null && answer !== undefined && answer !== false;
}
