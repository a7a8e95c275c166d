import type { Alternative } from '../../core/words.ts';
import { lexemeKind, type LexemeKind } from '../lexemes.ts';
import type { TokenEvaluator, TokenLogprob } from './tokenEvaluator.ts';
import { tokenText, type Vocabulary } from './vocabulary.ts';
import { nextToken } from './writeTokens.ts';

export interface LeafSearch {
  readonly evaluator: TokenEvaluator;
  readonly vocabulary: Vocabulary;
  /** Tokens before the one in which the leaf begins, the start token included; MOST_LEAF_TOKENS more must fit. */
  readonly before: readonly number[];
  /** What that token holds before the leaf: mostly one space, often nothing. */
  readonly lead: string;
  readonly leaf: string;
  readonly count: number;
}

/** Leaves of more tokens are not found. */
export const MOST_LEAF_TOKENS = 6;
const BEAM_WIDTH = 6;
/** How many of the likeliest tokens are looked at after each. What is less likely still counts as an end of the leaf. */
const TOP_TOKENS = 64;

interface Hypothesis {
  readonly tokens: readonly number[];
  /** The lead included. */
  readonly text: string;
  /** null while there is no more than the lead, or part of it. */
  readonly kind: LexemeKind | null;
  readonly logprobNats: number;
}

const NOTHING: Hypothesis = { tokens: [], text: '', kind: null, logprobNats: 0 };

/**
 * Whole leaves that the model holds likely where a leaf stands, by a small beam over its tokens to the leaf's end. The
 * text after the leaf is not looked at.
 *
 * A leaf's probability is that of its tokens times the chance that the next token does not go on with it. That chance is
 * an upper bound, tight unless the model is undecided between more than TOP_TOKENS tokens.
 *
 * @returns at most `count`, most likely first, without the leaf itself. Whether they parse is the caller's to ask.
 */
export async function likelyLeaves(search: LeafSearch, signal: AbortSignal): Promise<readonly Alternative[]> {
  const finished = new Map<string, number>();
  let beam: readonly Hypothesis[] = [NOTHING];
  for (let step = 0; step <= MOST_LEAF_TOKENS && beam.length > 0; step++) {
    const grown: Hypothesis[] = [];
    for (const hypothesis of beam) {
      const tokens = [...search.before, ...hypothesis.tokens];
      if (tokens.length === 0) return [];
      const next = await nextToken(search.evaluator, tokens, TOP_TOKENS, signal);
      grown.push(...grow(hypothesis, next?.top ?? [], search, finished));
    }
    beam = step === MOST_LEAF_TOKENS ? [] : grown.sort(byLikelihood).slice(0, BEAM_WIDTH);
  }
  finished.delete(search.leaf);
  return Array.from(finished, ([text, logprobNats]) => ({ text, logprobNats }))
    .sort(byLikelihood)
    .slice(0, search.count);
}

/** Ends a hypothesis where it can end, and returns its likeliest continuations. */
function grow(
  hypothesis: Hypothesis,
  top: readonly TokenLogprob[],
  { vocabulary, lead }: LeafSearch,
  finished: Map<string, number>,
): readonly Hypothesis[] {
  const goingOn = top.flatMap(({ token, logprobNats }) => {
    const piece = tokenText(vocabulary, token);
    if (piece === null || !continues(hypothesis, piece, lead)) return [];
    const text = hypothesis.text + piece;
    return { tokens: [...hypothesis.tokens, token], text, kind: lexemeKind(text.slice(lead.length)), logprobNats };
  });
  if (hypothesis.kind !== null) {
    const endProbability = 1 - goingOn.reduce((sum, { logprobNats }) => sum + Math.exp(logprobNats), 0);
    const leaf = hypothesis.text.slice(lead.length);
    const logprobNats = hypothesis.logprobNats + Math.log(Math.max(endProbability, Number.EPSILON));
    finished.set(leaf, Math.max(finished.get(leaf) ?? -Infinity, logprobNats));
  }
  return goingOn.slice(0, BEAM_WIDTH).map((next) => ({
    ...next,
    logprobNats: hypothesis.logprobNats + next.logprobNats,
  }));
}

/** Whether a piece goes on with a hypothesis: with its lead, and then with one leaf. */
function continues({ text, kind }: Hypothesis, piece: string, lead: string): boolean {
  if (kind !== null) return kind !== 'sign' && lexemeKind(piece) === kind;
  const missing = lead.slice(text.length);
  if (missing.startsWith(piece)) return true;
  return piece.startsWith(missing) && lexemeKind(piece.slice(missing.length)) !== null;
}

function byLikelihood(a: { readonly logprobNats: number }, b: { readonly logprobNats: number }): number {
  return b.logprobNats - a.logprobNats;
}
