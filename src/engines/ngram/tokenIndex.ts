import { sortSuffixes } from './sortSuffixes.ts';

/** What all counts of one engine agree on. */
export interface NgramShape {
  /** Longest run of tokens that is counted, the next token included; at most 255. */
  readonly order: number;
  readonly vocabularySize: number;
  /** The token before and after each text. */
  readonly endOfText: number;
}

/** The suffixes that share a prefix: ranks `low` up to, not including, `high`. Its width is the prefix's count. */
export interface SuffixRange {
  readonly low: number;
  readonly high: number;
}

/** The part of an index that takes long to work out. */
export interface SortedSuffixes {
  readonly suffixes: Uint32Array;
  readonly commonPrefixes: Uint8Array;
}

/** Ranges at most this wide are counted afresh each time; wider ones are remembered. */
const SMALL_RANGE = 64;

/**
 * A suffix array over tokens (infini-gram, Liu et al. 2024): the counts of every context of every order at once, in 7
 * bytes a token. A context is the range of suffixes that begin with it; adding a token on the right narrows the range.
 *
 *     rank   suffix                        longer context   a        range 0..3, count 3
 *      0     a b ;                                          a b      range 0..2, count 2
 *      1     a b = 1                                        a b ;    range 0..1, count 1
 *      2     a c ;
 *      3     b ;
 */
export class TokenIndex implements SortedSuffixes {
  readonly tokenCount: number;
  readonly order: number;
  readonly #vocabularySize: number;
  /** The tokens, and after them as many `endOfText` as the order. */
  readonly tokens: Uint16Array;
  readonly suffixes: Uint32Array;
  /** How many tokens, up to `order`, each suffix shares with the one before it. */
  readonly commonPrefixes: Uint8Array;
  /** First rank of each first token. */
  readonly #firstRanks: Uint32Array;
  readonly #knownTypes = new Map<number, number>();

  /**
   * @param tokens texts one after the other, each led by `endOfText`: what follows a text's last token is that too
   * @param sorted the order of their suffixes, where it is known already
   */
  constructor(tokens: Uint16Array, shape: NgramShape, sorted?: SortedSuffixes) {
    this.tokenCount = tokens.length;
    this.order = shape.order;
    this.#vocabularySize = shape.vocabularySize;
    this.tokens = new Uint16Array(tokens.length + shape.order).fill(shape.endOfText);
    this.tokens.set(tokens);
    this.suffixes = sorted?.suffixes ?? sortSuffixes(this.tokens, tokens.length, shape.order, shape.vocabularySize);
    this.commonPrefixes = sorted?.commonPrefixes ?? this.#measureCommonPrefixes();
    this.#firstRanks = this.#findFirstRanks();
  }

  /** Memory held for each token, in bytes. */
  static readonly BYTES_PER_TOKEN = Uint16Array.BYTES_PER_ELEMENT + Uint32Array.BYTES_PER_ELEMENT + 1;

  /** First rank in the range whose token at `depth` is at least `token`; all of the range shares `depth` tokens. */
  #lowerBound(low: number, high: number, depth: number, token: number): number {
    const tokens = this.tokens;
    const suffixes = this.suffixes;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((tokens[(suffixes[middle] ?? 0) + depth] ?? 0) < token) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Where, inside a context's range, its continuations with `token` begin; `depth` is the context's length. */
  narrowLow(low: number, high: number, depth: number, token: number): number {
    if (depth === 0) return this.#firstRanks[token] ?? 0;
    return this.#lowerBound(low, high, depth, token);
  }

  /** Where the continuations with `token` end, given where they begin. */
  narrowHigh(low: number, high: number, depth: number, token: number): number {
    if (depth === 0) return this.#firstRanks[token + 1] ?? this.tokenCount;
    // Most continuations are rare: gallop from their start instead of halving the whole range.
    let step = 1;
    while (low + step < high && this.#tokenAt(low + step, depth) === token) step *= 2;
    const from = low + (step >>> 1);
    return this.#lowerBound(from, Math.min(low + step, high), depth, token + 1);
  }

  /** The range of the context followed by `token`; empty (`low === high`) where that was never seen. */
  narrow(range: SuffixRange, depth: number, token: number): SuffixRange {
    const low = this.narrowLow(range.low, range.high, depth, token);
    return { low, high: this.narrowHigh(low, range.high, depth, token) };
  }

  /** The range of the empty context: every suffix. */
  get everything(): SuffixRange {
    return { low: 0, high: this.tokenCount };
  }

  /** The range of a whole context, oldest token first. */
  find(context: ArrayLike<number>): SuffixRange {
    let range = this.everything;
    for (let depth = 0; depth < context.length; depth++) {
      range = this.narrow(range, depth, context[depth] ?? 0);
    }
    return range;
  }

  /** How many different tokens follow the context of length `depth` whose range this is. */
  countTypes(low: number, high: number, depth: number): number {
    if (high - low <= 1) return high - low;
    if (high - low <= SMALL_RANGE) return this.#scanTypes(low, high, depth);
    const key = low * 256 + depth;
    let types = this.#knownTypes.get(key);
    if (types === undefined) {
      types = this.#scanTypes(low, high, depth);
      this.#knownTypes.set(key, types);
    }
    return types;
  }

  #scanTypes(low: number, high: number, depth: number): number {
    const { commonPrefixes } = this;
    let types = 1;
    for (let rank = low + 1; rank < high; rank++) {
      if (commonPrefixes[rank] === depth) types++;
    }
    return types;
  }

  /** Calls `visit` for each different token that follows the context, in rising order, with its range. */
  forEachContinuation(
    low: number,
    high: number,
    depth: number,
    visit: (token: number, low: number, high: number) => void,
  ): void {
    let start = low;
    for (let rank = low + 1; rank <= high; rank++) {
      if (rank < high && this.commonPrefixes[rank] !== depth) continue;
      if (start < high) visit(this.#tokenAt(start, depth), start, rank);
      start = rank;
    }
  }

  #tokenAt(rank: number, depth: number): number {
    return this.tokens[(this.suffixes[rank] ?? 0) + depth] ?? 0;
  }

  #measureCommonPrefixes(): Uint8Array {
    const commonPrefixes = new Uint8Array(this.tokenCount);
    for (let rank = 1; rank < this.tokenCount; rank++) {
      let shared = 0;
      while (shared < this.order && this.#tokenAt(rank - 1, shared) === this.#tokenAt(rank, shared)) shared++;
      commonPrefixes[rank] = shared;
    }
    return commonPrefixes;
  }

  #findFirstRanks(): Uint32Array {
    const firstRanks = new Uint32Array(this.#vocabularySize + 1);
    for (let rank = 0; rank < this.tokenCount; rank++) {
      const slot = this.#tokenAt(rank, 0) + 1;
      firstRanks[slot] = (firstRanks[slot] ?? 0) + 1;
    }
    for (let token = 0; token < this.#vocabularySize; token++) {
      firstRanks[token + 1] = (firstRanks[token + 1] ?? 0) + (firstRanks[token] ?? 0);
    }
    return firstRanks;
  }
}
