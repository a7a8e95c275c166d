import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { getLlama, LlamaLogLevel, type LlamaContextSequence, type LlamaModel, type Token } from 'node-llama-cpp';
import { decodeUtf8, encodeUtf8 } from '../../../../src/core/utf8.ts';
import { healPrefix } from '../../../../src/engines/llama/healPrefix.ts';
import { createLanes } from '../../../../src/engines/llama/lanes.ts';
import { createLlamaEvaluator } from '../../../../src/engines/llama/llamaEvaluator.ts';
import { ScoreMemory } from '../../../../src/engines/llama/scoreMemory.ts';
import { scoreTokens, windowShape } from '../../../../src/engines/llama/scoreTokens.ts';
import { windowOf } from '../../../../src/engines/llama/scoringWindows.ts';
import type { TokenEvaluator } from '../../../../src/engines/llama/tokenEvaluator.ts';
import { readVocabulary, tokenBytes } from '../../../../src/engines/llama/vocabulary.ts';
import { writeTokens, type WritingOptions } from '../../../../src/engines/llama/writeTokens.ts';
import { loadTokenizer } from '../../../../src/engines/tokenizer/loadTokenizer.ts';
import { randomGguf } from '../../../support/randomGgufFile.ts';

/** The evaluator against the binding's own slow ways of saying the same: in this process, on the same model. */
const modelPath = randomGguf();
const ROOT = new URL('../../../../', import.meta.url);
const FIXTURES = new URL('test/fixtures/sample/', ROOT);
const tokenizer = loadTokenizer(new URL('model/tokenizer/merges.txt', ROOT));
const PYTHON = readFileSync(new URL('service/validators.py', FIXTURES), 'utf8');
const GO = readFileSync(new URL('courier/schedule.go', FIXTURES), 'utf8');
const NONE = { topK: 0, isScored: (): boolean => true, isDetailed: (): boolean => false };
const never = new AbortController().signal;

const SHAPE = {
  threads: 1,
  flashAttention: false,
  experimentalKvCacheKeyType: 'F32',
  experimentalKvCacheValueType: 'F32',
} as const;

let model: LlamaModel;
let sequence: LlamaContextSequence;
let reference: LlamaContextSequence;
let evaluator: TokenEvaluator;

beforeAll(async () => {
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    progressLogs: false,
    logLevel: LlamaLogLevel.disabled,
    maxThreads: 1,
  });
  model = await llama.loadModel({ modelPath: modelPath() });
  sequence = (await model.createContext({ ...SHAPE, contextSize: 256, batchSize: 64 })).getSequence();
  reference = (await model.createContext({ ...SHAPE, contextSize: 512, batchSize: 64 })).getSequence();
  evaluator = createLlamaEvaluator(sequence, model.tokens.bos, 64, () => undefined);
}, 60_000);

afterAll(async () => {
  await model.dispose();
});

/** Writing that goes on from nothing that was begun. */
function plain(): Pick<WritingOptions, 'vocabulary' | 'begun'> {
  const { ggml } = model.fileInfo.metadata.tokenizer;
  const vocabulary = readVocabulary({ model: ggml.model, tokens: ggml.tokens, types: ggml.token_type });
  return { vocabulary, begun: new Uint8Array() };
}

async function scores(ids: readonly number[]): Promise<Float64Array> {
  const sheet = new ScoreMemory().open(ids);
  await scoreTokens(createLanes(evaluator), sheet, NONE, never);
  return sheet.logprobsNats;
}

/** Log-probability of each token, one token at a time, from the whole distribution. */
async function slowScores(ids: readonly Token[], start: readonly Token[]): Promise<number[]> {
  await reference.clearHistory();
  const logprobs: number[] = [];
  const inputs = [...start, ...ids];
  for (const [index, token] of inputs.slice(0, -1).entries()) {
    const [output] = await reference.controlledEvaluate([[token, { generateNext: { probabilities: true } }]]);
    const probabilities = output?.next.probabilities ?? new Map<Token, number>();
    const sum = [...probabilities.values()].reduce((total, probability) => total + probability, 0);
    expect(sum).toBeCloseTo(1, 4);
    logprobs.push(Math.log(probabilities.get(inputs[index + 1]!) ?? Number.NaN));
  }
  return logprobs;
}

function expectClose(actual: Iterable<number>, expected: Iterable<number>): void {
  const [a, b] = [[...actual], [...expected]];
  expect(a.length).toBe(b.length);
  a.forEach((value, index) => {
    expect(Math.abs(value - b[index]!)).toBeLessThan(1e-3);
  });
}

