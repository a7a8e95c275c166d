import { CandorError } from '../candorError.ts';
import type { Tally } from './tallyLabels.ts';

/** @throws CandorError `bad-call` where a score of the tally is no probability */
export function checkProbabilities({ scores }: Tally): void {
  // They rise.
  if ((scores[0] ?? 0) >= 0 && (scores.at(-1) ?? 0) <= 1) return;
  throw new CandorError(
    'bad-call',
    'A score lies outside [0, 1]: calibrate it before you measure it as a probability.',
  );
}
