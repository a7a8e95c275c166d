/**
 * Gives each different pair of numbers an index of its own, from 0, in order of first appearance: a hash table with open
 * addressing over typed arrays, for the inner loop of scoring.
 */
export class PairTable {
  readonly #mask: number;
  readonly #slots: Int32Array;
  readonly #firsts: Int32Array;
  readonly #seconds: Int32Array;
  #size = 0;

  /** @param capacity most pairs that will be interned */
  constructor(capacity: number) {
    const slotCount = 2 ** Math.ceil(Math.log2(Math.max(4, capacity * 2)));
    this.#mask = slotCount - 1;
    this.#slots = new Int32Array(slotCount).fill(-1);
    this.#firsts = new Int32Array(capacity);
    this.#seconds = new Int32Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** The pair's index; a new one if the pair is new. */
  intern(first: number, second: number): number {
    let slot = (Math.imul(first, 0x9e3779b1) ^ Math.imul(second + 1, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & this.#mask;
    for (;;) {
      const index = this.#slots[slot] ?? -1;
      if (index < 0) break;
      if (this.#firsts[index] === first && this.#seconds[index] === second) return index;
      slot = (slot + 1) & this.#mask;
    }
    const index = this.#size++;
    this.#slots[slot] = index;
    this.#firsts[index] = first;
    this.#seconds[index] = second;
    return index;
  }

  first(index: number): number {
    return this.#firsts[index] ?? 0;
  }

  second(index: number): number {
    return this.#seconds[index] ?? 0;
  }
}
