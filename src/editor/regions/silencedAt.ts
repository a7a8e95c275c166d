import type { SilencedSpan } from '../../core/words.ts';
import type { JudgedRegion } from './judgedRegion.ts';

/** A span that a comment keeps quiet, and how far its region has moved since it was judged. */
export interface SilencedPlace {
  readonly span: SilencedSpan;
  readonly shift: number;
}

/** What is kept quiet at an offset of a document; null: nothing, or nothing that is known yet of a region that is being edited. */
export function silencedAt(regions: readonly JudgedRegion[], offset: number): SilencedPlace | null {
  for (const { start, end, assessment } of regions) {
    const { region, silenced = [] } = assessment;
    // What is inside has moved as the region has, while it is as long as it was.
    if (offset < start || end < offset || end - start !== region.end - region.start) continue;
    const shift = start - region.start;
    const span = silenced.find((each) => each.start + shift <= offset && offset <= each.end + shift);
    if (span !== undefined) return { span, shift };
  }
  return null;
}
