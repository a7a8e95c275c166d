import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Corpus } from '../../../../src/engines/ngram/corpus.ts';
import { corpusOf, shareBase, type SharedBase } from '../../../../src/engines/ngram/sharedBase.ts';
import type { NgramShape } from '../../../../src/engines/ngram/tokenIndex.ts';

const shape: NgramShape = { order: 4, vocabularySize: 6, endOfText: 5 };
const PATHS = ['a.ts', 'lib/b.ts', 'lib/c.ts'];
const someTokens = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 });
const someTexts = fc.dictionary(fc.constantFrom(...PATHS), someTokens);

function corpusThatLearned(texts: Readonly<Record<string, readonly number[]>>): Corpus {
  const corpus = new Corpus(shape);
  for (const [path, tokens] of Object.entries(texts)) corpus.learn(path, Uint16Array.from(tokens));
  return corpus;
}

/** A base as it comes out of another thread's port. */
async function posted(shared: SharedBase): Promise<SharedBase> {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(shared);
  const [received] = (await once(port2, 'message')) as [SharedBase];
  port1.close();
  return received;
}

describe('shareBase and corpusOf', () => {
  it('give a corpus that has the same identity, scores the same and goes on learning', async () => {
    await fc.assert(
      fc.asyncProperty(someTexts, someTokens, async (texts, text) => {
        const corpus = corpusThatLearned(texts);
        const other = corpusOf(shape, await posted(shareBase(corpus)));
        for (let round = 0; round < 2; round++) {
          expect(other.identity).toBe(corpus.identity);
          expect(other.tokenCount).toBe(corpus.tokenCount);
          expect(other.paths).toEqual(corpus.paths);
          for (const path of [...PATHS, 'lib/new.ts']) {
            for (const tokens of [Uint16Array.from(text), corpus.get(path) ?? new Uint16Array()])
              expect(other.score(path, tokens)).toEqual(corpus.score(path, tokens));
          }
          for (const one of [corpus, other]) one.learn('a.ts', Uint16Array.of(3, 3, 1));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('copy nothing: both sides look at the same memory', async () => {
    const shared = shareBase(corpusThatLearned({ 'a.ts': [1, 2, 3], 'b.ts': [1, 2] }));
    const received = await posted(shared);
    for (const part of ['tokens', 'suffixes', 'commonPrefixes', 'ranks', 'blockRuns'] as const) {
      received[part][0] = 77;
      expect(shared[part][0]).toBe(77);
    }
  });

  it('share what was learned one by one as well', () => {
    const corpus = corpusThatLearned({ 'a.ts': [1, 2] });
    corpus.rebuild();
    corpus.learn('b.ts', Uint16Array.of(1, 2, 3));
    corpus.forget('a.ts');
    expect(shareBase(corpus).documents).toEqual([['b.ts', 3]]);
    expect(corpusOf(shape, shareBase(corpus)).identity).toBe(corpusThatLearned({ 'b.ts': [1, 2, 3] }).identity);
  });

  it('leave a base that was shared as it is when more is learned', () => {
    const corpus = corpusThatLearned({ 'a.ts': [1, 2, 3] });
    const shared = shareBase(corpus);
    const before = structuredClone({ ...shared, tokens: Array.from(shared.tokens) });
    corpus.learn('b.ts', Uint16Array.of(4, 4));
    corpus.rebuild();
    expect({ ...shared, tokens: Array.from(shared.tokens) }).toEqual(before);
  });
});
