import type { EditRow } from './editTable.ts';
import type { NumberedParts } from './numberedParts.ts';
import {
  CHOICES_AFTER_SURE,
  CHOICES_AFTER_UNSURE,
  openingCost,
  startCost,
  UNSURE_CHOICES,
  type UnsureChoice,
} from './unsureChoice.ts';
import { partCosts, type UnsureCosts } from './unsureCosts.ts';

/** What a sample is paid for each mark of the marking that it may choose for itself. */
export interface Multipliers {
  /** For each part that is UNSURE. */
  readonly parts: Float64Array;
  /** For each gap that is a region. */
  readonly gaps: Float64Array;
}

/** The best that one sample could have, were the marking its own. */
export interface RelaxedMarking {
  /** Utility and payments together. */
  readonly value: number;
  readonly choices: readonly UnsureChoice[];
  /** For each gap, after a SURE and after an UNSURE part: what is still to be had, by how many of its parts are used. */
  readonly outlooks: readonly (readonly [afterSure: EditRow, afterUnsure: EditRow])[];
}

/** What is to be had beyond a gap once the part after it is settled; `matched`: if it matches, `editing`: in an edit. */
interface Beyond {
  readonly sure: EditRow;
  /** None after the last part. */
  readonly unsure: EditRow | null;
}

interface Gap {
  readonly at: number;
  readonly beyond: Beyond;
}

/** The best marking and alignment of one sample together, from the last gap back to the first. O(parts x sample). */
export function relaxedMarking(
  parts: NumberedParts,
  sample: Uint32Array,
  costs: UnsureCosts,
  multipliers: Multipliers,
): RelaxedMarking {
  const { suggestion } = parts;
  const gaps: Gap[] = [];
  const outlooks: (readonly [EditRow, EditRow])[] = [];
  for (let at = suggestion.length; at >= 0; at--) {
    const next = outlooks[at + 1];
    const beyond = next ? beyondPart(parts, at, sample, costs, next) : { sure: beyondLast(sample), unsure: null };
    gaps[at] = { at, beyond };
    outlooks[at] = [
      outlook({ at, beyond }, false, costs, multipliers),
      outlook({ at, beyond }, true, costs, multipliers),
    ];
  }
  return {
    value: outlooks[0]?.[0].matched[0] ?? Number.NaN,
    choices: trace(parts, sample, gaps, costs, multipliers),
    outlooks,
  };
}

/** After the last part: an edit inserts what is left; without one nothing may be left. */
function beyondLast(sample: Uint32Array): EditRow {
  const matched = new Float64Array(sample.length + 1).fill(-Infinity);
  matched[sample.length] = 0;
  return { matched, editing: new Float64Array(sample.length + 1) };
}

function beyondPart(
  { suggestion, lengths }: NumberedParts,
  at: number,
  sample: Uint32Array,
  costs: UnsureCosts,
  [afterSure, afterUnsure]: readonly [EditRow, EditRow],
): Beyond {
  const [part, length] = [suggestion[at] ?? 0, lengths[at] ?? 0];
  const row = (next: EditRow, isUnsure: boolean): EditRow => {
    const gains = partCosts(length, isUnsure, costs);
    const matched = new Float64Array(sample.length + 1).fill(-Infinity);
    const editing = new Float64Array(sample.length + 1);
    let inEdit = -Infinity;
    for (let used = sample.length; used >= 0; used--) {
      if (sample[used] === part) matched[used] = gains.match + (next.matched[used + 1] ?? 0);
      inEdit = Math.max(inEdit, matched[used] ?? 0, (next.editing[used] ?? 0) - gains.delete);
      editing[used] = inEdit;
    }
    return { matched, editing };
  };
  return { sure: row(afterSure, false), unsure: row(afterUnsure, true) };
}

/** A choice in a gap: where it leads, what it brings at once, and what an edit would pay for its start. */
interface Option {
  readonly choice: UnsureChoice;
  readonly row: EditRow;
  readonly bonus: number;
  readonly start: number;
}

function optionsIn(
  { at, beyond }: Gap,
  isAfterUnsure: boolean,
  costs: UnsureCosts,
  { parts, gaps }: Multipliers,
): Option[] {
  return (isAfterUnsure ? CHOICES_AFTER_UNSURE : CHOICES_AFTER_SURE).flatMap((choice) => {
    const row = choice === UNSURE_CHOICES.unsure ? beyond.unsure : beyond.sure;
    if (row === null) return [];
    const paid = choice === UNSURE_CHOICES.unsure ? parts[at] : choice === UNSURE_CHOICES.gap ? gaps[at] : 0;
    const bonus = (paid ?? 0) - openingCost(choice, isAfterUnsure, costs);
    return [{ choice, row, bonus, start: startCost(choice, isAfterUnsure, costs) }];
  });
}

function outlook(gap: Gap, isAfterUnsure: boolean, costs: UnsureCosts, multipliers: Multipliers): EditRow {
  const size = gap.beyond.sure.matched.length;
  const matched = new Float64Array(size).fill(-Infinity);
  const editing = new Float64Array(size).fill(-Infinity);
  for (const option of optionsIn(gap, isAfterUnsure, costs, multipliers)) {
    for (let used = 0; used < size; used++) {
      matched[used] = Math.max(matched[used] ?? 0, valueOf(option, used, false));
      editing[used] = Math.max(editing[used] ?? 0, valueOf(option, used, true));
    }
  }
  return { matched, editing };
}

function valueOf({ row, bonus, start }: Option, used: number, isEditing: boolean): number {
  const inEdit = row.editing[used] ?? 0;
  return bonus + (isEditing ? inEdit : Math.max(row.matched[used] ?? 0, inEdit - start));
}

/** The choices of the best marking, gap by gap. */
function trace(
  { suggestion }: NumberedParts,
  sample: Uint32Array,
  gaps: readonly Gap[],
  costs: UnsureCosts,
  multipliers: Multipliers,
): UnsureChoice[] {
  const choices: UnsureChoice[] = [];
  let [used, isEditing, isAfterUnsure] = [0, false, false];
  for (const gap of gaps) {
    const options = optionsIn(gap, isAfterUnsure, costs, multipliers);
    const best = options.reduce((left, right) =>
      valueOf(right, used, isEditing) > valueOf(left, used, isEditing) ? right : left,
    );
    choices.push(best.choice);
    if (gap.at === suggestion.length) break;
    isAfterUnsure = best.choice === UNSURE_CHOICES.unsure;
    const { matched, editing } = best.row;
    const matches = (): boolean => (matched[used] ?? 0) >= (editing[used] ?? 0) - (isEditing ? 0 : best.start);
    if (!matches()) {
      isEditing = true;
      // Inserted: as long as that loses nothing, and until the next match.
      while (used < sample.length && !matches() && editing[used + 1] === editing[used]) used++;
    }
    if (matches()) [used, isEditing] = [used + 1, false];
  }
  return choices;
}
