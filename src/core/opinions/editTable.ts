/**
 * Parts of a suggestion laid on the parts of a sample, from left to right. A run of edits begins in a gap, deletes any parts
 * of the suggestion, inserts any of the sample, and ends where two equal parts match.
 *
 *     suggestion   a  b  c  d
 *     sample       a  x  d         one edit, begun in the gap after `a`: b and c deleted, x inserted
 */

/** The best utility so far, by how many parts of the sample are used: -Infinity where that cannot be. */
export interface EditRow {
  /** Right after a match, or at the start. */
  readonly matched: Float64Array;
  /** In an edit, whose start is paid. */
  readonly editing: Float64Array;
}

/** What one part of the suggestion gains and costs as it is marked. */
export interface PartCosts {
  readonly start: number;
  readonly match: number;
  readonly delete: number;
}

export function firstEditRow(sampleLength: number): EditRow {
  const matched = new Float64Array(sampleLength + 1).fill(-Infinity);
  matched[0] = 0;
  return { matched, editing: new Float64Array(sampleLength + 1).fill(-Infinity) };
}

/** The row after one more part of the suggestion. `part` and `sample` are numbers that stand for texts. */
export function nextEditRow(row: EditRow, part: number, sample: Uint32Array, costs: PartCosts): EditRow {
  const matched = new Float64Array(sample.length + 1).fill(-Infinity);
  const editing = new Float64Array(sample.length + 1);
  let inEdit = -Infinity;
  for (let used = 0; used <= sample.length; used++) {
    const here = row.matched[used] ?? 0;
    // Inserting costs nothing, so an edit may always have used one part less.
    inEdit = Math.max(inEdit, row.editing[used] ?? 0, here - costs.start);
    editing[used] = inEdit - costs.delete;
    if (sample[used] === part) matched[used + 1] = Math.max(here, inEdit) + costs.match;
  }
  return { matched, editing };
}

/** The best utility of all, where an edit that begins after the last part pays `start`. */
export function lastUtility({ matched, editing }: EditRow, start: number): number {
  const inEdit = matched.reduce((most, value, used) => Math.max(most, value - start, editing[used] ?? 0), -Infinity);
  return Math.max(matched.at(-1) ?? 0, inEdit);
}
