import { fitFeatureModel, logLossNats, type FeatureChoice, type FeatureRow } from './featureModel.ts';

const FOLDS = 5;
const PRECISIONS: readonly number[] = [1, 3, 10, 30, 100];
const MOST_FEATURES = 8;

/** A feature must gain so much in inner folds, in nats over all rows, or it is left out. */
const LEAST_GAIN_NATS = 1;

/**
 * The penalty, and the features beside some that are always in, that predict best across folds of whole repositories: forward, one at a
 * time, until none gains.
 *
 * @param always names of features that are in whatever they gain
 * @param candidates names of those that compete
 */
export function chooseFeatures(
  rows: readonly FeatureRow[],
  always: readonly string[],
  candidates: readonly string[],
  hasLevels: boolean,
): FeatureChoice {
  const folds = foldsOf(rows);
  const lossOf = (choice: FeatureChoice): number => innerLossNats(folds, choice);
  const best = (choices: readonly FeatureChoice[]): { readonly choice: FeatureChoice; readonly loss: number } | null =>
    choices
      .map((choice) => ({ choice, loss: lossOf(choice) }))
      .reduce<{ choice: FeatureChoice; loss: number } | null>(
        (low, one) => (low === null || one.loss < low.loss ? one : low),
        null,
      );
  const penalties = (names: readonly string[]): FeatureChoice[] =>
    PRECISIONS.map((precision) => ({ names, hasLevels, precision }));

  let chosen = best(penalties(always));
  while (chosen !== null && chosen.choice.names.length < always.length + MOST_FEATURES) {
    const { names, precision } = chosen.choice;
    const tried = candidates
      .filter((name) => !names.includes(name))
      .map((name) => ({ names: [...names, name], hasLevels, precision }));
    const next = best(tried);
    if (next === null || chosen.loss - next.loss < LEAST_GAIN_NATS) break;
    chosen = next;
  }
  return best(penalties(chosen?.choice.names ?? always))?.choice ?? { names: always, hasLevels, precision: 1 };
}

interface Fold {
  readonly train: readonly FeatureRow[];
  readonly test: readonly FeatureRow[];
}

/** Repositories in order of name take turns, so that folds do not depend on the order of the rows. */
function foldsOf(rows: readonly FeatureRow[]): readonly Fold[] {
  const repositories = [...new Set(rows.map(({ repository }) => repository))].sort();
  const foldOf = new Map(repositories.map((repository, index) => [repository, index % FOLDS]));
  return Array.from({ length: Math.min(FOLDS, repositories.length) }, (_, fold) => ({
    train: rows.filter(({ repository }) => foldOf.get(repository) !== fold),
    test: rows.filter(({ repository }) => foldOf.get(repository) === fold),
  }));
}

function innerLossNats(folds: readonly Fold[], choice: FeatureChoice): number {
  let loss = 0;
  for (const { train, test } of folds) {
    const model = fitFeatureModel(train, choice);
    for (const row of test) loss += logLossNats(model(row), row.label);
  }
  return loss;
}
