import type { Alternative } from '../core/words.ts';
import { lexemeKind, type GoingOn, type LexemeKind } from './lexemes.ts';

/** A place where a leaf stands, and how a vocabulary spells leaves. */
export interface LeafPlace {
  /** Text of a token; null for specials and for fragments of characters. */
  readonly pieceOf: (token: number) => string | null;
  /** What the token in which the leaf begins holds before it: mostly one space, often nothing. */
  readonly lead: string;
  readonly leaf: string;
  readonly count: number;
}

/** What may come next, as far as that is known. What is not visited is taken for an end of the leaf. */
export interface NextTokens {
  /** Visits the tokens that go on so. */
  forEach(goingOn: GoingOn, visit: (token: number, probability: number) => void): void;
}

/** Leaves of more tokens are not found. */
export const MOST_LEAF_TOKENS = 6;
const BEAM_WIDTH = 6;

interface Hypothesis {
  readonly tokens: readonly number[];
  /** The lead included. */
  readonly text: string;
  /** null while there is no more than the lead, or part of it. */
  readonly kind: LexemeKind | null;
  readonly logprobNats: number;
}

const NOTHING_KNOWN: NextTokens = { forEach: () => undefined };

const NOTHING: Hypothesis = { tokens: [], text: '', kind: null, logprobNats: 0 };

/**
 * Whole leaves that an engine holds likely where a leaf stands, by a small beam over tokens to the leaf's end.
 *
 * Sub-word tokens say how a leaf begins, not what it is: "get" begins "getName" too. So a leaf's probability is that of its
 * tokens times the chance that the next token does not go on with it.
 *
 * The search asks and does not care how it is answered, at once or later: at each step it yields runs of tokens, each to
 * stand behind those before the leaf, and takes for each what may come next.
 *
 * @returns at most `count`, most likely first, without the leaf itself. Whether they parse is the caller's to ask.
 */
export function* leafBeam(
  place: LeafPlace,
): Generator<readonly (readonly number[])[], readonly Alternative[], readonly NextTokens[]> {
  const finished = new Map<string, number>();
  let beam: readonly Hypothesis[] = [NOTHING];
  for (let step = 0; step <= MOST_LEAF_TOKENS && beam.length > 0; step++) {
    const answers = yield beam.map(({ tokens }) => tokens);
    const grown = beam.flatMap((hypothesis, index) =>
      grow(hypothesis, answers[index] ?? NOTHING_KNOWN, place, finished),
    );
    const likeliest = grown.sort(byLikelihood).slice(0, BEAM_WIDTH);
    // Nothing goes on with a sign, so nothing need be asked.
    for (const sign of likeliest.filter(({ kind }) => kind === 'sign')) finish(sign, 1, place, finished);
    beam = likeliest.filter(({ kind }) => kind !== 'sign');
  }
  finished.delete(place.leaf);
  return Array.from(finished, ([text, logprobNats]) => ({ text, logprobNats }))
    .sort(byLikelihood)
    .slice(0, place.count);
}

/** Ends a hypothesis where it can end, and returns its likeliest continuations. */
function grow(
  hypothesis: Hypothesis,
  next: NextTokens,
  place: LeafPlace,
  finished: Map<string, number>,
): readonly Hypothesis[] {
  let goingOn = 0;
  const likeliest: { readonly token: number; readonly probability: number }[] = [];
  const { text, kind } = hypothesis;
  let bar = -1;
  next.forEach({ missing: place.lead.slice(text.length), kind }, (token, probability) => {
    goingOn += probability;
    if (probability <= bar) return;
    const rank = likeliest.findIndex((other) => other.probability < probability);
    likeliest.splice(rank < 0 ? likeliest.length : rank, 0, { token, probability });
    if (likeliest.length > BEAM_WIDTH) likeliest.pop();
    if (likeliest.length === BEAM_WIDTH) bar = likeliest.at(-1)?.probability ?? bar;
  });
  if (kind !== null) finish(hypothesis, 1 - goingOn, place, finished);
  return likeliest.flatMap(({ token, probability }): Hypothesis[] => {
    const grown = text + (place.pieceOf(token) ?? '');
    const grownKind = lexemeKind(grown.slice(place.lead.length));
    // Too many signs for an operator: that is no leaf.
    if (grownKind === null && grown.length > place.lead.length) return [];
    return [
      {
        tokens: [...hypothesis.tokens, token],
        text: grown,
        kind: grownKind,
        logprobNats: hypothesis.logprobNats + Math.log(probability),
      },
    ];
  });
}

/** Takes a hypothesis for a leaf. Of several ways to spell it the likeliest counts. */
function finish(
  { text, logprobNats }: Hypothesis,
  endProbability: number,
  { lead }: LeafPlace,
  finished: Map<string, number>,
): void {
  const leaf = text.slice(lead.length);
  const wholeNats = logprobNats + Math.log(Math.max(endProbability, Number.EPSILON));
  finished.set(leaf, Math.max(finished.get(leaf) ?? -Infinity, wholeNats));
}

function byLikelihood(a: { readonly logprobNats: number }, b: { readonly logprobNats: number }): number {
  return b.logprobNats - a.logprobNats;
}
