import { clusterMean, type ClusterMean } from './clusterMean.ts';

/** The surprisal of some code of one syntax category, in one group. */
export interface CategoryTally {
  /** null: of no category, as brackets and separators are. */
  readonly category: string | null;
  readonly language: string;
  /** What shares its luck: a file. */
  readonly group: string;
  readonly surprisalNats: number;
  /** How many the surprisal was added up over. */
  readonly count: number;
}

export interface CategoryRow {
  readonly category: string;
  readonly language: string;
  /** Mean surprisal, nats. */
  readonly surprisalNats: ClusterMean;
}

export interface CategoryScoreboard {
  /** By language, then the most surprising first. */
  readonly rows: readonly CategoryRow[];
  /** Count of what had no category. */
  readonly leftOut: number;
}

/**
 * How sure the model was of each kind of syntax, language by language (AsC-Eval of ASTxplainer, arXiv 2308.03873, with the
 * mean as its aggregate, and whole groups instead of tokens for the interval). e^-surprisal is the geometric mean of the
 * probabilities, what the paper calls confidence. It says what the model finds usual, not what is right.
 *
 * @throws CandorError `bad-call` where a number is not finite, or a count is negative
 */
export function categoryScoreboard(tallies: readonly CategoryTally[], level?: number): CategoryScoreboard {
  const cells = Map.groupBy(tallies, ({ category, language }) => JSON.stringify([language, category]));
  const rows = [...cells.values()].flatMap((cell): readonly CategoryRow[] => {
    const [{ category, language } = NOBODY] = cell;
    const parts = cell.map(({ group, surprisalNats, count }) => ({ group, sum: surprisalNats, count }));
    const surprisalNats = category === null ? null : clusterMean(parts, level);
    return category === null || surprisalNats === null ? [] : [{ category, language, surprisalNats }];
  });
  return {
    rows: rows.sort(
      (one, other) =>
        compare(one.language, other.language) ||
        other.surprisalNats.mean - one.surprisalNats.mean ||
        compare(one.category, other.category),
    ),
    leftOut: tallies.reduce((sum, { category, count }) => sum + (category === null ? count : 0), 0),
  };
}

const NOBODY = { category: null, language: '' };

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
