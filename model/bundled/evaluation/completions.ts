import type { Engine } from '../../../src/engines/engine.ts';
import type { Tokenizer } from '../../../src/engines/tokenizer/tokenizer.ts';
import type { TextParser } from '../../../src/syntax/parseText.ts';
import { sampleClozes, type Cloze } from './cloze.ts';
import { filledStatement } from './filledStatement.ts';
import type { HeldOutFile } from './heldOutFiles.ts';
import { inParallel } from './inParallel.ts';
import { isMatched } from './isMatched.ts';
import { restOfLine } from './restOfLine.ts';

/** What is completed. */
export const COMPLETED = ['line', 'statement'] as const;

export interface Completion {
  readonly language: string;
  readonly kind: (typeof COMPLETED)[number];
  /** Whether the model wrote what was there. */
  readonly isExact: boolean;
}

/** Completes `count` lines and `count` statements, as many in each language as whole numbers allow. */
export async function completions(
  files: readonly HeldOutFile[],
  count: number,
  { engines, tokenizer, parser }: { engines: readonly Engine[]; tokenizer: Tokenizer; parser: TextParser },
): Promise<readonly Completion[]> {
  const makers = { line: restOfLine(tokenizer), statement: filledStatement(tokenizer) };
  const byLanguage = [...Map.groupBy(files, ({ language }) => language)].sort(([a], [b]) => (a < b ? -1 : 1));
  const clozes: (Pick<Completion, 'language' | 'kind'> & { readonly cloze: Cloze })[] = [];
  for (const [index, [language, own]] of byLanguage.entries()) {
    const upTo = (languages: number): number => Math.floor((languages * count) / byLanguage.length);
    for (const kind of COMPLETED) {
      const sample = await sampleClozes(own, upTo(index + 1) - upTo(index), makers[kind], parser);
      clozes.push(...sample.map((cloze) => ({ language, kind, cloze })));
    }
  }
  return inParallel(clozes, engines, async ({ language, kind, cloze }, engine) => ({
    language,
    kind,
    isExact: await isMatched(engine, tokenizer, cloze),
  }));
}
