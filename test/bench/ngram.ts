/**
 * The n-gram engine at 10,000, 100,000 and 1,000,000 lines: tokens learned and scored in a second, bytes of memory for
 * each learned token, size and time of a saved snapshot.
 *
 *     node --expose-gc test/bench/ngram.ts [FOLDER]        default: node_modules
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Corpus } from '../../src/engines/ngram/corpus.ts';
import { ngramShape } from '../../src/engines/ngram/ngramEngine.ts';
import { loadSnapshot, saveSnapshot } from '../../src/engines/ngram/snapshotFile.ts';
import { loadTokenizer } from '../../src/engines/tokenizer/loadTokenizer.ts';
import { codeFiles, countLines } from './codeFiles.ts';

const MAX_TOKENS_SCORED = 400_000;

const folder = process.argv[2] ?? 'node_modules';
const tokenizer = loadTokenizer(new URL('../../model/tokenizer/merges.txt', import.meta.url));
const shape = ngramShape(tokenizer);
const scratch = mkdtempSync(join(tmpdir(), 'candor-bench-'));

console.log('    lines    tokens  tokenise t/s   index t/s   score t/s  bytes/token  snapshot MB  save ms  load ms');
for (const lines of [10_000, 100_000, 1_000_000]) {
  const files = await codeFiles(folder, lines);
  const [encoded, encodeMs] = timed(() => files.map(({ path, text }) => ({ path, ids: tokenizer.encode(text).ids })));
  const tokenCount = encoded.reduce((sum, { ids }) => sum + ids.length, 0);

  const heldBefore = await heldBytes();
  const corpus = new Corpus(shape);
  const [, learnMs] = timed(() => {
    for (const { path, ids } of encoded) corpus.learn(path, ids);
    corpus.rebuild();
  });
  const bytesPerToken = ((await heldBytes()) - heldBefore) / tokenCount;

  // Files in a row, as an audit takes them: neighbours share the index of their folder.
  let scored = 0;
  const [, scoreMs] = timed(() => {
    for (const { path, ids } of encoded.slice(encoded.length >> 1)) {
      if (scored >= MAX_TOKENS_SCORED) break;
      corpus.score(path, ids);
      scored += ids.length;
    }
  });

  const file = join(scratch, 'snapshot');
  const saveStarted = performance.now();
  await saveSnapshot(file, corpus, tokenizer.digest);
  const saveMs = performance.now() - saveStarted;
  const loadStarted = performance.now();
  await loadSnapshot(file, shape, tokenizer.digest);
  const loadMs = performance.now() - loadStarted;

  console.log(
    String(files.reduce((sum, { text }) => sum + countLines(text), 0)).padStart(9),
    String(tokenCount).padStart(9),
    perSecond(tokenCount, encodeMs).padStart(13),
    perSecond(tokenCount, learnMs).padStart(11),
    perSecond(scored, scoreMs).padStart(11),
    bytesPerToken.toFixed(1).padStart(12),
    (statSync(file).size / 1e6).toFixed(1).padStart(12),
    saveMs.toFixed(0).padStart(8),
    loadMs.toFixed(0).padStart(8),
  );
}
rmSync(scratch, { recursive: true });

function timed<Result>(work: () => Result): readonly [Result, number] {
  const started = performance.now();
  return [work(), performance.now() - started];
}

/** Bytes held after a collection, typed arrays included. */
async function heldBytes(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error('run with node --expose-gc');
  // Buffers of arrays are given back some time after the arrays themselves.
  for (let round = 0; round < 4; round++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function perSecond(count: number, ms: number): string {
  return Math.round((count / ms) * 1000).toLocaleString('en');
}
