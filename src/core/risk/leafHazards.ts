import { CandorError } from '../candorError.ts';
import { dot } from '../linearAlgebra/squareMatrix.ts';
import type { SpanTable } from '../spanTable.ts';
import { encodeObservation } from './featureEncoding.ts';
import type { RegionRisk } from './judgeRegion.ts';
import type { Observation } from './observation.ts';
import type { PartModel } from './riskModel.ts';

/** The hazards of a region's leaves and inner gaps, summed up so that Lambda of any run of leaves is one subtraction. */
export interface LeafHazards {
  /** Index of the region's first leaf among the leaves of its SpanTable. */
  readonly firstLeaf: number;
  /** Of leaf, gap, leaf, ..., leaf: entry i is the sum of the first i hazards. */
  readonly sums: Float64Array;
}

/** ln lambda is kept within these bounds: beyond them nothing changes but the danger of overflow. */
const LARGEST_LN_HAZARD = 30;

/**
 * The hazards of parts by a fitted model.
 *
 * @param parts leaf, gap, leaf, ..., leaf, in text order; none for a region without leaves
 */
export function hazardsOf({ encoding, coefficients }: PartModel, parts: readonly Observation[]): Float64Array {
  const weights = Float64Array.from(coefficients);
  return Float64Array.from(parts, (part) => {
    const lnHazard = dot(encodeObservation(encoding, part).row, weights);
    return Math.exp(Math.min(LARGEST_LN_HAZARD, Math.max(-LARGEST_LN_HAZARD, lnHazard)));
  });
}

/**
 * Sums up hazards, once a region.
 *
 * @param hazards above 0, of leaf, gap, leaf, ..., leaf
 * @param firstLeaf index of the first among the leaves of the SpanTable
 * @throws CandorError `bad-call` on a hazard that is none, or a gap too many or too few
 */
export function sumHazards(hazards: Float64Array, firstLeaf: number): LeafHazards {
  const complete = hazards.length === 0 || hazards.length % 2 === 1;
  if (!complete || !hazards.every((hazard) => hazard > 0 && Number.isFinite(hazard))) {
    throw new CandorError('bad-call', 'Hazards are above 0, one a leaf and one a gap between two. Give all of them.');
  }
  const sums = new Float64Array(hazards.length + 1);
  for (const [index, hazard] of hazards.entries()) sums[index + 1] = (sums[index] ?? 0) + hazard;
  return { firstLeaf, sums };
}

/**
 * Share of a region's risk that lies in a run of leaves and the gaps inside it:
 * (1 - e^-Lambda(run)) / (1 - e^-Lambda(region)), the chance that something there changed given that something did. In
 * [0, 1]; exactly 1 for all of the region, never more for a run than for one that holds it, and 0 for a run without leaves.
 *
 * @param startLeaf first leaf, and after the last: indices into the SpanTable's leaves. What lies outside the region does
 *   not count
 */
export function shareOfLeaves({ firstLeaf, sums }: LeafHazards, startLeaf: number, endLeaf: number): number {
  const leaves = Math.floor(sums.length / 2);
  const start = Math.min(leaves, Math.max(0, startLeaf - firstLeaf));
  const end = Math.min(leaves, Math.max(0, endLeaf - firstLeaf));
  if (start >= end) return 0;
  const inRun = (sums[2 * end - 1] ?? 0) - (sums[2 * start] ?? 0);
  return Math.min(1, Math.expm1(-inRun) / Math.expm1(-(sums.at(-1) ?? 0)));
}

/** Share of a region's risk that lies in a span of its tree, in [0, 1]. */
export function shareOfSpan(hazards: LeafHazards, table: SpanTable, span: number): number {
  return shareOfLeaves(hazards, table.leafStarts[span] ?? 0, table.leafEnds[span] ?? 0);
}

/** The risk of a span, with its interval: its share of the region's. Never more for a span than for one that holds it. */
export function riskOfSpan(region: RegionRisk, hazards: LeafHazards, table: SpanTable, span: number): RegionRisk {
  const share = shareOfSpan(hazards, table, span);
  return { risk: region.risk * share, low: region.low * share, high: region.high * share };
}
