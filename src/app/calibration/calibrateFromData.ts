import type { BandRules } from '../../core/risk/bands.ts';
import { CandorError } from '../../core/candorError.ts';
import { keyOfCalibration, type Calibration } from '../../core/risk/calibration.ts';
import { calibrationKeyOf } from '../../core/risk/calibrationKey.ts';
import { fitCalibration } from '../../core/risk/fitCalibration.ts';
import { regionSchema } from '../../core/risk/regionObservation.ts';
import type { OrderedPrediction } from '../../core/risk/predictInOrder.ts';
import { weakPrior } from '../../core/risk/weakPrior.ts';
import type { Source, Target } from '../../core/words.ts';
import { commonFeatures, crossValidate } from '../../lab/evaluation/crossValidate.ts';
import { outcomesOf } from '../../lab/evaluation/evaluateItems.ts';
import type { KnownItem } from '../../lab/evaluation/evidenceTasks.ts';
import type { CalibrationStore } from './calibrationStore.ts';

export interface DataRequest {
  /** Who scored the items. */
  readonly source: Source;
  /** The good event that a label of 1 stands for. */
  readonly target: Target;
  readonly rules: BandRules;
}

/** Fewer tell nothing. */
const FEWEST_ITEMS = 20;

/**
 * Calibrates a Source to labelled data, and keeps the calibration in the store. Its standing is that of predictions under
 * cross-validation, whole groups at a time: data need not bear dates.
 *
 * @throws CandorError `bad-input` where fewer than twenty items have code and a score
 */
export async function calibrateFromData(
  items: readonly KnownItem[],
  shared: readonly Calibration[],
  store: CalibrationStore,
  { source, target, rules }: DataRequest,
): Promise<Calibration> {
  const outcomes = outcomesOf(items);
  if (outcomes.length < FEWEST_ITEMS) {
    const message = `Of the items ${outcomes.length} have code and a score, too few to calibrate. Give at least ${FEWEST_ITEMS}.`;
    throw new CandorError('bad-input', message);
  }
  const key = calibrationKeyOf(source, target, 'ai');
  const schema = regionSchema(commonFeatures(outcomes));
  const chances = crossValidate(outcomes, schema);
  const plain = crossValidate(outcomes, { ...schema, features: [], groups: [] });
  const predictions = outcomes
    .flatMap(({ id, commit, atMs, touched }, index): OrderedPrediction[] => {
      const [p, rate] = [chances[index] ?? null, plain[index] ?? null];
      if (p === null || rate === null) return [];
      return [{ assessment: id, p, plain: rate, good: !touched, commit, atMs }];
    })
    .sort((one, other) => one.atMs - other.atMs);
  const before = (await store.load()).find((calibration) => keyOfCalibration(calibration) === key);
  const calibration = fitCalibration({
    source,
    target,
    prior:
      shared.find((one) => keyOfCalibration(one) === key)?.model ??
      weakPrior(
        key,
        schema,
        outcomes.map(({ region }) => region),
      ),
    outcomes,
    predictions,
    rules,
    refit: (before?.bands?.refit ?? 0) + 1,
    origin: { kind: 'data', madeAtMs: Date.now(), authors: 'ai' },
  });
  await store.save(calibration);
  return calibration;
}
