import { diagonal } from '../linearAlgebra/squareMatrix.ts';
import type { CalibrationKey } from '../words.ts';
import { ABSENT_FEATURE, columnCount, fitEncoding, levelsFrom } from './featureEncoding.ts';
import type { FeatureSchema, Observation } from './observation.ts';
import type { RiskModel } from './riskModel.ts';

/** Standard deviations, in logits, that are believed where no public data speak for a key. */
const INTERCEPT_SD = 2.5;
const FEATURE_SD = 0.5;
const LEVEL_SD = 0.5;

/**
 * A prior for a CalibrationKey that no public data have one for: any rate is possible, and no feature matters much. The
 * features' scales are those of the regions given, whose outcomes it does not see.
 *
 * @param regions at least one
 * @throws CandorError `bad-call` without regions
 */
export function weakPrior(key: CalibrationKey, schema: FeatureSchema, regions: readonly Observation[]): RiskModel {
  const encoding = fitEncoding(schema, regions);
  const columns = columnCount(encoding);
  const variances = Float64Array.from({ length: columns }, (_, column) => {
    const deviation = column === 0 ? INTERCEPT_SD : column < levelsFrom(encoding) ? FEATURE_SD : LEVEL_SD;
    return deviation ** 2;
  });
  return {
    schemaVersion: 1,
    key,
    prior: 'none but weak beliefs',
    region: {
      encoding,
      coefficients: new Array<number>(columns).fill(0),
      covariance: [...diagonal(variances)],
      unseenVariances: Object.fromEntries([...schema.groups, ABSENT_FEATURE].map((group) => [group, LEVEL_SD ** 2])),
    },
    parts: null,
    outcomeCount: 0,
    commitCount: 0,
  };
}
