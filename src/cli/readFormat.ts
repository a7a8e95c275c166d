import { CandorError } from '../core/candorError.ts';

export type Format = 'text' | 'json';

/** @throws CandorError `bad-call` for a format that there is not */
export function readFormat(format: string): Format {
  if (format === 'text' || format === 'json') return format;
  throw new CandorError('bad-call', `There is no format "${format}". Choose text or json.`);
}
