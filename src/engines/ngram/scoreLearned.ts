import { CommonPrefixes, runsAround } from './commonPrefixes.ts';
import { BACK_OFF_WEIGHTS, interpolate } from './interpolate.ts';
import type { TokenScores } from './scoreTokens.ts';
import { orderSuffixes, type TextSpan } from './suffixOrder.ts';
import { textRuns, type TextRuns } from './textRuns.ts';
import type { NgramShape, TokenIndex } from './tokenIndex.ts';

/** Texts in which counts are looked up: all of an index, or some of it. */
export interface LearnedScope {
  /** The rank of each place in the order of the texts' suffixes. */
  readonly ranks: Uint32Array;
  readonly commonPrefixes: CommonPrefixes;
  readonly backOffWeight: number;
}

/** All texts of an index. */
export function workspaceScope({ ranks, commonPrefixes }: TokenIndex): LearnedScope {
  return { ranks, commonPrefixes, backOffWeight: BACK_OFF_WEIGHTS.workspace };
}

/** The texts of an index that lie in one folder. */
export interface LearnedFolder {
  readonly scope: LearnedScope;
  /** By path: where each text begins, in places that count through the folder as if nothing were between its texts. */
  readonly places: ReadonlyMap<string, number>;
}

export function learnedFolder(
  index: TokenIndex,
  texts: readonly (readonly [path: string, text: TextSpan])[],
): LearnedFolder {
  const order = orderSuffixes(
    index,
    texts.map(([, text]) => text),
  );
  const ranks = new Uint32Array(order.places.length);
  order.places.forEach((place, rank) => {
    ranks[place] = rank;
  });
  const commonPrefixes = new CommonPrefixes(order.commonPrefixes, index.order);
  const places = new Map<string, number>();
  let place = 0;
  for (const [path, { length }] of texts) {
    places.set(path, place);
    place += length;
  }
  return { scope: { ranks, commonPrefixes, backOffWeight: BACK_OFF_WEIGHTS.folder }, places };
}

/** A scope that holds the text that is scored, and the place there of the end of text that leads it. */
export interface HeldText {
  readonly scope: LearnedScope;
  readonly place: number;
}

/**
 * What `scoreTokens` says of a text that every scope holds as it stands, several times as fast: the rank of each of its
 * suffixes is known, so that no context has to be searched. The contexts around a suffix are the runs around its rank.
 *
 * @param text the text in the index, with the end of text before it
 * @param scopes widest first; the first is the whole index
 */
export function scoreLearned(
  index: TokenIndex,
  text: TextSpan,
  scopes: readonly HeldText[],
  shape: NgramShape,
): TokenScores {
  const runs = textRuns(index, text);
  const columns = scopes.map((held) => countOthers(held, runs, shape.order));
  const count = text.length - 1;
  const logprobsNats = new Float64Array(count);
  const seenContexts = new Float64Array(count).fill(Number.NaN);
  const knownContexts = new Float64Array(count);
  // Of the text itself, as far as it goes before each token: how often each run came, and as a context, and its followers.
  const seenSoFar = new Int32Array(runs.size);
  const followedSoFar = new Int32Array(runs.size);
  const typesSoFar = new Int32Array(runs.size);
  for (let token = 0; token < count; token++) {
    let believed = 1 / shape.vocabularySize;
    for (let depth = 0; depth < shape.order && depth <= token + 1; depth++) {
      const cell = (token + 1 - depth) * (shape.order + 1) + depth;
      const context = runs.at[cell] ?? -1;
      if (context < 0) break;
      const run = runs.at[cell + 1] ?? -1;
      for (const { counts, types, backOffWeight } of columns) {
        const total = counts[context] ?? 0;
        if (total === 0) continue;
        const seen = run < 0 ? 0 : (counts[run] ?? 0);
        believed = interpolate(believed, seen, total, types[context] ?? 0, backOffWeight);
        knownContexts[token] = depth;
        if (seen > 0) seenContexts[token] = depth;
      }
      const total = followedSoFar[context] ?? 0;
      const seen = run < 0 ? 0 : (seenSoFar[run] ?? 0);
      believed = interpolate(believed, seen, total, typesSoFar[context] ?? 0, BACK_OFF_WEIGHTS.textSoFar);
      if (total > 0) knownContexts[token] = depth;
      if (seen > 0) seenContexts[token] = depth;
      else typesSoFar[context] = (typesSoFar[context] ?? 0) + 1;
      if (run >= 0) seenSoFar[run] = seen + 1;
      followedSoFar[context] = total + 1;
    }
    logprobsNats[token] = Math.log(believed);
  }
  return { logprobsNats, seenContexts, knownContexts };
}

/** What a scope holds of each run of a text, without the text. */
interface OtherCounts {
  readonly counts: Int32Array;
  /** Different tokens that follow. */
  readonly types: Int32Array;
  readonly backOffWeight: number;
}

function countOthers({ scope, place: textPlace }: HeldText, runs: TextRuns, order: number): OtherCounts {
  const { ranks, commonPrefixes, backOffWeight } = scope;
  const { own, parents, singles, places, shared, longests } = runs;
  const counts = new Int32Array(runs.size);
  const types = new Int32Array(runs.size);
  for (let run = 0; run < runs.size; run++) types[run] = -(singles[run] ?? 0);
  counts[0] = ranks.length - (own[0] ?? 0);
  types[0] = (types[0] ?? 0) + commonPrefixes.countTypes(0, ranks.length, 0);
  const around = runsAround(order);
  let next = 1;
  for (let at = 0; at < places.length; at++) {
    const shortest = (shared[at] ?? 0) + 1;
    const longest = longests[at] ?? 0;
    if (longest < shortest) continue;
    commonPrefixes.findAround(ranks[textPlace + (places[at] ?? 0)] ?? 0, shortest, longest, around);
    for (let length = shortest; length <= longest; length++, next++) {
      const others = (around.highs[length] ?? 0) - (around.lows[length] ?? 0) - (own[next] ?? 0);
      const parent = parents[next] ?? 0;
      counts[next] = others;
      if (others > 0) types[next] = (types[next] ?? 0) + (around.types[length] ?? 0);
      else types[parent] = (types[parent] ?? 0) - 1;
    }
  }
  return { counts, types, backOffWeight };
}
