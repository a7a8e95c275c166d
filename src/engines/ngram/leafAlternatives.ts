import type { Alternative } from '../../core/words.ts';
import { lexemeKind, type LexemeKind, type Lexicon } from '../lexemes.ts';
import { likeliestTokens } from './likeliestTokens.ts';

export interface LeafSearch {
  /** The distribution over the vocabulary, given the tokens before. */
  readonly nextTokens: (before: Uint16Array) => Float64Array;
  readonly lexicon: Lexicon;
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
  /** The lead included. */
  readonly text: string;
  /** null while there is no more than the lead, or part of it. */
  readonly kind: LexemeKind | null;
  readonly logprobNats: number;
}

const NOTHING: Hypothesis = { tokens: [], text: '', kind: null, logprobNats: 0 };

/**
 * Whole leaves that the engine holds likely where a leaf stands, by a small beam over tokens to the leaf's end.
 *
 * Sub-word tokens say how a leaf begins, not what it is: "get" begins "getName" too. So a leaf's probability is that of
 * its tokens times the chance that the next token does not go on with it.
 *
 * @returns at most `count`, most likely first, without the leaf itself. Whether they parse is the caller's to ask.
 */
export function leafAlternatives(search: LeafSearch): readonly Alternative[] {
  const finished = new Map<string, number>();
  let beam: readonly Hypothesis[] = [NOTHING];
  for (let step = 0; step < MAX_TOKENS && beam.length > 0; step++) {
    const grown = beam.flatMap((hypothesis) => grow(hypothesis, search, finished));
    beam = grown.sort(byLikelihood).slice(0, BEAM_WIDTH);
  }
  finished.delete(search.leaf);
  return Array.from(finished, ([text, logprobNats]) => ({ text, logprobNats }))
    .sort(byLikelihood)
    .slice(0, search.count);
}

/** Ends a hypothesis where it can end, and returns its likeliest continuations. */
function grow(hypothesis: Hypothesis, search: LeafSearch, finished: Map<string, number>): readonly Hypothesis[] {
  const next = search.nextTokens(Uint16Array.of(...search.before, ...hypothesis.tokens));
  const goesOn = continuation(hypothesis, search);
  if (hypothesis.kind !== null) {
    const endProbability = next.reduce((sum, probability, id) => (goesOn(id) ? sum : sum + probability), 0);
    const leaf = hypothesis.text.slice(search.lead.length);
    const logprobNats = hypothesis.logprobNats + Math.log(endProbability);
    finished.set(leaf, Math.max(finished.get(leaf) ?? -Infinity, logprobNats));
  }
  return likeliestTokens(next, BEAM_WIDTH, goesOn).map((id) => {
    const text = hypothesis.text + (search.lexicon.pieces[id] ?? '');
    return {
      tokens: [...hypothesis.tokens, id],
      text,
      kind: lexemeKind(text.slice(search.lead.length)),
      logprobNats: hypothesis.logprobNats + Math.log(next[id] ?? 0),
    };
  });
}

/** Tells the tokens that go on with a hypothesis: with its lead, and then with one leaf. */
function continuation({ text, kind }: Hypothesis, { lead, lexicon }: LeafSearch): (id: number) => boolean {
  const { pieces, kinds } = lexicon;
  if (kind === 'sign') return () => false;
  if (kind !== null) return (id) => kinds[id] === kind;
  const missing = lead.slice(text.length);
  if (missing === '') return (id) => kinds[id] !== null;
  return (id) => {
    const piece = pieces[id] ?? null;
    if (piece === null || piece === '') return false;
    return missing.startsWith(piece) || (piece.startsWith(missing) && lexemeKind(piece.slice(missing.length)) !== null);
  };
}

function byLikelihood(a: { readonly logprobNats: number }, b: { readonly logprobNats: number }): number {
  return b.logprobNats - a.logprobNats;
}
