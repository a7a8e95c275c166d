import type { TokenIndex } from './tokenIndex.ts';

/** An index whose counts are added, or taken away. */
export interface Layer {
  readonly index: TokenIndex;
  readonly sign: 1 | -1;
}

/**
 * The suffix ranges of one context in the layers of a scope, flat: low and high of the first layer, of the second, ...
 * A context that a layer does not have is a range with low = high.
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

  /** Writes to `continued` the ranges of the context followed by `token`; `depth` is the context's length. */
  narrow(ranges: Ranges, depth: number, token: number, continued: Ranges): void {
    for (let layer = 0; layer < this.layers.length; layer++) {
      const low = ranges[2 * layer] ?? 0;
      const high = ranges[2 * layer + 1] ?? 0;
      const index = this.layers[layer]?.index;
      const absent = index === undefined || low >= high;
      const nextLow = absent ? 0 : index.narrowLow(low, high, depth, token);
      continued[2 * layer] = nextLow;
      continued[2 * layer + 1] = absent ? 0 : index.narrowHigh(nextLow, high, depth, token);
    }
  }

  /** How often the context was seen. */
  count(ranges: Ranges): number {
    let count = 0;
    for (let layer = 0; layer < this.layers.length; layer++) {
      const width = (ranges[2 * layer + 1] ?? 0) - (ranges[2 * layer] ?? 0);
      count += (this.layers[layer]?.sign ?? 0) * width;
    }
    return count;
  }

  /**
   * How many different tokens follow the context.
   *
   * The first layer knows its own number. Only tokens that some other layer has can change it: those that the others
   * bring in, and those that they use up.
   */
  countTypes(ranges: Ranges, depth: number): number {
    const [first, ...others] = this.layers;
    if (first === undefined) return 0;
    let types = first.index.countTypes(ranges[0] ?? 0, ranges[1] ?? 0, depth);
    const seen = others.length > 1 ? new Set<number>() : undefined;
    others.forEach((layer, place) => {
      const low = ranges[2 * place + 2] ?? 0;
      const high = ranges[2 * place + 3] ?? 0;
      layer.index.forEachContinuation(low, high, depth, (token) => {
        if (seen?.has(token) === true) return;
        seen?.add(token);
        const continued = this.#continued;
        this.narrow(ranges, depth, token, continued);
        const inFirst = (continued[1] ?? 0) > (continued[0] ?? 0);
        const inAll = this.count(continued) > 0;
        if (inFirst && !inAll) types--;
        if (!inFirst && inAll) types++;
      });
    });
    return types;
  }

  /** Calls `visit` for every token that follows the context, with how often it does; in no particular order. */
  forEachContinuation(ranges: Ranges, depth: number, visit: (token: number, count: number) => void): void {
    const counts = new Map<number, number>();
    this.layers.forEach(({ index, sign }, layer) => {
      index.forEachContinuation(ranges[2 * layer] ?? 0, ranges[2 * layer + 1] ?? 0, depth, (token, low, high) => {
        counts.set(token, (counts.get(token) ?? 0) + sign * (high - low));
      });
    });
    for (const [token, count] of counts) {
      if (count > 0) visit(token, count);
    }
  }
}
