import { describe, expect, it } from 'vitest';
import { assessText, type AssessedText, type TextToAssess } from '../../../src/assess/assessText.ts';
import type { CalibrationOf } from '../../../src/assess/judgeEvidence.ts';
import type { Calibration } from '../../../src/core/risk/calibration.ts';
import { observeCommit } from '../../../src/core/risk/driftEvidence.ts';
import { inProcessParser } from '../../support/inProcessParser.ts';
import { scriptedEngine } from '../../support/scriptedEngine.ts';
import { someCalibration, SOUND_60 } from '../../support/someCalibration.ts';

const engine = scriptedEngine({ logprobNats: (token) => (token === 'odd' ? -6 : -0.8) });
const calibration = someCalibration(engine.source);
const REQUEST: TextToAssess = {
  path: 'a.ts',
  language: 'typescript',
  text: 'export function total(prices: number[]): number {\n  let sum = 0;\n  for (const price of prices) sum += price;\n  return odd + sum;\n}\n',
};

function assess(calibrationOf?: CalibrationOf, request = REQUEST): Promise<AssessedText> {
  const parts = { engine, parser: inProcessParser, salt: 's' };
  return assessText({ ...parts, ...(calibrationOf && { calibrationOf }) }, request);
}

async function only(calibrationOf?: CalibrationOf, request = REQUEST): Promise<AssessedText['regions'][number]> {
  const { regions } = await assess(calibrationOf, request);
  expect(regions).toHaveLength(1);
  return regions[0]!;
}

describe('a judgement', () => {
  it('is the chance of the good event, with its interval and its basis', async () => {
    const { assessment } = await only(() => calibration);
    expect(assessment.target).toEqual(SOUND_60);
    const { p, low, high, basis } = assessment.judgement!;
    expect(0 < low && low < p && p < high && high < 1).toBe(true);
    expect(basis).toEqual({
      target: SOUND_60,
      authors: 'ai',
      riskModel: 'region 1',
      prior: 'none but weak beliefs',
      outcomeCount: 400,
      commitCount: 200,
    });
    expect(['trust', 'check', 'doubt']).toContain(assessment.band);
  });

  it('is none for another Source, whatever a caller hands over', async () => {
    const other = someCalibration({ ...engine.source, model: 'another' });
    const { assessment } = await only(() => other);
    expect(assessment).toMatchObject({ target: null, judgement: null, band: 'unknown' });
  });

  it('is none where the calibration knows no more than the plain rate', async () => {
    const useless = someCalibration(engine.source, { slope: 0 });
    expect((await only(() => useless)).assessment).toMatchObject({ judgement: null, band: 'unknown' });
  });

  it('is none for what is like nothing that was seen', async () => {
    const python = { ...REQUEST, path: 'a.py', language: 'python', text: 'def f():\n    return odd\n' } as const;
    expect((await only(() => calibration, python)).assessment).toMatchObject({ judgement: null, band: 'unknown' });
    const nothing: Calibration = { ...calibration, familiarity: null };
    expect((await only(() => nothing)).assessment).toMatchObject({ judgement: null, band: 'unknown' });
  });

  it('is in no band but `check` where the calibration is out of date', async () => {
    const wrong = Array.from({ length: 60 }, () => [{ p: 0.99, good: false }]);
    const drift = wrong.reduce(observeCommit, calibration.drift);
    const everything = { outcome: 'passed', threshold: 0, units: 50, failures: 0, bound: 0.05 } as const;
    const trusting: Calibration = { ...calibration, bands: { ...calibration.bands!, trust: everything } };
    expect((await only(() => trusting)).assessment.band).toBe('trust');
    expect((await only(() => ({ ...trusting, drift }))).assessment.band).toBe('check');
  });
});

describe('the spans of a judged region', () => {
  it('share out its risk: the leaf that usually changes comes first, and no part has more than the whole', async () => {
    const { assessment, found } = await only(() => calibration);
    const [first] = assessment.spans;
    expect(REQUEST.text.slice(first!.start, first!.end)).toContain('odd');
    expect(first!.share).toBeGreaterThan(0);
    for (const { share } of assessment.spans) expect(share).toBeLessThanOrEqual(1);
    expect(found.firstLeaf).toBe(0);
  });
});

describe('evidence', () => {
  it('is kept with the assessment: numbers and names of kinds, and none of the words of the text', async () => {
    const { assessment } = await only();
    expect(assessment.evidence.levels).toEqual({ language: 'typescript', kind: 'function' });
    expect(assessment.evidence.features).toMatchObject({ shareOfUnit: 1, lnLines: Math.log(5) });
    expect(JSON.stringify(assessment.evidence)).not.toContain('odd');
  });

  it('knows of a part how much of its function it is', async () => {
    const start = REQUEST.text.indexOf('return');
    const ranges = [{ start, end: start + 'return odd + sum;'.length }];
    const { assessment } = await only(undefined, { ...REQUEST, within: { origin: 'inserted', ranges } });
    const { shareOfUnit } = assessment.evidence.features;
    // return odd + sum: 4 of the 32 leaves that are no semicolons.
    expect(shareOfUnit).toBeCloseTo(4 / 32, 10);
  });
});
