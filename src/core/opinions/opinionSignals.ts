import type { Signal } from '../signals/signal.ts';

/** A number that second opinions give, as it is evaluated: `docs/metrics.md` has a row for each. */
export interface OpinionSignal extends Pick<Signal, 'name' | 'direction'> {
  /** Whether it is meant as the chance that the code is right. */
  readonly isProbability: boolean;
}

const safer = (name: string, isProbability = false): OpinionSignal => ({
  name,
  direction: 'higher-is-safer',
  isProbability,
});
const riskier = (name: string): OpinionSignal => ({ name, direction: 'higher-is-riskier', isProbability: false });

/** What samples, and an engine that is asked, say of code; in the order in which reports list them. */
export const OPINION_SIGNALS: readonly OpinionSignal[] = [
  safer('syntaxEquivalenceRate'),
  safer('syntaxNegentropy'),
  safer('syntaxSetsConfidence'),
  safer('functionalEquivalenceRate'),
  safer('functionalNegentropy'),
  safer('functionalSetsConfidence'),
  riskier('sampleEntropy'),
  safer('originalSimilarity'),
  riskier('degreeUncertainty'),
  riskier('eigenvalueUncertainty'),
  riskier('eccentricityUncertainty'),
  safer('voteShare'),
  safer('greatestVoteShare'),
  riskier('unsureShare'),
  safer('truthProbability', true),
  safer('verbalConfidence', true),
  riskier('comparisonStrength'),
];
