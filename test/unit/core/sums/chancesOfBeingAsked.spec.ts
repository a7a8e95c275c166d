import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/seededRandom.ts';
import { chancesOfBeingAsked } from '../../../../src/core/sums/chancesOfBeingAsked.ts';
import { designBasedMean } from '../../../../src/core/sums/designBasedMean.ts';

describe('chancesOfBeingAsked', () => {
  it('is the share that was asked about, where there are few', () => {
    const items = [0.9, 0.1, 0.5, 0.7].map((p, index) => ({ p, isAsked: index < 2 }));
    expect(chancesOfBeingAsked(items)).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(chancesOfBeingAsked(items.map((one) => ({ ...one, isAsked: false })))).toBeNull();
    expect(chancesOfBeingAsked([])).toBeNull();
  });

  it('parts items by p, with as many asked about in each part', () => {
    // The lower ten are all asked about, of the upper twenty each second one.
    const items = Array.from({ length: 30 }, (_, at) => ({ p: at / 30, isAsked: at < 10 || at % 2 === 1 }));
    const chances = chancesOfBeingAsked(items)!;
    expect(chances.slice(0, 10)).toEqual(new Array(10).fill(1));
    for (const chance of chances.slice(12)) expect(chance).toBeLessThanOrEqual(0.6);
  });

  it('does not part what is as likely', () => {
    const items = Array.from({ length: 40 }, (_, at) => ({ p: 0.5, isAsked: at < 20 }));
    expect(chancesOfBeingAsked(items)).toEqual(new Array(40).fill(0.5));
  });

  it('weighs each stratum by its size: the weights of those asked about add up to all', () => {
    const items = fc.array(
      fc.record({ p: fc.integer({ min: 0, max: 9 }).map((tenth) => tenth / 10), isAsked: fc.boolean() }),
    );
    fc.assert(
      fc.property(items, (all) => {
        const chances = chancesOfBeingAsked(all);
        if (chances === null) return;
        for (const chance of chances) expect(chance > 0 && chance <= 1).toBe(true);
        const weight = all.reduce((sum, { isAsked }, index) => sum + (isAsked ? 1 / chances[index]! : 0), 0);
        expect(weight).toBeCloseTo(all.length, 9);
      }),
    );
  });

  it('takes off most of what beginning with the riskiest biases, though the machine is wrong as well', () => {
    const random = seededRandom(5);
    const [plain, corrected, truth]: number[][] = [[], [], []];
    for (let run = 0; run < 60; run++) {
      const items = Array.from({ length: 400 }, (_, at) => {
        const p = random.uniform();
        const good = random.uniform() < 0.3 + 0.6 * p;
        return { group: `f${at % 40}`, p, good, isAsked: random.uniform() < 0.45 - 0.4 * p };
      });
      const chances = chancesOfBeingAsked(items)!;
      const asked = items.filter(({ isAsked }) => isAsked);
      plain!.push(asked.filter(({ good }) => good).length / asked.length);
      truth!.push(items.filter(({ good }) => good).length / items.length);
      const mean = designBasedMean(
        items.map(({ group, p, good, isAsked }, index) => ({
          group,
          machine: p,
          human: isAsked ? Number(good) : null,
          samplingProbability: chances[index]!,
        })),
      );
      corrected!.push(mean!.corrected.mean);
    }
    const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(meanOf(plain!) - meanOf(truth!))).toBeGreaterThan(0.07);
    expect(Math.abs(meanOf(corrected!) - meanOf(truth!))).toBeLessThan(0.02);
  });
});
