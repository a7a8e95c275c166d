import type { LanguageId } from '../languages.ts';
import type { ParserPool } from '../parserPool.ts';
import { isSkipped, type Skipped } from '../skipped.ts';
import { normalForm } from './normalForm.ts';

/** A place in a text at which code is to be written. */
export interface Place {
  readonly prefix: string;
  readonly suffix: string;
  readonly language: LanguageId;
}

/** Which continuations are the same code. One entry for each, in their order. */
export interface SyntaxClusters {
  /** Number of its cluster: 0 for the first, and one more whenever another code is seen. */
  readonly clusters: readonly number[];
  /** Whether it does not parse: with it the text has more faults than without. Then it is like nothing but its own text. */
  readonly broken: readonly boolean[];
  /** Its leaves, as the normal form has them: what a similarity of two is to be taken from. */
  readonly words: readonly (readonly string[])[];
}

/**
 * Puts continuations of one place together that are the same code (`normalForm`).
 *
 * @returns or why the text was not parsed
 * @throws CandorError as the parser does
 */
export async function clusterBySyntax(
  parser: Pick<ParserPool, 'spans' | 'keepsParsing'>,
  { prefix, suffix, language }: Place,
  continuations: readonly string[],
  signal?: AbortSignal,
): Promise<SyntaxClusters | Skipped> {
  const at = prefix.length;
  const parses = await parser.keepsParsing(prefix + suffix, language, at, at, continuations, signal);
  if (isSkipped(parses)) return parses;
  const clusters: number[] = [];
  const words: (readonly string[])[] = [];
  const numberByKey = new Map<string, number>();
  for (const [index, continuation] of continuations.entries()) {
    const text = prefix + continuation + suffix;
    const spans = await parser.spans(text, language, signal);
    if (isSkipped(spans)) return spans;
    const form = normalForm(text, spans, { start: at, end: at + continuation.length });
    const key = parses[index] === true ? `code ${form.key}` : `text ${continuation}`;
    const number = numberByKey.get(key) ?? numberByKey.size;
    numberByKey.set(key, number);
    clusters.push(number);
    words.push(form.words);
  }
  return { clusters, broken: parses.map((isSound) => !isSound), words };
}
