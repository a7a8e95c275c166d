import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../../../src/core/words.ts';
import { lensTitle } from '../../../../src/editor/lenses/lensTitle.ts';
import { someSource } from '../../core/someSource.ts';

const bare: Assessment = {
  id: 'a',
  region: { id: 'r', origin: 'file', name: '$(flame) evil', start: 0, end: 10 },
  source: someSource,
  target: null,
  judgement: null,
  band: 'unknown',
  evidence: { version: 2, features: {}, levels: {}, signals: {} },
  spans: [],
};

describe('lensTitle', () => {
  it('says a chance with its interval and band', () => {
    const target = { event: 'survives', unit: 'region', definition: 1 } as const;
    const basis = { target, authors: 'any', riskModel: '', prior: '', outcomeCount: 0, commitCount: 0 } as const;
    const judged: Assessment = { ...bare, target, band: 'check', judgement: { p: 0.78, low: 0.7, high: 0.85, basis } };
    expect(lensTitle(judged, 2)).toBe('Candor: 78 % (70 to 85 %) check · 2 marks');
  });

  it('says the least likely token where nothing is calibrated', () => {
    const scored = { ...bare, evidence: { ...bare.evidence, signals: { minimumLogprob: -10 * Math.LN2 } } };
    expect(lensTitle(scored, 1)).toBe('Candor: least likely token 10.0 bits · 1 mark');
    expect(lensTitle(bare, 1)).toBe('Candor: not scored · 1 mark');
  });
});
