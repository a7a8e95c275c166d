import { type ChosenMarking, dualMarking, tolerance } from './dualMarking.ts';
import { type EditRow, firstEditRow, lastUtility, nextEditRow } from './editTable.ts';
import { type NumberedParts, numberParts } from './numberedParts.ts';
import type { RelaxedMarking } from './relaxedMarking.ts';
import {
  CHOICES_AFTER_SURE,
  CHOICES_AFTER_UNSURE,
  openingCost,
  regionsOfChoices,
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

/** Where a suggestion is unsure, and how good that marking is. */
export interface UnsureRegions {
  /** In rising order; they neither overlap nor touch. */
  readonly regions: readonly UnsureRegion[];
  /** Mean utility over the samples, in characters: at most the suggestion's length. */
  readonly utility: number;
  /** No marking has a greater utility than this. Equal to `utility` where the marking was shown to be the best. */
  readonly upperBound: number;
}

/** Cells of tables that the search may fill: about half a second. */
const MOST_CELLS = 1e7;

/**
 * The marks that serve best someone whose intent is as likely any of the samples: those of the greatest mean utility
 * (`utilityOf`), regions without length included. R-U-SURE, arXiv 2303.00732; public code google-research/r_u_sure.
 *
 * One marking for all samples is hard to choose. A bound by dual decomposition and good markings come first; then branch and
 * bound settles gap after gap and leaves out what that bound excludes. It ends with the best of all for suggestions of some
 * ten parts always, for longer ones mostly where samples agree on much; else after a fixed amount of work with the best
 * marking found, and `upperBound` says how much it may have missed. The same input always gives the same marks.
 *
 * Time and memory of the bound grow with parts x parts of all samples: five samples of 60 parts take about a second,
 * ten of 200 a few. Give regions, no files.
 *
 * @param suggestion the texts of its leaves, in order
 * @param samples the same of each sample; the suggestion may be one of them
 * @returns null without samples
 * @throws CandorError `bad-call` where a setting is out of range
 */
export function unsureRegions(
  suggestion: readonly string[],
  samples: readonly (readonly string[])[],
  settings: UnsureSettings = DEFAULT_UNSURE_SETTINGS,
): UnsureRegions | null {
  const costs = unsureCosts(settings);
  if (samples.length === 0) return null;
  const parts = numberParts(suggestion, samples);
  const { bound, best, outlooks } = dualMarking(parts, costs);
  const found = branchAndBound(parts, costs, outlooks, best);
  const utility = found.best.utility / samples.length;
  return {
    regions: regionsOfChoices(found.best.choices),
    utility,
    upperBound: found.isBest ? utility : Math.max(utility, bound / samples.length),
  };
}

interface Found {
  readonly best: ChosenMarking;
  /** Whether nothing better was left out. */
  readonly isBest: boolean;
}

/** The first choices of a marking, up to a gap: where they have led each sample. */
interface Branch {
  readonly choices: readonly UnsureChoice[];
  readonly rows: readonly EditRow[];
  /** What its regions cost, each sample once. */
  readonly paid: number;
  readonly bound: number;
}

/** Depth first, the more promising branch before the others. */
function branchAndBound(
  parts: NumberedParts,
  costs: UnsureCosts,
  outlooks: readonly RelaxedMarking['outlooks'][],
  known: ChosenMarking,
): Found {
  const { suggestion, samples } = parts;
  const cellsPerBranch = samples.reduce((sum, sample) => sum + sample.length + 1, 0);
  const rows = samples.map((sample) => firstEditRow(sample.length));
  const open: Branch[] = [{ choices: [], rows, paid: 0, bound: Infinity }];
  let best = known;
  let cells = 0;
  for (let branch = open.pop(); branch !== undefined; branch = open.pop()) {
    if (branch.bound <= best.utility + tolerance(best.utility)) continue;
    if (cells > MOST_CELLS) return { best, isBest: false };
    if (branch.choices.length > suggestion.length) {
      best = { choices: branch.choices, utility: branch.bound };
      continue;
    }
    const isLast = branch.choices.length === suggestion.length;
    const longer = isLast ? ended(branch, costs) : extended(branch, parts, costs, outlooks);
    cells += longer.length * cellsPerBranch;
    open.push(...longer.sort((left, right) => left.bound - right.bound));
  }
  return { best, isBest: true };
}

/** A branch with the choice in the gap before its next part. */
function extended(
  { choices, rows, paid }: Branch,
  { suggestion, lengths, samples }: NumberedParts,
  costs: UnsureCosts,
  outlooks: readonly RelaxedMarking['outlooks'][],
): Branch[] {
  const at = choices.length;
  const isAfterUnsure = choices[at - 1] === UNSURE_CHOICES.unsure;
  return (isAfterUnsure ? CHOICES_AFTER_UNSURE : CHOICES_AFTER_SURE).map((choice) => {
    const isUnsure = choice === UNSURE_CHOICES.unsure;
    const gains = { ...partCosts(lengths[at] ?? 0, isUnsure, costs), start: startCost(choice, isAfterUnsure, costs) };
    const nextRows = rows.map((row, index) =>
      nextEditRow(row, suggestion[at] ?? 0, samples[index] ?? new Uint32Array(), gains),
    );
    const nextPaid = paid + samples.length * openingCost(choice, isAfterUnsure, costs);
    const toCome = nextRows.map((row, index) => bestOutlook(row, outlooks[index]?.[at + 1]?.[isUnsure ? 1 : 0]));
    return {
      choices: [...choices, choice],
      rows: nextRows,
      paid: nextPaid,
      bound: toCome.reduce((sum, value) => sum + value, -nextPaid),
    };
  });
}

/** A branch with the choice in the last gap: whole markings, whose bound is their utility. */
function ended({ choices, rows, paid }: Branch, costs: UnsureCosts): Branch[] {
  const isAfterUnsure = choices.at(-1) === UNSURE_CHOICES.unsure;
  const possible = isAfterUnsure ? [UNSURE_CHOICES.sure] : [UNSURE_CHOICES.sure, UNSURE_CHOICES.gap];
  return possible.map((choice) => {
    const start = startCost(choice, isAfterUnsure, costs);
    const nextPaid = paid + rows.length * openingCost(choice, isAfterUnsure, costs);
    return {
      choices: [...choices, choice],
      rows: [],
      paid: nextPaid,
      bound: rows.reduce((sum, row) => sum + lastUtility(row, start), -nextPaid),
    };
  });
}

/** The most that a sample can end with from here, were the rest of the marking its own. */
function bestOutlook(row: EditRow, outlook: EditRow | undefined): number {
  return row.matched.reduce(
    (most, value, used) =>
      Math.max(most, value + (outlook?.matched[used] ?? 0), (row.editing[used] ?? 0) + (outlook?.editing[used] ?? 0)),
    -Infinity,
  );
}
