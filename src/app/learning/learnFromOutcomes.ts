import { DRIFT_LEVEL } from '../../assess/judgeEvidence.ts';
import type { BandRules } from '../../core/risk/bands.ts';
import { keyOfCalibration, type Calibration } from '../../core/risk/calibration.ts';
import { isOutOfDate } from '../../core/risk/driftEvidence.ts';
import { fitCalibration } from '../../core/risk/fitCalibration.ts';
import { predictInOrder } from '../../core/risk/predictInOrder.ts';
import { PLAIN_FEATURES, regionSchema } from '../../core/risk/regionObservation.ts';
import { weakPrior } from '../../core/risk/weakPrior.ts';
import type { CalibrationStore } from '../calibration/calibrationStore.ts';
import { driftSince } from './driftSince.ts';
import type { KeyOutcomes } from './outcomesByKey.ts';

export interface LearningRequest {
  readonly rules: BandRules;
  readonly nowMs: number;
  /** When the time is over, what is left waits for the next call. */
  readonly budgetMs: number;
}

export interface Learned {
  /** What is judged by from now on. */
  readonly changed: readonly Calibration[];
  readonly isComplete: boolean;
}

/** Fewer outcomes tell nothing. */
const FEWEST_OUTCOMES = 20;

/** A key is fitted again when its outcomes have grown by this share: each refit spends a part of what the bands may err. */
const GROWTH = 0.25;

const DAY_MS = 86_400_000;

/**
 * Fits the model of risk to the outcomes of a ledger, key by key, where there are enough new ones, or where the calibration has gone out of
 * date; elsewhere what the new outcomes say against it is noted. The results are kept in the store.
 *
 * @param shared calibrations that came with Candor, whose models are the priors
 */
export async function learnFromOutcomes(
  groups: readonly KeyOutcomes[],
  shared: readonly Calibration[],
  store: CalibrationStore,
  { rules, nowMs, budgetMs }: LearningRequest,
): Promise<Learned> {
  const endMs = performance.now() + budgetMs;
  const kept = new Map((await store.load()).map((calibration) => [keyOfCalibration(calibration), calibration]));
  const priors = new Map(shared.map((calibration) => [keyOfCalibration(calibration), calibration.model]));
  const changed: Calibration[] = [];
  for (const { key, source, target, outcomes } of groups) {
    if (performance.now() > endMs) return { changed, isComplete: false };
    const before = kept.get(key);
    const drift = before === undefined ? null : driftSince(before, outcomes, nowMs);
    const isStale = drift !== null && isOutOfDate(drift, DRIFT_LEVEL);
    if (before !== undefined && drift !== null && !isStale && !hasGrown(before, outcomes.length)) {
      if (drift.commits !== before.drift.commits) await store.save({ ...before, drift });
      continue;
    }
    if (outcomes.length < FEWEST_OUTCOMES) continue;
    const regions = outcomes.map(({ region }) => region);
    const prior = priors.get(key) ?? weakPrior(key, regionSchema(PLAIN_FEATURES), regions);
    const calibration = fitCalibration({
      source,
      target,
      prior,
      outcomes,
      predictions: predictInOrder(prior, outcomes, DAY_MS),
      rules,
      refit: (before?.bands?.refit ?? 0) + 1,
      origin: { kind: 'editor', madeAtMs: nowMs, authors: 'ai' },
    });
    await store.save(calibration);
    changed.push(calibration);
  }
  return { changed, isComplete: true };
}

function hasGrown({ model, origin }: Calibration, count: number): boolean {
  // One that was fitted to a history or to data has other outcomes: the editor's own come in their place.
  if (origin.kind !== 'editor') return count >= model.outcomeCount;
  return count >= Math.max(FEWEST_OUTCOMES, (1 + GROWTH) * model.outcomeCount);
}
