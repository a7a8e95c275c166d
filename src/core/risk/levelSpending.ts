import { CandorError } from '../candorError.ts';

/**
 * The share of a level that the k-th refit may use: level / (k (k + 1)). Over all refits, however many follow, the shares
 * add up to the level, so a promise that is tested again and again stays one promise. The share falls with the square of
 * the refits: refit when the commits have doubled, say, rather than with every outcome.
 *
 * @param level chance of being wrong over all refits, in (0, 1)
 * @param refit which refit it is, counted from 1 and never started again while the level is the same promise's
 * @throws CandorError `bad-call` on numbers out of range
 */
export function levelOfRefit(level: number, refit: number): number {
  if (!(level > 0 && level < 1)) throw new CandorError('bad-call', 'A level lies between 0 and 1: give such a one.');
  if (!Number.isSafeInteger(refit) || refit < 1) {
    throw new CandorError('bad-call', 'Refits are counted 1, 2, 3, ...: give the count of this one.');
  }
  return level / (refit * (refit + 1));
}
