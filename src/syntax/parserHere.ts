import { lineSpans } from './lineSpans.ts';
import type { ParserPool } from './parserPool.ts';
import { createTextParser } from './parseText.ts';

/**
 * A parser in the thread that asks, for a thread that may be lost: a trap in a grammar comes out as a `RuntimeError`, after which
 * nothing in the runtime can be trusted, and a grammar that is caught in its own code stops for nobody.
 *
 * @param grammarsUrl the folder of the runtime and the grammars; ends in a slash
 */
export function createParserHere(grammarsUrl: URL): ParserPool {
  const parser = createTextParser(grammarsUrl);
  return {
    async spans(text, language, signal) {
      if (signal?.aborted === true) return { skipped: 'cancelled' };
      return language === 'lines' ? lineSpans(text) : parser.spansOf(text, language, () => signal?.aborted === true);
    },
    keepsParsing: (text, language, start, end, replacements, signal) =>
      parser.keepsParsing({ text, start, end, replacements }, language, () => signal?.aborted === true),
    close: () => Promise.resolve(),
  };
}
