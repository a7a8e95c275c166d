import { BLOCK, BlockRuns } from './blockRuns.ts';

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
 * Of every 64th rank all runs are kept, 2 bytes a suffix at order 10. A run that is not told by them lies between two such
 * ranks, so that no search takes more than 64 steps.
 */
export class CommonPrefixes {
  /** At most `order` each. */
  readonly shared: Uint8Array;
  /** Another could be made with them. */
  readonly runs: BlockRuns;

  /**
   * @param shared the first is 0: nothing comes before it
   * @param runs of the same, where they are known
   */
  constructor(shared: Uint8Array, order: number, runs: BlockRuns = BlockRuns.of(shared, order)) {
    this.shared = shared;
    this.runs = runs;
  }

  /**
   * Finds the runs around a rank that share from `longest` tokens down to `shortest`.
   *
   *     64 i           rank             64 i + 64
   *      |<--------------+------------------->|
   *     long runs end on the way; those that reach 64 i, or 64 i + 64, are the runs around it
   */
  findAround(rank: number, shortest: number, longest: number, { lows, highs, types }: RunsAround): void {
    const { shared } = this;
    types.fill(1, shortest, longest + 1);
    const first = rank - (rank % BLOCK);
    // The longest run whose end was not met yet.
    let depth = longest;
    for (let at = rank; at > first && depth >= shortest; at--) {
      const value = shared[at] ?? 0;
      for (; depth > value && depth >= shortest; depth--) lows[depth] = at;
      if (value === depth) types[depth] = (types[depth] ?? 0) + 1;
    }
    const known = Math.max(depth, shortest - 1);

    depth = longest;
    const next = Math.min(first + BLOCK, shared.length);
    for (let at = rank + 1; at < next && depth > known; at++) {
      const value = shared[at] ?? 0;
      for (; depth > value && depth > known; depth--) highs[depth] = at;
      if (value === depth) types[depth] = (types[depth] ?? 0) + 1;
    }
    const sharedByNext = shared[next] ?? 0;
    for (; depth > known; depth--) {
      if (sharedByNext < depth) highs[depth] = next;
      else this.runs.read(next / BLOCK, depth, lows, highs, types);
    }
    for (depth = known; depth >= shortest; depth--) this.runs.read(first / BLOCK, depth, lows, highs, types);
  }

  /** First rank from `rank` on that shares less than `depth` tokens with the one before it; the number of ranks if none does. */
  endOf(rank: number, depth: number): number {
    const { shared } = this;
    const next = Math.min(Math.ceil(rank / BLOCK) * BLOCK, shared.length);
    for (let at = rank; at < next; at++) if ((shared[at] ?? 0) < depth) return at;
    if (next === shared.length || (shared[next] ?? 0) < depth) return next;
    return this.runs.highOf(next / BLOCK, depth);
  }

  /** How many different tokens come next in a run of ranks that share `depth`. */
  countTypes(low: number, high: number, depth: number): number {
    if (low >= high) return 0;
    const block = Math.ceil(low / BLOCK);
    if (block * BLOCK < high) return this.runs.typesOf(block, depth);
    let types = 1;
    for (let rank = low + 1; rank < high; rank++) if (this.shared[rank] === depth) types++;
    return types;
  }
}
