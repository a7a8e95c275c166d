import { explainedWithin, isWhole, type Candidate } from './candidate.ts';
import { distinctivenessOf } from './distinctiveness.ts';
import { visibleIn, type Lexemes } from './lexemes.ts';
import type { Certainty } from './match.ts';
import type { Recorded } from './recorded.ts';

// The limits were chosen on 20,000 planted insertions (test/bench/matching.ts, seeds 7 and 8) for the highest recall with a
// precision of 0.99, and settled with seeds 1 to 4 in view. On two that nobody had seen, 11 and 12: precision 0.992 and 0.998, recall
// 0.969 and 0.959 from 40 visible characters on.

/** Of the different words of a stretch so many must be in runs: code of the same shape with other names shares little but signs. */
const LEAST_WORD_SHARE = 0.7;
const LEAST_WORDS = 3;

/** Distinctive characters that a part of a generation needs which is all that arrived. */
const ENOUGH_CHARACTERS = 45;

/** What more is needed each time that a text is twice as long as the stretch: there are more places to be alike by chance. */
const CHARACTERS_PER_DOUBLING = 50;

/** By how much less is enough for a generation that is there as a whole, in [0, 1]. */
const RELIEF_OF_WHOLE = 0.8;

/** What a visible character inside the stretch that was not recorded, and a place where runs part, take away. */
const COST_OF_ALIEN = 2;
const COST_OF_PARTING = 2;

/** A rival explains as much when it lacks no more than this share of the characters. */
const AS_MUCH = 0.97;

/**
 * How surely a stretch of a text is what a candidate says; see `Certainty`. It counts how many characters stand there as
 * recorded, less what was changed, against what is needed: less where most of the generation is there, more the smaller a
 * part of the text it is.
 *
 * @param candidates all that may explain any of the text
 */
export function certaintyOf(
  text: Lexemes,
  claim: Candidate<Recorded>,
  candidates: readonly Candidate<Recorded>[],
): Certainty {
  if (candidates.some((rival) => isRival(text, claim, rival))) return 'ambiguous';
  const { characters, words, wordShare } = distinctivenessOf(text, claim.runs);
  if (words < LEAST_WORDS || wordShare < LEAST_WORD_SHARE) return 'weak';
  const { first, end, explained, runs, recorded } = claim;
  const claimed = visibleIn(text, first, end);
  const evidence = characters - COST_OF_ALIEN * (claimed - explained) - COST_OF_PARTING * (runs.length - 1);
  const doublings = Math.log2(visibleIn(text, 0, text.count) / claimed);
  const shareOfGeneration = explained / visibleIn(recorded.lexemes, 0, recorded.lexemes.count);
  const needed = (ENOUGH_CHARACTERS + CHARACTERS_PER_DOUBLING * doublings) * (1 - RELIEF_OF_WHOLE * shareOfGeneration);
  return evidence >= needed ? 'certain' : 'weak';
}

/**
 * Whether another generation explains the same as well. Its text is another one, so what came before these tokens differed,
 * and their log-probabilities with it. One that is taken whole is likelier than one that is taken in part.
 */
function isRival(text: Lexemes, claim: Candidate<Recorded>, rival: Candidate<Recorded>): boolean {
  if (rival.recorded === claim.recorded) return false;
  const explained = explainedWithin(text, rival, claim.first, claim.end);
  const isUnchanged = claim.explained === visibleIn(text, claim.first, claim.end);
  if (explained < (isUnchanged ? claim.explained : AS_MUCH * claim.explained)) return false;
  return explained > claim.explained || !isWhole(claim) || isWhole(rival);
}
