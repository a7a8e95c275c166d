/**
 * How well a model, the n-gram engine over the model's tokens, and their mixture predict whole projects: bits for each
 * byte of UTF-8, as an audit scores files, each by what was learned from the project's others. Fewer is better. The
 * weights are the model's mean share, by length of the longest known context from 0 to 9 and more.
 *
 *     node test/bench/mixture.ts MODEL.gguf [--kilobytes=40] [--threads=1] PROJECT...        a folder each
 *
 * Of each project files are taken in a random order, the same in every run, until they make up so many kilobytes. Files
 * of more than 40,000 bytes are learned and not scored. The model should not have been trained on the projects.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ScoredText } from '../../src/core/scoredText.ts';
import { openLlamaEngine } from '../../src/engines/llama/llamaEngine.ts';
import { mixByMatchLength } from '../../src/engines/mixture/mixByMatchLength.ts';
import { mixWithNgram } from '../../src/engines/mixture/mixWithNgram.ts';
import { codeFiles, type CodeFile } from './codeFiles.ts';

const MOST_BYTES = 40_000;
const LENGTHS = 10;

const { values, positionals } = parseArgs({
  options: { kilobytes: { type: 'string', default: '40' }, threads: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const [modelPath, ...projects] = positionals;
if (modelPath === undefined || projects.length === 0) throw new Error('usage: see the top of this file');
const neural = await openLlamaEngine({
  childUrl: new URL('../../src/engines/llama/llamaChild.ts', import.meta.url),
  load: { modelPath, threads: Number(values.threads), contextTokens: 4096 },
});

console.log('project'.padEnd(24), 'files', 'tokens'.padStart(7), ' model  n-gram  mixture  by known context: 0 .. 9');
const rows: Row[] = [];
for (const project of projects) {
  const row = await measure(project);
  if (row === null) continue;
  rows.push(row);
  print(row);
}
print(meanOf(rows));
const beaten = rows.filter(({ bits: [model = 0, ngram = 0, mixture = 0] }) => mixture < Math.min(model, ngram));
console.log(`The mixture beats both of its parts in ${beaten.length} of ${rows.length} projects.`);
await neural.close();

interface Row {
  readonly name: string;
  readonly files: number;
  readonly tokens: number;
  /** A byte: of the model, of the n-gram engine, of the mixture. */
  readonly bits: readonly number[];
  /** By match length: sum of the model's weights, and number of tokens. */
  readonly weights: readonly (readonly [sum: number, count: number])[];
}

async function measure(project: string): Promise<Row | null> {
  const mixture = mixWithNgram(neural);
  if (mixture === null) throw new Error("the model's tokenizer is foreign");
  const { engine, learner } = mixture;
  const files = await codeFiles(project);
  for (const { path, text } of files) learner.learn(path, text);
  const bits = [0, 0, 0];
  const weights = Array.from({ length: LENGTHS }, (): [number, number] => [0, 0]);
  let [count, tokens, bytes] = [0, 0, 0];
  for (const { path, text } of inRandomOrder(files)) {
    const length = Buffer.byteLength(text);
    if (length === 0 || length > MOST_BYTES) continue;
    if (bytes >= 1000 * Number(values.kilobytes)) break;
    const request = { text, path };
    const scored = [await neural.score(request), await learner.score(request), await engine.score(request)];
    scored.forEach((one, engineIndex) => (bits[engineIndex]! += bitsOf(one)));
    addWeights(scored[0]!, scored[1]!, weights);
    count++;
    tokens += scored[0]!.tokenCount;
    bytes += length;
  }
  if (bytes === 0) return null;
  const name = resolve(project).split('/').slice(-2).join('/');
  return { name, files: count, tokens, bits: bits.map((sum) => sum / bytes), weights };
}

function bitsOf({ measures }: ScoredText): number {
  // A model without a start token leaves the first token of a text unscored; all three are then spared it.
  return -measures.logprobsNats.reduce((sum, nats) => sum + (Number.isNaN(nats) ? 0 : nats), 0) / Math.LN2;
}

function addWeights(ofNeural: ScoredText, ofCache: ScoredText, weights: [number, number][]): void {
  const knownContexts = ofCache.measures.knownContexts ?? new Float64Array(ofCache.tokenCount);
  const { neuralWeights } = mixByMatchLength({
    neuralLogprobsNats: ofNeural.measures.logprobsNats,
    cacheLogprobsNats: ofCache.measures.logprobsNats,
    knownContexts,
  });
  neuralWeights.forEach((weight, token) => {
    const sums = weights[Math.min(LENGTHS - 1, knownContexts[token]!)]!;
    sums[0] += weight;
    sums[1]++;
  });
}

/** Fisher and Yates, with numbers that are the same in every run. */
function inRandomOrder(files: readonly CodeFile[]): readonly CodeFile[] {
  const shuffled = [...files];
  let state = 12_345;
  for (let last = shuffled.length - 1; last > 0; last--) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
  }
  return shuffled;
}

function meanOf(all: readonly Row[]): Row {
  const sum = (valueOf: (row: Row) => number): number => all.reduce((total, row) => total + valueOf(row), 0);
  return {
    name: 'mean, or sum',
    files: sum(({ files }) => files),
    tokens: sum(({ tokens }) => tokens),
    bits: [0, 1, 2].map((engineIndex) => sum(({ bits }) => bits[engineIndex]!) / all.length),
    weights: Array.from({ length: LENGTHS }, (_, length) => [
      sum(({ weights }) => weights[length]![0]),
      sum(({ weights }) => weights[length]![1]),
    ]),
  };
}

function print({ name, files, tokens, bits, weights }: Row): void {
  const [model, ngram, mixture] = bits.map((value) => value.toFixed(3).padStart(6));
  const shares = weights.map(([sum, count]) => (count === 0 ? '  -' : (sum / count).toFixed(2).slice(1).padStart(3)));
  console.log(
    name.padEnd(24),
    String(files).padStart(5),
    String(tokens).padStart(7),
    model,
    '',
    ngram,
    ' ',
    mixture,
    '',
    ...shares,
  );
}
