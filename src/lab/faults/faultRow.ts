import type { LanguageId } from '../../syntax/languages.ts';
import type { FaultKind } from './faultKinds.ts';

/**
 * A line of data for `candor evaluate --localise`: a file with one slip planted in one of its functions. For ranking only:
 * planted slips say nothing of how often code is wrong.
 */
export interface FaultRow {
  /** The same for the same function of the same file: its path and where it begins. */
  readonly id: string;
  readonly language: LanguageId;
  /** The whole file, with the slip. */
  readonly text: string;
  /** Lines with the slip, from 0. */
  readonly faults: readonly number[];
  readonly kind: FaultKind;
  /** Absent where nobody said what it is called. */
  readonly repository?: string;
  readonly path: string;
  /** The function's, from the outside in, joined by dots; absent where it has none. */
  readonly name?: string;
  /** The function in `text`, and the slip in it, in UTF-16 units. */
  readonly function: { readonly start: number; readonly end: number };
  readonly slip: { readonly start: number; readonly end: number };
  /** What stood in the slip's place, so that the file as it was can be had back. */
  readonly before: string;
}
