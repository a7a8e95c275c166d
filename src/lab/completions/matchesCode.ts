import { codeLeavesOf } from '../../syntax/codeLeaves.ts';
import type { LanguageId } from '../../syntax/languages.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import type { Cut } from './cutFunctions.ts';

/** Whether a completion is the code that was there, leaf by leaf, in its place (docs/targets.md, `matches`). */
export async function matchesCode(
  parser: Pick<ParserPool, 'spans'>,
  language: LanguageId,
  { prefix, expected, suffix }: Cut,
  completion: string,
): Promise<boolean> {
  const wordsOf = async (part: string): Promise<readonly string[] | null> => {
    const text = prefix + part + suffix;
    const spans = await parser.spans(text, language);
    if (isSkipped(spans)) return null;
    const { words, ordinals } = codeLeavesOf(text, spans);
    const end = prefix.length + part.length;
    return words.filter((_, leaf) => {
      const start = spans.starts[spans.leaves[ordinals[leaf] ?? 0] ?? 0] ?? 0;
      return start >= prefix.length && start < end;
    });
  };
  const [one, other] = [await wordsOf(expected), await wordsOf(completion)];
  return one !== null && other !== null && one.length === other.length && one.every((word, at) => word === other[at]);
}
