/**
 * What exact log-probabilities cost: scoring a text against evaluating its tokens and asking nothing, on a model of
 * random weights; then scoring two texts, which share the cores, against evaluating them one after the other.
 *
 *     node test/bench/llama.ts [2.6M|50M|500M]        default: 2.6M
 *
 * At 1 to 4 threads, as far as there are cores: more threads than cores only wait for each other.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as binding from 'node-llama-cpp';
import { createLanes } from '../../src/engines/llama/lanes.ts';
import { createLlamaEvaluator } from '../../src/engines/llama/llamaEvaluator.ts';
import { openModel } from '../../src/engines/llama/openModel.ts';
import { ScoreMemory } from '../../src/engines/llama/scoreMemory.ts';
import { scoreTokens } from '../../src/engines/llama/scoreTokens.ts';
import { parameterCount, writeRandomGguf } from '../support/writeRandomGguf.ts';
import { modelShape } from './modelShapes.ts';

const MOST_THREADS = 4;

const name = process.argv[2] ?? '2.6M';
const shape = modelShape(name);
/** A large model takes a while. */
const [tokens, rounds] = name === '500M' ? [128, 3] : [400, 7];
const folder = mkdtempSync(join(tmpdir(), 'candor-bench-'));
const modelPath = join(folder, 'model.gguf');
writeRandomGguf(modelPath, shape);
console.log(
  `${(parameterCount(shape) / 1e6).toFixed(1)} M weights, Q8_0, vocabulary 16,384, ${tokens} tokens, ` +
    `best of ${rounds}, ${availableParallelism()} cores`,
);
console.log('threads  bare ms  scored ms  ratio  top 5  top 20  two texts');

const never = new AbortController().signal;
const source = readFileSync(new URL('../../src/engines/tokenizer/tokenizer.ts', import.meta.url), 'utf8');
for (let threads = 1; threads <= Math.min(MOST_THREADS, availableParallelism()); threads++) {
  const wanted = { modelPath, threads, contextTokens: 512, usesGpu: false };
  const { model, sequence, openSequence, batchTokens } = await openModel(binding, wanted);
  const { bos } = model.tokens;
  const evaluatorOf = (one: typeof sequence) => createLlamaEvaluator(one, bos, batchTokens, () => undefined);
  const [one, other] = [evaluatorOf(sequence), evaluatorOf(await openSequence())];
  const both = createLanes(one, 2, () => Promise.resolve(other));
  const ids = model.tokenize(source).slice(0, 2 * tokens);
  const texts = [ids.slice(0, tokens), ids.slice(tokens)];
  const lead = bos === null ? [] : [bos];

  const bare = async (text = 0): Promise<void> => {
    await sequence.clearHistory();
    await sequence.evaluateWithoutGeneratingNewTokens([...lead, ...(texts[text] ?? []).slice(0, -1)]);
  };
  const score = async (topK: number, lanes = createLanes(one), text = 0): Promise<void> => {
    await scoreTokens(
      lanes,
      new ScoreMemory().open(texts[text] ?? []),
      { topK, isScored: () => true, isDetailed: () => topK > 0 },
      never,
    );
  };
  const works = [
    () => bare(),
    () => score(0),
    () => score(5),
    () => score(20),
    async () => {
      await bare(0);
      await bare(1);
    },
    () => Promise.all([score(0, both, 0), score(0, both, 1)]),
  ];
  const best = works.map(() => Infinity);
  // In turn, so that a slow moment of the machine falls on all of them.
  for (let round = 0; round < rounds; round++) {
    for (const [index, work] of works.entries()) {
      await sequence.clearHistory();
      const began = performance.now();
      await work();
      best[index] = Math.min(best[index] ?? Infinity, performance.now() - began);
    }
  }
  const [bareMs = 0, scoredMs = 0, top5Ms = 0, top20Ms = 0, bothBareMs = 0, bothMs = 0] = best;
  const columns = [
    String(threads).padStart(7),
    bareMs.toFixed(0).padStart(8),
    scoredMs.toFixed(0).padStart(10),
    (scoredMs / bareMs).toFixed(2).padStart(6),
    (top5Ms / bareMs).toFixed(2).padStart(6),
    (top20Ms / bareMs).toFixed(2).padStart(7),
    (bothMs / bothBareMs).toFixed(2).padStart(10),
  ];
  console.log(columns.join(' '));
  await model.llama.dispose();
}
rmSync(folder, { recursive: true });
