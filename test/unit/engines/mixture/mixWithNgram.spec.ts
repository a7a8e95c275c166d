import fc from 'fast-check';
import { getLlama, LlamaLogLevel, type LlamaModel } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLlamaEngine, type LlamaEngine } from '../../../../src/engines/llama/llamaEngine.ts';
import { createLlamaEvaluator } from '../../../../src/engines/llama/llamaEvaluator.ts';
import { readVocabulary, tokenBytes } from '../../../../src/engines/llama/vocabulary.ts';
import { nextToken } from '../../../../src/engines/llama/writeTokens.ts';
import { mixByMatchLength } from '../../../../src/engines/mixture/mixByMatchLength.ts';
import { mixWithNgram, type BytePairEngine } from '../../../../src/engines/mixture/mixWithNgram.ts';
import { Corpus } from '../../../../src/engines/ngram/corpus.ts';
import { ngramShape } from '../../../../src/engines/ngram/ngramEngine.ts';
import { nextTokenDistribution } from '../../../../src/engines/ngram/nextTokenDistribution.ts';
import { toAlphabet } from '../../../../src/engines/tokenizer/byteAlphabet.ts';
import { createTokenizer } from '../../../../src/engines/tokenizer/tokenizer.ts';
import { CHILD_URL, randomGguf } from '../../../support/randomGgufFile.ts';
import { sampleTexts } from '../../../support/sampleWorkspace.ts';
import { anyOldText } from '../tokenizer/anyText.ts';

const modelPath = randomGguf({ preTokenizer: 'gpt-2' });
const HELD_OUT = 'web/parcelApi.ts';
const text = sampleTexts.get(HELD_OUT)!.slice(0, 600);
const others = [...sampleTexts].filter(([path]) => path !== HELD_OUT);
const never = new AbortController().signal;
let neural: LlamaEngine;
/** The same model in this process, which tells whole distributions. */
let model: LlamaModel;

beforeAll(async () => {
  const load = { modelPath: modelPath(), threads: 1, contextTokens: 4096 };
  neural = await openLlamaEngine({ childUrl: CHILD_URL, load });
  const options = { gpu: false, build: 'never', progressLogs: false, logLevel: LlamaLogLevel.disabled } as const;
  const llama = await getLlama({ ...options, maxThreads: 1 });
  model = await llama.loadModel({ modelPath: modelPath() });
}, 60_000);

afterAll(async () => {
  await neural.close();
  await model.dispose();
});

