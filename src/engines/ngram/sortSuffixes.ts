import type { NgramShape } from './tokenIndex.ts';

/** The order of the suffixes of a token array. */
export interface SortedSuffixes {
  /** Start positions of the suffixes, in order. */
  readonly suffixes: Uint32Array;
  /** How many tokens, up to `order`, each suffix shares with the one before it. */
  readonly commonPrefixes: Uint8Array;
}

/** What arrays lie in: memory of one thread, or memory that others can use as well. */
export type Memory = new (byteLength: number) => ArrayBuffer | SharedArrayBuffer;

/**
 * Sorts all suffixes of a token array by their first `order` tokens: into buckets by the first, then each bucket by the next
 * ones. An n-gram model of that order never looks further, so nothing deeper is worth sorting; ties keep their place in
 * the text.
 *
 * Beside the result it takes 8 bytes for each suffix of the largest bucket, which is a few in a hundred of all.
 * @param tokens those whose suffixes are sorted, and `order` more
 */
export function sortSuffixes(
  tokens: Uint16Array,
  { order, vocabularySize }: NgramShape,
  memory: Memory = ArrayBuffer,
): SortedSuffixes {
  const count = tokens.length - order;
  const suffixes = new Uint32Array(new memory(Uint32Array.BYTES_PER_ELEMENT * count));
  const commonPrefixes = new Uint8Array(new memory(count));
  const starts = firstRanks(tokens, count, vocabularySize);
  const next = starts.slice();
  for (let position = 0; position < count; position++) {
    const bucket = tokens[position] ?? 0;
    const rank = next[bucket] ?? 0;
    next[bucket] = rank + 1;
    suffixes[rank] = position;
  }
  let widest = 0;
  for (let token = 0; token < vocabularySize; token++) {
    widest = Math.max(widest, (starts[token + 1] ?? 0) - (starts[token] ?? 0));
  }
  const sorter = new RunSorter(tokens, order, suffixes, commonPrefixes, widest);
  for (let token = 0; token < vocabularySize; token++) {
    const [low, high] = [starts[token] ?? 0, starts[token + 1] ?? 0];
    if (low === high) continue;
    commonPrefixes.fill(1, low + 1, high);
    sorter.sort(low, high, 1);
  }
  return { suffixes, commonPrefixes };
}

/** For each token the rank of the first suffix that begins with it, and behind them all the number of suffixes. */
export function firstRanks(tokens: Uint16Array, count: number, vocabularySize: number): Uint32Array {
  const starts = new Uint32Array(vocabularySize + 1);
  for (let position = 0; position < count; position++) {
    const slot = (tokens[position] ?? 0) + 1;
    starts[slot] = (starts[slot] ?? 0) + 1;
  }
  for (let token = 0; token < vocabularySize; token++) {
    starts[token + 1] = (starts[token + 1] ?? 0) + (starts[token] ?? 0);
  }
  return starts;
}

/** How many tokens two places of an array share that are known to share `from`, up to `most`. */
export function sharedTokens(tokens: Uint16Array, one: number, other: number, from: number, most: number): number {
  let shared = from;
  while (shared < most && tokens[one + shared] === tokens[other + shared]) shared++;
  return shared;
}

/** Fewer suffixes are sorted fastest by putting one after the other in its place. */
const FEW = 12;

/** Of so many suffixes the number fits beside one token in a word of 32 bits. */
const MOST_NUMBERED = 2 ** 16;

/**
 * Sorts runs of suffixes that are tied so far and lie in the order of their positions.
 *
 * Of many suffixes the next tokens are packed, with what tells the suffixes apart and keeps ties in order, into numbers that
 * the platform sorts: 64 bits hold three tokens and a number up to 65,536, or two tokens and a position.
 */
class RunSorter {
  readonly #tokens: Uint16Array;
  readonly #order: number;
  readonly #suffixes: Uint32Array;
  readonly #commonPrefixes: Uint8Array;
  readonly #keys: BigUint64Array;
  /** The keys' halves, the lower first, as every processor that Node runs on keeps them. */
  readonly #words: Uint32Array;
  readonly #positions: Uint32Array;

  constructor(
    tokens: Uint16Array,
    order: number,
    suffixes: Uint32Array,
    commonPrefixes: Uint8Array,
    widestRun: number,
  ) {
    this.#tokens = tokens;
    this.#order = order;
    this.#suffixes = suffixes;
    this.#commonPrefixes = commonPrefixes;
    this.#keys = new BigUint64Array(widestRun);
    this.#words = new Uint32Array(this.#keys.buffer);
    this.#positions = new Uint32Array(Math.min(widestRun, MOST_NUMBERED));
  }

