/** How often tokens come, of a vocabulary of which most do not: made once and used again and again. */
export class TokenCounts {
  readonly #counts: Int32Array;
  readonly #isListed: Uint8Array;
  /** Those that were counted since the last `clear`, each once, in no particular order; as many as `size`. */
  readonly #tokens: Uint16Array;
  #size = 0;
  #total = 0;
  #types = 0;

  constructor(vocabularySize: number) {
    this.#counts = new Int32Array(vocabularySize);
    this.#isListed = new Uint8Array(vocabularySize);
    this.#tokens = new Uint16Array(vocabularySize);
  }

  /** How often all of them come together. */
  get total(): number {
    return this.#total;
  }

  /** How many different ones come. */
  get types(): number {
    return this.#types;
  }

  /** @param count may be below 0, as long as the sum for the token is not in the end */
  add(token: number, count: number): void {
    if (this.#isListed[token] === 0) {
      this.#isListed[token] = 1;
      this.#tokens[this.#size++] = token;
    }
    const before = this.#counts[token] ?? 0;
    const after = before + count;
    this.#counts[token] = after;
    this.#total += count;
    this.#types += Number(after > 0) - Number(before > 0);
  }

  clear(): void {
    for (let place = 0; place < this.#size; place++) {
      const token = this.#tokens[place] ?? 0;
      this.#counts[token] = 0;
      this.#isListed[token] = 0;
    }
    this.#size = 0;
    this.#total = 0;
    this.#types = 0;
  }

  /** Calls `visit` for each token that comes, in no particular order. */
  forEach(visit: (token: number, count: number) => void): void {
    for (let place = 0; place < this.#size; place++) {
      const token = this.#tokens[place] ?? 0;
      const count = this.#counts[token] ?? 0;
      if (count > 0) visit(token, count);
    }
  }
}
