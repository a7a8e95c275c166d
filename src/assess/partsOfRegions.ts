import { firstThat } from '../core/firstThat.ts';
import type { SpanTable } from '../core/spanTable.ts';
import type { TextRange } from '../engines/engine.ts';
import type { FoundRegion } from '../syntax/findRegions.ts';

/** A found region, or the part of one that is to be judged; `kind` and `name` are those of the whole. */
export type RegionPart = Omit<FoundRegion, 'firstSpan' | 'endSpan'>;

/** Leaves by their ordinals: firstLeaf .. endLeaf-1. */
interface Leaves {
  readonly firstLeaf: number;
  readonly endLeaf: number;
}

/**
 * What ranges of a text have in common with its regions, in order of the text.
 *
 *     leaves      0  1  2  3  4  5  6  7  8  9
 *     regions    [ import ][ function f     ][g ]
 *     ranges         ----       --  ----------
 *     parts         [1 2 ]     [4] [5 6 7 ][8]       leaf 3 is in no range, leaves 1 and 2 are of one region
 *
 * A leaf that a range touches belongs to it whole. Ranges that touch the same leaf count as one, so that every leaf in a
 * range is in exactly one part. A range without width touches nothing.
 *
 * @param regions in order of the text, holding every leaf once
 * @param ranges in any order
 */
export function partsOfRegions(
  spans: SpanTable,
  regions: readonly RegionPart[],
  ranges: readonly TextRange[],
): readonly RegionPart[] {
  const parts: RegionPart[] = [];
  let at = 0;
  for (const { firstLeaf, endLeaf } of leavesOfRanges(spans, ranges)) {
    while ((regions[at]?.endLeaf ?? Infinity) <= firstLeaf) at++;
    for (let next = at; ; next++) {
      const region = regions[next];
      if (region === undefined || region.firstLeaf >= endLeaf) break;
      const { kind, name } = region;
      const part = { firstLeaf: Math.max(firstLeaf, region.firstLeaf), endLeaf: Math.min(endLeaf, region.endLeaf) };
      parts.push({
        kind,
        ...(name !== undefined && { name }),
        ...part,
        start: spans.starts[spans.leaves[part.firstLeaf] ?? 0] ?? 0,
        end: spans.ends[spans.leaves[part.endLeaf - 1] ?? 0] ?? 0,
      });
    }
  }
  return parts;
}

/** The leaves that each range touches, in order; those of ranges that share one are put together. */
function leavesOfRanges({ leaves, starts, ends }: SpanTable, ranges: readonly TextRange[]): readonly Leaves[] {
  const touched: Leaves[] = [];
  for (const { start, end } of ranges.filter((range) => range.start < range.end).sort((a, b) => a.start - b.start)) {
    const firstLeaf = firstThat(leaves.length, (leaf) => (ends[leaves[leaf] ?? 0] ?? 0) > start);
    const endLeaf = firstThat(leaves.length, (leaf) => (starts[leaves[leaf] ?? 0] ?? 0) >= end);
    const last = touched.at(-1);
    if (firstLeaf >= endLeaf) continue;
    if (last === undefined || firstLeaf >= last.endLeaf) touched.push({ firstLeaf, endLeaf });
    else touched[touched.length - 1] = { ...last, endLeaf: Math.max(last.endLeaf, endLeaf) };
  }
  return touched;
}
