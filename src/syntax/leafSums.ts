import type { SpanTable } from '../core/spanTable.ts';

/**
 * Charges a cost per token to leaves and answers the sum of any span in constant time.
 *
 *     leaf costs      2    1    0    4
 *     totals       0    2    3    3    7        sum of leaves i .. j-1 = totals[j] - totals[i]
 *
 * A leaf's cost is the sum over the tokens that are charged to it, so a span's sum is that of its leaves and the root's
 * that of all charged tokens. Costs that are NaN (unscored) and tokens charged to no leaf (-1) count nothing.
 */
export class LeafSums {
  readonly #spans: SpanTable;
  readonly #totals: Float64Array;

  constructor(spans: SpanTable, chargedLeaves: Int32Array, costs: Float64Array) {
    const totals = new Float64Array(spans.leaves.length + 1);
    for (let token = 0; token < chargedLeaves.length; token++) {
      const leaf = chargedLeaves[token] ?? -1;
      const cost = costs[token] ?? Number.NaN;
      if (leaf >= 0 && !Number.isNaN(cost)) totals[leaf + 1] = (totals[leaf + 1] ?? 0) + cost;
    }
    for (let leaf = 1; leaf < totals.length; leaf++) totals[leaf] = (totals[leaf] ?? 0) + (totals[leaf - 1] ?? 0);
    this.#spans = spans;
    this.#totals = totals;
  }

  /** Sum over the leaves below a span, or of the leaf itself. */
  ofSpan(span: number): number {
    return this.ofLeaves(this.#spans.leafStarts[span] ?? 0, this.#spans.leafEnds[span] ?? 0);
  }

  /** Sum over the leaves with ordinals firstLeaf .. endLeaf-1. */
  ofLeaves(firstLeaf: number, endLeaf: number): number {
    return (this.#totals[endLeaf] ?? 0) - (this.#totals[firstLeaf] ?? 0);
  }
}