describe('the tokens of llama.cpp', () => {
  const files = [
    'test/fixtures/sample/service/models.py',
    'test/fixtures/sample/courier/schedule.go',
    'test/fixtures/sample/web/apiClient.ts',
    'src/engines/tokenizer/preTokenize.ts',
    'docs/measurements.md',
    ...['broken.rs', 'broken.cpp', 'broken.java', 'broken.rb', 'broken.php'].map(
      (name) => `test/fixtures/syntax/${name}`,
    ),
  ];

  it.each(files)('are those of our tokenizer: %s', (path) => {
    const text = readFileSync(new URL(path, ROOT), 'utf8');
    expect(model.tokenize(text)).toEqual([...tokenizer.encode(text).ids]);
  });
});

describe('one pass', () => {
  it.each([
    ['Python', PYTHON.slice(0, 120)],
    ['Go', GO.slice(0, 120)],
    ['emoji and ideographs', 'x = "👩‍👩‍👧‍👦 名前" # 🎉'],
    ['one character', 'x'],
  ])('gives what evaluation token by token gives: %s', async (_, text) => {
    const ids = model.tokenize(text);
    expectClose(await scores(ids), await slowScores(ids, [model.tokens.bos!]));
  });

  it('names the likeliest tokens and the same numbers as without them', async () => {
    const ids = model.tokenize(PYTHON.slice(0, 60));
    const plain = await scores(ids);
    const sheet = new ScoreMemory().open(ids);
    await scoreTokens(
      createLanes(evaluator),
      sheet,
      { topK: 5, isScored: () => true, isDetailed: (place) => place % 2 === 0 },
      never,
    );
    expectClose(sheet.logprobsNats, plain);
    expect([...sheet.tops.keys()].sort((a, b) => a - b)).toEqual([...plain.keys()].filter((place) => place % 2 === 0));
    for (const [, { tokens }] of sheet.tops) expect(tokens).toHaveLength(5);
  });

  it('leaves the first token unscored where the model has no start token', async () => {
    const ids = model.tokenize(PYTHON.slice(0, 60));
    const startless = createLlamaEvaluator(sequence, null, 64, () => undefined);
    const sheet = new ScoreMemory().open(ids);
    await scoreTokens(createLanes(startless), sheet, NONE, never);
    expect(sheet.logprobsNats[0]).toBeNaN();
    expectClose(sheet.logprobsNats.subarray(1), await slowScores(ids, []));
  });
});

describe('windows', () => {
  it('give the first window the scores of the text alone, and later tokens at least half a window before them', async () => {
    const ids = model.tokenize(PYTHON + GO).slice(0, 520);
    const windowed = await scores(ids);
    expect(windowed.every((logprob) => logprob <= 0)).toBe(true);
    expectClose(windowed.subarray(0, 255), await scores(ids.slice(0, 255)));
    const { start, end } = windowOf(450, windowShape(evaluator));
    expect(450 - start).toBeGreaterThanOrEqual(127);
    expectClose(windowed.slice(end - 127, end), (await scores(ids.slice(start, end))).slice(-127));
  });

  it('tile every text: each token is scored by one window', () => {
    for (const hasStart of [true, false]) {
      for (const size of [2, 3, 10, 255]) {
        let covered = 0;
        for (let place = 0; place < 5 * size; place++) {
          const window = windowOf(place, { size, hasStart });
          expect(place).toBeGreaterThanOrEqual(window.start);
          expect(place).toBeLessThan(window.end);
          if (place > size) expect(place - window.start).toBeGreaterThanOrEqual(size >> 1);
          expect(window.end).toBeGreaterThanOrEqual(covered);
          covered = window.end;
        }
      }
    }
  });

  it('are not evaluated again where the text begins the same way', async () => {
    const ids = model.tokenize(PYTHON + GO).slice(0, 520);
    const memory = new ScoreMemory();
    await scoreTokens(createLanes(evaluator), memory.open(ids), NONE, never);
    const before = evaluator.evaluatedTokens;
    const grown = memory.open([...ids, ...ids.slice(0, 3)]);
    await scoreTokens(createLanes(evaluator), grown, NONE, never);
    // One that was evaluated before goes along, for no batch is a single token.
    expect(evaluator.evaluatedTokens - before).toBe(3);
    expectClose(grown.logprobsNats, await scores([...ids, ...ids.slice(0, 3)]));
  });
});

