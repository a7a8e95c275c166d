import { CandorError } from '../candorError.ts';
import { cholesky, solveCholesky } from '../linearAlgebra/cholesky.ts';
import { encodeObservation, levelsFrom, type FeatureEncoding } from './featureEncoding.ts';
import type { Observation } from './observation.ts';

/** A region as the model of risk sees it: its features, each standardised, and its language. */
export interface FeaturedRegion {
  readonly features: ArrayLike<number>;
  readonly language: string;
}

/** A region in the numbers of a model's encoding. */
export function familiarityFeatures(encoding: FeatureEncoding, region: Observation): FeaturedRegion {
  const { row } = encodeObservation(encoding, region);
  return { features: row.subarray(1, levelsFrom(encoding)), language: region.levels.language ?? '' };
}

/** What regions looked like that a model of risk has learned from. Plain data, kept with the model. */
export interface Familiarity {
  readonly mean: readonly number[];
  /** The lower triangular L of the covariance L L', row by row, zeros included. */
  readonly cholesky: readonly number[];
  /** Squared Mahalanobis distance from the mean beyond which a region is like none of them. */
  readonly limit: number;
  readonly languages: readonly string[];
}

/** Share of regions like those learned from that are refused. */
const REFUSED_SHARE = 0.01;

/** Regions of unit variance in every direction that are added, so that a feature which never varied has some scale. */
const ADDED_REGIONS = 1;

/**
 * Learns what "like what was seen" means, a plain form of the guard that Schmaltz builds into a network (SDM,
 * arXiv 2502.20167): a region is like those seen if its language is among theirs and its Mahalanobis distance is not above
 * that of 99 % of them, each measured against all the others. So about 1 % of regions of the same kind are refused; with
 * fewer than 99 regions the limit is their largest distance, and more are.
 *
 * @param regions of one CalibrationKey, all with the same features, all finite
 * @returns null for fewer than two regions: then nothing is like what was seen
 * @throws CandorError `bad-call` on features that differ in number, are not finite or hardly comparable in scale
 */
export function fitFamiliarity(regions: readonly FeaturedRegion[]): Familiarity | null {
  const count = regions.length;
  const size = regions[0]?.features.length ?? 0;
  if (count < 2) return null;
  const rows = regions.map(({ features }) => Float64Array.from(features));
  if (!rows.every((row) => row.length === size && row.every(Number.isFinite))) {
    throw new CandorError('bad-call', 'Regions need the same features, all finite: fill what is missing first.');
  }
  const mean = new Float64Array(size);
  for (const row of rows) row.forEach((value, column) => (mean[column] = at(mean, column) + value / count));
  const offsets = rows.map((row) => row.map((value, column) => value - at(mean, column)));
  const factor = cholesky(covarianceOf(offsets, size), size);
  if (factor === null) {
    throw new CandorError('bad-call', 'The features are of very unlike scales: standardise them first.');
  }
  const distances = Float64Array.from(offsets, (offset) =>
    distanceToOthers(squaredDistance(factor, offset), count),
  ).sort();
  const place = Math.min(count, Math.ceil((1 - REFUSED_SHARE) * (count + 1)));
  return {
    mean: [...mean],
    cholesky: [...factor],
    limit: at(distances, place - 1),
    languages: [...new Set(regions.map(({ language }) => language))].sort(),
  };
}

/**
 * Whether regions like this one have been seen. If not the number of a model says nothing, and the band is `unknown`. A
 * feature that is not finite is like nothing.
 *
 * @throws CandorError `bad-call` on another number of features
 */
export function isLikeSeen(familiarity: Familiarity | null, region: FeaturedRegion): boolean {
  if (!familiarity?.languages.includes(region.language)) return false;
  const { mean, limit } = familiarity;
  if (region.features.length !== mean.length) {
    throw new CandorError('bad-call', 'The region has other features than were learned from: use those of the model.');
  }
  const offset = Float64Array.from(mean, (value, column) => at(region.features, column) - value);
  return squaredDistance(Float64Array.from(familiarity.cholesky), offset) <= limit;
}

/**
 * The squared distance of a region to the mean of the others by the covariance of the others, from its squared distance
 * with itself among them (Sherman and Morrison). Always finite, because the added regions stay.
 */
function distanceToOthers(distance: number, count: number): number {
  const mass = count - 1 + ADDED_REGIONS;
  const scale = count / (count - 1);
  const leverage = distance / mass;
  return ((mass - 1) * scale * scale * leverage) / (1 - scale * leverage);
}

function squaredDistance(factor: Float64Array, offset: Float64Array): number {
  return solveCholesky(factor, offset).reduce((sum, value, column) => sum + value * at(offset, column), 0);
}

/** Row by row, its lower half only. */
function covarianceOf(offsets: readonly Float64Array[], size: number): Float64Array {
  const covariance = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      let scatter = row === column ? ADDED_REGIONS : 0;
      for (const offset of offsets) scatter += at(offset, row) * at(offset, column);
      covariance[row * size + column] = scatter / (offsets.length - 1 + ADDED_REGIONS);
    }
  }
  return covariance;
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] ?? 0;
}
