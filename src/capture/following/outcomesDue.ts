import { isDeepStrictEqual } from 'node:util';
import type { AssessmentId, Outcome, Target } from '../../core/words.ts';
import { horizonMs, SOUND_TARGET, SURVIVAL_TARGETS } from './editorTargets.ts';
import type { RegionFate } from './fateOfRegion.ts';

/** What an editor has seen of a region since it arrived. */
export interface Sighting {
  readonly assessment: AssessmentId;
  readonly arrivedMs: number;
  readonly seenMs: number;
  /** null: it could not be found. */
  readonly fate: RegionFate | null;
  /** Another version of the file is checked out, and the region is not in it as it was. */
  readonly isCheckedOut: boolean;
  /** It was taken back by an undo, soon after it arrived. */
  readonly isUndone: boolean;
  /** Whether an error was reported inside of it; null: nothing reports errors for this language. */
  readonly hadErrors: boolean | null;
  /** Whether a test that failed pointed inside of it. */
  readonly failedTest: boolean;
  /** Whether anything else in the file was changed since. */
  readonly workedOn: boolean;
  /** What is known already. */
  readonly known: readonly Outcome[];
}

/** What is seen later than this share of the horizon after its end counts for nothing: a change may have come after it. */
const LATEST_SHARE = 0.1;

/** Timers of a busy machine are late, too. */
const LATEST_MS = 20_000;

/**
 * The outcomes that a sighting settles: of every target whose time is over, and at once where it was undone. An undo may be redone until the
 * time is over, so what it settled is settled again then.
 *
 * What was seen too late, or while other files were checked out, settles nothing, be it changed or not: whether a region counts
 * must not depend on how it ended.
 */
export function outcomesDue(sighting: Sighting): readonly Outcome[] {
  return [...SURVIVAL_TARGETS, SOUND_TARGET].flatMap((target) => {
    const before = sighting.known.find((outcome) => isDeepStrictEqual(outcome.target, target));
    if (before !== undefined && before.cause !== 'undone') return [];
    const lateMs = sighting.seenMs - sighting.arrivedMs - (horizonMs(target) ?? 0);
    if (lateMs < 0) {
      const isUndone = sighting.isUndone && sighting.fate?.event === 'changed';
      return isUndone && before === undefined ? [outcomeOf(sighting, target, false, 'undone')] : [];
    }
    const settled = target === SOUND_TARGET ? soundness(sighting, lateMs) : survival(sighting, target, lateMs);
    return settled === null ? [] : [settled];
  });
}

function survival(sighting: Sighting, target: Target, lateMs: number): Outcome | null {
  const { fate, isCheckedOut, isUndone } = sighting;
  if (fate === null || isCheckedOut || isTooLate(target, lateMs)) return null;
  if (fate.event !== 'changed') return outcomeOf(sighting, target, true);
  return outcomeOf(sighting, target, false, isUndone ? 'undone' : 'edited');
}

function soundness(sighting: Sighting, lateMs: number): Outcome | null {
  const { hadErrors, failedTest, isUndone, fate } = sighting;
  if (isTooLate(SOUND_TARGET, lateMs)) return null;
  if (isUndone && fate?.event === 'changed') return outcomeOf(sighting, SOUND_TARGET, false, 'undone');
  if (fate === null) return null;
  if (failedTest) return outcomeOf(sighting, SOUND_TARGET, false, 'test');
  if (hadErrors === null) return null;
  return outcomeOf(sighting, SOUND_TARGET, !hadErrors, hadErrors ? 'error' : undefined);
}

function isTooLate(target: Target, lateMs: number): boolean {
  return lateMs > Math.max(LATEST_MS, LATEST_SHARE * (horizonMs(target) ?? 0));
}

function outcomeOf(
  { assessment, fate, workedOn, seenMs }: Sighting,
  target: Target,
  happened: boolean,
  cause?: string,
): Outcome {
  return {
    assessment,
    target,
    happened,
    ...(cause !== undefined && { cause }),
    retainedShare: fate?.retainedShare ?? 0,
    workedOn,
    atMs: seenMs,
  };
}
