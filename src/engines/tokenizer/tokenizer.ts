import { CandorError } from '../../core/candorError.ts';
import { INSIDE_CHARACTER, utf8TextOf } from '../../core/utf8.ts';
import { BYTE_OF_ID, ID_OF_BYTE, toAlphabet } from './byteAlphabet.ts';
import { bytePairMerger, pairKey, type Merges } from './bytePairMerger.ts';
import { bytePairDigest, type BytePairs } from './bytePairs.ts';
import type { Encoding } from './encoding.ts';
import { PieceMemory } from './pieceMemory.ts';
import { preTokenizerOf } from './preTokenizers.ts';
import { TokenList } from './tokenList.ts';

/** The tokens that no text yields, in the order of their ids, which follow those of the merges. */
export const SPECIAL_NAMES = [
  '<|endoftext|>',
  '<|fim_prefix|>',
  '<|fim_middle|>',
  '<|fim_suffix|>',
  '<|file_sep|>',
  '<|repo_name|>',
  '<|check|>',
  '<|ok|>',
  '<|replaced|>',
  '<|reserved_0|>',
  '<|reserved_1|>',
  '<|reserved_2|>',
  '<|reserved_3|>',
  '<|reserved_4|>',
  '<|reserved_5|>',
  '<|reserved_6|>',
] as const;

export type SpecialName = (typeof SPECIAL_NAMES)[number];

export interface Tokenizer {
  /** Number of ids: 256 bytes, then merges in the order they were learned, then the specials. */
  readonly vocabularySize: number;
  /** `bytePairDigest` of its merges: two tokenizers with the same digest give the same tokens. */
  readonly digest: string;
  /** Id of a special token. */
  special(name: SpecialName): number;
  /** Tokens of a text. A lone surrogate counts as U+FFFD. Never yields a special. */
  encode(text: string): Encoding;
  /**
   * Where each of these tokens ends in a text, as `encode` says it, several times as fast; null where the text is not what they spell, or
   * a character of it came in several tokens.
   */
  endsIn(text: string, ids: Uint16Array): Uint32Array | null;
  /** Text of tokens; byte sequences that are no UTF-8 become U+FFFD, specials their names. */
  decode(ids: Iterable<number>): string;
  /** Text of one token, or its bytes where they are no UTF-8 by themselves. Throws RangeError on an unknown id. */
  piece(id: number): string | Uint8Array;
}

/** Ids are kept in 16 bits. */
const MOST_TOKENS = 2 ** 16;

/** Whether `createTokenizer` can make a tokenizer of them: it needs their pre-tokenizer, and an id for each token. */
export function canTokenize({ preTokenizer, merges }: BytePairs): boolean {
  return preTokenizerOf(preTokenizer) !== undefined && 256 + merges.length + SPECIAL_NAMES.length <= MOST_TOKENS;
}

/**
 * Byte-level byte-pair encoding. Its ids are its own: two vocabularies of the same digest may number tokens differently.
 *
 * @throws CandorError `unsupported` where `canTokenize` is false
 * @throws RangeError if a merge joins tokens not made before it, or is there twice
 */
export function createTokenizer(pairs: BytePairs): Tokenizer {
  const forEachPiece = preTokenizerOf(pairs.preTokenizer);
  if (forEachPiece === undefined || !canTokenize(pairs)) {
    const message =
      'This tokenizer is too large, or cuts text in a way that Candor does not know. Use its model alone.';
    throw new CandorError('unsupported', message);
  }
  const digest = bytePairDigest(pairs);
  const { merges, bytesOfId } = readMerges(pairs.merges);
  const utf8 = new TextEncoder();
  const firstSpecial = bytesOfId.length;
  for (const name of SPECIAL_NAMES) bytesOfId.push(utf8.encode(name));
  const merge = bytePairMerger(merges);

  const encodePiece = (piece: string): Encoding => {
    const { bytes, utf16Offsets } = utf8TextOf(piece);
    const ids = merge(new Uint16Array(bytes).map((byte) => ID_OF_BYTE[byte] ?? 0));
    const ends = new Uint32Array(ids.length);
    let byteEnd = 0;
    let end = 0;
    ids.forEach((id, index) => {
      byteEnd += bytesOfId[id]?.length ?? 0;
      const offset = utf16Offsets[byteEnd] ?? INSIDE_CHARACTER;
      if (offset !== INSIDE_CHARACTER) end = offset;
      ends[index] = end;
    });
    return { ids, ends };
  };

  const memory = new PieceMemory();
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const pieceOf = (id: number): string | Uint8Array => {
    const bytes = bytesOf(bytesOfId, id);
    try {
      return strict.decode(bytes);
    } catch {
      return bytes.slice();
    }
  };
  /** Made when it is first needed. */
  let pieces: readonly (string | Uint8Array)[] | undefined;
  return {
    vocabularySize: bytesOfId.length,
    digest,
    special: (name) => firstSpecial + SPECIAL_NAMES.indexOf(name),
    encode(text) {
      const tokens = new TokenList(text.length >> 1);
      forEachPiece(text, (start, end) => {
        if (memory.recall(text, start, end, tokens)) return;
        const piece = encodePiece(text.slice(start, end));
        piece.ids.forEach((id, index) => {
          tokens.push(id, start + (piece.ends[index] ?? 0));
        });
        memory.remember(text, start, end, piece);
      });
      return tokens.toEncoding();
    },
    endsIn(text, ids) {
      pieces ??= Array.from(bytesOfId, (_, id) => pieceOf(id));
      const ends = new Uint32Array(ids.length);
      let end = 0;
      for (let index = 0; index < ids.length; index++) {
        const piece = pieces[ids[index] ?? 0];
        if (typeof piece !== 'string' || !text.startsWith(piece, end)) return null;
        end += piece.length;
        ends[index] = end;
      }
      return end === text.length ? ends : null;
    },
    decode(ids) {
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
        concatenated(Array.from(ids, (id) => bytesOf(bytesOfId, id))),
      );
    },
    piece: pieceOf,
  };
}

function readMerges(lines: readonly string[]): { merges: Merges; bytesOfId: Uint8Array[] } {
  const bytesOfId: Uint8Array[] = Array.from(BYTE_OF_ID, (byte) => Uint8Array.of(byte));
  const idOfToken = new Map(bytesOfId.map((bytes, id) => [toAlphabet(bytes), id]));
  const ranks = new Map<number, number>();
  const made: number[] = [];
  for (const line of lines) {
    const [left = '', right = ''] = line.split(' ', 2);
    const leftId = idOfToken.get(left);
    const rightId = idOfToken.get(right);
    if (leftId === undefined || rightId === undefined) throw new RangeError(`merge of unknown tokens: ${line}`);
    const pair = pairKey(leftId, rightId);
    if (ranks.has(pair)) throw new RangeError(`merge that is there twice: ${line}`);
    // Some vocabularies come to a token in several ways.
    const id = idOfToken.get(left + right) ?? bytesOfId.length;
    if (id === bytesOfId.length) {
      idOfToken.set(left + right, id);
      bytesOfId.push(concatenated([bytesOf(bytesOfId, leftId), bytesOf(bytesOfId, rightId)]));
    }
    ranks.set(pair, ranks.size);
    made.push(id);
  }
  return { merges: { ranks, made }, bytesOfId };
}

function bytesOf(bytesOfId: readonly Uint8Array[], id: number): Uint8Array {
  const bytes = bytesOfId[id];
  if (bytes === undefined) throw new RangeError(`no token has id ${id}`);
  return bytes;
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
