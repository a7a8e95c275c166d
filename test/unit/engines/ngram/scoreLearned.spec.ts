import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Corpus } from '../../../../src/engines/ngram/corpus.ts';
import { scoreTokens } from '../../../../src/engines/ngram/scoreTokens.ts';
import type { NgramShape } from '../../../../src/engines/ngram/tokenIndex.ts';

const PATHS = ['a.ts', 'b.ts', 'lib/a.ts', 'lib/b.ts', 'lib/c.ts', 'lib/deep/a.ts', 'lib.ts'];

/** A corpus whose base holds all of these. */
function baseOf(shape: NgramShape, texts: Readonly<Record<string, readonly number[]>>): Corpus {
  const corpus = new Corpus(shape);
  for (const [path, tokens] of Object.entries(texts)) corpus.learn(path, Uint16Array.from(tokens));
  corpus.rebuild();
  return corpus;
}

/** Held to the plain way, bit for bit: each context searched, and the text's own counts taken away from all. */
function expectSameScores(corpus: Corpus): void {
  for (const path of corpus.paths) {
    const text = corpus.get(path)!;
    expect([path, corpus.score(path, text)]).toEqual([path, scoreTokens(text, corpus.scopesFor(path), corpus.shape)]);
  }
}

describe('Corpus.score of a text that was learned as it stands', () => {
  it('says, bit for bit, what searching every context says', () => {
    const anOrder = fc.integer({ min: 1, max: 7 });
    const aVocabulary = fc.integer({ min: 2, max: 9 });
    fc.assert(
      fc.property(anOrder, aVocabulary, fc.infiniteStream(fc.nat()), (order, vocabularySize, numbers) => {
        const shape = { order, vocabularySize, endOfText: vocabularySize - 1 };
        const next = (below: number): number => (numbers.next().value ?? 0) % below;
        const texts = Object.fromEntries(
          PATHS.filter(() => next(4) > 0).map((path) => [
            path,
            Array.from({ length: next(40) }, () => next(vocabularySize - 1)),
          ]),
        );
        expectSameScores(baseOf(shape, texts));
      }),
      { numRuns: 300 },
    );
  });

  it('says so of files that hold the same, and of one that repeats itself over several blocks of ranks', () => {
    const shape = { order: 5, vocabularySize: 4, endOfText: 3 };
    const wave = Array.from({ length: 3000 }, (_, index) => (index % 7 === 0 ? 1 : index % 2));
    expectSameScores(baseOf(shape, { 'a.ts': wave, 'b.ts': wave.slice(500), 'lib/a.ts': wave, 'lib/b.ts': [1] }));
  });

  it('says so of long texts of many tokens', () => {
    const shape = { order: 10, vocabularySize: 300, endOfText: 299 };
    let state = 1;
    const random = (): number => (state = (state * 48271) % 0x7fffffff) / 0x7fffffff;
    const someText = (): number[] => Array.from({ length: 4000 }, () => Math.floor(299 * random() ** 8));
    expectSameScores(baseOf(shape, { 'a.ts': someText(), 'lib/a.ts': someText(), 'lib/b.ts': someText() }));
  });
});
