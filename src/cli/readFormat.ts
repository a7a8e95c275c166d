import { CandorError } from '../core/candorError.ts';

const FORMATS = ['text', 'json'] as const;

export type Format = (typeof FORMATS)[number];

/** @throws CandorError `bad-call` for a format that there is not */
export function readFormat(format: string): Format {
  return formatOf(FORMATS, format);
}

/**
 * One of the formats that a command can write.
 * @throws CandorError `bad-call` for another one
 */
export function formatOf<Known extends string>(formats: readonly Known[], format: string): Known {
  const known = formats.find((one) => one === format);
  if (known !== undefined) return known;
  const choice = `${formats.slice(0, -1).join(', ')} or ${formats.at(-1) ?? ''}`;
  throw new CandorError('bad-call', `There is no format "${format}". Choose ${choice}.`);
}