  /** Sorts the ranks from `low` to `high`, which share `depth` tokens, and says what they share with the one before each. */
  sort(low: number, high: number, depth: number): void {
    if (high - low < 2 || depth >= this.#order) return;
    if (high - low <= FEW) this.#sortFew(low, high, depth);
    else if (high - low <= MOST_NUMBERED) this.#sortTies(low, high, this.#sortByThree(low, high, depth));
    else this.#sortTies(low, high, this.#sortByTwo(low, high, depth));
  }

  #sortTies(low: number, high: number, depth: number): void {
    const commonPrefixes = this.#commonPrefixes;
    for (let start = low; start < high;) {
      let end = start + 1;
      while (end < high && (commonPrefixes[end] ?? 0) >= depth) end++;
      this.sort(start, end, depth);
      start = end;
    }
  }

  #sortFew(low: number, high: number, depth: number): void {
    const tokens = this.#tokens;
    const suffixes = this.#suffixes;
    const order = this.#order;
    for (let rank = low + 1; rank < high; rank++) {
      const position = suffixes[rank] ?? 0;
      let place = rank;
      for (; place > low; place--) {
        const other = suffixes[place - 1] ?? 0;
        const shared = sharedTokens(tokens, other, position, depth, order);
        if (shared === order || (tokens[other + shared] ?? 0) < (tokens[position + shared] ?? 0)) break;
        suffixes[place] = other;
      }
      suffixes[place] = position;
    }
    for (let rank = low + 1; rank < high; rank++) {
      this.#commonPrefixes[rank] = sharedTokens(tokens, suffixes[rank - 1] ?? 0, suffixes[rank] ?? 0, depth, order);
    }
  }

  /** Sorts by up to three more tokens, and returns how many those that are still tied share. */
  #sortByThree(low: number, high: number, depth: number): number {
    const words = this.#words;
    const positions = this.#positions;
    const suffixes = this.#suffixes;
    for (let number = 0; number < high - low; number++) {
      const position = suffixes[low + number] ?? 0;
      positions[number] = position;
      words[2 * number] = (this.#tokenAt(position, depth + 2) << 16) | number;
      words[2 * number + 1] = this.#twoTokensAt(position, depth);
    }
    this.#keys.subarray(0, high - low).sort();
    const tied = Math.min(depth + 3, this.#order);
    let lastLower = 0;
    let lastUpper = 0;
    for (let place = 0; place < high - low; place++) {
      const lower = words[2 * place] ?? 0;
      const upper = words[2 * place + 1] ?? 0;
      suffixes[low + place] = positions[lower & 0xffff] ?? 0;
      if (place > 0) {
        let shared = tied;
        if (upper !== lastUpper) shared = sharedOfTwo(upper, lastUpper, depth);
        else if (lower >>> 16 !== lastLower >>> 16) shared = depth + 2;
        this.#commonPrefixes[low + place] = shared;
      }
      lastLower = lower;
      lastUpper = upper;
    }
    return tied;
  }

  /** Sorts by up to two more tokens, and returns how many those that are still tied share. */
  #sortByTwo(low: number, high: number, depth: number): number {
    const words = this.#words;
    const suffixes = this.#suffixes;
    for (let place = 0; place < high - low; place++) {
      const position = suffixes[low + place] ?? 0;
      words[2 * place] = position;
      words[2 * place + 1] = this.#twoTokensAt(position, depth);
    }
    this.#keys.subarray(0, high - low).sort();
    const tied = Math.min(depth + 2, this.#order);
    let lastUpper = 0;
    for (let place = 0; place < high - low; place++) {
      const upper = words[2 * place + 1] ?? 0;
      suffixes[low + place] = words[2 * place] ?? 0;
      if (place > 0)
        this.#commonPrefixes[low + place] = upper === lastUpper ? tied : sharedOfTwo(upper, lastUpper, depth);
      lastUpper = upper;
    }
    return tied;
  }

  /** Nothing behind the order tells suffixes apart. */
  #tokenAt(position: number, depth: number): number {
    return depth < this.#order ? (this.#tokens[position + depth] ?? 0) : 0;
  }

  #twoTokensAt(position: number, depth: number): number {
    return (this.#tokenAt(position, depth) << 16) | this.#tokenAt(position, depth + 1);
  }
}

function sharedOfTwo(one: number, other: number, depth: number): number {
  return one >>> 16 === other >>> 16 ? depth + 1 : depth;
}
