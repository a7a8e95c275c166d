import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScoredText } from '../../../../src/core/scoredText.ts';
import { Corpus } from '../../../../src/engines/ngram/corpus.ts';
import { NgramEngine, ngramShape } from '../../../../src/engines/ngram/ngramEngine.ts';
import { nextTokenDistribution } from '../../../../src/engines/ngram/nextTokenDistribution.ts';
import { engineThatLearned, sampleTexts, tokenizer } from '../../../support/sampleWorkspace.ts';

const HELD_OUT = 'web/parcelApi.ts';
const heldOutText = sampleTexts.get(HELD_OUT)!;
const others = [...sampleTexts].filter(([path]) => path !== HELD_OUT);
const shape = ngramShape(tokenizer);

function bitsOf(scored: ScoredText): number {
  return scored.measures.logprobsNats.reduce((sum, logprob) => sum - logprob, 0) / Math.LN2;
}

/** Numbers that look random and are the same in every run. */
function* pseudoRandom(below: number): Generator<number, never> {
  for (let state = 12_345; ; state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0) yield (state >>> 8) % below;
}

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('const ', 'x', ' = ', '(', ')', ';', '\n', '\r\n', '\t', '    '),
    fc.constantFrom(
      '漢',
      '字',
      'か',
      'é',
      'e\u0301',
      '😀',
      '👩‍💻',
      '\u{20BB7}',
      '\u2028',
      '\uFEFF',
      '\0',
      '\uD83D',
      '\uDE00',
      '\uFFFD',
    ),
    fc.string({ unit: 'binary', maxLength: 2 }),
  ),
  maxLength: 30,
});

