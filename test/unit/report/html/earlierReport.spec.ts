import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { earlierReport } from '../../../../src/report/html/earlierReport.ts';
import { jsonReport } from '../../../../src/report/jsonReport.ts';
import { someLargeReport } from '../../../support/someLargeReport.ts';
import { SOUND_60 } from '../../../support/someCalibration.ts';
import { someSource } from '../../core/someSource.ts';

const parsed = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

describe('earlierReport', () => {
  it('sums up what jsonReport wrote', () => {
    const report = someLargeReport({ files: 12 });
    const judgements = report.files.flatMap((file) =>
      'skipped' in file ? [] : file.assessments.map(({ judgement }) => judgement),
    );
    const expected = judgements.reduce((sum, judgement) => sum + (judgement === null ? 0 : 1 - judgement.p), 0);
    const earlier = earlierReport('a.json', parsed(jsonReport(report)));
    expect(earlier).toMatchObject({ name: 'a.json', source: someSource, target: SOUND_60, files: 12 });
    expect(earlier.regions).toBe(judgements.length);
    expect(earlier.changes.leftOut).toBe(judgements.filter((one) => one === null).length);
    expect(earlier.changes.expected?.mean).toBeCloseTo(expected, 9);
  });

  it('knows nothing of a report without chances', () => {
    const earlier = earlierReport('a.json', parsed(jsonReport(someLargeReport({ isJudged: false, files: 3 }))));
    expect(earlier).toMatchObject({ target: null, changes: { judged: 0, expected: null } });
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['another version', { ...parsed(jsonReport(someLargeReport({ files: 1 }))), schemaVersion: 2 }],
    ['a chance above 1', parsed(jsonReport(someLargeReport({ files: 1 })).replace(/"p":0/, '"p":2'))],
    ['no files', { ...parsed(jsonReport(someLargeReport({ files: 1 }))), files: undefined }],
  ])('refuses %s, and says what to give', (_name, json) => {
    const call = (): unknown => earlierReport('old.json', json);
    expect(call).toThrow(/^old\.json is no report to compare with\. Give /);
    try {
      call();
    } catch (error) {
      expect(CandorError.is(error, 'bad-input')).toBe(true);
    }
  });
});
