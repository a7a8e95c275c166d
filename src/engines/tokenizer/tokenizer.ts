import { BYTE_OF_ID, ID_OF_BYTE, toAlphabet } from './byteAlphabet.ts';
import { bytePairMerger, pairKey } from './bytePairMerger.ts';
import type { Encoding } from './encoding.ts';
import { PieceMemory } from './pieceMemory.ts';
import { forEachPiece } from './preTokenize.ts';
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
  /** Names the vocabulary: two tokenizers with the same digest give the same tokens. */
  readonly digest: string;
  /** Id of a special token. */
  special(name: SpecialName): number;
  /** Tokens of a text. A lone surrogate counts as U+FFFD. Never yields a special. */
  encode(text: string): Encoding;
  /** Text of tokens; byte sequences that are no UTF-8 become U+FFFD, specials their names. */
  decode(ids: Iterable<number>): string;
  /** Text of one token, or its bytes where they are no UTF-8 by themselves. Throws RangeError on an unknown id. */
  piece(id: number): string | Uint8Array;
}

/**
 * Byte-level byte-pair encoding with `deepseek-coder` pre-tokenisation.
 *
 * @param merges lines `left right` in the byte alphabet, in the order they were learned; a first line starting with
 *   `#version` and empty lines are skipped
 * @param digest a digest of `merges`
 * @throws RangeError if a merge joins tokens not made before it, or makes a token twice
 */
export function createTokenizer(merges: string, digest: string): Tokenizer {
  const { ranks, bytesOfId } = readMerges(merges);
  const utf8 = new TextEncoder();
  const firstSpecial = bytesOfId.length;
  for (const name of SPECIAL_NAMES) bytesOfId.push(utf8.encode(name));
  const merge = bytePairMerger(ranks, 256);

  const encodePiece = (piece: string): Encoding => {
    const bytes = utf8.encode(piece);
    const ids = merge(new Uint16Array(bytes).map((byte) => ID_OF_BYTE[byte] ?? 0));
    const unitEnds = unitEndsByByte(piece, bytes.length);
    const ends = new Uint32Array(ids.length);
    let byteEnd = 0;
    ids.forEach((id, index) => {
      byteEnd += bytesOfId[id]?.length ?? 0;
      ends[index] = unitEnds[byteEnd] ?? 0;
    });
    return { ids, ends };
  };

  const memory = new PieceMemory();
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
    decode(ids) {
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
        concatenated(Array.from(ids, (id) => bytesOf(bytesOfId, id))),
      );
    },
    piece(id) {
      const bytes = bytesOf(bytesOfId, id);
      try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
      } catch {
        return bytes.slice();
      }
    },
  };
}

function readMerges(merges: string): { ranks: ReadonlyMap<number, number>; bytesOfId: Uint8Array[] } {
  const bytesOfId: Uint8Array[] = Array.from(BYTE_OF_ID, (byte) => Uint8Array.of(byte));
  const idOfToken = new Map(bytesOfId.map((bytes, id) => [toAlphabet(bytes), id]));
  const ranks = new Map<number, number>();
  for (const line of merges.split('\n')) {
    if (line === '' || line.startsWith('#version')) continue;
    const [left = '', right = ''] = line.split(' ', 2);
    const leftId = idOfToken.get(left);
    const rightId = idOfToken.get(right);
    if (leftId === undefined || rightId === undefined) throw new RangeError(`merge of unknown tokens: ${line}`);
    if (idOfToken.has(left + right)) throw new RangeError(`merge makes a token twice: ${line}`);
    idOfToken.set(left + right, bytesOfId.length);
    ranks.set(pairKey(leftId, rightId), ranks.size);
    bytesOfId.push(concatenated([bytesOf(bytesOfId, leftId), bytesOf(bytesOfId, rightId)]));
  }
  return { ranks, bytesOfId };
}

/** For each byte offset into a piece's UTF-8 the end, in UTF-16 units, of the last character complete there. */
function unitEndsByByte(piece: string, byteLength: number): Uint32Array {
  const unitEnds = new Uint32Array(byteLength + 1);
  let byte = 0;
  let unit = 0;
  for (const character of piece) {
    const next = byte + utf8Length(character.codePointAt(0) ?? 0);
    while (byte < next) unitEnds[byte++] = unit;
    unit += character.length;
  }
  unitEnds[byte] = unit;
  return unitEnds;
}

function utf8Length(codePoint: number): number {
  return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x1_0000 ? 3 : 4;
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
