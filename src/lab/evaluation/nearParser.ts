import { lineSpans } from '../../syntax/lineSpans.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { createTextParser } from '../../syntax/parseText.ts';

/** A parser pool's first question. */
export type NearParser = Pick<ParserPool, 'spans'>;

/**
 * A parser in this very thread, for many thousand short texts: to hand each to another thread takes longer than to parse it.
 *
 * @param grammarsUrl folder of the runtime and the grammars; ends in a slash
 */
export function createNearParser(grammarsUrl: URL): NearParser {
  const parser = createTextParser(grammarsUrl);
  return {
    async spans(text, language, signal) {
      signal?.throwIfAborted();
      return language === 'lines' ? lineSpans(text) : parser.spansOf(text, language);
    },
  };
}
