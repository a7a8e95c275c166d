import type { Target } from '../words.ts';
import { count, number, oneOf, record, type JsonRecord } from './fieldReaders.ts';

/**
 * Reads a Target from parsed JSON; unknown fields are left out.
 * @throws CandorError `corrupt` for anything that is amiss
 */
export function parseTarget(json: unknown): Target {
  const { event, horizon, unit, definition } = record(json);
  return {
    event: oneOf(event, ['survives', 'sound', 'correct', 'matches']),
    ...(horizon !== undefined && { horizon: horizonOf(record(horizon)) }),
    unit: oneOf(unit, ['region']),
    definition: count(definition),
  };
}

function horizonOf({ minutes, days, commits }: JsonRecord): NonNullable<Target['horizon']> {
  if (minutes !== undefined) return { minutes: number(minutes) };
  return commits === undefined ? { days: number(days) } : { commits: count(commits) };
}
