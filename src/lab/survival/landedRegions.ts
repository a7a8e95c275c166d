import { partsOfRegions, type RegionPart } from '../../assess/partsOfRegions.ts';
import { lineIndexOf, positionAt } from '../../core/lineIndex.ts';
import type { CodeLeaves } from '../../syntax/codeLeaves.ts';
import { findRegions } from '../../syntax/findRegions.ts';

/** What a landing added to one function or one run of top-level statements. */
export interface LandedRegion {
  readonly part: RegionPart;
  /** As indices into the CodeLeaves of the file: firstLeaf .. endLeaf-1. */
  readonly firstLeaf: number;
  readonly endLeaf: number;
  /** Lines with a leaf of it. */
  readonly lineCount: number;
  /** Share of the leaves of its function, or run of statements, that are its own. */
  readonly shareOfUnit: number;
}

/** Bounds of docs/targets.md. */
const [FEWEST_LINES, MOST_LINES] = [4, 80];

/** Old leaves between new ones that are no more than these are an accident of the diff: a bracket, a `return`. */
const MOST_OLD_BETWEEN = 3;

/**
 * The regions that a landing added to a file, in order of the text.
 *
 * @param isNew by leaf of `leaves`: 1 for what the landing brought
 */
export function landedRegions(leaves: CodeLeaves, isNew: Uint8Array): readonly LandedRegion[] {
  const { text, spans, ordinals } = leaves;
  const units = findRegions(spans, text);
  const lines = lineIndexOf(text);
  const spanOf = (leaf: number): number => spans.leaves[ordinals[leaf] ?? 0] ?? 0;
  const found: LandedRegion[] = [];
  let next = 0;
  for (const unit of units) {
    while (next < ordinals.length && (ordinals[next] ?? 0) < unit.firstLeaf) next++;
    const first = next;
    while (next < ordinals.length && (ordinals[next] ?? 0) < unit.endLeaf) next++;
    for (const [firstLeaf, endLeaf] of newRuns(isNew, first, next)) {
      const numbers = new Set<number>();
      for (let leaf = firstLeaf; leaf < endLeaf; leaf++) {
        numbers.add(positionAt(lines, spans.starts[spanOf(leaf)] ?? 0).line);
      }
      if (numbers.size < FEWEST_LINES || numbers.size > MOST_LINES) continue;
      const range = { start: spans.starts[spanOf(firstLeaf)] ?? 0, end: spans.ends[spanOf(endLeaf - 1)] ?? 0 };
      const [part] = partsOfRegions(spans, [unit], [range]);
      if (part === undefined) continue;
      const shareOfUnit = (endLeaf - firstLeaf) / (next - first);
      found.push({ part, firstLeaf, endLeaf, lineCount: numbers.size, shareOfUnit });
    }
  }
  return found;
}

/** Runs of new leaves among first .. end-1; few old ones between two runs join them. */
function newRuns(isNew: Uint8Array, first: number, end: number): readonly (readonly [first: number, end: number])[] {
  const runs: [number, number][] = [];
  for (let leaf = first; leaf < end; leaf++) {
    if (isNew[leaf] !== 1) continue;
    const last = runs.at(-1);
    if (last !== undefined && leaf - last[1] <= MOST_OLD_BETWEEN) last[1] = leaf + 1;
    else runs.push([leaf, leaf + 1]);
  }
  return runs;
}
