/**
 * Trains the tokenizer: counts the pieces of the corpus, balances the languages, learns the merges.
 *
 *   node model/tokenizer/train.ts --corpus DIR --out merges.txt   (DIR as collectCorpus.ts writes it)
 *   node model/tokenizer/train.ts --smoke                         (a small vocabulary of this repository's own files)
 */
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTokenizer } from '../../src/engines/tokenizer/loadTokenizer.ts';
import { forEachPiece } from '../../src/engines/tokenizer/preTokenize.ts';
import { SPECIAL_NAMES } from '../../src/engines/tokenizer/tokenizer.ts';
import CORPUS from './corpus.json' with { type: 'json' };
import { learnMerges } from './learnMerges.ts';
import { splitOperators } from './splitOperators.ts';

const VOCABULARY_SIZE = 16_384;

/**
 * A repository's count of a word is raised to this power: a name that one project repeats a thousand times says little
 * about code elsewhere. Of 1, ¾ and ½ the middle one and the last gave the most bytes per token on projects left out.
 */
const DAMPING = 0.75;

/** Longer pieces are data, not words. Lines drawn with one character stay. */
const LONGEST_PIECE = 80;

/** Whole weights all languages together get: enough that rounding is small beside the smallest count that matters. */
const TOTAL_WEIGHT = 2 ** 32;

/** Damped counts of a piece by language. */
type PieceCounts = Map<string, number>;

/** One repository's texts in one language. */
interface Shard {
  readonly language: string;
  readonly texts: readonly string[];
}

function* corpusShards(directory: string): Generator<Shard> {
  for (const language of readdirSync(join(directory, 'train')).sort()) {
    for (const name of readdirSync(join(directory, 'train', language)).sort()) {
      const lines = readFileSync(join(directory, 'train', language, name), 'utf8')
        .trimEnd()
        .split('\n');
      yield { language, texts: lines.map((line) => textOf(JSON.parse(line))) };
    }
  }
}

function textOf(record: unknown): string {
  if (typeof record === 'object' && record !== null && 'text' in record && typeof record.text === 'string') {
    return record.text;
  }
  throw new TypeError('a line of a shard is an object with a text');
}

/** This repository's own TypeScript, each file as a repository of its own. */
function* ownShards(): Generator<Shard> {
  const root = join(import.meta.dirname, '..', '..');
  for (const folder of ['src', 'model']) {
    for (const path of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      if (path.endsWith('.ts')) {
        yield { language: 'typescript', texts: [readFileSync(join(root, folder, path), 'utf8')] };
      }
    }
  }
}

function countPieces(shards: Iterable<Shard>): Map<string, PieceCounts> {
  const total = new Map<string, PieceCounts>();
  for (const { language, texts } of shards) {
    const counts = new Map<string, number>();
    for (const text of texts) {
      forEachPiece(text, (start, end) => {
        if (end - start < 2 || end - start > LONGEST_PIECE) return; // of one unit: nothing to merge in code
        const piece = text.slice(start, end);
        counts.set(piece, (counts.get(piece) ?? 0) + 1);
      });
    }
    for (const [piece, count] of counts) {
      const byLanguage = total.get(piece) ?? new Map<string, number>();
      byLanguage.set(language, (byLanguage.get(language) ?? 0) + count ** DAMPING);
      total.set(piece, byLanguage);
    }
  }
  return total;
}

/** Weights of the words: within a language in proportion to their counts, among languages to the languages' shares. */
function weighWords(
  pieces: ReadonlyMap<string, PieceCounts>,
  shares: Readonly<Record<string, number>>,
): Map<string, number> {
  const lengths = new Map<string, number>();
  for (const [piece, byLanguage] of pieces) {
    for (const [language, count] of byLanguage) {
      lengths.set(language, (lengths.get(language) ?? 0) + count * piece.length);
    }
  }
  const sharesTogether = [...lengths.keys()].reduce((sum, language) => sum + (shares[language] ?? 0), 0);
  const weightOf = (language: string): number =>
    (TOTAL_WEIGHT * (shares[language] ?? 0)) / sharesTogether / (lengths.get(language) ?? 1);
  const words = new Map<string, number>();
  for (const [piece, byLanguage] of pieces) {
    let weight = 0;
    for (const [language, count] of byLanguage) weight += count * weightOf(language);
    for (const word of splitOperators(piece)) words.set(word, (words.get(word) ?? 0) + weight);
  }
  for (const [word, weight] of words) words.set(word, Math.max(1, Math.round(weight)));
  return words;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { corpus: { type: 'string' }, out: { type: 'string' }, smoke: { type: 'boolean', default: false } },
  });
  const started = performance.now();
  const since = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  if (!values.smoke && values.corpus === undefined) throw new Error('needs --corpus DIR, or --smoke');
  const pieces = countPieces(values.corpus === undefined || values.smoke ? ownShards() : corpusShards(values.corpus));
  console.log(`${since()}: ${pieces.size} distinct pieces`);
  const words = weighWords(pieces, CORPUS.shares);
  console.log(`${since()}: ${words.size} distinct words`);
  const merges = learnMerges(words, values.smoke ? 256 : VOCABULARY_SIZE - 256 - SPECIAL_NAMES.length);
  console.log(`${since()}: ${merges.length} merges`);
  const out = values.out ?? join(mkdtempSync(join(tmpdir(), 'candor-tokenizer-')), 'merges.txt');
  writeFileSync(out, ['#version: candor 1', ...merges, ''].join('\n'));
  console.log(`${out}: ${loadTokenizer(out).vocabularySize} tokens`);
}
