import { CandorError } from '../core/candorError.ts';
import type { Sampling } from './engine.ts';

/** @throws CandorError `bad-call` for a temperature that is not above 0, or a seed that is no whole number of 31 bits */
export function checkSampling(sampling: Sampling | undefined): void {
  if (sampling === undefined) return;
  const { temperature, seed } = sampling;
  if (!(temperature > 0 && temperature < Infinity)) {
    throw new CandorError('bad-call', 'A temperature is above 0. To have the likeliest text, leave sampling out.');
  }
  if (!(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)) {
    throw new CandorError('bad-call', 'A seed is a whole number from 0 to 2147483647. Choose such a one.');
  }
}
