/** Merges a sequence of token ids, lowest rank first, and gives the shorter sequence. */
export type BytePairMerger = (ids: Uint16Array) => Uint16Array;

/** Ids of a pair in one number: keys of the rank table. Ids are below 2^16. */
export function pairKey(left: number, right: number): number {
  return left * 0x1_0000 + right;
}

/** Heap entries hold rank and position in one number, so that the smallest is the lowest rank, leftmost first. */
const POSITION_SPAN = 2 ** 32;

/** Which pairs merge, and into what. */
export interface Merges {
  /** Rank of each pair that merges, by {@link pairKey}; from 0, the order in which merges were learned. */
  readonly ranks: ReadonlyMap<number, number>;
  /** Id of the token that the merge of each rank makes. */
  readonly made: readonly number[];
}

/**
 * Byte-pair encoding: while any neighbouring pair has a rank, the pair of the lowest rank (the leftmost of equal ones)
 * is replaced by its token. Time is O(n log n) for a sequence of length n, so that one long piece costs no more than
 * many short ones.
 *
 * Source: Sennrich et al., "Neural Machine Translation of Rare Words with Subword Units", ACL 2016, section 3.2.
 */
export function bytePairMerger({ ranks, made }: Merges): BytePairMerger {
  return (ids) => {
    const length = ids.length;
    const tokens = ids.slice();
    const next = new Uint32Array(length);
    const previous = new Int32Array(length);
    for (let position = 0; position < length; position++) {
      next[position] = position + 1;
      previous[position] = position - 1;
    }
    const isMerged = new Uint8Array(length);
    const heap: number[] = [];

    const rankAt = (position: number): number | undefined => {
      const right = next[position] ?? length;
      if (position < 0 || right >= length) return undefined;
      return ranks.get(pairKey(tokens[position] ?? 0, tokens[right] ?? 0));
    };
    const offer = (position: number): void => {
      const rank = rankAt(position);
      if (rank !== undefined) push(heap, rank * POSITION_SPAN + position);
    };

    for (let position = 0; position < length - 1; position++) offer(position);
    let remaining = length;
    for (let entry = pop(heap); entry !== undefined; entry = pop(heap)) {
      const position = entry % POSITION_SPAN;
      const rank = Math.floor(entry / POSITION_SPAN);
      // Entries are not taken back when a neighbour merges: one that no longer describes its position is stale.
      if (isMerged[position] === 1 || rankAt(position) !== rank) continue;
      const right = next[position] ?? length;
      const after = next[right] ?? length;
      tokens[position] = made[rank] ?? 0;
      isMerged[right] = 1;
      next[position] = after;
      if (after < length) previous[after] = position;
      remaining--;
      offer(previous[position] ?? -1);
      offer(position);
    }

    const merged = new Uint16Array(remaining);
    for (let position = 0, index = 0; position < length; position = next[position] ?? length) {
      merged[index++] = tokens[position] ?? 0;
    }
    return merged;
  };
}

/** Adds a number to a binary min-heap. */
function push(heap: number[], value: number): void {
  let index = heap.length;
  heap.push(value);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent] ?? 0;
    if (above <= value) break;
    heap[index] = above;
    heap[parent] = value;
    index = parent;
  }
}

/** Takes the smallest number out of a binary min-heap. */
function pop(heap: number[]): number | undefined {
  const smallest = heap[0];
  const last = heap.pop();
  if (smallest === undefined || last === undefined || heap.length === 0) return smallest;
  let index = 0;
  for (;;) {
    const left = 2 * index + 1;
    const right = left + 1;
    const child = (heap[right] ?? Infinity) < (heap[left] ?? Infinity) ? right : left;
    const below = heap[child] ?? Infinity;
    if (below >= last) break;
    heap[index] = below;
    index = child;
  }
  heap[index] = last;
  return smallest;
}
