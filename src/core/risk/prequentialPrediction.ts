import type { AssessmentId } from '../words.ts';

/**
 * A prediction that was made before anyone knew the outcome, and the outcome: by the model as it was at that time, never
 * by one that has learned from this or later outcomes (Dawid 1984).
 *
 * Whether a prediction is in the record must not depend on how it ended. A bad end is often known early and a good one
 * only when the horizon is over, so a commit joins the record when the horizon is over for all of its regions.
 */
export interface PrequentialPrediction {
  readonly assessment: AssessmentId;
  /** Chance of the good event, in [0, 1]. */
  readonly p: number;
  /** Whether the good event happened. */
  readonly good: boolean;
  /** What the regions arrived with. Regions of one commit share their fate in part; commits are taken as independent. */
  readonly commit: string;
}
