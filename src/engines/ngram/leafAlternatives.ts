import type { Alternative } from '../../core/words.ts';
import { leafBeam, type NextTokens } from '../leafBeam.ts';
import type { Lexicon } from '../lexemes.ts';
import type { NextTokens as NextDistribution } from './nextTokenDistribution.ts';

export interface LeafSearch {
  /** The distribution over the vocabulary, given the tokens before. */
  readonly nextTokens: NextDistribution;
  readonly lexicon: Lexicon;
  /** Tokens before the one in which the leaf begins. */
  readonly before: Uint16Array;
  /** What that token holds before the leaf: mostly one space, often nothing. */
  readonly lead: string;
  readonly leaf: string;
  readonly count: number;
}

/** `leafBeam` over whole distributions, which the n-gram engine has at every step. */
export function leafAlternatives({ nextTokens, lexicon, before, ...place }: LeafSearch): readonly Alternative[] {
  const beam = leafBeam({ ...place, pieceOf: (id) => lexicon.pieces[id] ?? null });
  let step = beam.next();
  while (step.done !== true) {
    step = beam.next(step.value.map((tokens) => tokensOf(nextTokens(joined(before, tokens)), lexicon)));
  }
  return step.value;
}

/** A distribution over the vocabulary, as far as somebody asks for it. */
function tokensOf(distribution: Float64Array, lexicon: Lexicon): NextTokens {
  return {
    forEach(goingOn, visit) {
      for (const token of lexicon.tokensThat(goingOn)) visit(token, distribution[token] ?? 0);
    },
  };
}

function joined(before: Uint16Array, tokens: readonly number[]): Uint16Array {
  const all = new Uint16Array(before.length + tokens.length);
  all.set(before);
  all.set(tokens, before.length);
  return all;
}
