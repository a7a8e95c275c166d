import { firstThat } from '../core/firstThat.ts';
import { isDocumentation, NO_CATEGORY } from '../core/spanTable.ts';
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
  const inside = ({ firstLeaf, endLeaf }: LeafRange): Uint32Array =>
    all
      .subarray(lowerBound(all, firstLeaf), lowerBound(all, endLeaf))
      .filter((ordinal) => !isDocumentation(spans, ordinal));
  const ordinals = inside(part);
  if (ordinals.length === 0) return null;
  const lineOf = (ordinal: number): number => positionAt(lines, spans.starts[spans.leaves[ordinal] ?? 0] ?? 0).line;
  const lineNumbers = Array.from(ordinals, lineOf);
  const isScored = signals.tokenCount !== undefined;
  return {
    ordinals,
    evidence: {
      language: spans.language,
      kind: part.kind,
      lines: new Set(lineNumbers).size,
      shareOfUnit: ordinals.length / inside(unit).length,
      signals,
      leaves: {
        categories: Array.from(ordinals, (ordinal) => spans.categories[spans.leaves[ordinal] ?? 0] ?? NO_CATEGORY),
        surprisalsNats: isScored ? Array.from(ordinals, (ordinal) => surprisals.ofLeaves(ordinal, ordinal + 1)) : [],
        seen: Array.from(ordinals, (ordinal) => {
          const seen = wasSeen(ordinal);
          return seen === null ? null : seen ? 1 : 0;
        }),
        lines: lineNumbers.map((line) => line - (lineNumbers[0] ?? 0)),
      },
    },
  };
}

/** Index of the first of the rising `values` that is not below `limit`. */
function lowerBound(values: Uint32Array, limit: number): number {
  return firstThat(values.length, (index) => (values[index] ?? Infinity) >= limit);
}
