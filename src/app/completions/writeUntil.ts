import type { ScoredText } from '../../core/scoredText.ts';
import type { Engine, GenerateRequest } from '../../engines/engine.ts';
import { stopWhenEnough, type IsEnough } from '../../engines/stopWhenEnough.ts';

/** What an engine wrote. */
export interface Writing {
  readonly scored: ScoredText;
  /** Whether it might have gone on: it was told to stop, or had no tokens left. */
  readonly ranOut: boolean;
}

/**
 * Lets an engine write until `isEnough` says so, or the engine ends by itself.
 *
 * @param isEnough asked of all that was written so far, as it comes; it may take its time meanwhile. A question that fails later is
 * none: what cannot be told of a part is asked again of the whole, and there the error counts
 * @param onPiece hears the answer as it comes
 * @returns all that was enough, and at times more behind it. Rejects with the signal's reason when aborted
 */
export async function writeUntil(
  engine: Pick<Engine, 'generate'>,
  request: Omit<GenerateRequest, 'onText' | 'stopSignal' | 'abortSignal'>,
  isEnough: IsEnough,
  signal: AbortSignal,
  onPiece?: (piece: string) => void,
): Promise<Writing> {
  const stop = new AbortController();
  const asked: IsEnough = (text) => {
    const answer = isEnough(text);
    return typeof answer === 'boolean' ? answer : answer.catch(() => false);
  };
  const hear = stopWhenEnough(asked, stop, () => undefined);
  const onText = (piece: string): void => {
    onPiece?.(piece);
    hear(piece);
  };
  const scored = await engine.generate({ ...request, onText, stopSignal: stop.signal, abortSignal: signal });
  return { scored, ranOut: stop.signal.aborted || scored.tokenCount >= request.maxTokens };
}
