/**
 * The chance that a log-probability stands for, to read at a glance: `62 %` down to `1 %`, then `1 in 2,300`, rounded to two
 * digits; a chance that no number says well is `less than 1 in a billion`.
 */
export function chanceInWords(logprobNats: number): string {
  const chance = Math.exp(logprobNats);
  if (chance >= 0.01) return `${Math.round(chance * 100)} %`;
  if (chance < 1e-9) return 'less than 1 in a billion';
  return `1 in ${Number((1 / chance).toPrecision(2)).toLocaleString('en')}`;
}
