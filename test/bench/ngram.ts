/**
 * The n-gram engine at 10,000, 100,000 and 1,000,000 lines: tokens learned and scored in a second, how many times as fast as
 * where every context is searched, whole distributions of a next token in a second, bytes of memory for each learned token,
 * size and time of a saved snapshot.
 *
 *     node --expose-gc test/bench/ngram.ts [FOLDER]        default: node_modules
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Corpus } from '../../src/engines/ngram/corpus.ts';
import { BACK_OFF_WEIGHTS } from '../../src/engines/ngram/interpolate.ts';
import { nextTokensOf } from '../../src/engines/ngram/nextTokenDistribution.ts';
import { ngramShape } from '../../src/engines/ngram/ngramEngine.ts';
import { Scope } from '../../src/engines/ngram/scope.ts';
import { scoreTokens, type TokenScores } from '../../src/engines/ngram/scoreTokens.ts';
import { shareBase } from '../../src/engines/ngram/sharedBase.ts';
import { loadSnapshot, saveSnapshot } from '../../src/engines/ngram/snapshotFile.ts';
import { TokenIndex } from '../../src/engines/ngram/tokenIndex.ts';
import { loadTokenizer } from '../../src/engines/tokenizer/loadTokenizer.ts';
import { codeFiles, countLines } from './codeFiles.ts';

const MAX_TOKENS_SCORED = 1_000_000;
const FILES_IN_TURN = 50;
const DISTRIBUTIONS = 400;

const folder = process.argv[2] ?? 'node_modules';
const tokenizer = loadTokenizer(new URL('../../model/tokenizer/merges.txt', import.meta.url));
const shape = ngramShape(tokenizer);
const scratch = mkdtempSync(join(tmpdir(), 'candor-bench-'));

const titles = 'tokenise t/s   index t/s   score t/s  times  next/s  bytes/token  snapshot MB  save ms  load ms';
console.log(`    lines    tokens  ${titles}`);
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
  // The ranks too, which scoring asks for.
  shareBase(corpus);
  const bytesPerToken = ((await heldBytes()) - heldBefore) / tokenCount;

  // Files in a row, as an audit takes them: neighbours share the order of their folder. The two ways take turns.
  const search = searchingScorer(corpus);
  let scored = 0;
  let scoreMs = 0;
  let searchMs = 0;
  for (let from = encoded.length >> 1; from < encoded.length && scored < MAX_TOKENS_SCORED; from += FILES_IN_TURN) {
    const turn = encoded.slice(from, from + FILES_IN_TURN);
    const [known, knownMs] = timed(() => turn.map(({ path, ids }) => corpus.score(path, ids)));
    const [searched, searchedMs] = timed(() => turn.map(({ path, ids }) => search(path, ids)));
    if (!isDeepStrictEqual(known, searched)) throw new Error('the two ways give other scores');
    scored += turn.reduce((sum, { ids }) => sum + ids.length, 0);
    scoreMs += knownMs;
    searchMs += searchedMs;
  }

  const { path: longPath, ids: longIds } = encoded.reduce((one, other) =>
    one.ids.length > other.ids.length ? one : other,
  );
  const nextTokens = nextTokensOf(corpus.scopesFor(longPath), shape);
  const places = Math.min(DISTRIBUTIONS, longIds.length);
  const [, nextMs] = timed(() => {
    for (let place = 0; place < places; place++) nextTokens(longIds.subarray(0, place));
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
    (searchMs / scoreMs).toFixed(1).padStart(6),
    perSecond(places, nextMs).padStart(7),
    bytesPerToken.toFixed(1).padStart(12),
    (statSync(file).size / 1e6).toFixed(1).padStart(12),
    saveMs.toFixed(0).padStart(8),
    loadMs.toFixed(0).padStart(8),
  );
}
rmSync(scratch, { recursive: true });

/** Scores learned texts as if nothing were known of where they lie: each context is searched, and folders are indexed. */
function searchingScorer(corpus: Corpus): (path: string, ids: Uint16Array) => TokenScores {
  const workspace = new Scope([{ index: corpus.rebuild().index, sign: 1 }], BACK_OFF_WEIGHTS.workspace);
  const textsIn = Map.groupBy(corpus.paths, (path) => posix.dirname(path));
  let folder: { readonly path: string; readonly scope: Scope } | undefined;
  return (path, ids) => {
    const folderPath = posix.dirname(path);
    const neighbours = textsIn.get(folderPath) ?? [];
    if (folder?.path !== folderPath) {
      const index = TokenIndex.of(
        neighbours.flatMap((neighbour) => corpus.get(neighbour) ?? []),
        shape,
      );
      folder = { path: folderPath, scope: new Scope([{ index, sign: 1 }], BACK_OFF_WEIGHTS.folder) };
    }
    return scoreTokens(ids, neighbours.length > 1 ? [workspace, folder.scope] : [workspace], shape, true);
  };
}

/** Milliseconds of the processor's time, so that whatever else runs on the machine counts little. */
function timed<Result>(work: () => Result): readonly [Result, number] {
  const started = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(started);
  return [result, (user + system) / 1000];
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
