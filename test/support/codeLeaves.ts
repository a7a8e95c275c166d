import { codeLeavesOf, type CodeLeaves } from '../../src/syntax/codeLeaves.ts';
import type { LanguageId } from '../../src/syntax/languages.ts';
import { inProcessParser } from './inProcessParser.ts';

/** The comparable leaves of a text. */
export async function codeLeaves(text: string, language: LanguageId): Promise<CodeLeaves> {
  const spans = await inProcessParser.spans(text, language);
  if ('skipped' in spans) throw new Error(spans.skipped);
  return codeLeavesOf(text, spans);
}
