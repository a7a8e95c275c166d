import { firstThat } from '../core/firstThat.ts';
import { isDocumentation, NO_CATEGORY, type SpanTable } from '../core/spanTable.ts';
import { positionAt, type LineIndex } from '../core/lineIndex.ts';
import type { RegionEvidence } from '../core/risk/regionEvidence.ts';
import type { SignalValues } from '../core/words.ts';
import type { CodeLeaves } from '../syntax/codeLeaves.ts';
import type { LeafReadings } from './leafReadings.ts';
import type { RegionPart } from './partsOfRegions.ts';
import type { LeafRange } from './riskiestSpans.ts';

/** What is known of a region, and which leaves it is known of. */
export interface RegionReading {
  readonly evidence: RegionEvidence;
  /** Of each entry of the evidence's leaves, its ordinal in the span table. */
  readonly ordinals: Uint32Array;
}

/**
 * What a model of risk may know of a region of a text.
 *
 * @param unit the function or the run of statements that the region is, or is a part of
 * @returns null for a region without a comparable leaf of code
 */
export function evidenceOfRegion(
  { ordinals: all, spans }: CodeLeaves,
  lines: LineIndex,
  { surprisals, wasSeen }: LeafReadings,
  signals: SignalValues,
  part: RegionPart,
  unit: LeafRange,
): RegionReading | null {
  const ordinals = codeIn(all, spans, part);
  if (ordinals.length === 0) return null;
  const isScored = signals.tokenCount !== undefined;
  // Whole workspaces go through here leaf by leaf, so one pass fills all columns.
  const categories: number[] = [];
  const surprisalsNats: number[] = [];
  const seen: (0 | 1 | null)[] = [];
  const lineNumbers: number[] = [];
  for (const ordinal of ordinals) {
    const span = spans.leaves[ordinal] ?? 0;
    categories.push(spans.categories[span] ?? NO_CATEGORY);
    if (isScored) surprisalsNats.push(surprisals.ofLeaves(ordinal, ordinal + 1));
    const stood = wasSeen(ordinal);
    seen.push(stood === null ? null : stood ? 1 : 0);
    lineNumbers.push(positionAt(lines, spans.starts[span] ?? 0).line);
  }
  const [firstLine = 0] = lineNumbers;
  return {
    ordinals,
    evidence: {
      language: spans.language,
      kind: part.kind,
      lines: new Set(lineNumbers).size,
      shareOfUnit: ordinals.length / codeIn(all, spans, unit).length,
      signals,
      leaves: { categories, surprisalsNats, seen, lines: lineNumbers.map((line) => line - firstLine) },
    },
  };
}

/** Those of rising ordinals that lie in a range and are code. */
function codeIn(all: Uint32Array, spans: SpanTable, { firstLeaf, endLeaf }: LeafRange): Uint32Array {
  const inside = all.subarray(lowerBound(all, firstLeaf), lowerBound(all, endLeaf));
  const isCode = (ordinal: number): boolean => !isDocumentation(spans, ordinal);
  return inside.every(isCode) ? inside : inside.filter(isCode);
}

/** Index of the first of the rising `values` that is not below `limit`. */
function lowerBound(values: Uint32Array, limit: number): number {
  return firstThat(values.length, (index) => (values[index] ?? Infinity) >= limit);
}
