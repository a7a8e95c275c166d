import { CandorError } from '../../core/candorError.ts';
import type { Engine } from '../../engines/engine.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import { cutCompletion, type Completion } from './completion.ts';
import { completionContext, type PlaceToWrite } from './completionContext.ts';
import { importedModules } from './importedModules.ts';
import { mayHoldSecrets } from './mayHoldSecrets.ts';
import { isEnough, worthUpTo } from './worthShowing.ts';
import { writeUntil } from './writeUntil.ts';

export interface CompletionTools {
  readonly engine: Pick<Engine, 'capabilities' | 'generate'>;
  readonly parser: Pick<ParserPool, 'spans'>;
}

export interface CompletionRequest extends PlaceToWrite {
  readonly limits: CompletionLimits;
}

/** All at least 1. */
export interface CompletionLimits {
  /** UTF-16 units that the engine is shown: see `completionContext`. */
  readonly mostUnits: number;
  /** Tokens that it may write. */
  readonly mostTokens: number;
  /** Lines that are suggested at once. */
  readonly mostLines: number;
}

/** Alternatives kept of each token, for whoever asks what else the engine thought of. */
const TOP_K = 5;

/**
 * What an engine would write at a caret, ended by syntax: in a line that goes on after the caret up to the line's end, else to the end of
 * the statement or block that it begins. What it repeats is cut off, and what stands after the caret anyway.
 *
 * @param onText hears what the engine writes, as it comes: the completion, and at times more
 * @returns null for nothing worth showing, and for a file that may hold secrets: of those nothing is sent
 * @throws CandorError `unsupported` for an engine that does not write, and what the engine throws. Rejects with the signal's reason when
 * aborted
 */
export async function completeAt(
  tools: CompletionTools,
  request: CompletionRequest,
  signal: AbortSignal,
  onText?: (piece: string) => void,
): Promise<Completion | null> {
  const { engine } = tools;
  const { path, text, offset, limits } = request;
  if (!engine.capabilities.generate) {
    throw new CandorError('unsupported', 'This engine does not write code. Choose one that does.');
  }
  if (mayHoldSecrets(path)) return null;
  const place = { language: request.language, prefix: text.slice(0, offset), suffix: text.slice(offset) };
  const spans = await tools.parser.spans(text, request.language, signal);
  signal.throwIfAborted();
  const imports = isSkipped(spans) ? [] : importedModules(text, spans);
  const shown = completionContext(request, imports, limits.mostUnits);
  const { scored, ranOut } = await writeUntil(
    engine,
    {
      prefix: shown.prefix,
      ...(engine.capabilities.fillInTheMiddle && { suffix: shown.suffix }),
      path,
      maxTokens: limits.mostTokens,
      topK: Math.min(TOP_K, engine.capabilities.maxTopK),
    },
    (soFar) => isEnough(tools.parser, place, soFar, limits.mostLines, signal),
    signal,
    onText,
  );
  const end = await worthUpTo(tools.parser, place, { text: scored.text, ranOut }, limits.mostLines, signal);
  signal.throwIfAborted();
  return cutCompletion({ text: scored.text, scored }, 0, end);
}
