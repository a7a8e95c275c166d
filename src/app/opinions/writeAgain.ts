import type { ScoredText } from '../../core/scoredText.ts';
import type { Engine, GenerateRequest } from '../../engines/engine.ts';
import { sampleContinuations, type Samples } from '../../engines/sampleContinuations.ts';
import type { LanguageId } from '../../syntax/languages.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { completionContext, type OpenText } from '../completions/completionContext.ts';
import { importedModules } from '../completions/importedModules.ts';
import { sliceScored } from '../completions/sliceScored.ts';
import { isEnough, worthUpTo } from '../completions/worthShowing.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import type { OpinionPlace } from './placeAround.ts';

export interface WritingTools {
  readonly engine: Pick<Engine, 'capabilities' | 'generate'>;
  readonly parser: Pick<ParserPool, 'spans'>;
}

/** A text, and the stretch of it that is written again. */
export interface TextToWriteIn {
  readonly path: string;
  readonly language: LanguageId | 'lines';
  readonly text: string;
  readonly place: OpinionPlace;
  /** Other open texts, most recently used first. */
  readonly openTexts: readonly OpenText[];
  /** UTF-16 units that the engine is shown: see `completionContext`. */
  readonly mostUnits: number;
}

/** What an engine wrote in the place of a stretch. */
export interface WrittenAgain {
  readonly index: number;
  /** In the place of the stretch; empty where the engine wrote nothing that counts. */
  readonly scored: ScoredText;
  /** Tokens that it wrote, those included that were cut off. */
  readonly tokensWritten: number;
}

/** Twice what stands there, and some more: who writes otherwise may take longer. */
const SLACK_TOKENS = 24;

/** A token of code has two units and more. */
const UNITS_PER_TOKEN = 2;

const MOST_TOKENS = 200;
const MOST_LINES = 12;

/** Tokens that one sample may take at most. */
export function mostTokensFor({ start, end }: OpinionPlace): number {
  return Math.min(MOST_TOKENS, Math.ceil((end - start) / UNITS_PER_TOKEN) + SLACK_TOKENS);
}

/**
 * Lets an engine write a stretch of a text again, so many times: each of them from what stands before it, and cut as a completion is, at the
 * end of the statement or of the line.
 *
 * Rejects with the signal's reason when aborted, and as `sampleContinuations`.
 */
export async function* writeAgain(
  { engine, parser }: WritingTools,
  { path, language, text, place, openTexts, mostUnits }: TextToWriteIn,
  samples: Omit<Samples, 'isEnough'>,
  signal: AbortSignal,
): AsyncGenerator<WrittenAgain, void, undefined> {
  const spans = await parser.spans(text, language, signal);
  signal.throwIfAborted();
  const imports = isSkipped(spans) ? [] : importedModules(text, spans);
  // What stands in the stretch now is neither before nor after it: the engine must not see it.
  const without = text.slice(0, place.start) + text.slice(place.end);
  const shown = completionContext(
    { path, language, text: without, offset: place.start, openTexts },
    imports,
    mostUnits,
  );
  const around = { language, prefix: text.slice(0, place.start), suffix: text.slice(place.end) };
  const maxTokens = mostTokensFor(place);
  const request: Omit<GenerateRequest, 'sampling' | 'onText' | 'stopSignal'> = {
    prefix: shown.prefix,
    ...(engine.capabilities.fillInTheMiddle && { suffix: shown.suffix }),
    path,
    maxTokens,
    topK: Math.min(1, engine.capabilities.maxTopK),
    abortSignal: signal,
  };
  const enough = (soFar: string): boolean | Promise<boolean> =>
    place.kind === 'line' ? /\S[^\n]*\n/.test(soFar) : isEnough(parser, around, soFar, MOST_LINES, signal);
  for await (const { index, scored } of sampleContinuations(engine, request, { ...samples, isEnough: enough })) {
    const written = { text: scored.text, ranOut: scored.tokenCount >= maxTokens };
    const end =
      place.kind === 'line' ? lineEnd(scored.text) : await worthUpTo(parser, around, written, MOST_LINES, signal);
    signal.throwIfAborted();
    const kept = scored.text.slice(0, end);
    const start = kept.length - kept.trimStart().length;
    yield {
      index,
      scored: sliceScored(scored, start, Math.max(start, kept.trimEnd().length)),
      tokensWritten: scored.tokenCount,
    };
  }
}

/** End of the first line that is not blank. */
function lineEnd(text: string): number {
  return /^\s*[^\r\n]*/.exec(text)?.[0].length ?? 0;
}
