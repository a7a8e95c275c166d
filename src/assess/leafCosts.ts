import { type LeafHazards, shareOfSpan } from '../core/risk/leafHazards.ts';
import type { SpanTable } from '../core/spanTable.ts';
import type { LeafSums } from '../syntax/leafSums.ts';
import type { LeafCosts, LeafRange } from './riskiestSpans.ts';

/** Less is no surprise: a chance of 1 in 3. */
const LEAST_SURPRISAL_NATS = 1;

/** The surprisal of a region's leaves, in nats: what is spread while nobody knows where code changes. */
export function surprisalCosts(surprisals: LeafSums, { firstLeaf, endLeaf }: LeafRange): LeafCosts {
  const total = surprisals.ofLeaves(firstLeaf, endLeaf);
  const shareOfCost = (cost: number): number => (total > 0 ? Math.min(1, cost / total) : 0);
  return {
    ofLeaves: (first, end) => surprisals.ofLeaves(first, end),
    shareOfSpan: (span) => shareOfCost(surprisals.ofSpan(span)),
    shareOfCost,
    leastOfLeaf: LEAST_SURPRISAL_NATS,
  };
}

/** The hazards of a region's leaves and gaps. What is below the mean leaf does not stand out. */
export function hazardCosts(hazards: LeafHazards, spans: SpanTable, { firstLeaf, endLeaf }: LeafRange): LeafCosts {
  const { sums } = hazards;
  const before = (leaf: number): number => 2 * (leaf - firstLeaf);
  const ofLeaves = (first: number, end: number): number => (sums[before(end) - 1] ?? 0) - (sums[before(first)] ?? 0);
  const leaves = Array.from({ length: endLeaf - firstLeaf }, (_, index) => firstLeaf + index);
  const mean = leaves.reduce((sum, leaf) => sum + ofLeaves(leaf, leaf + 1), 0) / leaves.length;
  const total = sums.at(-1) ?? 0;
  return {
    ofLeaves,
    shareOfSpan: (span) => shareOfSpan(hazards, spans, span),
    shareOfCost: (cost) => Math.min(1, Math.expm1(-cost) / Math.expm1(-total)),
    leastOfLeaf: mean,
  };
}
