import { orderSuffixes, type TextSpan } from './suffixOrder.ts';
import type { TokenIndex } from './tokenIndex.ts';

/**
 * The different runs of tokens in a text that come twice at least in the index which holds it: contexts, and contexts with
 * the token after them. All others come in the text alone, and once, so that nothing can be learned from them.
 *
 * They are the upper part of the text's suffix tree: run 0 is the empty one, and a suffix of the text adds those with which it
 * begins and that no suffix before it in order begins with, the shortest first, with numbers that follow each other.
 */
export interface TextRuns {
  readonly size: number;
  /** How often each comes in the text. */
  readonly own: Int32Array;
  /** The run that is shorter by its last token. */
  readonly parents: Int32Array;
  /** How many tokens follow each that follow it nowhere else, and there once. */
  readonly singles: Int32Array;
  /** For each place of the text and each length from 0 to the order the run that begins there; -1: it does not come twice. */
  readonly at: Int32Array;
  /** By rank among the text's suffixes: its place in the text, */
  readonly places: Uint32Array;
  /** the length of the longest run that a suffix before it begins with as well, */
  readonly shared: Uint8Array;
  /** and the length of the longest run that it begins with. */
  readonly longests: Uint8Array;
}

/** @param text the text in the index, with the end of text before it */
export function textRuns(index: TokenIndex, text: TextSpan): TextRuns {
  const { order } = index;
  const { places, commonPrefixes: shared } = orderSuffixes(index, [text]);
  const longests = longestsOf(index, text, places);
  let size = 1;
  for (let rank = 0; rank < places.length; rank++) size += (longests[rank] ?? 0) - (shared[rank] ?? 0);
  const own = new Int32Array(size);
  const parents = new Int32Array(size);
  const singles = new Int32Array(size);
  const at = new Int32Array(places.length * (order + 1)).fill(-1);

  // The runs that the suffix at hand begins with, by length.
  const open = new Int32Array(order + 1);
  let next = 1;
  for (let rank = 0; rank < places.length; rank++) {
    const place = places[rank] ?? 0;
    const reach = longests[rank] ?? 0;
    for (let length = (shared[rank] ?? 0) + 1; length <= reach; length++) {
      parents[next] = open[length - 1] ?? 0;
      open[length] = next++;
    }
    const row = place * (order + 1);
    for (let length = 0; length <= reach; length++) at[row + length] = open[length] ?? 0;
    const longest = open[reach] ?? 0;
    own[longest] = (own[longest] ?? 0) + 1;
    if (reach < order && reach < mostFrom(place, text)) singles[longest] = (singles[longest] ?? 0) + 1;
  }
  for (let run = size - 1; run > 0; run--) {
    const parent = parents[run] ?? 0;
    own[parent] = (own[parent] ?? 0) + (own[run] ?? 0);
  }
  return { size, own, parents, singles, at, places, shared, longests };
}

function longestsOf(
  { ranks, commonPrefixes: { shared } }: TokenIndex,
  text: TextSpan,
  places: Uint32Array,
): Uint8Array {
  const longests = new Uint8Array(places.length);
  for (let at = 0; at < places.length; at++) {
    const place = places[at] ?? 0;
    const rank = ranks[text.start + place] ?? 0;
    const reach = Math.max(shared[rank] ?? 0, shared[rank + 1] ?? 0);
    longests[at] = Math.min(reach, mostFrom(place, text));
  }
  return longests;
}

/** Length of the longest run from a place of a text: none goes on behind the end of text that follows it. */
function mostFrom(place: number, { length }: TextSpan): number {
  return length + 1 - place;
}
