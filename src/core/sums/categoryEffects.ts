import { cholesky, solveCholesky } from '../linearAlgebra/cholesky.ts';
import { addOuterProduct } from '../linearAlgebra/squareMatrix.ts';
import { clusterBootstrap, type Interval } from '../metrics/clusterBootstrap.ts';
import { numberNames } from '../metrics/numberNames.ts';
import { INTERVAL_LEVEL } from '../risk/judgeRegion.ts';

/** A region: how surprising it was as a whole, how sure the model was of its parts, and what else it is. */
export interface EffectItem {
  /** What shares its luck: a file. */
  readonly group: string;
  /** Cross-entropy: mean surprisal of its tokens, nats. */
  readonly lossNats: number;
  /** By category, in [0, 1]; a category that it has none of is absent. */
  readonly confidences: Readonly<Record<string, number>>;
  /** By name. */
  readonly confounders: Readonly<Record<string, number>>;
}

export interface CategoryEffect {
  readonly category: string;
  /** Regions that have the category and all confounders, and the groups that they come from. */
  readonly count: number;
  readonly groups: number;
  readonly leftOut: number;
  /** Pearson's correlation of confidence and loss, in [-1, 1], confounders and all; null where one of them does not vary. */
  readonly correlation: number | null;
  /** Change of the loss, in nats, from confidence 0 to 1 with the confounders held; null where there is too little to tell. */
  readonly effectNats: (Interval & { readonly mean: number; readonly level: number }) | null;
}

/** Regions for each coefficient, and groups in all, below which a regression tells of chance. */
const LEAST_ITEMS_PER_COLUMN = 10;
const LEAST_GROUPS = 20;

const SEED = 1;
const REPLICATES = 500;

/** Variances below this part of the squared size are rounding. */
const ROUNDING = 1e-12;

/** A column of which the others leave less than this part unexplained repeats them. */
const LEAST_PIVOT = 1e-8;

/**
 * What the confidence in one kind of syntax does to the loss of the whole, with the confounders held: AsC-Causal of ASTxplainer (arXiv
 * 2308.03873), by least squares of the loss on the confidence and the confounders (lines, complexity, size and depth there),
 * with intervals that draw whole groups. Causal only if nothing else moves both, which nobody can promise; and the confidence
 * is a part of the very loss, so some effect is there by arithmetic. Read the rows against each other.
 *
 * @param confounders names of those to hold; one that does not vary is passed over
 * @returns one row a category, by name
 */
export function categoryEffects(
  items: readonly EffectItem[],
  confounders: readonly string[],
  level = INTERVAL_LEVEL,
): readonly CategoryEffect[] {
  const categories = [...new Set(items.flatMap(({ confidences }) => Object.keys(confidences)))].sort();
  return categories.map((category) => {
    const usable = items.filter(
      (item) =>
        item.confidences[category] !== undefined && confounders.every((name) => item.confounders[name] !== undefined),
    );
    const confidence = usable.map(({ confidences }) => confidences[category] ?? 0);
    const loss = usable.map(({ lossNats }) => lossNats);
    const held = confounders.map((name) => usable.map((item) => item.confounders[name] ?? 0));
    const groups = numberNames(usable.map(({ group }) => group));
    const columns = [confidence, ...held].map(standardised).filter((column) => column !== null);
    const known = standardised(confidence) !== null;
    const groupCount = new Set(groups).size;
    const isEnough =
      known && usable.length >= LEAST_ITEMS_PER_COLUMN * (columns.length + 1) && groupCount >= LEAST_GROUPS;
    return {
      category,
      count: usable.length,
      groups: groupCount,
      leftOut: items.length - usable.length,
      correlation: correlationOf(confidence, loss),
      effectNats: isEnough ? effectOf(columns, loss, groups, level) : null,
    };
  });
}

/** A column with mean 0 and variance 1, and what it was divided by; null where it does not vary. */
function standardised(
  values: readonly number[],
): { readonly values: readonly number[]; readonly scale: number } | null {
  if (values.length === 0) return null;
  const mean = meanOf(values);
  const scale = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)));
  if (!(scale ** 2 > ROUNDING * Math.max(mean ** 2, Number.MIN_VALUE))) return null;
  return { values: values.map((value) => (value - mean) / scale), scale };
}

function correlationOf(one: readonly number[], other: readonly number[]): number | null {
  const [left, right] = [standardised(one), standardised(other)];
  return left && right && meanOf(left.values.map((value, index) => value * (right.values[index] ?? 0)));
}

/** The coefficient of the first column. Each group is summed up once, so that a resample costs its groups, not its items. */
function effectOf(
  columns: readonly { readonly values: readonly number[]; readonly scale: number }[],
  loss: readonly number[],
  groups: Uint32Array,
  level: number,
): CategoryEffect['effectNats'] {
  const size = columns.length + 2;
  const moments: Float64Array[] = [];
  for (const [item, group] of groups.entries()) {
    const row = Float64Array.of(...columns.map(({ values }) => values[item] ?? 0), 1, loss[item] ?? 0);
    addOuterProduct((moments[group] ??= new Float64Array(size * size)), row, 1);
  }
  const coefficientOf = (counts: Uint32Array): number | null => {
    const total = new Float64Array(size * size);
    for (const [group, own] of moments.entries()) {
      const count = counts[group] ?? 0;
      if (count > 0) for (let at = 0; at < total.length; at++) total[at] = (total[at] ?? 0) + count * (own[at] ?? 0);
    }
    const solved = leastSquares(total, size);
    return solved === null ? null : solved / (columns[0]?.scale ?? 1);
  };
  const mean = coefficientOf(new Uint32Array(moments.length).fill(1));
  const settings = { seed: SEED, replicates: REPLICATES, level };
  const [interval] = clusterBootstrap({ groups }, ({ groupCounts }) => [coefficientOf(groupCounts)], settings);
  return mean === null || !interval ? null : { mean, ...interval, level };
}

/** The first coefficient, from the sums of products of all columns and, last, what they explain; null where columns repeat each other. */
function leastSquares(products: Float64Array, size: number): number | null {
  const width = size - 1;
  const left = Float64Array.from({ length: width * width }, (_, at) => {
    return products[Math.floor(at / width) * size + (at % width)] ?? 0;
  });
  const right = Float64Array.from({ length: width }, (_, row) => products[row * size + width] ?? 0);
  const factor = cholesky(left, width);
  if (factor === null) return null;
  const pivots = Array.from({ length: width }, (_, at) => (factor[at * (width + 1)] ?? 0) ** 2);
  if (pivots.some((pivot, at) => pivot < LEAST_PIVOT * (left[at * (width + 1)] ?? 0))) return null;
  return solveCholesky(factor, right)[0] ?? null;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0) / values.length;
}
