import type { Alternative } from '../../core/words.ts';

/** A distribution over the vocabulary, given the tokens before. */
export type NextTokenDistribution = (before: Uint16Array) => Float64Array;

export interface LeafSearch {
  readonly nextTokens: NextTokenDistribution;
  /** Text of each token id; null for specials and for byte fragments that are no whole characters. */
  readonly pieces: readonly (string | null)[];
  /** Tokens before the one in which the leaf begins. */
  readonly before: Uint16Array;
  /** What that token holds before the leaf: mostly one space, often nothing. */
  readonly lead: string;
  readonly leaf: string;
  readonly count: number;
}

/** Hypotheses kept at each step, and steps at most. */
const BEAM_WIDTH = 6;
const MAX_TOKENS = 6;

interface Hypothesis {
  readonly tokens: readonly number[];
  /** Joined pieces, the lead included. */
  readonly text: string;
  readonly logprobNats: number;
}

/**
 * Whole leaves that the engine holds likely where a leaf stands, by a small beam over tokens to the leaf's end.
 *
 * Sub-word tokens say how a leaf begins, not what it is: "get" begins "getName" too. So a leaf's probability is that of
 * its tokens times the chance that the next token does not go on with it. A word goes on with letters, digits, `_` and
 * `$`; an operator with operator signs; everything else ends at once.
 *
 * @returns at most `count`, most likely first, without the leaf itself. Whether they parse is the caller's to ask.
 */
export function leafAlternatives(search: LeafSearch): readonly Alternative[] {
  const finished = new Map<string, number>();
  let beam: readonly Hypothesis[] = [{ tokens: [], text: '', logprobNats: 0 }];
  for (let step = 0; step < MAX_TOKENS && beam.length > 0; step++) {
    const grown = beam.flatMap((hypothesis) => grow(hypothesis, search, finished));
    beam = grown.sort((a, b) => b.logprobNats - a.logprobNats).slice(0, BEAM_WIDTH);
  }
  finished.delete(search.leaf);
  return Array.from(finished, ([text, logprobNats]) => ({ text, logprobNats }))
    .sort((a, b) => b.logprobNats - a.logprobNats)
    .slice(0, search.count);
}

/** Ends a hypothesis where it can end, and returns its likeliest continuations. */
function grow(hypothesis: Hypothesis, search: LeafSearch, finished: Map<string, number>): readonly Hypothesis[] {
  const { pieces, lead } = search;
  const next = search.nextTokens(Uint16Array.of(...search.before, ...hypothesis.tokens));
  const continuations: Hypothesis[] = [];
  let endProbability = 0;
  next.forEach((probability, token) => {
    const piece = pieces[token] ?? null;
    if (piece !== null && continues(hypothesis.text, piece, lead)) {
      continuations.push({
        tokens: [...hypothesis.tokens, token],
        text: hypothesis.text + piece,
        logprobNats: hypothesis.logprobNats + Math.log(probability),
      });
    } else {
      endProbability += probability;
    }
  });
  const leaf = hypothesis.text.slice(lead.length);
  if (leaf !== '' && endProbability > 0) {
    finished.set(leaf, Math.max(finished.get(leaf) ?? -Infinity, hypothesis.logprobNats + Math.log(endProbability)));
  }
  return continuations.sort((a, b) => b.logprobNats - a.logprobNats).slice(0, BEAM_WIDTH);
}

/** Whether `text + piece` is still the lead and one beginning leaf. */
function continues(text: string, piece: string, lead: string): boolean {
  const grown = text + piece;
  if (grown.length <= lead.length) return lead.startsWith(grown);
  if (!grown.startsWith(lead)) return false;
  const leaf = grown.slice(lead.length);
  if (text.length > lead.length && !WORD.test(leaf) && !OPERATOR.test(leaf)) return false;
  return WORD.test(leaf) || OPERATOR.test(leaf) || SINGLE.test(leaf);
}

const WORD = /^[\p{L}\p{N}_$]+$/u;
const OPERATOR = /^[-=<>!&|+*/%^?:~.]{1,4}$/;
const SINGLE = /^[^\s\p{L}\p{N}]$/u;
