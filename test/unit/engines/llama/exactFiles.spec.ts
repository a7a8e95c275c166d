import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getLlama, LlamaLogLevel, type LlamaContextSequence, type LlamaModel, type Token } from 'node-llama-cpp';
import type { ScoredText } from '../../../../src/core/scoredText.ts';
import { scoredTextFromRows } from '../../../../src/core/scoredTextFromRows.ts';
import { createLlamaEvaluator } from '../../../../src/engines/llama/llamaEvaluator.ts';
import { openLlamaEngine, type LlamaEngine } from '../../../../src/engines/llama/llamaEngine.ts';
import { windowOf, windowPolicy } from '../../../../src/engines/llama/scoringWindows.ts';
import type { Answer } from '../../../../src/engines/llama/tokenEvaluator.ts';
import { readVocabulary, tokenBytes, type Vocabulary } from '../../../../src/engines/llama/vocabulary.ts';
import { CHILD_URL, randomGguf } from '../../../support/randomGgufFile.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';

/**
 * Whole files through the whole engine, its process and its windows, against the binding's distributions, one token at a
 * time. The reference shares with the engine only where windows begin.
 */
const CONTEXT_TOKENS = 96;
const modelPath = randomGguf({ width: 32, layers: 2, heads: 2, feedForward: 64, context: CONTEXT_TOKENS });
const ROOT = new URL('../../../../', import.meta.url);
const SHAPE = { size: CONTEXT_TOKENS - 1, hasStart: true };
/** Tokens of each file that are compared: windows enough. */
const FILE_TOKENS = 170;
/** One in so many places is compared with the whole distribution. */
const WHOLE_EACH = 16;
const LONG_LINES = 3000;
const LONG_PLACES = 300;
const NATS = 1e-3;

const SAMPLES = new URL('test/fixtures/syntax/', ROOT);
const FILES: readonly URL[] = [
  ...readdirSync(SAMPLES)
    .filter((name) => name.startsWith('sample.'))
    .map((name) => new URL(name, SAMPLES)),
  ...[
    'test/fixtures/sample/service/handlers.py',
    'test/fixtures/sample/courier/route.go',
    'test/fixtures/sample/README.md',
    'test/fixtures/wire/openaiChat.json',
    'src/core/utf8.ts',
    'src/engines/llama/llamaProcess.ts',
    'esbuild.config.mjs',
  ].map((path) => new URL(path, ROOT)),
];

let engine: LlamaEngine;
let model: LlamaModel;
let reference: LlamaContextSequence;
let vocabulary: Vocabulary;

beforeAll(async () => {
  const quiet = { gpu: false, build: 'never', progressLogs: false, logLevel: LlamaLogLevel.disabled } as const;
  model = await (await getLlama({ ...quiet, maxThreads: 1 })).loadModel({ modelPath: modelPath() });
  const cache = { experimentalKvCacheKeyType: 'F32', experimentalKvCacheValueType: 'F32' } as const;
  const context = await model.createContext({
    threads: 1,
    contextSize: CONTEXT_TOKENS,
    flashAttention: false,
    ...cache,
  });
  reference = context.getSequence();
  const { ggml } = model.fileInfo.metadata.tokenizer;
  vocabulary = readVocabulary({ model: ggml.model, tokens: ggml.tokens, types: ggml.token_type });
  const load = { modelPath: modelPath(), threads: 1, contextTokens: CONTEXT_TOKENS };
  engine = await openLlamaEngine({ childUrl: CHILD_URL, load });
  expect(engine.source.contextPolicy).toBe(windowPolicy(SHAPE));
}, 60_000);

afterAll(async () => {
  await engine.close();
  await model.dispose();
});

/** Log-probabilities of all tokens from distributions after single tokens, each in its window. */
async function stepByStep(ids: readonly Token[]): Promise<Float64Array> {
  const logprobs = new Float64Array(ids.length).fill(Number.NaN);
  for (let place = 0; place < ids.length;) {
    const { start, end } = windowOf(place, SHAPE);
    const inputs = [model.tokens.bos!, ...ids.slice(start, Math.min(end, ids.length) - 1)];
    await reference.clearHistory();
    for (const [index, token] of inputs.entries()) {
      const target = start + index;
      if (target < place) await reference.controlledEvaluate([token]);
      else logprobs[target] = await logprobAfter(token, ids[target]!, target % WHOLE_EACH === 0);
    }
    place = Math.min(end, ids.length);
  }
  return logprobs;
}

