import type { Alternative, Finding } from '../words.ts';

/** What is known of one leaf of the code. */
export interface LeafFacts {
  readonly start: number;
  readonly end: number;
  /** Of the whole leaf, in nats; what the engine gave to what stands there. */
  readonly logprobNats: number;
  /** Whole leaves that would parse in its place, by the same engine, most likely first. */
  readonly rivals: readonly Alternative[];
}

// The limits were chosen on planted slips in five projects and held on five others (docs/evaluation.md, "Findings"). Kinds that failed
// there are not made: a name that was never seen, close rivals, a guess between two names.

/** A rival that is so likely is what the engine would have written, */
const EXPECTED = 0.8;

/** where what stands there is no more likely than this. */
const UNEXPECTED = 0.03;

/**
 * What there is to say of a leaf that stood out, or null where the numbers say nothing that a person could use.
 *
 * - `expectedOther`: one rival was far likelier than all the rest together, and what stands there hardly likely.
 *
 * `numbers`: `chance` of what stands there, `bestChance` of the likeliest rival, both of one engine's distribution over whole leaves;
 * neither is a chance that the code is wrong.
 */
export function findingOfLeaf({ start, end, logprobNats, rivals }: LeafFacts): Finding | null {
  const [best] = rivals;
  if (best === undefined) return null;
  const chance = Math.exp(logprobNats);
  const bestChance = Math.exp(best.logprobNats);
  if (bestChance < EXPECTED || chance > UNEXPECTED) return null;
  return { kind: 'expectedOther', start, end, numbers: { chance, bestChance }, alternatives: [best] };
}
