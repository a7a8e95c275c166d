import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createTokenizer, type Tokenizer } from './tokenizer.ts';

/**
 * Reads a tokenizer from a merges file (`model/tokenizer/merges.txt` is the one shipped).
 *
 * @param merges path or `file:` URL
 * @returns the tokenizer; its digest is the SHA-256 of the file, in hex
 * @throws the error of the read, or RangeError if the file is no list of merges
 */
export function loadTokenizer(merges: string | URL): Tokenizer {
  const text = readFileSync(merges, 'utf8');
  return createTokenizer(text, createHash('sha256').update(text).digest('hex'));
}
