import { clopperPearsonUpper, fewestUnits } from './clopperPearson.ts';

/** What a threshold lets in: independent units, and how many of them failed. */
export interface SequenceStep {
  readonly threshold: number;
  readonly units: number;
  readonly failures: number;
}

/** A step with the upper bound of its failure rate, in [0, 1]. */
export interface BoundedStep extends SequenceStep {
  readonly bound: number;
}

/** How far a walk came, or why it did not set out. */
export type SequenceResult =
  | ({ readonly outcome: 'passed' } & BoundedStep)
  /** All steps together have not the units that could show the rate even without a failure. */
  | { readonly outcome: 'too-few-units'; readonly units: number; readonly needed: number }
  /** The first step with enough units failed already. */
  | ({ readonly outcome: 'too-many-failures' } & BoundedStep);

/**
 * Walks from the strictest threshold to more permissive ones and keeps the last one before the first whose failure rate is
 * not shown to be at most `mostFailing` (fixed-sequence testing; learn-then-test, Angelopoulos et al., arXiv 2110.01052).
 * The chance that the rate behind the result is higher is at most `level`, for the whole walk: to pass a wrong threshold
 * it has to pass the first wrong one.
 *
 * The walk begins at the first step with as many units as any pass needs, `fewestUnits`, since on the way there all would
 * fail. That start knows how many units there are but not how they ended. It is harmless where the units that a lower
 * threshold adds fail no less often than those before; where they fail less often the level is exceeded by a factor of at
 * most about 1 / (1 - mostFailing) on a fine grid. To skip steps that *failed* is not harmless, and not done.
 *
 * @param steps from strict to permissive, each holding the units of the one before, on a grid chosen without the outcomes
 * @param mostFailing the failure rate that is promised not to be exceeded, in (0, 1)
 * @param level chance of being wrong, in (0, 1)
 * @returns the last step passed; or why there is none, which is an honest result and no error
 * @throws CandorError `bad-call` on numbers out of range
 */
export function fixedSequenceTest(steps: readonly SequenceStep[], mostFailing: number, level: number): SequenceResult {
  const needed = fewestUnits(mostFailing, level);
  let passed: BoundedStep | null = null;
  for (const step of steps) {
    if (step.units < needed) continue;
    const bounded = { ...step, bound: clopperPearsonUpper(step.failures, step.units, level) };
    if (bounded.bound > mostFailing) {
      return passed === null ? { outcome: 'too-many-failures', ...bounded } : { outcome: 'passed', ...passed };
    }
    passed = bounded;
  }
  if (passed !== null) return { outcome: 'passed', ...passed };
  return { outcome: 'too-few-units', units: steps.at(-1)?.units ?? 0, needed };
}
