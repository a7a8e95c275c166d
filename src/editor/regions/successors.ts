import type { RegionId } from '../../core/words.ts';
import type { JudgedRegion } from './judgedRegion.ts';

/** A region that took an earlier one's place when the text was judged again. */
export interface Successor {
  readonly before: RegionId;
  readonly after: RegionId;
}

/**
 * Which regions are earlier ones that a person has worked on: an edit gives a region another identity, and who edited it has looked
 * at it. A region succeeds the earlier one that covers most of it, if that is more than half of the two together.
 *
 *     earlier, carried through the edits   [ f........ ] [ g... ]
 *     judged again                         [ f......... ] [h][ g... ]      f follows f, g follows g, h is new
 *
 * @param earlier the regions of a document, with offsets after the edits
 * @param later its regions as they were judged after the edits
 */
export function successors(earlier: readonly JudgedRegion[], later: readonly JudgedRegion[]): readonly Successor[] {
  return later.flatMap((region) => {
    const shares = earlier.map((other) => sharedPart(region, other));
    const best = earlier[shares.indexOf(Math.max(...shares))];
    if (best === undefined || Math.max(...shares) <= LEAST_SHARED) return [];
    const [before, after] = [best.assessment.region.id, region.assessment.region.id];
    return before === after ? [] : [{ before, after }];
  });
}

const LEAST_SHARED = 0.5;

/** What two stretches share of what they cover together, in [0, 1]. */
function sharedPart(a: JudgedRegion, b: JudgedRegion): number {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  const together = Math.max(a.end, b.end) - Math.min(a.start, b.start);
  return shared <= 0 ? 0 : shared / together;
}
