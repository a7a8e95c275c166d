import type { Encoding } from './encoding.ts';

/** Tokens of a text while it is being encoded: two arrays that grow together. */
export class TokenList {
  #ids: Uint16Array;
  #ends: Uint32Array;
  #count = 0;

  /** @param capacity expected number of tokens; more may come */
  constructor(capacity: number) {
    this.#ids = new Uint16Array(Math.max(16, capacity));
    this.#ends = new Uint32Array(this.#ids.length);
  }

  /** Adds a token with its end in UTF-16 units of the text. */
  push(id: number, end: number): void {
    if (this.#count === this.#ids.length) this.#grow();
    this.#ids[this.#count] = id;
    this.#ends[this.#count++] = end;
  }

  /** The tokens so far, in arrays of their own. */
  toEncoding(): Encoding {
    return { ids: this.#ids.slice(0, this.#count), ends: this.#ends.slice(0, this.#count) };
  }

  #grow(): void {
    const ids = new Uint16Array(2 * this.#count);
    const ends = new Uint32Array(2 * this.#count);
    ids.set(this.#ids);
    ends.set(this.#ends);
    this.#ids = ids;
    this.#ends = ends;
  }
}
