import { diagonal } from '../../src/core/linearAlgebra/squareMatrix.ts';
import { betweenRepositories } from '../../src/core/risk/betweenRepositories.ts';
import { fitLeafHazards, type TouchedRegion } from '../../src/core/risk/fitLeafHazards.ts';
import { logistic } from '../../src/core/risk/fitLogistic.ts';
import type { RegionOutcome } from '../../src/core/risk/fitPrior.ts';
import type { FeatureSchema, Observation } from '../../src/core/risk/observation.ts';
import type { RiskModel } from '../../src/core/risk/riskModel.ts';
import { updateWithOutcomes } from '../../src/core/risk/updateWithOutcomes.ts';
import { type SeededRandom, seededRandom } from '../../src/core/seededRandom.ts';
import { drawRegionCount } from './clusteredCommits.ts';

/** Correlation between the outcomes of two regions of one commit: .29 was measured. */
const INTRACLASS = 0.29;

/** Standard normal quantile of .95. */
const QUANTILE = 1.6448536269514722;

/** How often the 90 % intervals of a coefficient held the truth. */
export interface Coverage {
  readonly coefficient: string;
  readonly covered: number;
  /** Mean distance of the estimate from the truth, and the mean of the standard errors given. */
  readonly bias: number;
  readonly standardError: number;
}

interface Estimate {
  readonly truth: readonly number[];
  readonly estimates: ArrayLike<number>;
  readonly covariance: ArrayLike<number>;
}

function coverageOf(names: readonly string[], fits: readonly Estimate[]): Coverage[] {
  return names.map((coefficient, index) => {
    const errors = fits.map(({ truth, estimates }) => estimates[index]! - truth[index]!);
    const sds = fits.map(({ covariance }) => Math.sqrt(covariance[index * (names.length + 1)]!));
    return {
      coefficient,
      covered: errors.filter((error, fit) => Math.abs(error) <= QUANTILE * sds[fit]!).length / fits.length,
      bias: mean(errors),
      standardError: mean(sds),
    };
  });
}

const NAMES = ['surprisal', 'churn', 'isNewFile'] as const;
const REGION_SCHEMA: FeatureSchema = { name: 'simulated', version: 1, features: NAMES, groups: [] };
const REGION_COEFFICIENTS = ['intercept', ...NAMES];

/** Features that regions of one commit share in part, on scales near 1. */
function drawFeatures(random: SeededRandom, commitChurn: number, isNewFile: number): readonly number[] {
  return [random.normal(), Math.SQRT1_2 * (commitChurn + random.normal()), isNewFile];
}

/**
 * A commit's regions, each touched exactly as often as sigma(x . beta) says, yet sharing their fate: each goes by a lot of
 * the whole commit with the chance sqrt(intraclass), else by its own.
 */
function drawRegions(beta: readonly number[], commit: string, random: SeededRandom): RegionOutcome[] {
  const lotOfCommit = random.uniform();
  const churn = random.normal();
  const isNewFile = random.uniform() < 0.3 ? 1 : 0;
  return Array.from({ length: drawRegionCount(random) }, () => {
    const values = drawFeatures(random, churn, isNewFile);
    const ownLot = random.uniform();
    const lot = random.uniform() < Math.sqrt(INTRACLASS) ? lotOfCommit : ownLot;
    const logit = values.reduce((total, value, index) => total + value * beta[index + 1]!, beta[0]!);
    const features = Object.fromEntries(NAMES.map((name, index) => [name, values[index]!]));
    return { region: { features, levels: {} }, touched: lot < logistic(logit), commit, atMs: 0 };
  });
}

/** A prior whose features are used as they are. */
export function simulatedPrior(means: readonly number[], deviations: readonly number[]): RiskModel {
  return {
    schemaVersion: 1,
    key: 'simulated',
    prior: 'simulated',
    region: {
      encoding: { schema: REGION_SCHEMA, scales: NAMES.map(() => ({ mean: 0, scale: 1 })), levels: [] },
      coefficients: means,
      covariance: [...diagonal(deviations.map((deviation) => deviation ** 2))],
      unseenVariances: { absent: 0.1 },
    },
    parts: null,
    outcomeCount: 0,
    commitCount: 0,
  };
}

/** The first part. `truth`: fixed under a prior that says next to nothing, or drawn from the prior anew in each run. */
export function studyRegionModel(truth: 'fixed' | 'drawn', commits: number, runs: number, seed: number): Coverage[] {
  const planted = [-1, 0.8, -0.5, 0.6];
  const deviations = truth === 'fixed' ? [3, 3, 3, 3] : [0.9, 0.4, 0.3, 0.5];
  const prior = simulatedPrior(truth === 'fixed' ? [0, 0, 0, 0] : planted, deviations);
  const fits = Array.from({ length: runs }, (_, run): Estimate => {
    const random = seededRandom(seed * 1_000_003 + run);
    const beta = planted.map((value, index) =>
      truth === 'fixed' ? value : value + deviations[index]! * random.normal(),
    );
    const outcomes = Array.from({ length: commits }, (__, commit) => drawRegions(beta, `${commit}`, random)).flat();
    const { region } = updateWithOutcomes(prior, outcomes, 0);
    return { truth: beta, estimates: region.coefficients, covariance: region.covariance };
  });
  return coverageOf(REGION_COEFFICIENTS, fits);
}