describe('a batch', () => {
  // Quantized weights are multiplied in another way by a single token; it moves some log-probabilities by .06 nats.
  it('is never a single token, or a score would depend on how the text was cut', async () => {
    const evaluate = vi.spyOn(sequence, 'controlledEvaluate');
    const memory = new ScoreMemory();
    const ids = model.tokenize(PYTHON).slice(0, 130);
    for (const length of [1, 2, 3, 66, 67, 130]) {
      const sheet = memory.open(ids.slice(0, length));
      await scoreTokens(createLanes(evaluator), sheet, NONE, never);
      expect(sheet.logprobsNats.every((value) => value < 0)).toBe(true);
    }
    // 33 inputs by 16 would leave one over.
    const short = createLanes(createLlamaEvaluator(sequence, model.tokens.bos, 16, () => undefined));
    await scoreTokens(short, memory.open(ids.slice(40, 73)), NONE, never);
    const prompt = [model.tokens.bos!, ...ids.slice(0, 5)];
    await writeTokens(
      evaluator,
      prompt,
      { ...plain(), maxTokens: 5, topK: 0, isEnd: () => false },
      () => undefined,
      never,
    );
    const lengths = evaluate.mock.calls.map(([input]) => input.length);
    evaluate.mockRestore();
    expect(lengths.length).toBeGreaterThan(10);
    expect(Math.min(...lengths)).toBe(2);
    expectClose((await scores(ids)).slice(0, 1), await scores(ids.slice(0, 1)));
  });
});

describe('writing', () => {
  it('takes the likeliest token each time, with the score that the same tokens get when they are given', async () => {
    const prompt = [model.tokens.bos!, ...model.tokenize('def add(')];
    const options = { ...plain(), maxTokens: 30, topK: 2, isEnd: (token: number) => model.isEogToken(token as Token) };
    const seen: number[] = [];
    const written = await writeTokens(evaluator, prompt, options, ({ token }) => seen.push(token), never);
    expect(written.length).toBeGreaterThan(5);
    expect(seen).toEqual(written.map(({ token }) => token));
    const given = await scores([...prompt.slice(1), ...seen]);
    expectClose(
      written.map(({ logprobNats }) => logprobNats ?? Number.NaN),
      given.slice(prompt.length - 1),
    );
  });

  it('keeps the scores of the tokens as they are where it draws them, hot or cold', async () => {
    const prompt = [model.tokens.bos!, ...model.tokenize('def add(')];
    for (const temperature of [0.3, 1, 1.5]) {
      const sampling = { temperature, seed: 7 };
      const options = { ...plain(), maxTokens: 30, topK: 2, isEnd: () => false, sampling };
      const written = await writeTokens(evaluator, prompt, options, () => undefined, never);
      expect(written).toHaveLength(30);
      expect(written.every(({ top }) => top.length === 2)).toBe(true);
      const given = await scores([...prompt.slice(1), ...written.map(({ token }) => token)]);
      expectClose(
        written.map(({ logprobNats }) => logprobNats ?? Number.NaN),
        given.slice(prompt.length - 1),
      );
    }
  });

  it('goes with a word that was begun, in which only what is new is written', async () => {
    const { vocabulary } = plain();
    for (const text of ['def ad', 'return va', 'for key, value in ite', 'x = ']) {
      const healed = healPrefix(text);
      const begun = encodeUtf8(healed.begun);
      const prompt = [model.tokens.bos!, ...model.tokenize(healed.lines + healed.line)];
      const options = { vocabulary, begun, maxTokens: 6, topK: 0, isEnd: () => false };
      const written = await writeTokens(evaluator, prompt, options, () => undefined, never);
      expect(written).toHaveLength(6);
      const [first, ...rest] = written;
      expect(rest.every(({ from, logprobNats }) => from === 0 && logprobNats !== null)).toBe(true);
      const bytes = tokenBytes(vocabulary, first!.token);
      const head = bytes.subarray(0, first!.from);
      expect(decodeUtf8(begun).endsWith(decodeUtf8(head))).toBe(true);
      expect(first!.logprobNats === null).toBe(first!.from > 0);
    }
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const options = { ...plain(), maxTokens: 30, topK: 0, isEnd: () => false };
    const onToken = (): void => {
      stop.abort(new Error('enough'));
    };
    await expect(writeTokens(evaluator, [model.tokens.bos!], options, onToken, stop.signal)).rejects.toThrow('enough');
  });
});
