import type { TokenCounts } from './tokenCounts.ts';
import type { TokenIndex } from './tokenIndex.ts';

/** An index whose counts are added, or taken away. */
export interface Layer {
  readonly index: TokenIndex;
  readonly sign: 1 | -1;
}

/**
 * The suffix ranges of contexts in the layers of a scope, flat: of one context the low and high of the first layer, of
 * the second, ..., then those of the next context. Where a context's ranges begin is its place in the array. A context
 * that a layer does not have is a range with low = high.
 */
export type Ranges = Uint32Array;

/**
 * The counts of one scope (the workspace, a folder) as a sum of layers: what was learned, plus what was added since,
 * less what was removed since, less the scored text's own.
 *
 * Removed and own texts are among the learned or added ones, so no count is negative.
 */
export class Scope {
  readonly layers: readonly Layer[];
  /** How much each context leaves to what is believed without it: see `interpolate`. */
  readonly backOffWeight: number;
  readonly #continued: Ranges;

  /** @param layers the largest first: types are counted there, and corrected by looking at the others */
  constructor(layers: readonly Layer[], backOffWeight: number) {
    this.layers = layers;
    this.backOffWeight = backOffWeight;
    this.#continued = new Uint32Array(2 * layers.length);
  }

  /** The ranges of the empty context. */
  everything(): Ranges {
    return Uint32Array.from(this.layers.flatMap(({ index }) => [0, index.tokenCount]));
  }

  /** Numbers that the ranges of one context take. */
  get rangeLength(): number {
    return 2 * this.layers.length;
  }

  /**
   * Writes the ranges of a context followed by `token`, and returns how often that was seen.
   * @param place where the context's ranges begin
   * @param depth the context's length
   * @param to where the ranges of what follows go in `continued`
   */
  narrow(ranges: Ranges, place: number, depth: number, token: number, continued: Ranges, to: number): number {
    let count = 0;
    for (let layer = 0; layer < this.layers.length; layer++) {
      const current = this.layers[layer];
      if (current === undefined) break;
      const { index, sign } = current;
      const low = ranges[place + 2 * layer] ?? 0;
      const high = ranges[place + 2 * layer + 1] ?? 0;
      if (low >= high) {
        continued[to + 2 * layer] = 0;
        continued[to + 2 * layer + 1] = 0;
        continue;
      }
      const nextLow = index.narrowLow(low, high, depth, token);
      const nextHigh = index.narrowHigh(nextLow, high, depth, token);
      continued[to + 2 * layer] = nextLow;
      continued[to + 2 * layer + 1] = nextHigh;
      count += sign * (nextHigh - nextLow);
    }
    return count;
  }

  /** How often the context was seen whose ranges begin at `place`. */
  count(ranges: Ranges, place = 0): number {
    return this.layers.reduce((count, { sign }, layer) => {
      const width = (ranges[place + 2 * layer + 1] ?? 0) - (ranges[place + 2 * layer] ?? 0);
      return count + sign * width;
    }, 0);
  }

  /**
   * How many different tokens follow the context.
   *
   * The first layer knows its own number. Only tokens that some other layer has can change it: those that the others
   * bring in, and those that they use up.
   */
  countTypes(ranges: Ranges, place: number, depth: number): number {
    const [first, ...others] = this.layers;
    if (first === undefined) return 0;
    let types = first.index.countTypes(ranges[place] ?? 0, ranges[place + 1] ?? 0, depth);
    const seen = others.length > 1 ? new Set<number>() : undefined;
    others.forEach((layer, other) => {
      const low = ranges[place + 2 * other + 2] ?? 0;
      const high = ranges[place + 2 * other + 3] ?? 0;
      layer.index.continuations(low, high, depth).tokens.forEach((token) => {
        if (seen?.has(token) === true) return;
        seen?.add(token);
        const continued = this.#continued;
        const inAll = this.narrow(ranges, place, depth, token, continued, 0) > 0;
        const inFirst = (continued[1] ?? 0) > (continued[0] ?? 0);
        if (inFirst && !inAll) types--;
        if (!inFirst && inAll) types++;
      });
    });
    return types;
  }

  /** Counts every token that follows the context. */
  countContinuations(ranges: Ranges, depth: number, counts: TokenCounts): void {
    this.layers.forEach(({ index, sign }, layer) => {
      const { tokens, lows } = index.continuations(ranges[2 * layer] ?? 0, ranges[2 * layer + 1] ?? 0, depth);
      for (let place = 0; place < tokens.length; place++) {
        counts.add(tokens[place] ?? 0, sign * ((lows[place + 1] ?? 0) - (lows[place] ?? 0)));
      }
    });
  }
}