const PART_NAMES = ['surprisal', 'isSeen', 'isGap'] as const;
const PART_SCHEMA: FeatureSchema = { name: 'simulated parts', version: 1, features: PART_NAMES, groups: [] };
export const PLANTED_GAMMA: readonly number[] = [-2.5, 0.6, -0.8, -1.5];

/** A touched region of 5 to 20 leaves; where it changed is drawn given that it did. */
function drawTouchedRegion(
  gamma: readonly number[],
  commit: string,
  draw: SeededRandom,
  lots: SeededRandom,
): TouchedRegion {
  const leaves = 5 + Math.floor(16 * draw.uniform());
  const parts = Array.from({ length: 2 * leaves - 1 }, (_, index): Observation => {
    const [surprisal, isSeen] = [Math.abs(draw.normal()), draw.uniform() < 0.4 ? 1 : 0];
    return { features: { surprisal, isSeen, isGap: index % 2 }, levels: {} };
  });
  const hazards = parts.map(({ features }) =>
    Math.exp(PART_NAMES.reduce((total, name, index) => total + features[name]! * gamma[index + 1]!, gamma[0]!)),
  );
  for (;;) {
    const changed = hazards.map((hazard) => lots.uniform() < -Math.expm1(-hazard));
    if (changed.includes(true)) return { parts, changed, commit };
  }
}

/**
 * The second part. Of the regions of a commit each goes, with the chance sqrt(intraclass), by the code and lots of the
 * whole commit: it is another copy, and no more evidence.
 */
export function studyPartModel(commits: number, runs: number, seed: number): Coverage[] {
  const fits = Array.from({ length: runs }, (_, run): Estimate => {
    const random = seededRandom(seed * 1_000_003 + run);
    const regions = Array.from({ length: commits }, (__, commit) => {
      const shared = seededRandom(2 ** 32 * random.uniform());
      const copy = drawTouchedRegion(PLANTED_GAMMA, `${commit}`, shared, shared);
      return Array.from({ length: drawRegionCount(random) }, () =>
        random.uniform() < Math.sqrt(INTRACLASS) ? copy : drawTouchedRegion(PLANTED_GAMMA, `${commit}`, random, random),
      );
    }).flat();
    const { encoding, coefficients, covariance } = fitLeafHazards(PART_SCHEMA, regions)!;
    // In the units of the encoding: x = mean + scale z.
    const slopes = encoding.scales.map(({ scale }, index) => scale * PLANTED_GAMMA[index + 1]!);
    const intercept = encoding.scales.reduce(
      (all, scale, index) => all + scale.mean * PLANTED_GAMMA[index + 1]!,
      PLANTED_GAMMA[0]!,
    );
    return { truth: [intercept, ...slopes], estimates: coefficients, covariance };
  });
  return coverageOf(['intercept', ...PART_NAMES], fits);
}

export interface PriorStudy {
  readonly mean: readonly Coverage[];
  /** Standard deviations between repositories: planted, and the mean of those found. */
  readonly spread: readonly { readonly planted: number; readonly found: number }[];
  /** Coefficients of a repository that was not seen, in the 90 % interval of the prior. */
  readonly newRepository: readonly Coverage[];
}

/** The prior: mean and spread between repositories of 40 commits each. */
export function studyPrior(repositories: number, runs: number, seed: number): PriorStudy {
  const planted = [-1, 0.8, -0.5, 0.6];
  const deviations = [0.9, 0.3, 0.2, 0.2];
  const draw = (random: SeededRandom): number[] =>
    planted.map((value, index) => value + deviations[index]! * random.normal());
  const fits = Array.from({ length: runs }, (_, run) => {
    const random = seededRandom(seed * 1_000_003 + run);
    const data = Array.from({ length: repositories }, () => {
      const beta = draw(random);
      const commits = Array.from({ length: 40 }, () => drawRegions(beta, '', random));
      const outcomes = commits.flat();
      return {
        design: {
          values: Float64Array.from(
            outcomes.flatMap(({ region }) => [1, ...NAMES.map((name) => region.features[name]!)]),
          ),
          columns: 4,
        },
        outcomes: Uint8Array.from(outcomes, ({ touched }) => Number(touched)),
        weights: Float64Array.from(
          commits.flatMap((regions) => regions.map(() => 1 / (1 + (regions.length - 1) * INTRACLASS))),
        ),
      };
    });
    return { found: betweenRepositories(data, { features: 3, levels: [] }), another: draw(random) };
  });
  return {
    mean: coverageOf(
      REGION_COEFFICIENTS,
      fits.map(({ found }) => ({ truth: planted, estimates: found.mean, covariance: found.meanError })),
    ),
    spread: deviations.map((deviation, index) => ({
      planted: deviation,
      found: mean(fits.map(({ found }) => Math.sqrt(found.spread[index * 5]!))),
    })),
    newRepository: coverageOf(
      REGION_COEFFICIENTS,
      fits.map(({ found, another }) => ({
        truth: another,
        estimates: found.mean,
        covariance: found.spread.map((value, at) => value + found.meanError[at]!),
      })),
    ),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
