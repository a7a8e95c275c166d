import type { Target } from '../../core/words.ts';

/** The events that an editor can see of code that arrived in it (docs/targets.md, "In the editor"). */

/** Version of the written definitions. */
const DEFINITION = 1;

const MINUTE_MS = 60_000;

const DAY_MS = 24 * 60 * MINUTE_MS;

/** It stays unchanged for so long. */
export const SURVIVAL_TARGETS: readonly Target[] = [{ minutes: 2 }, { minutes: 10 }, { days: 1 }].map((horizon) => ({
  event: 'survives',
  horizon,
  unit: 'region',
  definition: DEFINITION,
}));

/** It is committed as it arrived. */
export const COMMITTED_TARGET: Target = {
  event: 'survives',
  horizon: { commits: 1 },
  unit: 'region',
  definition: DEFINITION,
};

/** For so long no error was reported inside of it, and it was not undone. */
export const SOUND_TARGET: Target = {
  event: 'sound',
  horizon: { minutes: 10 },
  unit: 'region',
  definition: DEFINITION,
};

/** A person says so. */
export const CORRECT_TARGET: Target = { event: 'correct', unit: 'region', definition: DEFINITION };

/** How long a region is followed: until the last clock has run out. */
export const FOLLOWED_MS = DAY_MS;

/** How long after its arrival the fate of a region is known; null for an event without a clock. */
export function horizonMs({ horizon }: Target): number | null {
  if (horizon === undefined || 'commits' in horizon) return null;
  return 'minutes' in horizon ? horizon.minutes * MINUTE_MS : horizon.days * DAY_MS;
}
