/** Ranks whose minimum and counts are known at once. */
const BLOCK = 64;

/** So many ranks are looked at one by one before blocks are stepped over. */
const NEAR = 64;

/** The runs around a rank, by how many tokens they share: ranks `lows` up to, not including, `highs`. */
export interface RunsAround {
  readonly lows: Uint32Array;
  readonly highs: Uint32Array;
  /** How many different tokens come next in each. */
  readonly types: Uint32Array;
}

/** Room for the runs of an order. */
export function runsAround(order: number): RunsAround {
  const ofEach = (): Uint32Array => new Uint32Array(order + 1);
  return { lows: ofEach(), highs: ofEach(), types: ofEach() };
}

/**
 * How many tokens each suffix of a sorted order shares with the one before it, and what finds its way in them: the suffixes
 * that share `depth` tokens are a run, whose ends and whose inner bounds are found without a look at any token.
 *
 *     rank       0    1    2    3    4         shared 2: the runs 0..2, 2..3, 3..5
 *     suffix     ab;  abc  ac;  b;x  b;y       shared 1: the runs 0..3, 3..5
 *     shared     0    2    1    0    2
 *
 * The smallest of each 64, and of each 64 of those, let a walk step over what cannot hold an end; a running count lets it
 * count over them. Together they take 0.7 bytes a suffix at order 10.
 */
export class CommonPrefixes {
  /** At most `order` each. */
  readonly shared: Uint8Array;
  readonly #order: number;
  readonly #blockMinima: Uint8Array;
  readonly #groupMinima: Uint8Array;
  /** For each block, how many ranks before it share exactly 0, 1, ... up to the order. */
  readonly #counts: Uint32Array;

  /** @param shared the first is 0: nothing comes before it */
  constructor(shared: Uint8Array, order: number) {
    this.shared = shared;
    this.#order = order;
    this.#counts = countBefore(shared, order);
    this.#blockMinima = minimaOf(shared);
    this.#groupMinima = minimaOf(this.#blockMinima);
  }

  /**
   * Finds the runs around a rank that share from `longest` tokens down to `shortest`, which is at least 1.
   *
   * They lie one in the other and are mostly narrow, so one walk to each side finds them all; where they are not, blocks are
   * stepped over.
   */
  findAround(rank: number, shortest: number, longest: number, { lows, highs, types }: RunsAround): void {
    const { shared } = this;
    types.fill(1, shortest, longest + 1);
    // The longest run whose end was not met yet.
    let depth = longest;
    let at = rank;
    for (const near = Math.max(rank - NEAR, 0); at > near && depth >= shortest; at--) {
      const value = shared[at] ?? 0;
      for (; depth > value && depth >= shortest; depth--) lows[depth] = at;
      if (value === depth) types[depth] = (types[depth] ?? 0) + 1;
    }
    for (; depth >= shortest; depth--) {
      const start = this.startOf(at, depth);
      types[depth] = (types[depth] ?? 0) + this.count(start, at + 1, depth);
      lows[depth] = start;
      at = start;
    }

    depth = longest;
    at = rank + 1;
    for (const near = Math.min(at + NEAR, shared.length); at < near && depth >= shortest; at++) {
      const value = shared[at] ?? 0;
      for (; depth > value && depth >= shortest; depth--) highs[depth] = at;
      if (value === depth) types[depth] = (types[depth] ?? 0) + 1;
    }
    for (; depth >= shortest; depth--) {
      const end = this.endOf(at, depth);
      types[depth] = (types[depth] ?? 0) + this.count(at - 1, end, depth);
      highs[depth] = end;
      at = end;
    }
  }

  /** First rank of the run around `rank` that shares `depth` tokens; `depth` is at least 1. */
  startOf(rank: number, depth: number): number {
    const { shared } = this;
    let at = rank;
    for (;;) {
      for (const first = at - (at % BLOCK); at >= first; at--) if ((shared[at] ?? 0) < depth) return at;
      at = this.#blockBefore(Math.floor(at / BLOCK), depth) * BLOCK + BLOCK - 1;
    }
  }

  /** First rank from `rank` on that shares less than `depth` tokens with the one before it; the number of ranks if none does. */
  endOf(rank: number, depth: number): number {
    const { shared } = this;
    let at = rank;
    while (at < shared.length) {
      for (const end = Math.min(at - (at % BLOCK) + BLOCK, shared.length); at < end; at++) {
        if ((shared[at] ?? 0) < depth) return at;
      }
      at = this.#blockAfter(at / BLOCK, depth) * BLOCK;
    }
    return shared.length;
  }

  /** How many ranks behind `low` and before `high` share exactly `depth` tokens with the one before. */
  count(low: number, high: number, depth: number): number {
    const first = Math.ceil((low + 1) / BLOCK);
    const last = Math.floor(high / BLOCK);
    if (first >= last) return this.#scan(low + 1, high, depth);
    const stride = this.#order + 1;
    const between = (this.#counts[last * stride + depth] ?? 0) - (this.#counts[first * stride + depth] ?? 0);
    return this.#scan(low + 1, first * BLOCK, depth) + between + this.#scan(last * BLOCK, high, depth);
  }

  #scan(from: number, to: number, depth: number): number {
    const { shared } = this;
    let count = 0;
    for (let rank = from; rank < to; rank++) if (shared[rank] === depth) count++;
    return count;
  }

  /** The last block up to this one that holds less than `depth`: there is one, since the first of all is 0. */
  #blockBefore(block: number, depth: number): number {
    let at = block;
    while ((this.#blockMinima[at] ?? 0) >= depth) {
      if (at % BLOCK === BLOCK - 1 && (this.#groupMinima[(at - BLOCK + 1) / BLOCK] ?? 0) >= depth) at -= BLOCK;
      else at--;
    }
    return at;
  }

  /** The first block from this one on that holds less than `depth`. */
  #blockAfter(block: number, depth: number): number {
    let at = block;
    while ((this.#blockMinima[at] ?? 0) >= depth) {
      if (at % BLOCK === 0 && (this.#groupMinima[at / BLOCK] ?? 0) >= depth) at += BLOCK;
      else at++;
    }
    return at;
  }
}

function minimaOf(values: Uint8Array): Uint8Array {
  const minima = new Uint8Array(Math.ceil(values.length / BLOCK)).fill(255);
  for (let at = 0; at < values.length; at++) {
    const block = Math.floor(at / BLOCK);
    const value = values[at] ?? 0;
    if (value < (minima[block] ?? 0)) minima[block] = value;
  }
  return minima;
}

function countBefore(shared: Uint8Array, order: number): Uint32Array {
  const stride = order + 1;
  const running = new Uint32Array(stride);
  const counts = new Uint32Array((Math.floor(shared.length / BLOCK) + 1) * stride);
  for (let rank = 0; rank < shared.length; rank++) {
    if (rank % BLOCK === 0) counts.set(running, (rank / BLOCK) * stride);
    const value = shared[rank] ?? 0;
    running[value] = (running[value] ?? 0) + 1;
  }
  if (shared.length % BLOCK === 0) counts.set(running, (shared.length / BLOCK) * stride);
  return counts;
}
