import type { Alternative } from '../core/words.ts';
import { lexemeKind, type LexemeKind } from './lexemes.ts';

/** A place where a leaf stands, and how a vocabulary spells leaves. */
export interface LeafPlace {
  /** Text of a token; null for specials and for fragments of characters. */
  readonly pieceOf: (token: number) => string | null;
  /** The kind of leaf that a token's text is or begins. */
  readonly kindOf: (token: number) => LexemeKind | null;
  /** What the token in which the leaf begins holds before it: mostly one space, often nothing. */
  readonly lead: string;
  readonly leaf: string;
  readonly count: number;
}

/**
 * What may come next, as far as that is known: probabilities by token, in a map or in an array of the whole vocabulary. What is
 * not named is taken for an end of the leaf.
 */
export interface NextTokens {
  forEach(visit: (probability: number, token: number) => void): void;
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

const NOTHING_KNOWN: NextTokens = new Map();

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
  const goesOn = goesOnWith(hypothesis, place);
  let bar = -1;
  next.forEach((probability, token) => {
    if (!goesOn(token)) return;
    goingOn += probability;
    if (probability <= bar) return;
    const rank = likeliest.findIndex((other) => other.probability < probability);
    likeliest.splice(rank < 0 ? likeliest.length : rank, 0, { token, probability });
    if (likeliest.length > BEAM_WIDTH) likeliest.pop();
    if (likeliest.length === BEAM_WIDTH) bar = likeliest.at(-1)?.probability ?? bar;
  });
  if (hypothesis.kind !== null) finish(hypothesis, 1 - goingOn, place, finished);
  return likeliest.flatMap(({ token, probability }): Hypothesis[] => {
    const text = hypothesis.text + (place.pieceOf(token) ?? '');
    const kind = lexemeKind(text.slice(place.lead.length));
    // Too many signs for an operator: that is no leaf.
    if (kind === null && text.length > place.lead.length) return [];
    return [
      {
        tokens: [...hypothesis.tokens, token],
        text,
        kind,
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

/** Which tokens go on with a hypothesis: with its lead, and then with one leaf. */
function goesOnWith({ text, kind }: Hypothesis, { lead, pieceOf, kindOf }: LeafPlace): (token: number) => boolean {
  if (kind !== null) return (token) => kindOf(token) === kind;
  const missing = lead.slice(text.length);
  if (missing === '') return (token) => kindOf(token) !== null;
  return (token) => {
    const piece = pieceOf(token);
    if (piece === null || piece === '') return false;
    return missing.startsWith(piece) || (piece.startsWith(missing) && lexemeKind(piece.slice(missing.length)) !== null);
  };
}

function byLikelihood(a: { readonly logprobNats: number }, b: { readonly logprobNats: number }): number {
  return b.logprobNats - a.logprobNats;
}
