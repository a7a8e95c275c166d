/** A label and the chance of the good event, predicted without having seen it. */
export interface PredictedLabel {
  readonly p: number;
  /** The label: whether the good event is said to have happened. */
  readonly good: boolean;
}

export interface SuspectLabel<Item> {
  readonly item: Item;
  /** Chance that the prediction gave to what the label says, in [0, 1]. */
  readonly chanceOfLabel: number;
}

/**
 * Labels that look wrong, for a person to look at again: confident learning (Northcutt, Jiang and Chuang, JAIR 2021). A label is
 * suspect where the prediction is as sure of the other one as it is, on average, of items that bear the other one, and
 * not as sure of its own. No threshold has to be chosen, and predictions that lean to one side do not flag all of the other.
 * A suspect label may be right and the prediction wrong: nothing is relabelled.
 *
 * @param items predicted by a model that had not seen their labels, or it has learned the mistakes
 * @returns the most suspect first; null where all labels are the same, which leaves nothing to compare with
 */
export function suspectLabels<Item extends PredictedLabel>(
  items: readonly Item[],
): readonly SuspectLabel<Item>[] | null {
  const goods = items.filter(({ good }) => good);
  const bads = items.filter(({ good }) => !good);
  if (goods.length === 0 || bads.length === 0) return null;
  const usual = { good: meanOf(goods.map(({ p }) => p)), bad: meanOf(bads.map(({ p }) => 1 - p)) };
  return items
    .filter(({ p, good }) => {
      const [own, other] = good ? [p, 1 - p] : [1 - p, p];
      const [usualOwn, usualOther] = good ? [usual.good, usual.bad] : [usual.bad, usual.good];
      return other >= usualOther && (own < usualOwn || own < other);
    })
    .map((item) => ({ item, chanceOfLabel: item.good ? item.p : 1 - item.p }))
    .sort((one, next) => one.chanceOfLabel - next.chanceOfLabel);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
