import { CandorError } from '../../src/core/candorError.ts';
import { createParserHere } from '../../src/syntax/parserHere.ts';
import type { ParserPool } from '../../src/syntax/parserPool.ts';
import { grammarsFolder } from '../grammarsFolder.ts';

/** A parser in the thread of the test: the answers of the pool without its threads. */
export const inProcessParser: ParserPool = createParserHere(grammarsFolder());

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
