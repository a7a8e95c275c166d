import { createHmac } from 'node:crypto';
import type { RegionId } from '../core/words.ts';

/** Hex digits kept of the fingerprint: 64 bits, enough for every region of a lifetime. */
const FINGERPRINT_DIGITS = 16;

/**
 * Gives the regions of one text their identities, in order of the text.
 *
 * A region is known by its visible leaves alone, so that moving, indenting or formatting it leaves it the same; of equal
 * ones each has its number. The salt keeps whoever reads a report or the ledger from guessing at its text.
 *
 * @param leavesOfRegions the texts of the leaves of each region
 */
export function regionIds(salt: string, leavesOfRegions: Iterable<Iterable<string>>): readonly RegionId[] {
  const occurrences = new Map<string, number>();
  return Array.from(leavesOfRegions, (leaves) => {
    let ended = '';
    for (const leaf of leaves) ended += `${leaf}\0`;
    const fingerprint = createHmac('sha256', salt).update(ended).digest('hex').slice(0, FINGERPRINT_DIGITS);
    const occurrence = (occurrences.get(fingerprint) ?? 0) + 1;
    occurrences.set(fingerprint, occurrence);
    return `${fingerprint}.${occurrence}`;
  });
}
