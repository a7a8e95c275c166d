import type { RegionOutcome } from './fitPrior.ts';
import { judgeRegion } from './judgeRegion.ts';
import type { PrequentialPrediction } from './prequentialPrediction.ts';
import type { RiskModel } from './riskModel.ts';
import { updateWithOutcomes } from './updateWithOutcomes.ts';

/** A region whose fate is known, with a name. */
export interface NamedOutcome extends RegionOutcome {
  readonly id: string;
}

/** What was predicted of a region when it landed, and what happened. */
export interface OrderedPrediction extends PrequentialPrediction {
  readonly atMs: number;
  /** The plain forecast of the good event, which knows nothing of the region: the past rate, learned as the model learns. */
  readonly plain: number;
}

const DAY_MS = 86_400_000;

/** The model learns anew so often: between two landings of one month hardly any horizon ends that matters. */
const REFIT_EVERY_MS = 30 * DAY_MS;

/**
 * Predicts each region as it would have been when it landed: by the prior and the outcomes that were known then, which are
 * those of regions whose horizon was over. Beside it the plain forecast: the same model without any feature, from the same prior belief in the
 * rate and the same outcomes, so that what the one gains on the other it owes to the features alone.
 *
 * @param horizonMs how long after the landing an outcome is known; 0 where there is no clock
 * @returns in order of time
 */
export function predictInOrder(
  prior: RiskModel,
  outcomes: readonly NamedOutcome[],
  horizonMs: number,
): readonly OrderedPrediction[] {
  const inOrder = outcomes.toSorted((one, other) => one.atMs - other.atMs);
  const first = inOrder[0]?.atMs ?? 0;
  const blocks = Map.groupBy(inOrder, ({ atMs }) => Math.floor((atMs - first) / REFIT_EVERY_MS));
  const plainPrior = withoutFeatures(prior);
  return [...blocks].flatMap(([block, regions]) => {
    const startMs = first + block * REFIT_EVERY_MS;
    const known = inOrder.filter(({ atMs }) => atMs + horizonMs < startMs);
    const model = updateWithOutcomes(prior, known, startMs);
    const plainModel = updateWithOutcomes(plainPrior, known, startMs);
    return regions.flatMap(({ id, region, touched, commit, atMs }): OrderedPrediction[] => {
      const risk = judgeRegion(model, model.key, region);
      const plain = judgeRegion(plainModel, plainModel.key, region);
      if (risk === null || plain === null) return [];
      return [{ assessment: id, p: 1 - risk.risk, good: !touched, commit, atMs, plain: 1 - plain.risk }];
    });
  });
}

/** What a model believes of the rate alone. */
function withoutFeatures(model: RiskModel): RiskModel {
  const { encoding, coefficients, covariance } = model.region;
  return {
    ...model,
    parts: null,
    region: {
      encoding: { schema: { ...encoding.schema, features: [], groups: [] }, scales: [], levels: [] },
      coefficients: coefficients.slice(0, 1),
      covariance: covariance.slice(0, 1),
      unseenVariances: {},
    },
  };
}