/** Evaluates a token, and asks for the next: by the sorted logits or, where wanted, by all probabilities. */
async function logprobAfter(token: Token, target: Token, isWhole: boolean): Promise<number> {
  if (isWhole) {
    const [whole] = await reference.controlledEvaluate([[token, { generateNext: { probabilities: true } }]]);
    const probabilities = whole!.next.probabilities!;
    expect(probabilities.size).toBe(vocabulary.ends.length);
    expect(Math.abs(sumOf(probabilities.values()) - 1)).toBeLessThan(1e-4);
    return Math.log(probabilities.get(target)!);
  }
  const logits = { filter: { tokens: [target], includeTop: 1 } };
  const options = { generateNext: { logits, totalLogitWeight: true } };
  const [output] = await reference.controlledEvaluate([[token, options]]);
  const next = output!.next;
  return next.logits!.get(target)! - Math.max(...next.logits!.values()) - Math.log(next.totalLogitWeight!);
}

function scoredText(text: string, ids: readonly Token[], logprobsNats: Float64Array): ScoredText {
  const rows = ids.map((id, place) => ({ bytes: tokenBytes(vocabulary, id), logprobNats: logprobsNats[place]! }));
  return scoredTextFromRows({ text, source: engine.source, rows });
}

describe('a file through the whole engine', () => {
  it('is one of twenty or more, in many languages', () => {
    expect(FILES.length).toBeGreaterThanOrEqual(20);
  });

  it.each(FILES.map((url) => [url.pathname.slice(ROOT.pathname.length), url] as const))(
    'has the values of evaluation token by token: %s',
    { timeout: 120_000 },
    async (path, url) => {
      const whole = readFileSync(url, 'utf8');
      const text = model.detokenize(model.tokenize(whole).slice(0, FILE_TOKENS));
      const ids = model.tokenize(text);
      const scored = await engine.score({ text, path });
      const expected = scoredText(text, ids, await stepByStep(ids));
      expect(scored.tokenCount).toBe(expected.tokenCount);
      expect(scored.tokenCount).toBeGreaterThan(90);
      const [actual, wanted] = [scored.measures.logprobsNats, expected.measures.logprobsNats];
      for (let token = 0; token < scored.tokenCount; token++) {
        expect(Math.abs(actual[token]! - wanted[token]!), `token ${token}`).toBeLessThan(NATS);
      }
    },
  );

  it(`has them at ${LONG_PLACES} places of ${LONG_LINES} lines`, { timeout: 240_000 }, async () => {
    const random = randomNumbers(7);
    const lines = FILES.flatMap((url) => readFileSync(url, 'utf8').split('\n')).filter(({ length }) => length < 12);
    const text = Array.from({ length: LONG_LINES }, () => lines[Math.floor(random() * lines.length)]!).join('\n');
    const ids = model.tokenize(text);
    const scored = await engine.score({ text, path: 'long.txt' });
    const actual = scored.measures.logprobsNats;
    // Without characters in pieces, the engine's tokens are the model's.
    expect(scored.tokenCount).toBe(ids.length);
    for (let sample = 0; sample < LONG_PLACES; sample++) {
      const place = Math.floor(random() * ids.length);
      const { start } = windowOf(place, SHAPE);
      const inputs = [model.tokens.bos!, ...ids.slice(start, place)];
      await reference.clearHistory();
      await reference.evaluateWithoutGeneratingNewTokens(inputs.slice(0, -1));
      const wanted = await logprobAfter(inputs.at(-1)!, ids[place]!, sample % 4 === 0);
      expect(Math.abs(actual[place]! - wanted), `token ${place}`).toBeLessThan(NATS);
    }
  });
});

describe('the numbers of one distribution', () => {
  it('sum up to 1 when all of them are asked for', { timeout: 60_000 }, async () => {
    const evaluator = createLlamaEvaluator(reference, model.tokens.bos, 64, () => undefined);
    const ids = model.tokenize(readFileSync(FILES[0]!, 'utf8')).slice(0, 60);
    const topK = vocabulary.ends.length;
    const answers: Answer[] = [];
    const questions = [0, 7, 20, 33, 58].map((after) => ({ after, target: ids[after + 1]!, topK }));
    await evaluator.evaluate(ids, questions, (answer) => answers.push(answer), new AbortController().signal);
    expect(answers).toHaveLength(questions.length);
    for (const { question, top, logprobNats, best } of answers) {
      expect(top).toHaveLength(topK);
      const sum = sumOf(top.map((token) => Math.exp(token.logprobNats)));
      expect(Math.abs(sum - 1)).toBeLessThan(1e-4);
      expect(top.find(({ token }) => token === question.target)?.logprobNats).toBe(logprobNats);
      expect(top[0]).toEqual(best);
    }
  });
});

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
