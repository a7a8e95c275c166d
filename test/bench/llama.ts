/**
 * What exact log-probabilities cost: scoring a text against evaluating its tokens and asking nothing, on a model of
 * random weights, at one thread and two.
 *
 *     node test/bench/llama.ts [2.6M|50M]        default: 2.6M
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { getLlama, LlamaLogLevel } from 'node-llama-cpp';
import { createLlamaEvaluator } from '../../src/engines/llama/llamaEvaluator.ts';
import { ScoreMemory } from '../../src/engines/llama/scoreMemory.ts';
import { scoreTokens } from '../../src/engines/llama/scoreTokens.ts';
import { parameterCount, SMALL_SHAPE, writeRandomGguf, type GgufShape } from '../support/writeRandomGguf.ts';

const SHAPES: Readonly<Record<string, Partial<GgufShape>>> = {
  '2.6M': { width: 64, layers: 10, heads: 4, feedForward: 160 },
  '50M': { width: 512, layers: 10, heads: 8, feedForward: 1536 },
};
const TOKENS = 400;
const ROUNDS = 7;

const name = process.argv[2] ?? '2.6M';
const shape: GgufShape = { ...SMALL_SHAPE, weights: 'q8_0', ...SHAPES[name] };
const folder = mkdtempSync(join(tmpdir(), 'candor-bench-'));
const modelPath = join(folder, 'model.gguf');
writeRandomGguf(modelPath, shape);
console.log(`${(parameterCount(shape) / 1e6).toFixed(1)} M weights, Q8_0, vocabulary 16,384, ${TOKENS} tokens`);
console.log('threads  bare ms  scored ms  ratio  top 5  top 20');

const never = new AbortController().signal;
const source = readFileSync(new URL('../../src/engines/tokenizer/preTokenize.ts', import.meta.url), 'utf8');
for (const threads of [1, 2]) {
  if (threads > availableParallelism()) break;
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    progressLogs: false,
    logLevel: LlamaLogLevel.disabled,
    maxThreads: threads,
  });
  const model = await llama.loadModel({ modelPath });
  const context = await model.createContext({
    contextSize: 512,
    batchSize: 256,
    threads,
    flashAttention: false,
    experimentalKvCacheKeyType: 'F32',
    experimentalKvCacheValueType: 'F32',
  });
  const sequence = context.getSequence();
  const evaluator = createLlamaEvaluator(sequence, model.tokens.bos, 256, () => undefined);
  const ids = model.tokenize(source).slice(0, TOKENS);
  const bos = model.tokens.bos === null ? [] : [model.tokens.bos];

  const bare = (): Promise<void> => sequence.evaluateWithoutGeneratingNewTokens([...bos, ...ids.slice(0, -1)]);
  const score = (topK: number) => (): Promise<void> =>
    scoreTokens(evaluator, new ScoreMemory().open(ids), { topK, isWantedAt: () => topK > 0 }, never);
  const works = [bare, score(0), score(5), score(20)];
  const best = works.map(() => Infinity);
  // In turn, so that a slow moment of the machine falls on all of them.
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, work] of works.entries()) {
      await sequence.clearHistory();
      const began = performance.now();
      await work();
      best[index] = Math.min(best[index] ?? Infinity, performance.now() - began);
    }
  }
  const [bareMs = 0, scoredMs = 0, top5Ms = 0, top20Ms = 0] = best;
  const ratio = (ms: number): string => (ms / bareMs).toFixed(2);
  console.log(
    String(threads).padStart(7),
    bareMs.toFixed(0).padStart(8),
    scoredMs.toFixed(0).padStart(10),
    ratio(scoredMs).padStart(6),
    ratio(top5Ms).padStart(6),
    ratio(top20Ms).padStart(7),
  );
  await model.dispose();
  await llama.dispose();
}
rmSync(folder, { recursive: true });
