import type { Evaluation } from '../../core/metrics/evaluation.ts';
import type { ScoreMeasures, ScoresToMeasure } from '../../core/metrics/measureScores.ts';
import { numberNames } from '../../core/metrics/numberNames.ts';
import { regionSchema } from '../../core/risk/regionObservation.ts';
import type { Observation } from '../../core/risk/observation.ts';
import { CandorError } from '../../core/candorError.ts';
import { commonFeatures, crossValidate, type GroupedOutcome } from './crossValidate.ts';
import type { KnownItem } from './evidenceTasks.ts';
import { rankedSignals } from './rankedSignals.ts';

/** Fewer items tell nothing. */
const FEWEST_ITEMS = 10;

/** `measureScores`, in this thread or in another. */
export type Measure = (scores: ScoresToMeasure) => ScoreMeasures | Promise<ScoreMeasures>;

/**
 * Evaluates signals and the model of risk on labelled data.
 *
 * @param measure asked for all of them at once
 * @throws CandorError `bad-input` where fewer than ten items have code and a score, or all ended alike
 */
export async function evaluateItems(
  items: readonly KnownItem[],
  measure: Measure,
  onProgress: (activity: string, done: number, total: number) => void,
): Promise<Evaluation> {
  const known = items.filter(hasRegion);
  const labels = Uint8Array.from(known, ({ item }) => item.label);
  const good = labels.reduce((sum, label) => sum + label, 0);
  if (known.length < FEWEST_ITEMS || good === 0 || good === labels.length) {
    const message = `Of the items ${known.length} have code and a score, and ${good} of them are good. Give at least ${FEWEST_ITEMS}, and both kinds.`;
    throw new CandorError('bad-input', message);
  }
  const groups = numberNames(known.map(({ item }) => item.group));
  const outcomes = outcomesOf(known);
  const length = crossValidate(outcomes, regionSchema(['lnLeaves']));
  const chances = crossValidate(outcomes, regionSchema(commonFeatures(outcomes)));
  let done = 0;
  const measured = async (
    scores: readonly (number | null)[],
    isProbability: boolean,
    against?: readonly (number | null)[],
  ): Promise<ScoreMeasures> => {
    const measures = await measure(columnOf({ scores, labels, groups, isProbability, against }));
    onProgress('measuring', ++done, rankedSignals.length + 2);
    return measures;
  };
  const [judgement, lengths, ...signals] = await Promise.all([
    measured(chances, true, length),
    measured(length, true),
    ...rankedSignals.map(({ isProbability, safety }) =>
      measured(
        known.map(({ region: { features }, signals: values }) => safety({ features, signals: values })),
        isProbability,
        length,
      ),
    ),
  ]);
  const named = rankedSignals.flatMap(({ name }, index): [string, ScoreMeasures][] => {
    const measures = signals[index];
    return measures === undefined || measures.n === 0 ? [] : [[name, measures]];
  });
  return {
    n: known.length,
    leftOut: items.length - known.length,
    baseRate: good / labels.length,
    groups: groups.reduce((most, group) => Math.max(most, group + 1), 0),
    signals: Object.fromEntries([['length', lengths], ...named]),
    judgement,
  };
}

function hasRegion(item: KnownItem): item is KnownItem & { readonly region: Observation } {
  return item.region !== null;
}

/** Items as outcomes of regions. Without a commit an item arrived with its group. */
export function outcomesOf(known: readonly KnownItem[]): readonly GroupedOutcome[] {
  return known.filter(hasRegion).map(({ item, region }) => ({
    region,
    id: item.id,
    touched: item.label === 0,
    commit: `${item.repository ?? ''} ${item.commit ?? item.group}`,
    atMs: item.atMs ?? 0,
    knownAtMs: item.atMs ?? 0,
    group: item.group,
  }));
}

interface Column {
  readonly scores: readonly (number | null)[];
  readonly labels: Uint8Array;
  readonly groups: Uint32Array;
  readonly isProbability: boolean;
  readonly against: readonly (number | null)[] | undefined;
}

/** The items that have the score. */
function columnOf({ scores, labels, groups, isProbability, against }: Column): ScoresToMeasure {
  const items = Uint32Array.from(scores.keys()).filter((item) => scores[item] !== null && against?.[item] !== null);
  const pick = (values: readonly (number | null)[]): Float64Array =>
    Float64Array.from(items, (item) => values[item] ?? 0);
  return {
    scores: pick(scores),
    labels: Uint8Array.from(items, (item) => labels[item] ?? 0),
    groups: Uint32Array.from(items, (item) => groups[item] ?? 0),
    isProbability,
    ...(against && { against: pick(against) }),
  };
}
