import type { Assessment } from '../../core/words.ts';

/** A region that was judged, where it is now: offsets follow the edits of its document, the assessment's are those it was judged at. */
export interface JudgedRegion {
  readonly start: number;
  readonly end: number;
  readonly assessment: Assessment;
}
