import type { ReliabilityCurve } from '../metrics/reliabilityCurve.ts';
import type { Authors, CalibrationKey, Source, Target } from '../words.ts';
import type { Bands } from './bands.ts';
import type { DriftEvidence } from './driftEvidence.ts';
import type { Familiarity } from './familiarity.ts';
import type { RiskModel } from './riskModel.ts';
import { calibrationKeyOf } from './calibrationKey.ts';

/**
 * All that turns evidence of one Source into a chance for one Target, and what that rests on: plain data, and JSON as it
 * stands.
 */
export interface Calibration {
  readonly schemaVersion: 1;
  readonly source: Source;
  readonly target: Target;
  readonly model: RiskModel;
  /** null: no band was ever tested, and none but `check` is given. */
  readonly bands: Bands | null;
  /** null: nothing is like what was seen. */
  readonly familiarity: Familiarity | null;
  /** Of the outcomes since the model was fitted. */
  readonly drift: DriftEvidence;
  readonly standing: Standing;
  /** The same of the last quarter of the regions, by time. */
  readonly lately: Standing;
  readonly origin: CalibrationOrigin;
}

/** Where the outcomes came from. */
export interface CalibrationOrigin {
  readonly kind: 'public' | 'history' | 'data' | 'editor';
  /** Since 1970. */
  readonly madeAtMs: number;
  readonly authors: Authors;
  /** Of the landings, since 1970; null where the data bear no dates. */
  readonly firstMs: number | null;
  readonly lastMs: number | null;
}

/** A mean, and the interval that holds it with a chance of `level`. */
export interface Gain {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/**
 * How the model did on regions whose outcome it had not seen: predicted when they landed, by what was known then. It is what
 * decides whether a chance is shown at all.
 */
export interface Standing {
  readonly regions: number;
  readonly commits: number;
  /** Share that went well, in [0, 1]. */
  readonly baseRate: number;
  /** How much lower the log loss is than that of the plain forecast: nats a region, with its interval over commits. */
  readonly gainNats: Gain | null;
  /** What the plain forecast is, in words. */
  readonly against: string;
  readonly slope: number | null;
  /** CORP: what the forecasts know beyond the base rate, in units of the Brier score. */
  readonly discrimination: number | null;
  readonly reliability: ReliabilityCurve | null;
  /** Of the likeliest to go well: what share they are, and what share of them went bad. */
  readonly riskAtCoverage: readonly { readonly coverage: number; readonly risk: number }[];
}

export function keyOfCalibration({
  source,
  target,
  origin,
}: Pick<Calibration, 'source' | 'target' | 'origin'>): CalibrationKey {
  return calibrationKeyOf(source, target, origin.authors);
}

/** With fewer commits an interval that resamples them is too narrow to go by. */
export const FEWEST_COMMITS = 20;

/**
 * Whether the model knows more than the plain forecast, beyond reasonable doubt. Where it does not, a percentage would only
 * dress up the plain rate: then code is put in order, and no chance is shown.
 */
export function showsChance({ standing: { commits, gainNats } }: Pick<Calibration, 'standing'>): boolean {
  return commits >= FEWEST_COMMITS && gainNats !== null && gainNats.low > 0;
}
