/**
 * How well the n-gram engine predicts whole projects: bits for each byte of UTF-8, file by file, each file's own counts
 * taken out, against unigrams and gzip; with and without the scopes. Fewer is better.
 *
 *     node test/bench/bitsPerByte.ts PROJECT...        a folder each
 */
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Corpus } from '../../src/engines/ngram/corpus.ts';
import { ngramShape } from '../../src/engines/ngram/ngramEngine.ts';
import { scoreTokens } from '../../src/engines/ngram/scoreTokens.ts';
import type { Scope } from '../../src/engines/ngram/scope.ts';
import { loadTokenizer } from '../../src/engines/tokenizer/loadTokenizer.ts';
import { codeFiles } from './codeFiles.ts';

/** Files of a project that are scored, spread evenly over it. */
const FILES_SCORED = 60;

const tokenizer = loadTokenizer(new URL('../../model/tokenizer/merges.txt', import.meta.url));
const shape = ngramShape(tokenizer);
const columns = ['gzip', 'unigram', 'file', '+workspace', '+folder'] as const;

console.log('project'.padEnd(28), 'files'.padStart(6), ...columns.map((name) => name.padStart(11)));
const rows: number[][] = [];
for (const project of process.argv.slice(2)) {
  const files = await codeFiles(project);
  if (files.length === 0) continue;
  const corpus = new Corpus(shape);
  for (const { path, text } of files) corpus.learn(path, tokenizer.encode(text).ids);
  const sums = columns.map(() => 0);
  let bytes = 0;
  const step = Math.max(1, files.length / FILES_SCORED);
  for (let place = 0; place < files.length; place += step) {
    const { path, text } = files[Math.floor(place)]!;
    const { ids } = tokenizer.encode(text);
    const scopes = corpus.scopesFor(path);
    const bits = [
      8 * gzipSync(text, { level: 9 }).length,
      bitsOf(ids, scopes.slice(0, 1), 1),
      bitsOf(ids, [], shape.order),
      bitsOf(ids, scopes.slice(0, 1), shape.order),
      bitsOf(ids, scopes, shape.order),
    ];
    bits.forEach((value, column) => (sums[column]! += value));
    bytes += Buffer.byteLength(text);
  }
  const row = sums.map((sum) => sum / bytes);
  rows.push(row);
  print(resolve(project).split('/').slice(-2).join('/'), files.length, row);
}
print(
  'mean',
  rows.length,
  columns.map((_, column) => rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length),
);
console.log(
  `${rows.filter((row) => row[3]! < row[2]!).length} of ${rows.length} are predicted better with the workspace`,
);

function bitsOf(ids: Uint16Array, scopes: readonly Scope[], order: number): number {
  const { logprobsNats } = scoreTokens(ids, scopes, { ...shape, order });
  return -logprobsNats.reduce((sum, logprob) => sum + logprob, 0) / Math.LN2;
}

function print(name: string, files: number, row: readonly number[]): void {
  console.log(name.padEnd(28), String(files).padStart(6), ...row.map((value) => value.toFixed(3).padStart(11)));
}
