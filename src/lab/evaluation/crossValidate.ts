import type { RegionOutcome } from '../../core/risk/fitPrior.ts';
import type { NamedOutcome } from '../../core/risk/predictInOrder.ts';
import { regionJudge } from '../../core/risk/judgeRegion.ts';
import type { FeatureSchema } from '../../core/risk/observation.ts';
import { updateWithOutcomes } from '../../core/risk/updateWithOutcomes.ts';
import { weakPrior } from '../../core/risk/weakPrior.ts';
import { shuffled } from '../shuffled.ts';

const FOLDS = 5;
const SEED = 1;
const NO_DISCOUNT = { halfLifeMs: Infinity, intraclass: 0.29 } as const;

/** A feature that fewer items have than this share says more of who measured than of the code. */
const LEAST_SHARE = 0.5;

/** An outcome, and the group that is never parted. */
export interface GroupedOutcome extends NamedOutcome {
  readonly group: string;
}

/**
 * The chance of each item's good event, by a model of risk fitted to the groups of other folds.
 *
 * @param schema what the model reads
 * @returns null for an item where its fold is all there is
 */
export function crossValidate(outcomes: readonly GroupedOutcome[], schema: FeatureSchema): readonly (number | null)[] {
  const names = [...new Set(outcomes.map(({ group }) => group))].sort();
  const folds = new Map(shuffled(names, SEED).map((name, place) => [name, place % FOLDS]));
  const chances = new Array<number | null>(outcomes.length).fill(null);
  for (let fold = 0; fold < FOLDS; fold++) {
    const train = outcomes.filter(({ group }) => folds.get(group) !== fold);
    if (train.length === 0) continue;
    const prior = weakPrior(
      '',
      schema,
      train.map(({ region }) => region),
    );
    const judge = regionJudge(updateWithOutcomes(prior, train, 0, NO_DISCOUNT));
    for (const [index, { group, region }] of outcomes.entries()) {
      if (folds.get(group) !== fold) continue;
      chances[index] = 1 - judge(region).risk;
    }
  }
  return chances;
}

/** The features that at least half of the outcomes have, by name. */
export function commonFeatures(outcomes: readonly RegionOutcome[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { region } of outcomes)
    for (const name of Object.keys(region.features)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= LEAST_SHARE * outcomes.length)
    .map(([name]) => name)
    .sort();
}
