import type { Source, Target } from '../words.ts';
import { type BandRules, fitBands } from './bands.ts';
import type { Calibration, CalibrationOrigin } from './calibration.ts';
import { noDriftEvidence } from './driftEvidence.ts';
import { familiarityFeatures, fitFamiliarity } from './familiarity.ts';
import type { NamedOutcome, OrderedPrediction } from './predictInOrder.ts';
import type { RiskModel } from './riskModel.ts';
import { standingOf } from './standingOf.ts';
import { updateWithOutcomes } from './updateWithOutcomes.ts';

/** What the bands promise unless the user wants something else. */
export const DEFAULT_BAND_RULES: BandRules = { trustRate: 0.1, doubtRate: 0.5, level: 0.1 };

const AGAINST = 'the past rate here';

export interface CalibrationRequest {
  readonly source: Source;
  readonly target: Target;
  /** Of the key of both. */
  readonly prior: RiskModel;
  readonly outcomes: readonly NamedOutcome[];
  /** Of the same regions, each made without its own outcome, in order of time. */
  readonly predictions: readonly OrderedPrediction[];
  readonly origin: Omit<CalibrationOrigin, 'firstMs' | 'lastMs'>;
  readonly rules: BandRules;
  /** Which time this key is calibrated, from 1: each spends a part of the bands' level (`fitBands`). */
  readonly refit: number;
}

/**
 * A calibration from outcomes: the model of risk that all of them make of the prior, and bands and standing by predictions that
 * were made without them.
 *
 * @throws CandorError as `updateWithOutcomes` and `fitBands` do
 */
export function fitCalibration(request: CalibrationRequest): Calibration {
  const { source, target, prior, outcomes, predictions, origin, rules, refit } = request;
  const model = updateWithOutcomes(prior, outcomes, origin.madeAtMs);
  const times = outcomes.map(({ atMs }) => atMs).filter((atMs) => atMs > 0);
  return {
    schemaVersion: 1,
    source: withoutSnapshot(source),
    target,
    model,
    bands: fitBands(predictions, rules, refit),
    familiarity: fitFamiliarity(outcomes.map(({ region }) => familiarityFeatures(model.region.encoding, region))),
    drift: noDriftEvidence,
    standing: standingOf(predictions, AGAINST),
    lately: standingOf(predictions.slice(Math.floor(0.75 * predictions.length)), AGAINST),
    origin: {
      ...origin,
      firstMs: times.length === 0 ? null : times.reduce((low, atMs) => Math.min(low, atMs)),
      lastMs: times.length === 0 ? null : times.reduce((high, atMs) => Math.max(high, atMs)),
    },
  };
}

/** What an engine had learned is no part of what is calibrated (`calibrationKeyOf`). */
export function withoutSnapshot(source: Source): Source {
  const { engine, model, tokenizer, distribution, vocabulary, mode, contextPolicy } = source;
  return { engine, model, tokenizer, distribution, vocabulary, mode, contextPolicy };
}
