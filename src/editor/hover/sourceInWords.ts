import type { Source } from '../../core/words.ts';
import { modelInWords } from '../../report/modelInWords.ts';

/** Who scored, in a few words: not made inert yet, for the name of a model is its maker's. */
export function sourceInWords(source: Source, learnedTokenCount: number): string {
  const count = learnedTokenCount.toLocaleString('en');
  return modelInWords(source, learnedTokenCount > 0 ? [`${count} tokens of this workspace learned`] : []);
}
