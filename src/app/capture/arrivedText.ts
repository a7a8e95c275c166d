import type { Writer } from '../../capture/arrivals/gatherArrivals.ts';
import type { RegionFacts } from '../../capture/following/seeDocument.ts';
import type { Certainty } from '../../capture/matching/match.ts';
import type { Assessment } from '../../core/words.ts';
import type { TextRange } from '../../engines/engine.ts';
import type { OpenText } from '../auditor/openText.ts';
import type { Setup } from '../auditor/setup.ts';

/** Code that arrived in a document at once. */
export interface ArrivedText extends OpenText {
  readonly setup: Setup;
  /** What arrived, in the text as it is now. */
  readonly stretches: readonly TextRange[];
  /** `declared`: a person says that a model wrote it. */
  readonly writer: Writer | { readonly by: 'declared' };
  /** In Unix milliseconds. */
  readonly arrivedMs: number;
}

/** A region of code that a model wrote, which is followed from now on. */
export interface FollowedRegion {
  readonly assessment: Assessment;
  readonly facts: RegionFacts;
  /** How surely it is what was recorded; null: nothing like it was. */
  readonly match: Certainty | null;
  /** When it is next to be looked at, in Unix milliseconds. */
  readonly dueMs: number | null;
}
