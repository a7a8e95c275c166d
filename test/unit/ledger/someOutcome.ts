import type { Outcome } from '../../../src/core/words.ts';

/** It still stood after ten minutes. */
export function someOutcome(given: Partial<Outcome> = {}): Outcome {
  return {
    assessment: 'assessment 1',
    target: { event: 'survives', horizon: { minutes: 10 }, unit: 'region', definition: 1 },
    retainedShare: 1,
    happened: true,
    workedOn: true,
    atMs: 1.7e12 + 600_000,
    ...given,
  };
}
