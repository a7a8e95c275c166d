import { CandorError } from '../candorError.ts';
import type { SequenceStep } from './fixedSequenceTest.ts';
import type { PrequentialPrediction } from './prequentialPrediction.ts';

/**
 * What each threshold lets in, counted in commits: of every commit with regions on the threshold's side one of these is
 * drawn, and the commit counts as its failure or not. So units are independent however alike the regions of a commit
 * are, and large commits have no more say than small ones. The draw goes by a hash of names, which knows no outcome: the
 * same record always gives the same counts.
 *
 * A failure is what the promise is against: with `at-least` (p >= threshold) a region that went bad, with `at-most`
 * (p <= threshold) one that went well.
 *
 * @param thresholds from strict to permissive: falling for `at-least`, rising for `at-most`
 * @returns one step a threshold that lets in a region more than the one before; others would repeat it
 * @throws CandorError `bad-call` on a chance outside [0, 1]
 */
export function acceptanceSteps(
  predictions: readonly PrequentialPrediction[],
  thresholds: readonly number[],
  side: 'at-least' | 'at-most',
): SequenceStep[] {
  if (!predictions.every(({ p }) => p >= 0 && p <= 1)) {
    throw new CandorError('bad-call', 'A predicted chance lies from 0 to 1: leave out what was not predicted.');
  }
  const failing = side === 'at-most';
  const sign = failing ? -1 : 1;
  const strictestFirst = predictions.toSorted((one, other) => sign * (other.p - one.p));
  const drawn = new Map<string, { readonly lot: number; readonly failed: boolean }>();
  const steps: SequenceStep[] = [];
  let failures = 0;
  let next = 0;
  for (const threshold of thresholds) {
    const before = next;
    for (; next < strictestFirst.length; next += 1) {
      const prediction = strictestFirst[next];
      if (prediction === undefined || sign * prediction.p < sign * threshold) break;
      const { commit, assessment, good } = prediction;
      const lot = lotOf(`${commit}\n${assessment}`);
      const held = drawn.get(commit);
      if (held !== undefined && held.lot <= lot) continue;
      const failed = good === failing;
      failures += Number(failed) - Number(held?.failed ?? false);
      drawn.set(commit, { lot, failed });
    }
    if (next > before) steps.push({ threshold, units: drawn.size, failures });
  }
  return steps;
}

/** FNV-1a over UTF-16 units, stirred by the last step of murmur3, so that neighbouring names draw unlike lots. */
function lotOf(name: string): number {
  let hash = 0x811c_9dc5;
  for (let index = 0; index < name.length; index += 1) hash = Math.imul(hash ^ name.charCodeAt(index), 0x0100_0193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
