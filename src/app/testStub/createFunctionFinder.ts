import { createTextParser, type TextParser } from '../../syntax/parseText.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import type { Call } from '../auditor/call.ts';
import { findTestedFunction } from './findTestedFunction.ts';
import type { FunctionRequest, TestedFunction } from './testedFunction.ts';

/**
 * Finds functions for tests, with a parser of its own that loads a grammar when it is first needed: no engine has to be opened for it.
 * @param grammars the folder of the grammars; ends in a slash
 */
export function createFunctionFinder(
  grammars: URL,
): (request: FunctionRequest, call: Call) => Promise<TestedFunction | null> {
  let parser: TextParser | null = null;
  return async ({ text, language, offset }, { abortSignal }) => {
    parser ??= createTextParser(grammars);
    const spans = await parser.spansOf(text, language, () => abortSignal.aborted);
    abortSignal.throwIfAborted();
    return isSkipped(spans) ? null : findTestedFunction(spans, text, offset, language);
  };
}
