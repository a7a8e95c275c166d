import { describe, expect, it } from 'vitest';
import { logistic } from '../../../../src/core/risk/fitLogistic.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';
import { compareOnPast } from '../../../../src/lab/survival/compareOnPast.ts';
import { macroDifference, type MacroDifference } from '../../../../src/lab/survival/macroDifference.ts';
import type { SurvivalRecord } from '../../../../src/lab/survival/survivalRecord.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2025, 0, 1);

/** Regions of eight repositories over ten months; the chance of a fix rises with the surprisal as steeply as `slope` says. */
function plantedRecords(slope: number, seed: number): readonly SurvivalRecord[] {
  const { uniform, normal } = seededRandom(seed);
  return Array.from({ length: 8 }, (_, repository) => {
    const own = normal() / 2;
    return Array.from({ length: 100 }, (__, index): SurvivalRecord => {
      const surprisal = normal();
      const isFixed = uniform() < logistic(-1.5 + own + slope * surprisal);
      const leaves = 10 + Math.floor(40 * uniform());
      return {
        schemaVersion: 1,
        repository: `o/r${repository}`,
        landing: `${repository} ${index >> 1}`,
        path: 'a.ts',
        start: 0,
        end: 100,
        language: index % 3 === 0 ? 'python' : 'typescript',
        kind: 'function',
        tool: 'claude',
        landedAtMs: START_MS + 3 * index * DAY_MS,
        followedDays: 400,
        context: {
          lines: 4 + (leaves >> 2),
          shareOfUnit: 1,
          fileAgeDays: Math.floor(100 * uniform()),
          fileCommits90Days: 1,
          fileAuthors90Days: 1,
          fileFixes180Days: 0,
          repositoryCommits90Days: 10,
          regionsOfLanding: 2,
          filesOfLanding: 1,
        },
        signals: { ngram: { minimumLogprob: -8 - surprisal, meanProbability: uniform() } },
        fate: { touched: isFixed ? 10 : null, fixed: isFixed ? 10 : null, extended: null, censored: null },
        leaves: {
          categories: new Array<number>(leaves).fill(7),
          surprisalsNats: { ngram: Array.from({ length: leaves }, uniform) },
          seen: new Array<1>(leaves).fill(1),
          lines: Array.from({ length: leaves }, (___, leaf) => leaf >> 2),
          changed: [],
          gapsChanged: [],
        },
      };
    });
  }).flat();
}

function compared(records: readonly SurvivalRecord[]): {
  readonly gain: MacroDifference;
  readonly features: Set<string>;
} {
  const comparison = { event: 'sound', horizonDays: 60, engine: 'ngram', withChurn: false } as const;
  const blocks = [...compareOnPast(records, comparison)];
  return {
    gain: macroDifference(
      blocks.flatMap(({ regions }) => regions),
      1,
    )!,
    features: new Set(blocks.flatMap(({ features }) => features)),
  };
}

describe('the comparison on the past of other repositories', () => {
  it('finds a signal that tells, and is sure of it', { timeout: 120_000 }, () => {
    const { gain, features } = compared(plantedRecords(1.5, 5));
    expect(features).toContain('minimumLogprob');
    expect(gain.low).toBeGreaterThan(0);
    expect(gain.repositories).toBe(8);
  });

  it('gains nothing from signals that tell nothing', { timeout: 120_000 }, () => {
    const { gain } = compared(plantedRecords(0, 6));
    expect(gain.low).toBeLessThan(0);
    expect(Math.abs(gain.mean)).toBeLessThan(0.03);
  });

  it('fits on nothing that was not known: the first quarters are left out', () => {
    const comparison = { event: 'sound', horizonDays: 60, engine: 'ngram', withChurn: false } as const;
    const early = plantedRecords(0, 6).filter(({ landedAtMs }) => landedAtMs < START_MS + 30 * DAY_MS);
    expect([...compareOnPast(early, comparison)]).toEqual([]);
  });
});

describe('the macro-averaged difference', () => {
  it('counts repositories alike, and needs twenty regions of each', () => {
    const gains = (
      repository: string,
      count: number,
      gainNats: number,
    ): { repository: string; landing: string; gainNats: number }[] =>
      Array.from({ length: count }, (_, index) => ({ repository, landing: `${index}`, gainNats }));
    const difference = macroDifference([...gains('a', 20, 1), ...gains('b', 200, 0), ...gains('c', 19, 9)], 1)!;
    expect(difference).toMatchObject({ mean: 0.5, low: 0, high: 1, repositories: 2, regions: 220 });
    expect(macroDifference(gains('a', 19, 1), 1)).toBeNull();
  });
});
