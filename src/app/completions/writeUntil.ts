import type { ScoredText } from '../../core/scoredText.ts';
import type { Engine, GenerateRequest } from '../../engines/engine.ts';

/** A second answer may take so many tokens more than there were pieces in the first one, which may hold several. */
const SLACK_TOKENS = 8;

/** What an engine wrote. */
export interface Writing {
  readonly scored: ScoredText;
  /** Whether it might have gone on, had it been allowed more tokens. */
  readonly ranOut: boolean;
}

/**
 * Lets an engine write until `isEnough` says so, or the engine ends by itself.
 *
 * An engine that is told to stop keeps its tokens to itself, and they are what matters. So it is stopped and asked again for as many as were
 * enough, if that takes fewer tokens than to let it go on up to `maxTokens`: never more are written in all than were allowed.
 * An engine without chance writes the same again; one with chance writes something else, which counts as well.
 *
 * @param isEnough asked of all that was written so far, as it comes, one question at a time; it may take its time meanwhile
 * @param onPiece hears the first answer as it comes
 * @returns all that was enough, and at times more behind it. Rejects with the signal's reason when aborted
 */
export async function writeUntil(
  engine: Pick<Engine, 'generate'>,
  request: Omit<GenerateRequest, 'onText' | 'abortSignal'>,
  isEnough: (text: string) => boolean | Promise<boolean>,
  signal: AbortSignal,
  onPiece?: (piece: string) => void,
): Promise<Writing> {
  const first = watchedWriting(request.maxTokens, isEnough);
  const onText = (piece: string): void => {
    onPiece?.(piece);
    first.hear(piece);
  };
  try {
    const abortSignal = AbortSignal.any([signal, first.stopSignal]);
    return writing(await engine.generate({ ...request, onText, abortSignal }), request.maxTokens);
  } catch (error) {
    signal.throwIfAborted();
    const enough = first.enough();
    if (enough === null) throw error;
    const maxTokens = enough.pieces + SLACK_TOKENS;
    const again = writing(await engine.generate({ ...request, maxTokens, abortSignal: signal }), maxTokens);
    const isShort = again.ranOut && again.scored.text.length < enough.text.length;
    if (!isShort) return again;
    return writing(await engine.generate({ ...request, abortSignal: signal }), request.maxTokens);
  }
}

function writing(scored: ScoredText, maxTokens: number): Writing {
  return { scored, ranOut: scored.tokenCount >= maxTokens };
}

/** What was written when it was enough. */
interface Enough {
  readonly text: string;
  readonly pieces: number;
}

interface WatchedWriting {
  readonly hear: (piece: string) => void;
  /** Aborts when it was enough, and to stop pays. */
  readonly stopSignal: AbortSignal;
  /** Null until `stopSignal` aborts. */
  readonly enough: () => Enough | null;
}

function watchedWriting(maxTokens: number, isEnough: (text: string) => boolean | Promise<boolean>): WatchedWriting {
  const stop = new AbortController();
  let heard: Enough = { text: '', pieces: 0 };
  let enough: Enough | null = null;
  let isAsking = false;
  async function ask(): Promise<void> {
    isAsking = true;
    for (let asked: Enough | null = null; asked !== heard;) {
      asked = heard;
      if (!(await isEnough(asked.text))) continue;
      if (asked.pieces + SLACK_TOKENS < maxTokens - heard.pieces) {
        enough = asked;
        stop.abort();
      }
      // From now on it costs less and less to go on, so there is no more to ask.
      return;
    }
    isAsking = false;
  }
  return {
    stopSignal: stop.signal,
    enough: () => enough,
    hear: (piece) => {
      heard = { text: heard.text + piece, pieces: heard.pieces + 1 };
      // What cannot be told of a part is asked again of the whole, and there the error counts.
      if (!isAsking) ask().catch(() => undefined);
    },
  };
}
