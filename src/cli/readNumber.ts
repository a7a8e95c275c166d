import { CandorError } from '../core/candorError.ts';

/** @throws CandorError `bad-call` unless the option is a whole number from `least` to `most` */
export function readNumber(option: string, value: string, least: number, most: number): number {
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new CandorError('bad-call', `--${option}=${value} is no whole number from ${least} to ${most}. Give one.`);
}
