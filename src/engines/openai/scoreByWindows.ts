import type { ScoredText } from '../../core/scoredText.ts';
import { scoredTextFromRows } from '../../core/scoredTextFromRows.ts';
import type { Source } from '../../core/words.ts';
import type { WireRow } from '../../wire/wirePart.ts';
import { joinWindows } from './joinWindows.ts';
import { textWindows, type TextWindow } from './textWindows.ts';

/** The scores of a text, a window at a time; `rowsOf` asks for those of a window and its context. */
export async function scoreByWindows(
  text: string,
  source: Source,
  rowsOf: (shown: string, window: TextWindow, signal: AbortSignal) => Promise<readonly WireRow[]>,
  abortSignal?: AbortSignal,
): Promise<ScoredText> {
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(abortSignal === undefined ? [] : [abortSignal])]);
  const scoreWindow = async (window: TextWindow): Promise<{ window: TextWindow; scored: ScoredText }> => {
    const shown = text.slice(window.contextStart, window.end);
    const rows = await rowsOf(shown, window, signal);
    return { window, scored: scoredTextFromRows({ text: shown, source, rows }) };
  };
  try {
    return joinWindows(text, source, await Promise.all(textWindows(text).map(scoreWindow)));
  } catch (error) {
    // The other windows need not be asked for any more.
    failed.abort(error);
    throw error;
  }
}
