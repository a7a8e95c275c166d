import type { Memory } from './sortSuffixes.ts';

/** Of the first of so many ranks all runs are known. */
export const BLOCK = 64;

/** The runs around every 64th rank, by how many tokens they share. */
export class BlockRuns {
  /** Of each block's first rank, by depth from 0 to the order, where its runs begin, then where they end, then their types. */
  readonly table: Uint32Array;
  readonly #depths: number;

  constructor(table: Uint32Array, order: number) {
    this.table = table;
    this.#depths = order + 1;
  }

  /**
   * @param shared what each suffix of a sorted order shares with the one before it, at most `order`
   * @param memory what the table lies in
   */
  static of(shared: Uint8Array, order: number, memory: Memory = ArrayBuffer): BlockRuns {
    const blocks = Math.ceil(shared.length / BLOCK);
    const words = 3 * (order + 1) * blocks;
    const runs = new BlockRuns(new Uint32Array(new memory(Uint32Array.BYTES_PER_ELEMENT * words)), order);
    runs.#fillLows(shared, blocks);
    runs.#fillHighs(shared, blocks);
    return runs;
  }

  read(block: number, depth: number, lows: Uint32Array, highs: Uint32Array, types: Uint32Array): void {
    const at = 3 * this.#depths * block + depth;
    lows[depth] = this.table[at] ?? 0;
    highs[depth] = this.table[at + this.#depths] ?? 0;
    types[depth] = this.table[at + 2 * this.#depths] ?? 0;
  }

  highOf(block: number, depth: number): number {
    return this.table[(3 * block + 1) * this.#depths + depth] ?? 0;
  }

  typesOf(block: number, depth: number): number {
    return this.table[(3 * block + 2) * this.#depths + depth] ?? 0;
  }

  /** Where the runs begin, and what comes next in them up to each block's first rank. */
  #fillLows(shared: Uint8Array, blocks: number): void {
    const table = this.table;
    const depths = this.#depths;
    const stride = 3 * depths;
    const toTypes = 2 * depths;
    // Of the first rank of all, whose runs begin with it.
    table.fill(1, toTypes, stride);
    for (let block = 1; block < blocks; block++) {
      const row = stride * block;
      table.fill(1, row + toTypes, row + stride);
      let depth = depths - 1;
      const before = (block - 1) * BLOCK;
      for (let at = block * BLOCK; at > before; at--) {
        const value = shared[at] ?? 0;
        for (; depth > value; depth--) table[row + depth] = at;
        if (value === depth) table[row + toTypes + depth] = (table[row + toTypes + depth] ?? 0) + 1;
      }
      for (; depth >= 0; depth--) {
        table[row + depth] = table[row - stride + depth] ?? 0;
        const cell = row + toTypes + depth;
        table[cell] = (table[cell] ?? 0) + (table[cell - stride] ?? 0) - 1;
      }
    }
  }

  /** Where the runs end, and what comes next in them from there on. */
  #fillHighs(shared: Uint8Array, blocks: number): void {
    const table = this.table;
    const depths = this.#depths;
    const stride = 3 * depths;
    // Of the block that comes after: where its first rank's runs end, and what comes next behind it.
    const highs = new Uint32Array(depths).fill(shared.length);
    const types = new Uint32Array(depths);
    for (let block = blocks - 1; block >= 0; block--) {
      const row = stride * block;
      const found = new Uint32Array(depths);
      let depth = depths - 1;
      const last = Math.min((block + 1) * BLOCK, shared.length - 1);
      for (let at = block * BLOCK + 1; at <= last; at++) {
        const value = shared[at] ?? 0;
        for (; depth > value; depth--) {
          highs[depth] = at;
          types[depth] = found[depth] ?? 0;
        }
        if (value === depth) found[depth] = (found[depth] ?? 0) + 1;
      }
      for (; depth >= 0; depth--) types[depth] = (types[depth] ?? 0) + (found[depth] ?? 0);
      for (depth = 0; depth < depths; depth++) {
        table[row + depths + depth] = highs[depth] ?? 0;
        const cell = row + 2 * depths + depth;
        table[cell] = (table[cell] ?? 0) + (types[depth] ?? 0);
      }
    }
  }
}
