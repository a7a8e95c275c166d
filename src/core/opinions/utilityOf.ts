import { firstEditRow, lastUtility, nextEditRow } from './editTable.ts';
import { type NumberedParts, numberParts } from './numberedParts.ts';
import {
  choicesOfRegions,
  openingCost,
  startCost,
  UNSURE_CHOICES,
  type UnsureChoice,
  type UnsureRegion,
} from './unsureChoice.ts';
import {
  DEFAULT_UNSURE_SETTINGS,
  partCosts,
  unsureCosts,
  type UnsureCosts,
  type UnsureSettings,
} from './unsureCosts.ts';

/**
 * The utility of a suggestion with these marks for someone who wants the sample, in characters: of all ways to edit the one
 * into the other the best (costs: `unsureCosts`). Parts match where their texts are equal. An edit pays for its start by
 * where it starts: less inside a region and at its edges.
 *
 * Taken from R-U-SURE (arXiv 2303.00732), for a suggestion as a flat list: there, parts lie in a tree, a deleted group
 * goes as a whole, and a region is a run of siblings. Here whoever shows a region widens it to whole nodes.
 *
 * @param regions in rising order; they neither overlap nor touch
 * @returns at most the suggestion's length, and exactly that where nothing is marked and the sample is the suggestion
 * @throws CandorError `bad-call` on regions that are no marking, or settings out of range
 */
export function utilityOf(
  suggestion: readonly string[],
  regions: readonly UnsureRegion[],
  sample: readonly string[],
  settings: UnsureSettings = DEFAULT_UNSURE_SETTINGS,
): number {
  const parts = numberParts(suggestion, [sample]);
  return utilityOfChoices(parts, choicesOfRegions(regions, suggestion.length), unsureCosts(settings));
}

/** The sum of the samples' utilities for a marking, one choice a gap. */
export function utilityOfChoices(
  { suggestion, lengths, samples }: NumberedParts,
  choices: readonly UnsureChoice[],
  costs: UnsureCosts,
): number {
  let rows = samples.map((sample) => firstEditRow(sample.length));
  let openings = 0;
  let isAfterUnsure = false;
  for (const [gap, choice] of choices.entries()) {
    const start = startCost(choice, isAfterUnsure, costs);
    openings += openingCost(choice, isAfterUnsure, costs);
    if (gap === suggestion.length) {
      return rows.reduce((sum, row) => sum + lastUtility(row, start) - openings, 0);
    }
    isAfterUnsure = choice === UNSURE_CHOICES.unsure;
    const part = partCosts(lengths[gap] ?? 0, isAfterUnsure, costs);
    rows = rows.map((row, index) =>
      nextEditRow(row, suggestion[gap] ?? 0, samples[index] ?? new Uint32Array(), { ...part, start }),
    );
  }
  return Number.NaN;
}
