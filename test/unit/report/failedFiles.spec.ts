import { describe, expect, it } from 'vitest';
import { failedFiles, scoutedFailures } from '../../../src/report/failedFiles.ts';

describe('failedFiles', () => {
  it('counts what the engine or the parser failed on, and nothing that was left out for what it is', () => {
    const skipped = {
      'not scored': 3,
      'not parsed': 1,
      'not readable': 2,
      binary: 5,
      'out of time': 7,
      'not there': 1,
    };
    expect(failedFiles({ skipped, failures: { broken: 2, 'broken otherwise': 1 } })).toEqual([
      ['not scored', 3],
      ['not parsed', 1],
    ]);
    expect(failedFiles({ skipped: { binary: 5, 'out of time': 7, vendored: 1 }, failures: {} })).toEqual([]);
  });

  it('counts files that a scout judged, for the engine failed on them', () => {
    const sums = { skipped: { 'not scored': 1 }, failures: { broken: 3 } };
    expect(scoutedFailures(sums)).toBe(2);
    expect(failedFiles(sums)).toEqual([
      ['not scored', 1],
      ['judged by another engine alone', 2],
    ]);
  });
});
