import { sum } from '../linearAlgebra/squareMatrix.ts';
import { betweenRepositories, type ColumnRoles, type PriorBeliefs } from './betweenRepositories.ts';
import { type Arrival, commitWeights, MEASURED_INTRACLASS } from './commitWeights.ts';
import { ABSENT_FEATURE, encodeAll, type FeatureEncoding, fitEncoding, levelsFrom } from './featureEncoding.ts';
import type { FeatureSchema, Observation } from './observation.ts';
import type { RegionModel } from './riskModel.ts';

/** A region whose fate is known. */
export interface RegionOutcome extends Arrival {
  readonly region: Observation;
  /** Whether the opposite of the good event happened. */
  readonly touched: boolean;
}

export interface PriorOptions {
  readonly beliefs?: PriorBeliefs;
  /** Correlation of the outcomes of two regions of one commit, in [0, 1]. */
  readonly intraclass?: number;
}

/**
 * What public repositories say of the first part of a model of risk, before any outcome of the user's own: the
 * distribution of coefficients in a repository that is not among them (`betweenRepositories`).
 *
 * @param regionsByRepository by the repository's name; commits need be unique within one only. Age does not matter here.
 * @throws CandorError `bad-call` without any region
 */
export function fitPrior(
  schema: FeatureSchema,
  regionsByRepository: ReadonlyMap<string, readonly RegionOutcome[]>,
  { beliefs, intraclass = MEASURED_INTRACLASS }: PriorOptions = {},
): RegionModel {
  const repositories = [...regionsByRepository.values()].filter((regions) => regions.length > 0);
  const encoding = fitEncoding(
    schema,
    repositories.flatMap((regions) => regions.map(({ region }) => region)),
  );
  const { mean, spread, meanError, unseenVariances } = betweenRepositories(
    repositories.map((regions) => ({
      design: encodeAll(
        encoding,
        regions.map(({ region }) => region),
      ),
      outcomes: Uint8Array.from(regions, ({ touched }) => (touched ? 1 : 0)),
      weights: commitWeights(regions, 0, { halfLifeMs: Infinity, intraclass }),
    })),
    rolesOf(encoding),
    beliefs,
  );
  return {
    encoding,
    coefficients: [...mean],
    covariance: [...sum(spread, meanError)],
    unseenVariances: Object.fromEntries(groupsOf(encoding).map((group, index) => [group, unseenVariances[index] ?? 0])),
  };
}

function groupsOf({ schema }: FeatureEncoding): readonly string[] {
  return [...schema.groups, ABSENT_FEATURE];
}

function rolesOf(encoding: FeatureEncoding): ColumnRoles {
  const first = levelsFrom(encoding);
  return {
    features: encoding.scales.length,
    levels: groupsOf(encoding).map((wanted) =>
      encoding.levels.flatMap(({ group }, index) => (group === wanted ? [first + index] : [])),
    ),
  };
}
