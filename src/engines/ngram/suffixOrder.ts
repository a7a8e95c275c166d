import { sharedTokens } from './sortSuffixes.ts';
import type { TokenIndex } from './tokenIndex.ts';

/** A text in the tokens of an index, with the end of text that leads it. */
export interface TextSpan {
  readonly start: number;
  /** At least 1. */
  readonly length: number;
}

/** The order of the suffixes of some of an index's texts. Places count through these texts as if nothing were between them. */
export interface SuffixOrder {
  /** The place of each rank. */
  readonly places: Uint32Array;
  /** How many tokens, up to the index's order, each rank shares with the one before it. */
  readonly commonPrefixes: Uint8Array;
}

/** Three rounds of this many bits sort ranks below 2^27; no more tokens than a third of that are learned. */
const DIGIT_BITS = 9;
const DIGITS = 3;

/**
 * Orders the suffixes of texts that an index holds: they come as in the index, so numbers are sorted and hardly a token is
 * looked at. Time O(tokens of the texts).
 */
export function orderSuffixes(index: TokenIndex, texts: readonly TextSpan[]): SuffixOrder {
  const positions = positionsOf(texts);
  const ranks = new Uint32Array(positions.length);
  const allRanks = index.ranks;
  for (let place = 0; place < ranks.length; place++) ranks[place] = allRanks[positions[place] ?? 0] ?? 0;
  const places = sortedPlaces(ranks);
  const commonPrefixes = new Uint8Array(places.length);
  for (let rank = 1; rank < places.length; rank++) {
    const one = positions[places[rank - 1] ?? 0] ?? 0;
    const other = positions[places[rank] ?? 0] ?? 0;
    commonPrefixes[rank] = sharedTokens(index.tokens, one, other, 0, index.order);
  }
  return { places, commonPrefixes };
}

function positionsOf(texts: readonly TextSpan[]): Uint32Array {
  const positions = new Uint32Array(texts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const { start, length } of texts) {
    for (let offset = 0; offset < length; offset++) positions[place++] = start + offset;
  }
  return positions;
}

/** The places of numbers, from the smallest number to the largest. */
function sortedPlaces(numbers: Uint32Array): Uint32Array {
  let places = new Uint32Array(numbers.length);
  for (let place = 0; place < places.length; place++) places[place] = place;
  let scratch = new Uint32Array(numbers.length);
  const bucketStarts = new Uint32Array(2 ** DIGIT_BITS + 1);
  const mask = 2 ** DIGIT_BITS - 1;
  for (let digit = 0; digit < DIGITS; digit++) {
    const shift = digit * DIGIT_BITS;
    bucketStarts.fill(0);
    for (const number of numbers) {
      const bucket = ((number >>> shift) & mask) + 1;
      bucketStarts[bucket] = (bucketStarts[bucket] ?? 0) + 1;
    }
    for (let bucket = 1; bucket <= mask; bucket++) {
      bucketStarts[bucket] = (bucketStarts[bucket] ?? 0) + (bucketStarts[bucket - 1] ?? 0);
    }
    for (const place of places) {
      const bucket = ((numbers[place] ?? 0) >>> shift) & mask;
      const target = bucketStarts[bucket] ?? 0;
      bucketStarts[bucket] = target + 1;
      scratch[target] = place;
    }
    [places, scratch] = [scratch, places];
  }
  return places;
}
