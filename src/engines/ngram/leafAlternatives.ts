import type { Alternative } from '../../core/words.ts';
import { leafBeam } from '../leafBeam.ts';
import type { Lexicon } from '../lexemes.ts';
import type { NextTokens } from './nextTokenDistribution.ts';

export interface LeafSearch {
  /** The distribution over the vocabulary, given the tokens before. */
  readonly nextTokens: NextTokens;
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
  const { pieces, kinds } = lexicon;
  const beam = leafBeam({ ...place, pieceOf: (id) => pieces[id] ?? null, kindOf: (id) => kinds[id] ?? null });
  let step = beam.next();
  while (step.done !== true) {
    step = beam.next(step.value.map((tokens) => nextTokens(joined(before, tokens))));
  }
  return step.value;
}

function joined(before: Uint16Array, tokens: readonly number[]): Uint16Array {
  const all = new Uint16Array(before.length + tokens.length);
  all.set(before);
  all.set(tokens, before.length);
  return all;
}
