import { CandorError } from '../core/candorError.ts';

/** What a store says where a record is not there, or not any more. */
export function notKept(path: string): CandorError {
  const message = `What was found of ${path} is not kept any more: another audit has judged it since. Audit again.`;
  return new CandorError('not-found', message);
}
