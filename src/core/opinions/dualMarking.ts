import type { NumberedParts } from './numberedParts.ts';
import { type Multipliers, relaxedMarking, type RelaxedMarking } from './relaxedMarking.ts';
import { UNSURE_CHOICES, type UnsureChoice } from './unsureChoice.ts';
import type { UnsureCosts } from './unsureCosts.ts';
import { utilityOfChoices } from './utilityOf.ts';

/** A marking and the sum of its utilities over the samples. */
export interface ChosenMarking {
  readonly choices: readonly UnsureChoice[];
  readonly utility: number;
}

/** What no marking can exceed, and the best one met on the way. */
export interface DualMarking {
  readonly bound: number;
  readonly best: ChosenMarking;
  /** For each sample, each gap, and whether the part before is UNSURE: what is still to be had, by used parts. */
  readonly outlooks: readonly RelaxedMarking['outlooks'][];
}

/** Rounds at most and at least, and the cells of all tables together that the rounds may take. */
const MOST_ROUNDS = 80;
const LEAST_ROUNDS = 4;
const MOST_CELLS = 2e7;

/** A bound this near, in shares of the utility, leaves little to search: what the search is for. */
const NEAR = 1e-5;

/** So many rounds without a lower bound halve the steps. */
const PATIENCE = 4;

/**
 * An upper bound of the best shared marking by dual decomposition (the paper's own way, here by plain subgradients): each
 * sample chooses its own marking, and is paid for marks that the others set less often and charged for those that they set
 * more often, until they agree as far as they will. The payments sum to 0, so the samples' best values together are never
 * below the best utility of one marking for all. What most samples choose is tried as the shared one.
 */
export function dualMarking(parts: NumberedParts, costs: UnsureCosts): DualMarking {
  const { suggestion, samples } = parts;
  let multipliers: readonly Multipliers[] = samples.map(() => ({
    parts: new Float64Array(suggestion.length),
    gaps: new Float64Array(suggestion.length + 1),
  }));
  let best = chosen(parts, new Array<UnsureChoice>(suggestion.length + 1).fill(UNSURE_CHOICES.sure), costs);
  let bound = Infinity;
  let outlooks: DualMarking['outlooks'] = [];
  let [stepSize, patience] = [1, PATIENCE];
  for (let round = 0; round < roundsFor(parts); round++) {
    const markings = samples.map((sample, index) =>
      relaxedMarking(parts, sample, costs, multipliers[index] ?? NO_MULTIPLIERS),
    );
    const value = markings.reduce((sum, marking) => sum + marking.value, 0);
    if (value < bound - tolerance(bound)) patience = PATIENCE;
    else if (--patience === 0) [stepSize, patience] = [stepSize / 2, PATIENCE];
    if (value < bound) [bound, outlooks] = [value, markings.map((marking) => marking.outlooks)];
    const chosenOnes = markings.map(({ choices }) => choices);
    best = better(best, chosen(parts, majority(chosenOnes), costs));
    if (round === 0) for (const choices of chosenOnes) best = better(best, chosen(parts, choices, costs));
    if (bound - best.utility <= NEAR * (1 + Math.abs(best.utility))) break;
    multipliers = stepped(multipliers, chosenOnes, stepSize * (value - best.utility));
  }
  return { bound: Math.max(bound, best.utility), best, outlooks };
}

/** Utilities that differ by less are the same but for rounding. */
export function tolerance(utility: number): number {
  return Number.isFinite(utility) ? 1e-10 * (1 + Math.abs(utility)) : 0;
}

const NO_MULTIPLIERS: Multipliers = { parts: new Float64Array(), gaps: new Float64Array() };

function roundsFor({ suggestion, samples }: NumberedParts): number {
  const cells = samples.reduce((sum, sample) => sum + 4 * (sample.length + 1) * (suggestion.length + 1), 1);
  return Math.min(MOST_ROUNDS, Math.max(LEAST_ROUNDS, Math.floor(MOST_CELLS / cells)));
}

function chosen(parts: NumberedParts, choices: readonly UnsureChoice[], costs: UnsureCosts): ChosenMarking {
  return { choices, utility: utilityOfChoices(parts, choices, costs) };
}

/** The first where they are equal, so that the same input always gives the same marks. */
function better(first: ChosenMarking, second: ChosenMarking): ChosenMarking {
  return second.utility > first.utility + tolerance(first.utility) ? second : first;
}

/** The marks that more than half of the samples set. */
function majority(markings: readonly (readonly UnsureChoice[])[]): UnsureChoice[] {
  const votes = (gap: number, choice: UnsureChoice): boolean =>
    2 * markings.filter((choices) => choices[gap] === choice).length > markings.length;
  const shared: UnsureChoice[] = [];
  for (const gap of markings[0]?.keys() ?? []) {
    const isAfterUnsure = shared.at(-1) === UNSURE_CHOICES.unsure;
    if (votes(gap, UNSURE_CHOICES.unsure)) shared.push(UNSURE_CHOICES.unsure);
    else if (!isAfterUnsure && votes(gap, UNSURE_CHOICES.gap)) shared.push(UNSURE_CHOICES.gap);
    else shared.push(UNSURE_CHOICES.sure);
  }
  return shared;
}

/** Each sample is charged for a mark of its own, and paid its part of what all set (Polyak's step for the gap given). */
function stepped(
  multipliers: readonly Multipliers[],
  markings: readonly (readonly UnsureChoice[])[],
  gapToClose: number,
): readonly Multipliers[] {
  const directions = markings.map((choices) => direction(choices, markings));
  const square = directions.reduce(
    (sum, { parts, gaps }) => sum + [...parts, ...gaps].reduce((total, value) => total + value ** 2, 0),
    0,
  );
  if (square === 0) return multipliers;
  const step = gapToClose / square;
  return multipliers.map(({ parts, gaps }, index) => ({
    parts: parts.map((value, at) => value - step * (directions[index]?.parts[at] ?? 0)),
    gaps: gaps.map((value, at) => value - step * (directions[index]?.gaps[at] ?? 0)),
  }));
}

/** A sample's marks less the share of samples that set each. */
function direction(choices: readonly UnsureChoice[], markings: readonly (readonly UnsureChoice[])[]): Multipliers {
  const excess = (gap: number, choice: UnsureChoice): number =>
    (choices[gap] === choice ? 1 : 0) - markings.filter((other) => other[gap] === choice).length / markings.length;
  return {
    parts: Float64Array.from({ length: choices.length - 1 }, (_, gap) => excess(gap, UNSURE_CHOICES.unsure)),
    gaps: Float64Array.from(choices, (_, gap) => excess(gap, UNSURE_CHOICES.gap)),
  };
}
