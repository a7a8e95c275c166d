import type { Alternative } from '../../core/words.ts';
import { leafBeam, type NextTokens } from '../leafBeam.ts';
import { goesOn } from '../lexemes.ts';
import type { TokenEvaluator } from './tokenEvaluator.ts';
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

/** How many of the likeliest tokens are looked at after each. What is less likely still counts as an end of the leaf. */
const TOP_TOKENS = 64;

/**
 * `leafBeam` over a model's likeliest tokens. The text after the leaf is not looked at. A leaf's probability is an upper
 * bound, tight unless the model is undecided between more than TOP_TOKENS tokens. Without a token before it, none are found.
 */
export async function likelyLeaves(search: LeafSearch, signal: AbortSignal): Promise<readonly Alternative[]> {
  const { evaluator, vocabulary, before, ...place } = search;
  if (before.length === 0) return [];
  const pieceOf = (token: number): string | null => tokenText(vocabulary, token);
  const beam = leafBeam({ ...place, pieceOf });
  let step = beam.next();
  while (step.done !== true) {
    const answers: NextTokens[] = [];
    for (const tokens of step.value) {
      const next = await nextToken(evaluator, [...before, ...tokens], TOP_TOKENS, signal);
      answers.push({
        forEach(goingOn, visit) {
          for (const { token, logprobNats } of next?.top ?? []) {
            if (goesOn(goingOn, pieceOf(token))) visit(token, Math.exp(logprobNats));
          }
        },
      });
    }
    step = beam.next(answers);
  }
  return step.value;
}
