import { CandorError } from '../candorError.ts';
import { clusterMean, type ClusterMean } from './clusterMean.ts';

/** An item that a machine labelled and, if it was drawn, a person too. Labels are numbers; 1 and 0 for a share. */
export interface LabelledTwice {
  /** What shares its luck: a file, a commit. */
  readonly group: string;
  /** g: what the machine says. */
  readonly machine: number;
  /** Y: what a person says; null: it was not drawn. */
  readonly human: number | null;
  /** Chance with which it was to be drawn, known beforehand, in (0, 1]. */
  readonly samplingProbability: number;
}

/** A mean that the machine's errors do not bias. */
export interface DesignBasedMean {
  readonly corrected: ClusterMean;
  /** The machine's own mean, for comparison: as biased as the machine is. */
  readonly machineMean: number;
  readonly humanLabels: number;
}

/**
 * The mean of what people would say of all items, from few of their labels and a machine's of all: design-based supervised
 * learning (Egami, Hinck, Stewart and Wei, NeurIPS 2023), the mean of
 *
 *     g + (R / pi) (Y - g)     R: whether a person was asked, pi: the chance of it
 *
 * It is right on average whatever the machine says, as long as items were drawn with the chances given; a good machine only
 * makes the interval narrow. It may leave the range of the labels, as an unbiased number must be free to.
 *
 * @returns null where there is no item, or no person's label
 * @throws CandorError `bad-call` where a sampling probability is not in (0, 1], or a label is not finite
 */
export function designBasedMean(items: readonly LabelledTwice[], level?: number): DesignBasedMean | null {
  if (!items.every(({ samplingProbability }) => samplingProbability > 0 && samplingProbability <= 1)) {
    throw new CandorError('bad-call', 'Each item needs the chance, above 0, with which a person was asked about it.');
  }
  const humanLabels = items.filter(({ human }) => human !== null).length;
  const corrected = clusterMean(
    items.map(({ group, machine, human, samplingProbability }) => ({
      group,
      sum: human === null ? machine : machine + (human - machine) / samplingProbability,
      count: 1,
    })),
    level,
  );
  if (corrected === null || humanLabels === 0) return null;
  return { corrected, machineMean: items.reduce((sum, { machine }) => sum + machine, 0) / items.length, humanLabels };
}
