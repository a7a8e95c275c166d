import { CandorError } from '../../src/core/candorError.ts';
import { lineSpans } from '../../src/syntax/lineSpans.ts';
import type { ParserPool } from '../../src/syntax/parserPool.ts';
import { createTextParser } from '../../src/syntax/parseText.ts';
import { grammarsFolder } from '../grammarsFolder.ts';

const textParser = createTextParser(grammarsFolder());

/** A parser in the thread of the test: the answers of the pool without its threads. */
export const inProcessParser: ParserPool = {
  async spans(text, language, signal) {
    if (signal?.aborted === true) return { skipped: 'cancelled' };
    return language === 'lines' ? lineSpans(text) : textParser.spansOf(text, language);
  },
  keepsParsing: (text, language, start, end, replacements) =>
    textParser.keepsParsing({ text, start, end, replacements }, language),
  close: () => Promise.resolve(),
};

/** A parser that breaks down on every text that holds `word`, for the questions named, and answers the rest. */
export function breaksOn(word: string, questions: readonly ('spans' | 'keepsParsing')[]): ParserPool {
  const check = (question: 'spans' | 'keepsParsing', text: string): void => {
    if (questions.includes(question) && text.includes(word))
      throw new CandorError('parser-failed', 'The parser broke down.');
  };
  return {
    async spans(text, language, signal) {
      check('spans', text);
      return inProcessParser.spans(text, language, signal);
    },
    async keepsParsing(text, ...rest) {
      check('keepsParsing', text);
      return inProcessParser.keepsParsing(text, ...rest);
    },
    close: () => Promise.resolve(),
  };
}