describe('NgramEngine', () => {
  it('forgets what it last said of a text as soon as it learns or forgets another', async () => {
    const path = HELD_OUT;
    const text = heldOutText;
    const leaf = { start: text.indexOf('import'), end: text.indexOf('import') + 'import'.length };
    const answersOf = async (engine: NgramEngine): Promise<unknown> => [
      (await engine.score({ text, path, detail: { topK: 3, ranges: [leaf] } })).measures,
      await engine.alternatives({ text, path, leaf, count: 5 }),
    ];
    const engine = engineThatLearned(others);
    const before = await answersOf(engine);
    expect(await answersOf(engine)).toEqual(before);
    const [forgotten] = others;
    engine.forget(forgotten![0]);
    const without = await answersOf(engine);
    expect(without).not.toEqual(before);
    expect(without).toEqual(await answersOf(engineThatLearned(others.slice(1))));
    engine.learn(...forgotten!);
    expect(await answersOf(engine)).toEqual(before);
    engine.forgetAll();
    expect(await answersOf(engine)).toEqual(await answersOf(engineThatLearned([])));
  });

  it('gives next tokens whose probabilities add up to 1, on 200 places in real text', () => {
    const corpus = new Corpus(shape);
    for (const [path, text] of sampleTexts) corpus.learn(path, tokenizer.encode(text).ids);
    const paths = [...sampleTexts.keys()];
    const pick = pseudoRandom(1 << 20);
    for (let round = 0; round < 200; round++) {
      const path = paths[pick.next().value % paths.length]!;
      const { ids } = tokenizer.encode(sampleTexts.get(path)!);
      const before = ids.subarray(0, pick.next().value % ids.length);
      const distribution = nextTokenDistribution(before, corpus.scopesFor(path), shape);
      expect(distribution.every((p) => p > 0)).toBe(true);
      expect(Math.abs(distribution.reduce((sum, p) => sum + p, 0) - 1)).toBeLessThan(1e-9);
    }
  });

  it('says in detail what fits the log-probabilities', async () => {
    const engine = engineThatLearned(sampleTexts);
    const topK = 6;
    const range = { start: 200, end: 420 };
    const scored = await engine.score({ text: heldOutText, path: HELD_OUT, detail: { topK, ranges: [range] } });
    const { logprobsNats, entropiesNats, ranks } = scored.measures;
    const plain = await engine.score({ text: heldOutText, path: HELD_OUT });
    expect(logprobsNats).toEqual(plain.measures.logprobsNats);
    let inRange = 0;
    for (let token = 0; token < scored.tokenCount; token++) {
      const { start, end, text, alternatives } = scored.token(token);
      const logprob = logprobsNats[token]!;
      if (end <= range.start || start >= range.end) {
        expect([entropiesNats![token], ranks![token], alternatives]).toEqual([Number.NaN, Number.NaN, undefined]);
        continue;
      }
      inRange++;
      const likeliest = alternatives!.map((alternative) => alternative.logprobNats);
      expect(likeliest).toHaveLength(topK);
      expect(likeliest).toEqual([...likeliest].sort((a, b) => b - a));
      const rank = ranks![token]!;
      const place = alternatives!.findIndex((alternative) => alternative.text === text);
      expect(place >= 0).toBe(rank <= topK && logprob >= likeliest.at(-1)! - 1e-9 && place >= 0);
      if (place >= 0) expect(likeliest[place]).toBeCloseTo(logprob, 9);
      // Exactly rank - 1 tokens are likelier; those that are fragments are never named.
      expect(likeliest.filter((other) => other > logprob + 1e-9).length).toBeLessThanOrEqual(rank - 1);
      if (rank === 1) expect(text).toBe(alternatives![0]!.text);
      if (rank > 1) expect(Math.log(1 / rank)).toBeGreaterThanOrEqual(logprob);
      expect(entropiesNats![token]).toBeGreaterThan(0);
      expect(entropiesNats![token]).toBeLessThanOrEqual(Math.log(shape.vocabularySize) + 1e-9);
      // No distribution has an entropy below the surprisal of its likeliest token.
      expect(entropiesNats![token]).toBeGreaterThanOrEqual(-likeliest[0]! - 1e-9);
    }
    expect(inRange).toBeGreaterThan(30);
  });

  it('knows nothing at first: every token is as likely as any other', async () => {
    const scored = await new NgramEngine(tokenizer).score({
      text: 'x',
      path: 'a.ts',
      detail: { topK: 1, ranges: [{ start: 0, end: 1 }] },
    });
    expect(scored.measures.logprobsNats[0]).toBeCloseTo(-Math.log(shape.vocabularySize), 12);
    expect(scored.measures.entropiesNats![0]).toBeCloseTo(Math.log(shape.vocabularySize), 9);
    expect(scored.measures.ranks![0]).toBe(1);
  });

  it('scores any text, in tokens that tile it', async () => {
    const engine = engineThatLearned(others);
    await fc.assert(
      fc.asyncProperty(anyText, fc.boolean(), fc.boolean(), async (text, isLearned, inDetail) => {
        const path = 'web/any.ts';
        if (isLearned) engine.learn(path, text);
        const detail = inDetail ? { detail: { topK: 2, ranges: [{ start: 0, end: 4 }] } } : {};
        const scored = await engine.score({ text, path, ...detail });
        engine.forget(path);
        expect(Array.from(scored.tokens(), (token) => token.text).join('')).toBe(text);
        for (const { start, end, logprobNats } of scored.tokens()) {
          expect(end).toBeGreaterThan(start);
          expect(logprobNats).toBeLessThanOrEqual(0);
          expect(logprobNats).toBeGreaterThan(-1e4);
        }
        expect(scored.measures.seenContexts).toHaveLength(scored.tokenCount);
      }),
      { numRuns: 60 },
    );
  });

  it('scores the empty text: no tokens', async () => {
    const scored = await engineThatLearned(others).score({
      text: '',
      path: 'a.ts',
      detail: { topK: 3, ranges: [{ start: 0, end: 0 }] },
    });
    expect(scored.tokenCount).toBe(0);
  });

  it('gives a character of several tokens the sum of what they cost', async () => {
    const text = '\u{20BB7}';
    const { ids } = tokenizer.encode(text);
    expect(ids.length).toBeGreaterThan(1);
    const corpus = new Corpus(shape);
    const expected = Array.from(ids, (id, index) =>
      Math.log(nextTokenDistribution(ids.subarray(0, index), corpus.scopesFor('a'), shape)[id]!),
    );
    const scored = await new NgramEngine(tokenizer).score({ text, path: 'a' });
    expect(scored.tokenCount).toBe(1);
    expect(scored.measures.logprobsNats[0]).toBeCloseTo(
      expected.reduce((sum, one) => sum + one),
      9,
    );
  });

  it('needs fewer bits for a file the more of its project it has learned', async () => {
    const bits: number[] = [];
    for (const count of [0, Math.ceil(others.length / 2), others.length]) {
      // Files of its own language last, so that each step learns something that matters here.
      const learned = [...others]
        .sort(([a], [b]) => Number(b.startsWith('web/')) - Number(a.startsWith('web/')))
        .slice(0, count);
      bits.push(bitsOf(await engineThatLearned(learned).score({ text: heldOutText, path: HELD_OUT })));
    }
    expect(bits[1]!).toBeLessThan(0.8 * bits[0]!);
    expect(bits[2]!).toBeLessThan(bits[1]!);
  });

  it('scores a file the same whether it has learned the file or not', async () => {
    const [without, taken] = await Promise.all(
      [others, sampleTexts].map((texts) => engineThatLearned(texts).score({ text: heldOutText, path: HELD_OUT })),
    );
    expect(taken!.measures.logprobsNats).toEqual(without!.measures.logprobsNats);
  });

  it('says by its source what it has learned: the same after learning and forgetting, another after learning', () => {
    const engine = engineThatLearned(others);
    const { snapshot } = engine.source;
    engine.learn('x.ts', 'const x = 1;');
    expect(engine.source.snapshot).not.toBe(snapshot);
    engine.forget('x.ts');
    expect(engine.source).toEqual(engineThatLearned([...others].reverse()).source);
    expect(engine.source.snapshot).toBe(snapshot);
  });

  it('rejects with the reason of the signal when aborted', async () => {
    const reason = new Error('enough');
    await expect(
      new NgramEngine(tokenizer).score({ text: 'x', path: 'a', abortSignal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
  });
});
