import type { AssessmentId } from '../../core/words.ts';

/** What made an outcome known that a person's verdict is. */
export const VERDICT_CAUSE = 'verdict';

/** What a person says of followed regions, or wants done with what the ledger keeps. */
export type Decision =
  /** This code is fine, or it is wrong. The last word counts. */
  | { readonly kind: 'verdict'; readonly assessment: AssessmentId; readonly isFine: boolean }
  /** No model wrote this. */
  | { readonly kind: 'disown'; readonly assessments: readonly AssessmentId[] }
  | { readonly kind: 'rename'; readonly workspace: string | null; readonly from: string; readonly to: string }
  | { readonly kind: 'export'; readonly file: string }
  | { readonly kind: 'import'; readonly file: string }
  /** `workspace`: absent for everything. */
  | { readonly kind: 'forget'; readonly workspace?: string | null };
