import type { TokenLogprob } from './tokenEvaluator.ts';

/** What is known of the tokens of one text. It grows while the text is being scored. */
export interface ScoredTokens {
  readonly ids: readonly number[];
  /** NaN: not scored yet. */
  readonly logprobsNats: Float64Array;
  /** The likeliest tokens at some of the places. */
  readonly tops: Map<number, Top>;
}

export interface Top {
  readonly topK: number;
  readonly tokens: readonly TokenLogprob[];
}

const TEXTS = 16;

/**
 * Remembers the scores of the last texts. A score depends only on the tokens before it, so a text that begins like one
 * that is remembered begins with its scores: typing at the end of a file does not score the file again.
 */
export class ScoreMemory {
  /** Least recently used first. */
  readonly #texts: ScoredTokens[] = [];

  /** A sheet for a text's scores, filled in as far as they are known. */
  open(ids: readonly number[]): ScoredTokens {
    const sheet: ScoredTokens = { ids, logprobsNats: new Float64Array(ids.length).fill(Number.NaN), tops: new Map() };
    let closest: ScoredTokens | undefined;
    let shared = 0;
    for (const known of this.#texts) {
      const length = sharedLength(known.ids, ids);
      if (length > shared) [closest, shared] = [known, length];
    }
    if (closest !== undefined) {
      sheet.logprobsNats.set(closest.logprobsNats.subarray(0, shared));
      for (const [place, top] of closest.tops) if (place <= shared && place < ids.length) sheet.tops.set(place, top);
      // A text that shares most of its tokens is an earlier state of the same.
      if (2 * shared >= closest.ids.length) this.#texts.splice(this.#texts.indexOf(closest), 1);
    }
    this.#texts.push(sheet);
    if (this.#texts.length > TEXTS) this.#texts.shift();
    return sheet;
  }
}

/** Number of tokens that two lists begin with in common. */
export function sharedLength(a: readonly number[], b: readonly number[]): number {
  const limit = Math.min(a.length, b.length);
  for (let index = 0; index < limit; index++) if (a[index] !== b[index]) return index;
  return limit;
}
