import type { Token } from '../../core/words.ts';
import type { Engine } from '../../engines/engine.ts';
import type { LanguageId } from '../../syntax/languages.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import { statementAt, type Cut } from './cutFunctions.ts';

/** What an engine wrote in the place of a cut. */
export interface Completion {
  readonly text: string;
  /** They tile the text. The last one has no log-probability where the statement ends inside it. */
  readonly tokens: readonly Token[];
}

const MOST_TOKENS = 96;

/**
 * Lets an engine write in the place of a cut, and keeps as many whole statements as were cut out. Where no statement came
 * to its end, all that was written stays: it cannot match.
 *
 * @returns null where the engine wrote nothing
 */
export async function completeCut(
  { engine, parser }: { readonly engine: Engine; readonly parser: Pick<ParserPool, 'spans'> },
  { prefix, suffix, statements }: Cut,
  place: { readonly path: string; readonly language: LanguageId },
  signal?: AbortSignal,
): Promise<Completion | null> {
  const written = await engine.generate({
    prefix,
    ...(engine.capabilities.fillInTheMiddle && { suffix }),
    path: place.path,
    maxTokens: MOST_TOKENS,
    topK: 0,
    ...(signal && { abortSignal: signal }),
  });
  const text = prefix + written.text;
  const spans = await parser.spans(text, place.language, signal);
  const begins = isSkipped(spans) ? null : statementAt(spans, prefix.length);
  const last = begins?.statements[begins.place + statements - 1];
  // What reaches the end of the text may go on.
  const end = isSkipped(spans) || last === undefined ? text.length : (spans.ends[last] ?? text.length);
  const kept = text.slice(prefix.length, end);
  if (kept.trim() === '') return null;
  return { text: kept, tokens: tokensUpTo(written.tokens(), kept.length) };
}

function tokensUpTo(tokens: Iterable<Token>, length: number): readonly Token[] {
  const kept: Token[] = [];
  for (const token of tokens) {
    if (token.start >= length || token.text === '') continue;
    if (token.end <= length) kept.push(token);
    else kept.push({ text: token.text.slice(0, length - token.start), start: token.start, end: length });
  }
  return kept;
}
