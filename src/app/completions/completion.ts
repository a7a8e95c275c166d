import type { ScoredText } from '../../core/scoredText.ts';
import { sliceScored } from './sliceScored.ts';

/** What an engine would write at a caret. It is to be judged before anybody sees it. */
export interface Completion {
  /** Not blank; without white space at its end. */
  readonly text: string;
  /** Exactly of `text`, with the generator's own tokens. A token of which only a piece was kept is unscored. */
  readonly scored: ScoredText;
}

/** The part of a completion from `start` up to `end`, offsets in its text; null where nothing but white space is left. */
export function cutCompletion({ scored }: Completion, start: number, end: number): Completion | null {
  const part = sliceScored(scored, start, start + scored.text.slice(start, end).trimEnd().length);
  return part.text.trim() === '' ? null : { text: part.text, scored: part };
}
