import { clusterMean, type ClusterMean } from './clusterMean.ts';

/** How sure a model was of some code of one syntax category, in one group. */
export interface CategoryTally {
  /** null: of no category, as brackets and separators are. */
  readonly category: string | null;
  readonly language: string;
  /** What shares its luck: a file. */
  readonly group: string;
  /** Summed up: of each item in [0, 1]. */
  readonly confidence: number;
  /** How many items it was summed up over. */
  readonly count: number;
}

export interface CategoryRow {
  readonly category: string;
  readonly language: string;
  /** Mean, in [0, 1]; its interval may reach beyond. */
  readonly confidence: ClusterMean;
}

export interface CategoryScoreboard {
  /** By language, then what the model was least sure of first. */
  readonly rows: readonly CategoryRow[];
  /** Count of what had no category. */
  readonly leftOut: number;
}

/**
 * How sure the model was of each kind of syntax, language by language (AsC-Eval of ASTxplainer, arXiv 2308.03873, with the
 * mean as its aggregate, and whole groups instead of tokens for the interval). A mean of surprisals
 * would be that of the few longest literals; confidence has bounds. It says what the model finds usual, not what is right.
 *
 * @throws CandorError `bad-call` where a number is not finite, or a count is negative
 */
export function categoryScoreboard(tallies: readonly CategoryTally[], level?: number): CategoryScoreboard {
  const cells = Map.groupBy(tallies, ({ category, language }) => JSON.stringify([language, category]));
  const rows = [...cells.values()].flatMap((cell): readonly CategoryRow[] => {
    const [{ category, language } = NOBODY] = cell;
    const parts = cell.map(({ group, confidence, count }) => ({ group, sum: confidence, count }));
    const confidence = category === null ? null : clusterMean(parts, level);
    return category === null || confidence === null ? [] : [{ category, language, confidence }];
  });
  return {
    rows: rows.sort(
      (one, other) =>
        compare(one.language, other.language) ||
        one.confidence.mean - other.confidence.mean ||
        compare(one.category, other.category),
    ),
    leftOut: tallies.reduce((sum, { category, count }) => sum + (category === null ? count : 0), 0),
  };
}

const NOBODY = { category: null, language: '' };

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
