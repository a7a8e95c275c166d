import { CandorError } from '../candorError.ts';
import type { Band, Judgement } from '../words.ts';
import { acceptanceSteps } from './acceptanceSteps.ts';
import { fixedSequenceTest, type SequenceResult } from './fixedSequenceTest.ts';
import { levelOfRefit } from './levelSpending.ts';
import type { PrequentialPrediction } from './prequentialPrediction.ts';

/** What the bands are to promise. */
export interface BandRules {
  /** Of `trust`: the share that goes bad is at most this. From 0.01, below `doubtRate`. */
  readonly trustRate: number;
  /** Of `doubt`: the share that goes bad is at least this. Up to 0.99. */
  readonly doubtRate: number;
  /** Chance, over all refits, that `trust` breaks its promise, and the same again for `doubt`. In (0, 1). */
  readonly level: number;
}

/**
 * Where the bands begin, and what they rest on: plain data. A band that no test has opened is empty, and its result says
 * why (`too-few-units`, `too-many-failures`).
 */
export interface Bands {
  readonly rules: BandRules;
  readonly refit: number;
  /** The level that this refit may spend on either band. */
  readonly level: number;
  /** Regions with p at or above the threshold. Units are commits, failures are drawn regions that went bad. */
  readonly trust: SequenceResult;
  /** Regions with p at or below the threshold. Failures are drawn regions that went *well*; `bound` is for their rate. */
  readonly doubt: SequenceResult;
}

/** The walks' steps on the scale of p. */
const STEPS = 100;

/**
 * Opens the bands that outcomes support.
 *
 * The promise of `trust`: draw a commit that has a region at or above the threshold, and one such region of it; the chance
 * that it goes bad is at most `trustRate`. Over all refits this is wrong with a chance of at most `level`. It speaks of the
 * predictions on record: where these came from several models or the world moved, of their average. So begin a new record
 * with a model that predicts otherwise; whether the promise goes on holding is what the drift alarm watches. `doubt` is the
 * mirror image, at least `doubtRate` going bad at or below its threshold, with a chance of its own.
 *
 * The thresholds stand on a grid of hundredths that no outcome has a say in. `trust` walks down to 1 - trustRate at most,
 * `doubt` up to 1 - doubtRate: no band holds a region whose own p denies the promise, and the two never overlap.
 *
 * @param predictions at most one a region; their order does not matter
 * @param refit which time this is, from 1, for the same rules and CalibrationKey: each refit spends level / (k (k + 1))
 * @throws CandorError `bad-call` on rules, counts or chances out of range
 */
export function fitBands(predictions: readonly PrequentialPrediction[], rules: BandRules, refit: number): Bands {
  const { trustRate, doubtRate } = rules;
  if (!(1 / STEPS <= trustRate && trustRate < doubtRate && doubtRate <= 1 - 1 / STEPS)) {
    throw new CandorError('bad-call', 'The rate of trust lies below that of doubt, from 0.01 to 0.99: change them.');
  }
  const level = levelOfRefit(rules.level, refit);
  // 1 - 0.9 is a hair below 0.1 in binary.
  const least = Math.ceil(STEPS * (1 - trustRate) - 1e-9);
  const most = Math.floor(STEPS * (1 - doubtRate) + 1e-9);
  const falling = Array.from({ length: STEPS - least }, (_, index) => (STEPS - 1 - index) / STEPS);
  const rising = Array.from({ length: most }, (_, index) => (index + 1) / STEPS);
  const trust = fixedSequenceTest(acceptanceSteps(predictions, falling, 'at-least'), trustRate, level);
  const doubt = fixedSequenceTest(acceptanceSteps(predictions, rising, 'at-most'), 1 - doubtRate, level);
  return { rules, refit, level, trust, doubt };
}

/**
 * The band of a region. Without a judgement, or where nothing like it has been seen (`isLikeSeen` of `familiarity.ts`), it
 * is `unknown`, whatever the number says; with no bands fitted it is `check`.
 */
export function bandOf(judgement: Pick<Judgement, 'p'> | null, bands: Bands | null, likeSeen: boolean): Band {
  if (judgement === null || !likeSeen || Number.isNaN(judgement.p)) return 'unknown';
  if (bands?.trust.outcome === 'passed' && judgement.p >= bands.trust.threshold) return 'trust';
  if (bands?.doubt.outcome === 'passed' && judgement.p <= bands.doubt.threshold) return 'doubt';
  return 'check';
}
