import type { RegionOutcome } from './fitPrior.ts';
import { judgeRegion } from './judgeRegion.ts';
import type { PrequentialPrediction } from './prequentialPrediction.ts';
import type { RiskModel } from './riskModel.ts';
import { updateWithOutcomes } from './updateWithOutcomes.ts';

/** A region whose fate is known, with a name. */
export interface NamedOutcome extends RegionOutcome {
  readonly id: string;
  /** When it was known, in Unix milliseconds: when its horizon was over, or when the event came that has no clock. */
  readonly knownAtMs: number;
}

/** What was predicted of a region when it landed, and what happened. */
export interface OrderedPrediction extends PrequentialPrediction {
  readonly atMs: number;
  /** The plain forecast of the good event, which knows nothing of the region: the past rate, learned as the model learns. */
  readonly plain: number;
}

const DAY_MS = 86_400_000;

/** In a history the model learns anew so often: between two landings of one month hardly any horizon ends that matters. */
export const MONTHLY_MS = 30 * DAY_MS;

/**
 * Predicts each region as it would have been when it landed: by the prior and the outcomes that were known then, which are
 * those that were known by then. Beside it the plain forecast: the same model without any feature, from the same prior belief in the
 * rate and the same outcomes, so that what the one gains on the other it owes to the features alone.
 *
 * @param refitEveryMs how long the model of risk stays the same
 * @returns in order of time
 */
export function predictInOrder(
  prior: RiskModel,
  outcomes: readonly NamedOutcome[],
  refitEveryMs: number = MONTHLY_MS,
): readonly OrderedPrediction[] {
  const inOrder = outcomes.toSorted((one, other) => one.atMs - other.atMs);
  const first = inOrder[0]?.atMs ?? 0;
  const blocks = Map.groupBy(inOrder, ({ atMs }) => Math.floor((atMs - first) / refitEveryMs));
  const plainPrior = withoutFeatures(prior);
  return [...blocks].flatMap(([block, regions]) => {
    const startMs = first + block * refitEveryMs;
    const known = inOrder.filter(({ knownAtMs }) => knownAtMs < startMs);
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
