import { describe, expect, it } from 'vitest';
import {
  COMMITTED_TARGET,
  horizonMs,
  SOUND_TARGET,
  SURVIVAL_TARGETS,
} from '../../../../src/capture/following/editorTargets.ts';
import { outcomesDue, type Sighting } from '../../../../src/capture/following/outcomesDue.ts';
import type { Outcome, Target } from '../../../../src/core/words.ts';

const MINUTE_MS = 60_000;

const DAY_MS = 86_400_000;

const UNCHANGED = { event: 'unchanged', retainedShare: 1, place: { first: 0, end: 9 } } as const;

const CHANGED = { event: 'changed', retainedShare: 0.5, place: { first: 0, end: 9 } } as const;

const GONE = { event: 'changed', retainedShare: 0, place: null } as const;

const [TWO_MINUTES, TEN_MINUTES, ONE_DAY] = SURVIVAL_TARGETS as [Target, Target, Target];

/** What is settled so long after the arrival, as `name: happened (cause)`. */
function due(afterMs: number, seen: Partial<Sighting> = {}): readonly string[] {
  return outcomesOf(afterMs, seen).map(({ target, happened, cause }) => {
    const name = target === SOUND_TARGET ? 'sound' : `${(horizonMs(target) ?? 0) / MINUTE_MS} min`;
    return `${name}: ${happened}${cause === undefined ? '' : ` (${cause})`}`;
  });
}

function outcomesOf(afterMs: number, seen: Partial<Sighting> = {}): readonly Outcome[] {
  return outcomesDue({
    assessment: 'a',
    arrivedMs: 1000,
    seenMs: 1000 + afterMs,
    fate: UNCHANGED,
    isCheckedOut: false,
    isUndone: false,
    hadErrors: null,
    failedTest: false,
    workedOn: true,
    known: [],
    ...seen,
  });
}

describe('outcomesDue', () => {
  it('settles nothing before the first time is over', () => {
    expect(due(2 * MINUTE_MS - 1)).toEqual([]);
    expect(due(2 * MINUTE_MS - 1, { fate: CHANGED })).toEqual([]);
  });

  it('settles each target when its time is over, once', () => {
    const first = outcomesOf(2 * MINUTE_MS, { fate: CHANGED });
    expect(first).toEqual([
      {
        assessment: 'a',
        target: TWO_MINUTES,
        happened: false,
        cause: 'edited',
        retainedShare: 0.5,
        workedOn: true,
        atMs: 1000 + 2 * MINUTE_MS,
      },
    ]);
    expect(due(3 * MINUTE_MS, { fate: CHANGED, known: first })).toEqual([]);
    expect(due(10 * MINUTE_MS, { known: first })).toEqual(['10 min: true']);
  });

  it('takes a longer list for no change', () => {
    expect(due(DAY_MS, { fate: { ...UNCHANGED, event: 'extended' } })).toEqual(['1440 min: true']);
  });

  it('settles nothing by what it saw too late, be it changed or not', () => {
    expect(due(3 * DAY_MS)).toEqual([]);
    expect(due(11 * MINUTE_MS)).toEqual(['10 min: true']);
    expect(due(12 * MINUTE_MS)).toEqual([]);
    expect(due(11 * MINUTE_MS, { fate: CHANGED })).toEqual(['10 min: false (edited)']);
    expect(due(12 * MINUTE_MS, { fate: CHANGED })).toEqual([]);
    expect(due(26 * 3_600_000, { fate: CHANGED })).toEqual(['1440 min: false (edited)']);
    expect(due(27 * 3_600_000, { fate: CHANGED })).toEqual([]);
  });

  it('does not count while something else is checked out, nor what cannot be found', () => {
    expect(due(2 * MINUTE_MS, { fate: CHANGED, isCheckedOut: true })).toEqual([]);
    expect(due(2 * MINUTE_MS, { fate: UNCHANGED, isCheckedOut: true })).toEqual([]);
    expect(due(10 * MINUTE_MS, { fate: null, hadErrors: true })).toEqual([]);
  });

  it('settles all at once what was undone, and again when the time is over', () => {
    const undone = outcomesOf(3000, { fate: GONE, isUndone: true });
    expect(undone.map(({ happened, cause }) => [happened, cause])).toEqual(Array(4).fill([false, 'undone']));
    expect(due(4000, { fate: GONE, isUndone: true, known: undone })).toEqual([]);
    expect(due(2 * MINUTE_MS, { fate: UNCHANGED, isUndone: true, known: undone })).toEqual(['2 min: true']);
    expect(due(2 * MINUTE_MS, { fate: GONE, isUndone: true, known: undone })).toEqual(['2 min: false (undone)']);
  });

  it('says whether errors were reported, where something reports them', () => {
    expect(due(10 * MINUTE_MS, { hadErrors: false })).toContain('sound: true');
    expect(due(10 * MINUTE_MS, { hadErrors: true, fate: CHANGED })).toContain('sound: false (error)');
    expect(due(10 * MINUTE_MS, { failedTest: true, hadErrors: null })).toContain('sound: false (test)');
    expect(due(10 * MINUTE_MS, { failedTest: true, hadErrors: false })).toContain('sound: false (test)');
    expect(due(10 * MINUTE_MS, { failedTest: true, fate: null })).toEqual([]);
    expect(due(10 * MINUTE_MS)).not.toContain('sound: true');
    expect(due(DAY_MS, { hadErrors: false })).not.toContain('sound: true');
  });
});

describe('horizonMs', () => {
  it('is how long a clock runs', () => {
    expect(SURVIVAL_TARGETS.map(horizonMs)).toEqual([2 * MINUTE_MS, 10 * MINUTE_MS, DAY_MS]);
    expect(horizonMs(ONE_DAY)).toBe(DAY_MS);
    expect(horizonMs(TEN_MINUTES)).toBe(10 * MINUTE_MS);
    expect(horizonMs(COMMITTED_TARGET)).toBeNull();
  });
});
