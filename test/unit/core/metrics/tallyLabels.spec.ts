import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { aurc } from '../../../../src/core/metrics/aurc.ts';
import { auprcOfFailures } from '../../../../src/core/metrics/auprcOfFailures.ts';
import { auroc } from '../../../../src/core/metrics/auroc.ts';
import { brierScore } from '../../../../src/core/metrics/brierScore.ts';
import { calibrationLine } from '../../../../src/core/metrics/calibrationLine.ts';
import { corpParts } from '../../../../src/core/metrics/corpParts.ts';
import { coverageAtRisk } from '../../../../src/core/metrics/coverageAtRisk.ts';
import { logLoss } from '../../../../src/core/metrics/logLoss.ts';
import { numberNames } from '../../../../src/core/metrics/numberNames.ts';
import { rankScores } from '../../../../src/core/metrics/rankScores.ts';
import { smoothEce } from '../../../../src/core/metrics/smoothEce.ts';
import { tallyTotals, type Tally } from '../../../../src/core/metrics/tallyLabels.ts';
import { tally } from './someTallies.ts';

const metrics: Readonly<Record<string, (some: Tally) => number | null>> = {
  auroc,
  auprcOfFailures,
  aurc,
  brierScore,
  logLoss,
  smoothEce,
  coverage: (some) => coverageAtRisk(some, 0.2),
  miscalibration: (some) => corpParts(some)?.miscalibration ?? null,
  slope: (some) => calibrationLine(some)?.slope ?? null,
};

describe('tallyLabels', () => {
  it('counts good and bad items of each distinct score', () => {
    const some = tally([0.5, 0.1, 0.5, 0.9, 0.5], [1, 0, 0, 1, 1]);
    expect([[...some.scores], [...some.goods], [...some.bads]]).toEqual([
      [0.1, 0.5, 0.9],
      [0, 2, 1],
      [1, 1, 0],
    ]);
    expect(tallyTotals(some)).toEqual({ good: 3, bad: 2 });
  });

  it('counts each item as often as it is told to', () => {
    const some = tally([0.5, 0.1, 0.5], [1, 0, 0], [3, 0, 2]);
    expect([[...some.goods], [...some.bads]]).toEqual([
      [0, 3],
      [0, 2],
    ]);
  });

  it.each(Object.entries(metrics))('lets %s take a count for repeats', (_, metric) => {
    const item = fc.tuple(
      fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20),
      fc.integer({ min: 0, max: 1 }),
      fc.integer({ min: 0, max: 3 }),
    );
    fc.assert(
      fc.property(fc.array(item, { maxLength: 30 }), (items) => {
        const columns = [0, 1, 2].map((column) => items.map((row) => row[column]!));
        const counted = metric(tally(columns[0]!, columns[1]!, columns[2]));
        const repeats = items.flatMap((row) => new Array<typeof row>(row[2]).fill(row));
        const repeated = metric(
          tally(
            repeats.map(([score]) => score),
            repeats.map(([, label]) => label),
          ),
        );
        if (repeated === null) expect(counted).toBeNull();
        else expect(counted).toBeCloseTo(repeated, 6);
      }),
      { numRuns: 30, seed: 1 },
    );
  });

  it.each([
    ['a label for each score', [1, 2], [1], undefined],
    ['a count for each score', [1, 2], [1, 0], [1]],
    ['labels of 0 and 1', [1, 2], [1, 2], undefined],
    ['scores that are numbers', [1, Number.NaN], [1, 0], undefined],
  ])('wants %s', (_, scores, labels, counts) => {
    expect(() => tally(scores, labels, counts)).toThrow(CandorError);
  });
});

describe('rankScores', () => {
  it('ties what is equal, zeros of both signs included', () => {
    const { scores, places } = rankScores(Float64Array.of(0, -1, -0, Infinity, -Infinity, 0));
    expect([...scores].map((score) => score + 0)).toEqual([-Infinity, -1, 0, Infinity]);
    expect([...places]).toEqual([2, 1, 2, 3, 0, 2]);
  });
});

describe('numberNames', () => {
  it('numbers names as they come', () => {
    expect([...numberNames(['b', 'a', 'b', '', 'a'])]).toEqual([0, 1, 0, 2, 1]);
  });
});
