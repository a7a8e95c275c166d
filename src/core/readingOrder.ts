import type { Assessment } from './words.ts';

/** The signal by which regions come while nothing is calibrated: `docs/decisions/region-order.md`. */
export const REGION_ORDER = 'minimumLogprob';

/**
 * Which of two regions to read first: the one whose least likely token is less likely. Numbers of two engines do not compare,
 * so what the `engine` judged comes before what only another one did; what was not scored comes last.
 *
 * @param engine name of the report's engine, as in its Source
 */
export function readingOrder(engine: string): (a: Assessment, b: Assessment) => number {
  const leastNats = ({ evidence }: Assessment): number | undefined => evidence.signals[REGION_ORDER];
  const groupOf = (assessment: Assessment): number =>
    leastNats(assessment) === undefined ? 2 : Number(assessment.source.engine !== engine);
  return (a, b) => groupOf(a) - groupOf(b) || (leastNats(a) ?? 0) - (leastNats(b) ?? 0);
}
