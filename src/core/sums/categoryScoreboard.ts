import { CATEGORIES, type Category } from '../words.ts';
import { probabilityBelow, sumOfTallies, type CategoryTallies, type TokenTally } from './categoryTallies.ts';
import { clusterMean, type ClusterMean } from './clusterMean.ts';

/** How sure a model was of a text, which shares its luck. */
export interface TalliedText extends Pick<CategoryTallies, 'categories' | 'leftOut'> {
  readonly language: string;
  /** What shares its luck: a file. */
  readonly group: string;
}

export interface CategoryRow {
  readonly category: Category;
  readonly language: string;
  /** Mean of the tokens' probabilities, in [0, 1]; its interval may reach beyond. */
  readonly confidence: ClusterMean;
  /** Geometric mean of the tokens' probabilities, in [0, 1]: what a few impossible ones pull down. */
  readonly geometricMean: number;
  /** Quartiles of the tokens' probabilities, in [0, 1]: what few odd ones do not move. */
  readonly quartiles: readonly [low: number, median: number, high: number];
}

export interface CategoryScoreboard {
  /** By language, then what the model was least sure of first. */
  readonly rows: readonly CategoryRow[];
  /** Tokens of no category. */
  readonly leftOut: number;
}

/**
 * How sure a model was of the tokens of each syntax category, language by language: AsC-Eval of ASTxplainer (arXiv 2308.03873) with
 * the mean, the geometric mean and the median as its aggregates, and whole groups instead of tokens for the interval of the first.
 * It says what the model finds usual, not what is right.
 *
 * @param texts as one and the same model read them
 */
export function categoryScoreboard(texts: readonly TalliedText[], level?: number): CategoryScoreboard {
  const cells = texts.flatMap(({ language, group, categories }) =>
    entriesOf(categories).map(([category, tally]) => ({ language, group, category, tally })),
  );
  const rows = [...Map.groupBy(cells, ({ language, category }) => JSON.stringify([language, category])).values()]
    .flatMap((own): readonly CategoryRow[] => {
      const [first] = own;
      const all = sumOfTallies(own.map(({ tally }) => tally));
      const confidence = clusterMean(
        own.map(({ group, tally: { probability, count } }) => ({ group, sum: probability, count })),
        level,
      );
      if (first === undefined || confidence === null) return [];
      const quartile = (share: number): number => probabilityBelow(all, share) ?? 0;
      return [
        {
          category: first.category,
          language: first.language,
          confidence,
          geometricMean: Math.exp(all.logprobNats / all.count),
          quartiles: [quartile(0.25), quartile(0.5), quartile(0.75)],
        },
      ];
    })
    .sort(
      (one, other) =>
        compare(one.language, other.language) ||
        one.confidence.mean - other.confidence.mean ||
        compare(one.category, other.category),
    );
  return { rows, leftOut: texts.reduce((sum, { leftOut }) => sum + leftOut, 0) };
}

function entriesOf(categories: TalliedText['categories']): readonly (readonly [Category, TokenTally])[] {
  return CATEGORIES.flatMap((category) => {
    const tally = categories[category];
    return tally === undefined || tally.count === 0 ? [] : [[category, tally] as const];
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
