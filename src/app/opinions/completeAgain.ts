import type { TextRange } from '../../engines/engine.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import { completeAt, type CompletionLimits, type CompletionTools } from '../completions/completeAt.ts';
import type { PlaceToWrite } from '../completions/completionContext.ts';
import { placeAround } from './placeAround.ts';

/** What an engine would write from a place on, and what it would stand for. */
export interface WrittenFromHere extends TextRange {
  readonly text: string;
}

/**
 * What an engine would write from an offset on, had the rest of the statement there never been written.
 *
 * @returns null where the engine writes nothing worth showing, or there is no code
 * @throws as `completeAt`
 */
export async function completeAgain(
  tools: CompletionTools,
  place: PlaceToWrite,
  limits: CompletionLimits,
  signal: AbortSignal,
): Promise<WrittenFromHere | null> {
  const { text, offset, language } = place;
  const spans = await tools.parser.spans(text, language, signal);
  signal.throwIfAborted();
  const around = placeAround(text, isSkipped(spans) ? null : spans, { start: offset, end: offset });
  if (around === null) return null;
  const start = Math.max(offset, around.start);
  const without = text.slice(0, start) + text.slice(around.end);
  const written = await completeAt(tools, { ...place, text: without, offset: start, limits }, signal);
  return written && { start, end: Math.max(start, around.end), text: written.text };
}
