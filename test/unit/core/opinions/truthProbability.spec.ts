import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { type LabelLogprobs, truthProbability } from '../../../../src/core/opinions/truthProbability.ts';

const { log } = Math;
const labels = (forTrue: number, forFalse: number): LabelLogprobs => ({
  trueNats: log(forTrue),
  falseNats: log(forFalse),
});

describe('truthProbability', () => {
  it('is known by hand', () => {
    // .6 / .8 = .75 and .2 / .4 = .5: mean .625, gap .25, and the labels have .8 and .4 of the mass.
    const truth = truthProbability(labels(0.6, 0.2), labels(0.2, 0.2))!;
    expect(truth.probability).toBeCloseTo(0.625, 14);
    expect(truth.entropyNats).toBeCloseTo(-0.625 * log(0.625) - 0.375 * log(0.375), 14);
    expect(truth.orderGap).toBeCloseTo(0.25, 14);
    expect(truth.labelMass).toBeCloseTo(0.4, 14);
  });

  it('cancels a preference for one label', () => {
    // The model says A nine times of ten, whatever A stands for.
    const truth = truthProbability(labels(0.9, 0.1), labels(0.1, 0.9))!;
    expect(truth.probability).toBeCloseTo(0.5, 14);
    expect(truth.entropyNats).toBeCloseTo(Math.LN2, 14);
    expect(truth.orderGap).toBeCloseTo(0.8, 14);
  });

  it('is sure where only one label has mass', () => {
    const listed: LabelLogprobs = { trueNats: log(0.9), falseNats: null };
    expect(truthProbability(listed, listed)).toEqual({
      probability: 1,
      entropyNats: 0,
      orderGap: 0,
      labelMass: expect.closeTo(0.9, 14) as number,
    });
    const never: LabelLogprobs = { trueNats: -Infinity, falseNats: -0.1 };
    expect(truthProbability(never, never)).toMatchObject({ probability: 0, entropyNats: 0 });
  });

  it('tells apart labels that both are hopeless', () => {
    const far: LabelLogprobs = { trueNats: -1000, falseNats: -1000 - log(3) };
    expect(truthProbability(far, far)).toMatchObject({ probability: expect.closeTo(0.75, 12) as number, labelMass: 0 });
  });

  it('is none where an order gives neither label any mass', () => {
    expect(truthProbability({ trueNats: null, falseNats: null }, labels(0.5, 0.5))).toBeNull();
    expect(truthProbability(labels(0.5, 0.5), { trueNats: -Infinity, falseNats: null })).toBeNull();
  });

  const answers = fc
    .record({ mass: fc.double({ min: 1e-6, max: 1, noNaN: true }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ mass, share }) => labels(mass * share, mass * (1 - share)));

  it('does not depend on which order came first, and denies the denial', () => {
    fc.assert(
      fc.property(answers, answers, (first, second) => {
        const truth = truthProbability(first, second)!;
        expect(truthProbability(second, first)).toEqual(truth);
        const deny = ({ trueNats, falseNats }: LabelLogprobs): LabelLogprobs => ({
          trueNats: falseNats,
          falseNats: trueNats,
        });
        const denied = truthProbability(deny(first), deny(second))!;
        expect(denied.probability).toBeCloseTo(1 - truth.probability, 12);
        expect(denied.entropyNats).toBeCloseTo(truth.entropyNats, 9);
        expect(denied.orderGap).toBeCloseTo(truth.orderGap, 12);
        expect(truth.entropyNats).toBeGreaterThanOrEqual(0);
        expect(truth.entropyNats).toBeLessThanOrEqual(Math.LN2 + 1e-12);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it.each([
    ['a log-probability above 0', { trueNats: 0.5, falseNats: -3 }],
    ['more than the whole', { trueNats: -0.1, falseNats: -0.1 }],
    ['a number that is none', { trueNats: Number.NaN, falseNats: -1 }],
  ])('refuses %s', (_, wrong) => {
    expect(() => truthProbability(wrong, labels(0.5, 0.5))).toThrow(CandorError);
    expect(() => truthProbability(labels(0.5, 0.5), wrong)).toThrow(CandorError);
  });
});
