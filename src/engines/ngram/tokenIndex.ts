import { BlockRuns } from './blockRuns.ts';
import { CommonPrefixes } from './commonPrefixes.ts';
import { firstRanks, sortSuffixes, type Memory, type SortedSuffixes } from './sortSuffixes.ts';

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

/** The tokens that follow a context, in rising order, each with the range of the context and it. */
export interface Continuations {
  readonly tokens: Uint16Array;
  /** Where each range begins, and behind the last where that one ends. */
  readonly lows: Uint32Array;
}

/** What follows contexts that come this often is kept: they are asked for again and again. */
const WIDE_RANGE = 2048;
/** Of so many of them at once: a few megabytes. */
const MOST_WIDE_RANGES = 500;

/**
 * What an index is made of, flat. Where its arrays lie in shared memory another thread can make the same index of them, and
 * no token is copied.
 */
export interface IndexArrays extends SortedSuffixes {
  /** The tokens, and after them as many `endOfText` as the order. */
  readonly tokens: Uint16Array;
  /** The rank of the suffix that begins at each token, where it was asked for already. */
  readonly ranks?: Uint32Array;
  /** The table of `BlockRuns`, where it was made already. */
  readonly blockRuns?: Uint32Array;
}

/**
 * A suffix array over tokens (infini-gram, Liu et al. 2024): the counts of every context of every order at once, in 8
 * bytes a token. A context is the range of suffixes that begin with it; adding a token on the right narrows the range.
 *
 *     rank   suffix                        longer context   a        range 0..3, count 3
 *      0     a b ;                                          a b      range 0..2, count 2
 *      1     a b = 1                                        a b ;    range 0..1, count 1
 *      2     a c ;
 *      3     b ;
 */
export class TokenIndex {
  readonly tokenCount: number;
  readonly order: number;
  readonly tokens: Uint16Array;
  readonly suffixes: Uint32Array;
  /** First rank of each first token, and behind them all the number of tokens. */
  readonly #firstRanks: Uint32Array;
  readonly #memory: Memory;
  #ranks: Uint32Array | undefined;
  readonly #shared: Uint8Array;
  readonly #blockRuns: Uint32Array | undefined;
  #commonPrefixes: CommonPrefixes | undefined;
  readonly #wideContinuations = new Map<number, Continuations>();

  /** @param memory what the ranks go to when they are first asked for, and the runs */
  constructor({ tokens, suffixes, commonPrefixes, ranks, blockRuns }: IndexArrays, shape: NgramShape, memory: Memory) {
    this.tokens = tokens;
    this.tokenCount = suffixes.length;
    this.order = shape.order;
    this.suffixes = suffixes;
    this.#shared = commonPrefixes;
    this.#blockRuns = blockRuns;
    this.#firstRanks = firstRanks(tokens, this.tokenCount, shape.vocabularySize);
    this.#ranks = ranks;
    this.#memory = memory;
  }

  /**
   * Sorts the suffixes of texts and indexes them.
   * @param texts each is led by `endOfText` in the index: what follows a text's last token is that too
   * @param memory what the index lies in
   */
  static of(texts: readonly Uint16Array[], shape: NgramShape, memory: Memory = ArrayBuffer): TokenIndex {
    const tokens = join(texts, shape, memory);
    return new TokenIndex({ tokens, ...sortSuffixes(tokens, shape, memory) }, shape, memory);
  }

  /** The rank of the suffix that begins at each token: 4 bytes a token, worked out when first asked for. */
  get ranks(): Uint32Array {
    this.#ranks ??= invert(this.suffixes, new Uint32Array(new this.#memory(4 * this.tokenCount)));
    return this.#ranks;
  }

  /** The runs of its suffixes, found when they are first asked for. */
  get commonPrefixes(): CommonPrefixes {
    if (this.#commonPrefixes === undefined) {
      const runs = this.#blockRuns
        ? new BlockRuns(this.#blockRuns, this.order)
        : BlockRuns.of(this.#shared, this.order, this.#memory);
      this.#commonPrefixes = new CommonPrefixes(this.#shared, this.order, runs);
    }
    return this.#commonPrefixes;
  }

  /** What another index could be made of. */
  get arrays(): Required<IndexArrays> {
    const { tokens, suffixes, ranks } = this;
    const { shared, runs } = this.commonPrefixes;
    return { tokens, suffixes, ranks, commonPrefixes: shared, blockRuns: runs.table };
  }

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
    return this.commonPrefixes.countTypes(low, high, depth);
  }

  /** The different tokens that follow the context of length `depth` whose range this is. */
  continuations(low: number, high: number, depth: number): Continuations {
    if (high - low < WIDE_RANGE) return this.#lookForContinuations(low, high, depth);
    const key = low * 256 + depth;
    let continuations = this.#wideContinuations.get(key);
    if (continuations === undefined) {
      if (this.#wideContinuations.size >= MOST_WIDE_RANGES) this.#wideContinuations.clear();
      continuations = this.#lookForContinuations(low, high, depth);
      this.#wideContinuations.set(key, continuations);
    }
    return continuations;
  }

  #lookForContinuations(low: number, high: number, depth: number): Continuations {
    const types = this.countTypes(low, high, depth);
    const tokens = new Uint16Array(types);
    const lows = new Uint32Array(types + 1).fill(high);
    let start = low;
    for (let type = 0; type < types; type++) {
      tokens[type] = this.#tokenAt(start, depth);
      lows[type] = start;
      start = this.commonPrefixes.endOf(start + 1, depth + 1);
    }
    return { tokens, lows };
  }

  #tokenAt(rank: number, depth: number): number {
    return this.tokens[(this.suffixes[rank] ?? 0) + depth] ?? 0;
  }
}

/** Texts one after the other, each led by the end of text, and at least `order` of those after the last. */
function join(texts: readonly Uint16Array[], { order, endOfText }: NgramShape, memory: Memory): Uint16Array {
  const length = texts.reduce((sum, text) => sum + 1 + text.length, order);
  const tokens = new Uint16Array(new memory(2 * length)).fill(endOfText);
  let start = 1;
  for (const text of texts) {
    tokens.set(text, start);
    start += text.length + 1;
  }
  return tokens;
}

function invert(order: Uint32Array, places: Uint32Array): Uint32Array {
  for (let place = 0; place < order.length; place++) places[order[place] ?? 0] = place;
  return places;
}
