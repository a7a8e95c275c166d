import type { Alternative, Finding } from '../words.ts';

/** What is known of one leaf of the code. */
export interface LeafFacts {
  readonly start: number;
  readonly end: number;
  /** Of the whole leaf, in nats; what the engine gave to what stands there. */
  readonly logprobNats: number;
  /** Whole leaves that would parse in its place, by the same engine, most likely first. */
  readonly rivals: readonly Alternative[];
  /** Whether it is an operator, a keyword or a truth value, of which there are few. */
  readonly isSign: boolean;
}

// The limits were chosen on planted slips in five projects and held on five others (docs/evaluation.md, "Findings"). Kinds that failed
// there are not made: a name that was never seen, four close rivals, a guess between two names.

/** A rival that is so likely is what the engine would have written, */
const EXPECTED = 0.8;

/** where what stands there is no more likely than this. */
const UNEXPECTED = 0.03;

/** A sign has a close rival where that has such a chance. */
const CLOSE = 0.2;

/** Where so many rivals are about as likely as what stands there, none of them says anything: */
const MANY = 4;

/** those that have at least this part of its chance, and this chance. */
const ABOUT = 1 / 4;
const LEAST_CHANCE = 0.05;

/**
 * What there is to say of a leaf that stood out, or null where the numbers say nothing that a person could use.
 *
 * - `expectedOther`: one rival was far likelier than all the rest together, and what stands there hardly likely.
 * - `closeRival`: a sign had a rival that was at least as likely, and few others.
 *
 * `numbers`: `chance` of what stands there, `bestChance` of the likeliest rival, both of one engine's distribution over whole leaves;
 * neither is a chance that the code is wrong.
 */
export function findingOfLeaf({ start, end, logprobNats, rivals, isSign }: LeafFacts): Finding | null {
  const [best] = rivals;
  if (best === undefined) return null;
  const chance = Math.exp(logprobNats);
  const bestChance = Math.exp(best.logprobNats);
  const isExpected = bestChance >= EXPECTED && chance <= UNEXPECTED;
  const bar = Math.max(LEAST_CHANCE, ABOUT * chance);
  const isOneOfMany = rivals.filter((rival) => Math.exp(rival.logprobNats) >= bar).length >= MANY;
  const isClose = isSign && bestChance >= Math.max(CLOSE, chance) && !isOneOfMany;
  if (!isExpected && !isClose) return null;
  const kind = isExpected ? 'expectedOther' : 'closeRival';
  return { kind, start, end, numbers: { chance, bestChance }, alternatives: [best] };
}
