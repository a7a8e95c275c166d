import type { Features } from '../../core/risk/regionFeatures.ts';
import { OPINION_SIGNALS } from '../../core/opinions/opinionSignals.ts';
import { allSignals } from '../../core/signals/allSignals.ts';
import type { SignalValues } from '../../core/words.ts';

/** What signals are read from. */
export interface SignalSource {
  readonly signals: SignalValues;
  readonly features: Features;
}

/** A signal as it is evaluated: a number of which more is safer. */
export interface RankedSignal {
  readonly name: string;
  /** Whether the number is meant as the chance of the good event; then it is judged as one too. */
  readonly isProbability: boolean;
  /** null: it cannot be had. */
  readonly safety: (source: SignalSource) => number | null;
}

const PROBABILITIES: readonly string[] = ['meanProbability', 'geometricMeanProbability'];

/** Features of the model of risk that are no signals of tokens; of all of them less is safer. */
const FEATURES: readonly string[] = [
  'lnLines',
  'branching',
  'lnComplexity',
  'calling',
  'literalShare',
  'identifierNovelty',
  'relevantSurprisal',
  'leafPeak',
  'linePeak',
  'backwardConfidence',
  'callSurprisal',
  'identifierSurprisal',
  'literalSurprisal',
  'operatorSurprisal',
  'decisionSurprisal',
];

/** Every signal that competes, by the name under which reports list it. */
export const rankedSignals: readonly RankedSignal[] = [
  ...allSignals.map(({ name, direction }): RankedSignal => {
    const sign = direction === 'higher-is-safer' ? 1 : -1;
    return {
      name,
      isProbability: PROBABILITIES.includes(name),
      safety: ({ signals }) => scaled(signals[name], sign),
    };
  }),
  ...OPINION_SIGNALS.map(({ name, direction, isProbability }): RankedSignal => ({
    name,
    isProbability,
    safety: ({ signals }) => scaled(signals[name], direction === 'higher-is-safer' ? 1 : -1),
  })),
  ...FEATURES.map((name): RankedSignal => ({
    name,
    isProbability: false,
    safety: ({ features }) => scaled(features[name], -1),
  })),
];

function scaled(value: number | undefined, sign: 1 | -1): number | null {
  return value === undefined ? null : sign * value;
}
