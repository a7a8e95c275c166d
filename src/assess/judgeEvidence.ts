import { bandOf } from '../core/risk/bands.ts';
import { showsChance, type Calibration } from '../core/risk/calibration.ts';
import { calibrationKeyOf } from '../core/risk/calibrationKey.ts';
import { isOutOfDate } from '../core/risk/driftEvidence.ts';
import { familiarityFeatures, isLikeSeen } from '../core/risk/familiarity.ts';
import { judgementOf, judgeRegion } from '../core/risk/judgeRegion.ts';
import { hazardsOf, type LeafHazards, sumHazards } from '../core/risk/leafHazards.ts';
import type { Observation } from '../core/risk/observation.ts';
import { partObservations } from '../core/risk/partObservations.ts';
import type { Assessment, Source } from '../core/words.ts';
import type { RegionReading } from './evidenceOfRegion.ts';
import type { LeafRange } from './riskiestSpans.ts';

/** What is calibrated for a Source: the one target that regions are judged by; null: nothing. */
export type CalibrationOf = (source: Source) => Calibration | null;

/** Chance that an alarm of "out of date" is false. */
export const DRIFT_LEVEL = 0.05;

const NOT_JUDGED: Pick<Assessment, 'target' | 'judgement' | 'band'> = {
  target: null,
  judgement: null,
  band: 'unknown',
};

/**
 * The judgement and the band of a region. There is none without a calibration of its very Source, where the calibration knows no
 * more than the plain rate, and where nothing like the region was seen. Bands rest on what was tested, so a calibration that is out
 * of date gives none but `check`.
 */
export function judgeEvidence(
  calibration: Calibration | null,
  source: Source,
  region: Observation,
): Pick<Assessment, 'target' | 'judgement' | 'band'> {
  if (calibration === null || !showsChance(calibration)) return NOT_JUDGED;
  const { target, model, bands, familiarity, drift, origin } = calibration;
  const risk = judgeRegion(model, calibrationKeyOf(source, target, origin.authors), region);
  const likeSeen = isLikeSeen(familiarity, familiarityFeatures(model.region.encoding, region));
  if (risk === null || !likeSeen) return NOT_JUDGED;
  const judgement = judgementOf(risk, model, target, origin.authors);
  return { target, judgement, band: bandOf(judgement, isOutOfDate(drift, DRIFT_LEVEL) ? null : bands, likeSeen) };
}

/** Whether a calibration is one of a Source. */
export function isOf({ source: own, target, origin }: Calibration, source: Source): boolean {
  return calibrationKeyOf(own, target, origin.authors) === calibrationKeyOf(source, target, origin.authors);
}

/** A leaf that says nothing alone, as a semicolon, has hardly any hazard. */
const NO_HAZARD = 1e-9;

/**
 * The hazards of a region's leaves and gaps; null where the calibration does not know where regions change.
 *
 *     leaves of the table     a  ,  b  )  ;        comparable: a b )
 *     hazards                 L0 G0 L1 ...         those in between have none, and the gap counts before the next comparable one
 */
export function hazardsOfRegion(
  calibration: Calibration | null,
  source: Source,
  { evidence, ordinals }: RegionReading,
  { firstLeaf, endLeaf }: LeafRange,
): LeafHazards | null {
  const parts = calibration?.model.parts;
  if (!calibration || !parts || !isOf(calibration, source)) return null;
  const known = hazardsOf(parts, partObservations(evidence));
  const hazards = new Float64Array(2 * (endLeaf - firstLeaf) - 1).fill(NO_HAZARD);
  for (const [index, ordinal] of ordinals.entries()) {
    const place = 2 * (ordinal - firstLeaf);
    hazards[place] = known[2 * index] ?? NO_HAZARD;
    if (index > 0) hazards[place - 1] = known[2 * index - 1] ?? NO_HAZARD;
  }
  return sumHazards(hazards, firstLeaf);
}
