import type { Encoding } from './encoding.ts';
import type { TokenList } from './tokenList.ts';

const MAX_PIECES = 2 ** 16;
/** Longer pieces are rarely met twice. */
const MAX_PIECE_LENGTH = 64;
const MAX_UNITS = 12 * MAX_PIECES;
const MAX_TOKENS = 4 * MAX_PIECES;
/** Twice as many slots as pieces keep the chains of an open-addressed table short. */
const SLOTS = 2 * MAX_PIECES;

/**
 * Tokens of the pieces met lately, found by the text itself: looking one up makes no string. Holds some 3 MB, whatever
 * is encoded; when full it forgets everything, and the usual pieces are soon back.
 */
export class PieceMemory {
  /** Number of the piece plus one; 0 where free. */
  readonly #slots = new Uint32Array(SLOTS);
  readonly #units = new Uint16Array(MAX_UNITS);
  readonly #ids = new Uint16Array(MAX_TOKENS);
  readonly #ends = new Uint8Array(MAX_TOKENS);
  /** Of each piece the start in `#units`, and in `#ids` and `#ends`; the next piece's start is its end. */
  readonly #firstUnit = new Uint32Array(MAX_PIECES + 1);
  readonly #firstToken = new Uint32Array(MAX_PIECES + 1);
  #count = 0;

  /** Adds the tokens of a stretch of a text to a list, if they are remembered, and says whether they are. */
  recall(text: string, start: number, end: number, tokens: TokenList): boolean {
    if (end - start > MAX_PIECE_LENGTH) return false;
    const entry = this.#slots[this.#slotOf(text, start, end)] ?? 0;
    if (entry === 0) return false;
    const last = this.#firstToken[entry] ?? 0;
    for (let token = this.#firstToken[entry - 1] ?? 0; token < last; token++) {
      tokens.push(this.#ids[token] ?? 0, start + (this.#ends[token] ?? 0));
    }
    return true;
  }

  /** Remembers the tokens of a stretch of a text that are not remembered; their ends count from the stretch's start. */
  remember(text: string, start: number, end: number, { ids, ends }: Encoding): void {
    const length = end - start;
    if (length > MAX_PIECE_LENGTH) return;
    let unit = this.#firstUnit[this.#count] ?? 0;
    let token = this.#firstToken[this.#count] ?? 0;
    if (this.#count === MAX_PIECES || unit + length > MAX_UNITS || token + ids.length > MAX_TOKENS) {
      this.#slots.fill(0);
      this.#count = unit = token = 0;
    }
    this.#slots[this.#slotOf(text, start, end)] = ++this.#count;
    for (let index = start; index < end; index++) this.#units[unit++] = text.charCodeAt(index);
    this.#ids.set(ids, token);
    this.#ends.set(ends, token);
    this.#firstUnit[this.#count] = unit;
    this.#firstToken[this.#count] = token + ids.length;
  }

  /** The slot of a stretch of a text, or the free one where it would go. */
  #slotOf(text: string, start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let index = start; index < end; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    for (;;) {
      const entry = this.#slots[slot] ?? 0;
      if (entry === 0 || this.#equals(entry - 1, text, start, end)) return slot;
      slot = (slot + 1) & (SLOTS - 1);
    }
  }

  #equals(piece: number, text: string, start: number, end: number): boolean {
    let unit = this.#firstUnit[piece] ?? 0;
    if ((this.#firstUnit[piece + 1] ?? 0) - unit !== end - start) return false;
    for (let index = start; index < end; index++) {
      if (this.#units[unit++] !== text.charCodeAt(index)) return false;
    }
    return true;
  }
}