describe('mixWithNgram', () => {
  it('makes an n-gram engine over the tokens of a model whose tokenizer is not ours', async () => {
    const { engine, learner } = mixWithNgram(neural)!;
    for (const [path, other] of others) learner.learn(path, other);
    expect(learner.source.tokenizer).toBe(neural.source.tokenizer);
    expect(engine.source).toMatchObject({ engine: 'mixture', snapshot: learner.source.snapshot });
    for (const strange of [text, '# ☃ 漢字 👩‍💻 é\r\n', '\t\n  x', 'a\ud83d b', "'s 'll 12", '<|endoftext|>', '']) {
      const [mixed, alone] = [
        await engine.score({ text: strange, path: HELD_OUT }),
        await neural.score({ text: strange, path: HELD_OUT }),
      ];
      expect(mixed.tokenEnds).toEqual(alone.tokenEnds);
      expect(mixed.measures.logprobsNats.every((logprob) => logprob <= 0)).toBe(true);
    }
  });

  it('makes others of the same model, each of which learns for itself', async () => {
    const mixture = mixWithNgram(neural, 'bundled')!;
    const apart = mixture.apart();
    const before = apart.engine.source;
    expect(before).toEqual(mixture.engine.source);
    for (const [path, other] of others) mixture.learner.learn(path, other);
    expect(apart.engine.source).toEqual(before);
    for (const [path, other] of others) apart.learner.learn(path, other);
    expect(apart.engine.source).toEqual(mixture.engine.source);
    const [one, two] = await Promise.all([mixture, apart].map(({ engine }) => engine.score({ text, path: HELD_OUT })));
    expect(two!.measures).toEqual(one!.measures);
  });

  it('cuts any text as the model does', async () => {
    const { engine } = mixWithNgram(neural)!;
    await fc.assert(
      fc.asyncProperty(anyOldText, async (any) => {
        const [mixed, alone] = [
          await engine.score({ text: any, path: 'a.ts' }),
          await neural.score({ text: any, path: 'a.ts' }),
        ];
        expect(mixed.tokenEnds).toEqual(alone.tokenEnds);
      }),
      { numRuns: 60 },
    );
  });

  it('is none for models whose tokenizer is foreign', () => {
    const foreign = (bytePairs: BytePairEngine['bytePairs']): BytePairEngine =>
      Object.create(neural, { bytePairs: { value: bytePairs } }) as BytePairEngine;
    const pairs = neural.bytePairs!;
    expect(mixWithNgram(foreign(null))).toBeNull();
    expect(mixWithNgram(foreign({ ...pairs, preTokenizer: 'another' }))).toBeNull();
    expect(mixWithNgram(foreign({ ...pairs, merges: Array.from({ length: 70_000 }, () => 'a b') }))).toBeNull();
    expect(mixWithNgram(foreign(pairs))).not.toBeNull();
  });

  it('gives tokens whose probabilities add up to 1 over the whole vocabulary, wherever it is asked', async () => {
    const { engine, learner } = mixWithNgram(neural)!;
    const tokenizer = createTokenizer(neural.bytePairs!);
    const corpus = new Corpus(ngramShape(tokenizer));
    for (const [path, other] of others) {
      learner.learn(path, other);
      corpus.learn(path, tokenizer.encode(other).ids);
    }
    const request = { text, path: HELD_OUT };
    const [mixed, ofNeural, ofCache] = [
      await engine.score(request),
      await neural.score(request),
      await learner.score(request),
    ];
    const knownContexts = ofCache.measures.knownContexts!;

    const { ggml } = model.fileInfo.metadata.tokenizer;
    const vocabulary = readVocabulary({ model: ggml.model, tokens: ggml.tokens, types: ggml.token_type });
    /** What a token writes names it, whatever number it has; the specials, which write nothing, have theirs. */
    const nameOf = (token: number): string => {
      const bytes = tokenBytes(vocabulary, token);
      return bytes.length === 0 ? (ggml.tokens[token] ?? '') : toAlphabet(bytes);
    };
    const ngramNames = Array.from({ length: tokenizer.vocabularySize }, (_, id) => {
      const piece = tokenizer.piece(id);
      if (id >= tokenizer.special('<|endoftext|>')) return String(piece);
      return toAlphabet(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece);
    });
    const context = await model.createContext({ contextSize: 512, batchSize: 64, threads: 1, flashAttention: false });
    const evaluator = createLlamaEvaluator(context.getSequence(), model.tokens.bos, 64, () => undefined);
    const ids = model.tokenize(text);

    for (const place of [0, 1, 7, 23, 60, ids.length - 1]) {
      const answer = await nextToken(evaluator, [model.tokens.bos!, ...ids.slice(0, place)], ggml.tokens.length, never);
      // The binding adds up the weights of a vocabulary in single precision: its sum is taken out here.
      const totalNats = Math.log(answer!.top.reduce((sum, { logprobNats }) => sum + Math.exp(logprobNats), 0));
      expect(Math.abs(totalNats)).toBeLessThan(1e-4);
      const neuralNats = new Map(answer!.top.map(({ token, logprobNats }) => [nameOf(token), logprobNats - totalNats]));
      const before = tokenizer.encode(text).ids.subarray(0, place);
      const distribution = nextTokenDistribution(before, corpus.scopesFor(HELD_OUT), ngramShape(tokenizer));
      const cacheNats = new Map(Array.from(distribution, (p, id) => [ngramNames[id]!, Math.log(p)]));
      expect(neuralNats.size).toBe(ggml.tokens.length);
      expect(cacheNats.size).toBe(tokenizer.vocabularySize);

      /** The mixture's probability of a token at the place, after the text's own tokens. */
      const withNext = (nats: Float64Array, next: number): Float64Array =>
        Float64Array.from({ length: place + 1 }, (_, token) => (token === place ? next : nats[token]!));
      const mixedNats = (name: string): number =>
        mixByMatchLength({
          neuralLogprobsNats: withNext(ofNeural.measures.logprobsNats, neuralNats.get(name) ?? -Infinity),
          cacheLogprobsNats: withNext(ofCache.measures.logprobsNats, cacheNats.get(name) ?? -Infinity),
          knownContexts: knownContexts.subarray(0, place + 1),
        }).logprobsNats.at(-1)!;
      let sum = 0;
      for (const name of new Set([...neuralNats.keys(), ...cacheNats.keys()])) sum += Math.exp(mixedNats(name));
      expect(Math.abs(sum - 1)).toBeLessThan(1e-6);
      // And these are the probabilities that the engine gives.
      expect(Math.abs(mixedNats(nameOf(ids[place]!)) - mixed.measures.logprobsNats[place]!)).toBeLessThan(1e-3);
    }
    await context.dispose();
  }, 60_000);
});
