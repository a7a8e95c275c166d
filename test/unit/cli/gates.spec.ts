import { describe, expect, it } from 'vitest';
import type { JudgedFile } from '../../../src/audit/report.ts';
import { refuseEmptyGates, unmetGates, type Gates } from '../../../src/cli/gates.ts';
import type { Calibration } from '../../../src/core/risk/calibration.ts';
import type { Band } from '../../../src/core/words.ts';
import { SOUND_60, someCalibration } from '../../support/someCalibration.ts';
import { judgedFile, reportOf } from '../../support/someReport.ts';
import { someSource } from '../core/someSource.ts';

const NONE: Gates = { leastChance: null, failsOnDoubt: false };
const UNDER: Gates = { leastChance: 0.8, failsOnDoubt: false };
const DOUBT: Gates = { leastChance: null, failsOnDoubt: true };

const refusal = (words: string): Error =>
  expect.objectContaining({ reason: 'bad-call', message: expect.stringMatching(words) as string }) as Error;

describe('refuseEmptyGates', () => {
  const knowing = someCalibration(someSource);
  const passed = { outcome: 'passed', threshold: 0.2, units: 40 } as const;
  const withDoubt = {
    ...knowing,
    bands: { ...knowing.bands!, doubt: { ...knowing.bands!.doubt, ...passed } },
  } as Calibration;
  const withoutDoubt = { ...knowing, bands: null };

  it('lets pass what can fail, and whoever asks for nothing', () => {
    refuseEmptyGates(NONE, null);
    refuseEmptyGates(UNDER, withoutDoubt);
    refuseEmptyGates(DOUBT, withDoubt);
  });

  it('refuses what nothing could fail, and says why', () => {
    const ignorant = someCalibration(someSource, { slope: 0 });
    for (const gates of [UNDER, DOUBT]) {
      expect(() => {
        refuseEmptyGates(gates, null);
      }).toThrow(refusal('nothing is calibrated for this engine'));
      expect(() => {
        refuseEmptyGates(gates, ignorant);
      }).toThrow(refusal('no chance is shown'));
    }
    expect(() => {
      refuseEmptyGates(DOUBT, withoutDoubt);
    }).toThrow(refusal('no band was tested'));
  });
});

describe('unmetGates', () => {
  const region = (path: string, p: number | null, band: Band): JudgedFile => {
    const file = judgedFile(path, 'let a;\n', []);
    const basis = {
      target: SOUND_60,
      authors: 'ai',
      riskModel: '',
      prior: '',
      outcomeCount: 1,
      commitCount: 1,
    } as const;
    const judged = { judgement: p === null ? null : { p, low: 0, high: 1, basis }, band };
    return { ...file, assessments: file.assessments.map((one) => ({ ...one, ...judged })) };
  };
  const report = reportOf([
    region('a.ts', 0.9, 'trust'),
    region('b.ts', 0.79, 'check'),
    region('c.ts', 0.1, 'doubt'),
    region('d.ts', null, 'unknown'),
    { path: 'e.ts', language: null, skipped: 'binary' },
  ]);

  it('counts who fails, of those that were judged', () => {
    expect(unmetGates(NONE, report)).toEqual([]);
    expect(unmetGates(UNDER, report)).toEqual([
      '--fail-under=0.8 is not met: 2 of 3 judged regions are under 80 %, first b.ts:1.',
    ]);
    expect(unmetGates({ leastChance: 0.05, failsOnDoubt: true }, report)).toEqual([
      '--fail-on=doubt is not met: 1 of 3 judged regions is in doubt, first c.ts:1.',
    ]);
    expect(unmetGates({ leastChance: 0.8, failsOnDoubt: true }, report)).toHaveLength(2);
  });

  it('is met by a chance that is just as high, and where nothing was judged', () => {
    expect(unmetGates({ leastChance: 0.1, failsOnDoubt: false }, report)).toEqual([]);
    expect(unmetGates({ leastChance: 1, failsOnDoubt: true }, reportOf([region('d.ts', null, 'unknown')]))).toEqual([]);
  });
});
