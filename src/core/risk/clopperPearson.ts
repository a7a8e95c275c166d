import { CandorError } from '../candorError.ts';

/**
 * Upper confidence bound of a rate after `failures` in `units` independent trials: the largest rate under which so few
 * failures still have a chance of `level`. One-sided and exact (Clopper & Pearson 1934): the rate lies above the bound in
 * at most `level` of all samples. At the small levels in use this also holds for the mean of rates that differ from trial to
 * trial (Hoeffding 1956: where failures <= units * mean - 1).
 *
 * Found by bisection on the binomial tail, rounded up, so that it never promises more than the exact bound by more than
 * the rounding of the tail (relative 1e-9 for 100,000 trials). Time grows with `units`.
 *
 * @param failures a whole number from 0 to `units`
 * @param units trials, a whole number of at least 0; without trials the bound is 1
 * @param level chance of being wrong, in (0, 1)
 * @returns a rate in [0, 1]
 * @throws CandorError `bad-call` on numbers out of range
 */
export function clopperPearsonUpper(failures: number, units: number, level: number): number {
  checkCounts(failures, units);
  checkShare('level', level);
  if (failures === units) return 1;
  if (failures === 0) return -Math.expm1(Math.log(level) / units);
  const lnLevel = Math.log(level);
  const lnWays = lnChoose(units, failures);
  let [low, high] = [0, 1];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return high;
    if (lnLowerTail(failures, units, middle, lnWays) >= lnLevel) low = middle;
    else high = middle;
  }
}

/** Lower confidence bound of the rate: the mirror image of `clopperPearsonUpper`, with the same ranges and errors. */
export function clopperPearsonLower(failures: number, units: number, level: number): number {
  checkCounts(failures, units);
  return 1 - clopperPearsonUpper(units - failures, units, level);
}

/**
 * The fewest trials that can show a rate of at most `rate`, namely if none fails: below it every bound lies above. About
 * ln level / ln(1 - rate).
 *
 * @param rate in (0, 1)
 * @param level chance of being wrong, in (0, 1)
 * @throws CandorError `bad-call` on numbers out of range
 */
export function fewestUnits(rate: number, level: number): number {
  checkShare('rate', rate);
  checkShare('level', level);
  let units = Math.max(1, Math.floor(Math.log(level) / Math.log1p(-rate)));
  while (clopperPearsonUpper(0, units, level) > rate) units += 1;
  return units;
}

/** ln P(X <= failures), X of `units` trials with chance `rate`, where 0 < failures < units and 0 < rate < 1. */
function lnLowerTail(failures: number, units: number, rate: number, lnWays: number): number {
  const lnOdds = Math.log(rate) - Math.log1p(-rate);
  const lnAtFailures = lnWays + failures * lnOdds + units * Math.log1p(-rate);
  const odds = Math.exp(lnOdds);
  // Sum on the side where the terms shrink: from the failures downward, or upward for the complement.
  if (rate * units >= failures) {
    let [term, sum] = [1, 1];
    for (let count = failures; count > 0 && term > sum * Number.EPSILON; count -= 1) {
      term *= count / ((units - count + 1) * odds);
      sum += term;
    }
    return Math.min(0, lnAtFailures + Math.log(sum));
  }
  let [term, sum] = [1, 0];
  for (let count = failures; count < units && term > sum * Number.EPSILON; count += 1) {
    term *= ((units - count) * odds) / (count + 1);
    sum += term;
  }
  return Math.log1p(-Math.min(1, Math.exp(lnAtFailures) * sum));
}

function lnChoose(units: number, chosen: number): number {
  const fewer = Math.min(chosen, units - chosen);
  let sum = 0;
  for (let index = 1; index <= fewer; index += 1) sum += Math.log((units - fewer + index) / index);
  return sum;
}

function checkCounts(failures: number, units: number): void {
  if (!Number.isSafeInteger(failures) || !Number.isSafeInteger(units) || failures < 0 || failures > units) {
    throw new CandorError('bad-call', 'Failures and units are whole numbers, 0 <= failures <= units: count again.');
  }
}

function checkShare(name: string, value: number): void {
  if (!(value > 0 && value < 1))
    throw new CandorError('bad-call', `The ${name} lies between 0 and 1: give such a one.`);
}
