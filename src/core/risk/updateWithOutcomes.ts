import { CandorError } from '../candorError.ts';
import { cholesky, inverseCholesky } from '../linearAlgebra/cholesky.ts';
import { commitSandwich } from './commitSandwich.ts';
import { commitWeights, type Discounts, MEASURED_INTRACLASS } from './commitWeights.ts';
import { columnCount, encodeAll, withLevels } from './featureEncoding.ts';
import { type Design, fitLogistic, logisticLoss, type NormalPrior } from './fitLogistic.ts';
import type { RegionOutcome } from './fitPrior.ts';
import type { Observation } from './observation.ts';
import type { RegionModel, RiskModel } from './riskModel.ts';

const DAY_MS = 86_400_000;

export const DEFAULT_DISCOUNTS: Discounts = { halfLifeMs: 180 * DAY_MS, intraclass: MEASURED_INTRACLASS };

/**
 * What a user's outcomes make of a prior: the posterior mode of the coefficients, with a covariance that holds although
 * regions of one commit share their fate (`commitSandwich`). Old outcomes count less, and crowded commits too
 * (`commitWeights`). A language or kind that the prior has not met gets a coefficient of its own.
 *
 * Always from the prior and all outcomes: a model that has learned already is refused, or outcomes would count twice. The
 * order of the outcomes does not matter. Without any, the result is the prior.
 *
 * @throws CandorError `bad-call` when the model given has learned from outcomes before; `bad-input` where its covariance
 *   is not positive definite
 */
export function updateWithOutcomes(
  prior: RiskModel,
  outcomes: readonly RegionOutcome[],
  nowMs: number,
  discounts: Discounts = DEFAULT_DISCOUNTS,
): RiskModel {
  if (prior.outcomeCount > 0) {
    throw new CandorError('bad-call', 'This model has learned from outcomes already. Start from its prior.');
  }
  if (outcomes.length === 0) return prior;
  const regions = outcomes.map(({ region }) => region);
  const extended = withNewLevels(prior.region, regions);
  const columns = extended.coefficients.length;
  const factor = cholesky(Float64Array.from(extended.covariance), columns);
  if (factor === null) throw notProper();
  const precision = inverseCholesky(factor, columns);

  const design = encodeAll(extended.encoding, regions);
  const touched = Uint8Array.from(outcomes, (outcome) => (outcome.touched ? 1 : 0));
  const weights = commitWeights(outcomes, nowMs, discounts);
  const mean = Float64Array.from(extended.coefficients);
  const { coefficients, hessian } = fitLogistic(design, touched, weights, { mean, precision });

  const commits = Map.groupBy(outcomes.keys(), (index) => outcomes[index]?.commit ?? '');
  const derivatives = Array.from(commits.values(), (items) => {
    const [ownDesign, ownTouched, ownWeights] = pick(items, design, touched, weights);
    return logisticLoss(ownDesign, ownTouched, ownWeights, noPrior(columns), coefficients);
  });
  const covariance = commitSandwich(hessian, precision, derivatives);
  if (covariance === null) throw notProper();
  return {
    ...prior,
    region: { ...extended, coefficients: [...coefficients], covariance: [...covariance] },
    outcomeCount: outcomes.length,
    commitCount: commits.size,
  };
}

/** The prior of a level that was never seen is N(0, its group's variance), independent of all others. */
function withNewLevels(model: RegionModel, regions: readonly Observation[]): RegionModel {
  const before = columnCount(model.encoding);
  const encoding = withLevels(model.encoding, regions);
  const after = columnCount(encoding);
  const added = encoding.levels.slice(model.encoding.levels.length);
  const covariance = new Array<number>(after * after).fill(0);
  for (let row = 0; row < before; row++) {
    for (let column = 0; column < before; column++) {
      covariance[row * after + column] = model.covariance[row * before + column] ?? 0;
    }
  }
  for (const [index, { group }] of added.entries()) {
    covariance[(before + index) * (after + 1)] = model.unseenVariances[group] ?? 0;
  }
  return { ...model, encoding, coefficients: [...model.coefficients, ...added.map(() => 0)], covariance };
}

/** Some of the observations. */
function pick(
  items: readonly number[],
  { values, columns }: Design,
  outcomes: Uint8Array,
  weights: Float64Array,
): [Design, Uint8Array, Float64Array] {
  const rows = new Float64Array(items.length * columns);
  for (const [index, item] of items.entries()) {
    rows.set(values.subarray(item * columns, (item + 1) * columns), index * columns);
  }
  return [
    { values: rows, columns },
    Uint8Array.from(items, (item) => outcomes[item] ?? 0),
    Float64Array.from(items, (item) => weights[item] ?? 0),
  ];
}

function noPrior(columns: number): NormalPrior {
  return { mean: new Float64Array(columns), precision: new Float64Array(columns ** 2) };
}

function notProper(): CandorError {
  return new CandorError('bad-input', 'The prior of this model of risk is damaged. Install or calibrate it again.');
}
