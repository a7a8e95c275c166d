import { describe, expect, it } from 'vitest';
import {
  knownMs,
  labelledRegions,
  pastRateLogit,
  type LabelledRegion,
} from '../../../../src/lab/survival/labelledRegions.ts';
import type { SurvivalRecord } from '../../../../src/lab/survival/survivalRecord.ts';

const DAY_MS = 86_400_000;

function record(fate: Partial<SurvivalRecord['fate']>, landedDay = 0, followedDays = 100): SurvivalRecord {
  return {
    schemaVersion: 1,
    repository: 'o/r',
    landing: 'a',
    path: 'a.ts',
    start: 0,
    end: 1,
    language: 'typescript',
    kind: 'function',
    tool: 'claude',
    landedAtMs: landedDay * DAY_MS,
    followedDays,
    context: {
      lines: 4,
      shareOfUnit: 1,
      fileAgeDays: 0,
      fileCommits90Days: 0,
      fileAuthors90Days: 0,
      fileFixes180Days: 0,
      repositoryCommits90Days: 0,
      regionsOfLanding: 1,
      filesOfLanding: 1,
    },
    signals: {},
    fate: { touched: null, fixed: null, extended: null, censored: null, ...fate },
    leaves: { categories: [], surprisalsNats: {}, seen: [], lines: [], changed: [], gapsChanged: [] },
  };
}

const labels = (fate: Partial<SurvivalRecord['fate']>, followedDays = 100): readonly (number | undefined)[] =>
  (['survives', 'sound'] as const).map(
    (event) => labelledRegions([record(fate, 0, followedDays)], event, 60)[0]?.label,
  );

describe('the label of a region', () => {
  it.each([
    ['nothing happened', {}, [1, 1]],
    ['it was changed', { touched: 10 }, [0, 1]],
    ['it was fixed', { touched: 10, fixed: 20 }, [0, 0]],
    ['it was changed on the last day', { touched: 60 }, [0, 1]],
    ['it was changed after the horizon', { touched: 60.1, fixed: 60.1 }, [1, 1]],
    ['its file went', { censored: 30 }, [undefined, undefined]],
    ['its file went after the horizon', { censored: 61 }, [1, 1]],
    ['it was changed, and its file went', { touched: 10, censored: 30 }, [0, undefined]],
    ['it was extended', { extended: 5 }, [1, 1]],
  ])('where %s', (_, fate, expected) => {
    expect(labels(fate)).toEqual(expected);
  });

  it('is there only when it has been followed to the horizon, however it ended', () => {
    expect(labels({ touched: 1, fixed: 1 }, 59)).toEqual([undefined, undefined]);
  });
});

describe('the past rate of a repository', () => {
  const region = (landedDay: number, label: 0 | 1): LabelledRegion => ({ record: record({}, landedDay), label });

  it('counts what had reached its horizon, and as six outcomes the rate of others', () => {
    const regions = [region(0, 0), region(0, 1), region(39, 0), region(41, 0)];
    expect(knownMs(region(39, 0), 60)).toBe(99 * DAY_MS);
    const rate = (2 + 6 * 0.1) / (3 + 6);
    expect(pastRateLogit(regions, 100 * DAY_MS, 60, 0.1)).toBeCloseTo(Math.log(rate / (1 - rate)), 12);
    expect(pastRateLogit([], 0, 60, 0.5)).toBe(0);
  });
});
