import type { Finding } from '../core/words.ts';

/** A kind of result. */
export interface SarifRule {
  readonly id: string;
  readonly name: string;
  readonly short: string;
  readonly full: string;
  /** `warning` for what outcomes have shown to be doubtful, and for nothing else. */
  readonly level: 'warning' | 'note' | 'none';
}

export const DOUBT: SarifRule = {
  id: 'doubt',
  name: 'Doubt',
  short: 'Of code like this, much goes bad.',
  full: 'The calibrated chance that this region goes well lies where a test on real outcomes has shown that many go bad.',
  level: 'warning',
};

export const READING_ORDER: SarifRule = {
  id: 'reading-order',
  name: 'ReadingOrder',
  short: 'One of the regions to read first.',
  full: 'Of all regions that were judged this is one of the first in the reading order. That is an order, not a verdict.',
  level: 'none',
};

export const FINDING_RULES: Readonly<Record<Finding['kind'], SarifRule>> = {
  expectedOther: {
    id: 'expected-other',
    name: 'ExpectedOther',
    short: 'The engine expected other text here.',
    full: 'In the place of this text another was far likelier by the engine. That is worth a look, and no proof of a fault.',
    level: 'note',
  },
  samplesPart: {
    id: 'samples-part',
    name: 'SamplesPart',
    short: 'When asked again, the engine wrote other code here.',
    full: 'Most samples that came so far go on in another way here. That is worth a look, and no proof of a fault.',
    level: 'note',
  },
};

export const SARIF_RULES: readonly SarifRule[] = [DOUBT, READING_ORDER, ...Object.values(FINDING_RULES)];
