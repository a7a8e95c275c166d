/**
 * Measures the shipped tokenizer on the held-out projects: bytes per token, round trips, speed.
 *
 *   node model/tokenizer/measure.ts --corpus DIR   (DIR as collectCorpus.ts writes it)
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTokenizer } from '../../src/engines/tokenizer/loadTokenizer.ts';
import { forEachPiece, pieceEndsByDefinition } from '../../src/engines/tokenizer/preTokenize.ts';
import { SPECIAL_NAMES } from '../../src/engines/tokenizer/tokenizer.ts';
import { joinsOperators } from './splitOperators.ts';

const MERGES = new URL('merges.txt', import.meta.url);

function textsUnder(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

function bytesOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** Whether one pass over the lines finds the pieces that the definition finds. */
function splitsByDefinition(text: string): boolean {
  const ends: number[] = [];
  forEachPiece(text, (_start, end) => ends.push(end));
  return pieceEndsByDefinition(text).join() === ends.join();
}

/** Megabytes a second that a tokenizer encodes, the first time it sees the texts and the second. */
function speeds(texts: readonly string[]): number[] {
  const tokenizer = loadTokenizer(MERGES);
  return [1, 2].map(() => {
    const started = performance.now();
    for (const text of texts) tokenizer.encode(text);
    return bytesOf(texts) / 1_000 / (performance.now() - started);
  });
}

const { values } = parseArgs({ options: { corpus: { type: 'string' } } });
if (values.corpus === undefined) throw new Error('needs --corpus DIR');
const heldOut = join(values.corpus, 'heldout');
const tokenizer = loadTokenizer(MERGES);
const all: string[] = [];
for (const language of readdirSync(heldOut).sort()) {
  const texts = textsUnder(join(heldOut, language));
  all.push(...texts);
  const tokens = texts.reduce((sum, text) => sum + tokenizer.encode(text).ids.length, 0);
  const bytes = bytesOf(texts);
  console.log(`${language.padEnd(12)}${(bytes / 1e6).toFixed(2)} MB, ${(bytes / tokens).toFixed(2)} bytes a token`);
}
const roundTrips = all.filter((text) => tokenizer.decode(tokenizer.encode(text).ids) === text.toWellFormed()).length;
console.log(`${roundTrips} of ${all.length} files come back as they were`);
console.log(`${all.filter(splitsByDefinition).length} of ${all.length} files split as the definition splits them`);
const pieces = Array.from({ length: tokenizer.vocabularySize - SPECIAL_NAMES.length }, (_, id) => tokenizer.piece(id));
const joining = pieces.filter((piece) => typeof piece === 'string' && joinsOperators(piece));
console.log(`${joining.length} merges join operators`);
console.log(
  `${speeds(all)
    .map((speed) => speed.toFixed(1))
    .join(' MB/s, then ')} MB/s`,
);
