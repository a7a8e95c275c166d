import type { Assessment } from './words.ts';

/** By what regions come where they are judged. */
export const RISK_ORDER = 'risk';

/** The signal by which regions come while nothing is calibrated: `docs/decisions/region-order.md`. */
export const REGION_ORDER = 'minimumLogprob';

/**
 * Which of two regions to read first: of two that were judged the one that is less likely to go well, of two that were not the one
 * whose least likely token is less likely. Numbers of two engines do not compare, so what the `engine` judged comes before
 * what only another one did; what was not scored comes last.
 *
 * @param engine name of the report's engine, as in its Source
 */
export function readingOrder(engine: string): (a: Assessment, b: Assessment) => number {
  const leastNats = ({ evidence }: Assessment): number | undefined => evidence.signals[REGION_ORDER];
  const groupOf = (assessment: Assessment): number => {
    if (leastNats(assessment) === undefined) return 4;
    return 2 * Number(assessment.source.engine !== engine) + Number(assessment.judgement === null);
  };
  const numberOf = (assessment: Assessment): number => assessment.judgement?.p ?? leastNats(assessment) ?? 0;
  return (a, b) => groupOf(a) - groupOf(b) || numberOf(a) - numberOf(b);
}
