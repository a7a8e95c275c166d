import { readFileSync } from 'node:fs';
import { PRE_TOKENIZER_NAME } from './preTokenize.ts';
import { createTokenizer, type Tokenizer } from './tokenizer.ts';

/**
 * Reads a tokenizer from a merges file (`model/tokenizer/merges.txt` is the one shipped): a line for each merge, and
 * before them one that starts with `#version`.
 *
 * @param merges path or `file:` URL
 * @throws the error of the read, or RangeError if the file is no list of merges
 */
export function loadTokenizer(merges: string | URL): Tokenizer {
  const lines = readFileSync(merges, 'utf8').split('\n');
  const isMerge = (line: string, place: number): boolean =>
    line !== '' && !(place === 0 && line.startsWith('#version'));
  return createTokenizer({ preTokenizer: PRE_TOKENIZER_NAME, merges: lines.filter(isMerge) });
}
