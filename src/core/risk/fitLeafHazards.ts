import { CandorError } from '../candorError.ts';
import { newtonMinimum } from '../linearAlgebra/newtonMinimum.ts';
import { diagonal } from '../linearAlgebra/squareMatrix.ts';
import { commitSandwich } from './commitSandwich.ts';
import { columnCount, encodeAll, type FeatureEncoding, fitEncoding, levelsFrom } from './featureEncoding.ts';
import { commitWeights, MEASURED_INTRACLASS } from './commitWeights.ts';
import type { FeatureSchema, Observation } from './observation.ts';
import { type ChangedParts, partLoss } from './partLoss.ts';
import type { PartModel } from './riskModel.ts';

/** A region that was touched, and where. */
export interface TouchedRegion {
  /** Leaves and the gaps between them in text order: leaf, gap, leaf, ..., leaf. */
  readonly parts: readonly Observation[];
  /** One a part. */
  readonly changed: readonly boolean[];
  /** What it arrived with; unique among all repositories. */
  readonly commit: string;
}

/** Standard deviations, around 0, believed before any data of coefficients of the logarithm of hazards. */
export interface PartBeliefs {
  readonly interceptSd: number;
  /** A column is in standard deviations of its feature. */
  readonly featureSd: number;
  readonly levelSd: number;
}

export const DEFAULT_PART_BELIEFS: PartBeliefs = { interceptSd: 5, featureSd: 1, levelSd: 1 };

export interface PartOptions {
  readonly beliefs?: PartBeliefs;
  /** Correlation between two regions of one commit, in [0, 1]. */
  readonly intraclass?: number;
}

/**
 * The second part of a model of risk: where a touched region was changed (`partLoss`). Regions of one commit share their
 * fate, so crowded commits count less (`commitWeights`) and the covariance is a sandwich over commits (`commitSandwich`).
 * Regions in which no part changed were not touched: they are left out.
 *
 * @returns null without a touched region of two parts or more: then nothing says where
 * @throws CandorError `bad-call` where a region's parts and changes differ in number
 */
export function fitLeafHazards(
  schema: FeatureSchema,
  regions: readonly TouchedRegion[],
  { beliefs = DEFAULT_PART_BELIEFS, intraclass = MEASURED_INTRACLASS }: PartOptions = {},
): PartModel | null {
  if (regions.some(({ parts, changed }) => parts.length !== changed.length)) {
    throw new CandorError('bad-call', 'Each part of a region has changed or not. Say so for each.');
  }
  const touched = regions.filter(({ parts, changed }) => parts.length > 1 && changed.includes(true));
  if (touched.length === 0) return null;
  const encoding = fitEncoding(
    schema,
    touched.flatMap(({ parts }) => parts),
  );
  const arrivals = touched.map(({ commit }) => ({ commit, atMs: 0 }));
  const weights = commitWeights(arrivals, 0, { halfLifeMs: Infinity, intraclass });
  const encoded = touched.map(({ parts, changed }, index): ChangedParts => ({
    design: encodeAll(encoding, parts),
    changed: Uint8Array.from(changed, Number),
    weight: weights[index] ?? 1,
  }));
  const precisions = precisionsOf(encoding, beliefs);
  const minimum = newtonMinimum(
    (coefficients) => partLoss(encoded, precisions, coefficients),
    startOf(encoded, precisions.length),
  );
  if (minimum === null) throw tooLarge();

  const noPenalty = new Float64Array(precisions.length);
  const commits = Map.groupBy(encoded.entries(), ([index]) => touched[index]?.commit ?? '');
  const derivatives = Array.from(commits.values(), (entries) =>
    partLoss(
      entries.map(([, region]) => region),
      noPenalty,
      minimum.point,
    ),
  );
  const covariance = commitSandwich(minimum.hessian, diagonal(precisions), derivatives);
  if (covariance === null) throw tooLarge();
  return { encoding, coefficients: [...minimum.point], covariance: [...covariance] };
}

/** All parts alike, with the hazard that makes as many change as did. */
function startOf(regions: readonly ChangedParts[], columns: number): Float64Array {
  const parts = regions.reduce((all, { changed }) => all + changed.length, 0);
  const changes = regions.reduce((all, { changed }) => all + changed.reduce((some, one) => some + one, 0), 0);
  const start = new Float64Array(columns);
  start[0] = Math.log(-Math.log1p(-changes / (parts + 1)));
  return start;
}

function precisionsOf(encoding: FeatureEncoding, { interceptSd, featureSd, levelSd }: PartBeliefs): Float64Array {
  return Float64Array.from({ length: columnCount(encoding) }, (_, column) => {
    const deviation = column === 0 ? interceptSd : column < levelsFrom(encoding) ? featureSd : levelSd;
    return 1 / deviation ** 2;
  });
}

function tooLarge(): CandorError {
  return new CandorError('bad-input', 'The outcomes hold numbers too large to fit. Scale the features.');
}
