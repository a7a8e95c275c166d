import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { gradientThreshold, scaleFreeThreshold } from '../../../../src/lab/classics/gradientThresholds.ts';
import type { OnlineThreshold } from '../../../../src/lab/classics/onlineThreshold.ts';
import { pinballLoss, pinballSlope } from '../../../../src/lab/classics/onlineThreshold.ts';
import { lifetimeOf, stronglyAdaptiveThreshold } from '../../../../src/lab/classics/stronglyAdaptiveThreshold.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';

const aim = { missRate: 0.1, maxScore: 1 };

/** Which scores of a stream were covered, and the mean pinball loss of the thresholds. */
interface Run {
  readonly covered: readonly boolean[];
  readonly meanLoss: number;
}

function follow(online: OnlineThreshold, stream: Float64Array): Run {
  let loss = 0;
  const covered = Array.from(stream, (score) => {
    const threshold = online.threshold();
    loss += pinballLoss(threshold, score, aim.missRate);
    online.observe(score);
    return score <= threshold;
  });
  return { covered, meanLoss: loss / stream.length };
}

function meanOf(runs: readonly Run[], value: (run: Run) => number): number {
  return runs.reduce((sum, run) => sum + value(run), 0) / runs.length;
}

function shareOf(covered: readonly boolean[]): number {
  return covered.filter(Boolean).length / covered.length;
}

/** Scores from 0 to .3, then without a word from .5 to 1, then from 0 to .3 again. */
function shiftedStream(seed: number, stretch: number): Float64Array {
  const random = randomNumbers(seed);
  return Float64Array.from({ length: 3 * stretch }, (_, round) =>
    Math.floor(round / stretch) === 1 ? 0.5 + 0.5 * random() : 0.3 * random(),
  );
}

/** The largest distance of the coverage of so many rounds in a row from the aim. */
function worstWindow(covered: readonly boolean[], length: number): number {
  let [inside, worst] = [0, 0];
  for (const [round, hit] of covered.entries()) {
    inside += Number(hit) - Number(covered[round - length] ?? false);
    if (round >= length - 1) worst = Math.max(worst, Math.abs(inside / length - (1 - aim.missRate)));
  }
  return worst;
}

describe('by hand', () => {
  // Where the first two experts of the strongly adaptive threshold stand after two scores of 1, the second one missed.
  const first = (1 + 1 / Math.SQRT2) / Math.sqrt(3);
  const second = 2 / Math.sqrt(3);

  it('pinball loss and slope', () => {
    expect(pinballLoss(1, 3, 0.1)).toBeCloseTo(1.8, 12);
    expect(pinballLoss(3, 1, 0.1)).toBeCloseTo(0.2, 12);
    expect(pinballLoss(2, 2, 0.1)).toBe(0);
    expect([pinballSlope(1, 3, 0.1), pinballSlope(3, 1, 0.1), pinballSlope(2, 2, 0.1)]).toEqual([-0.9, 0.1, 0.1]);
  });

  it('plain descent goes up by step (1 - alpha), down by step alpha, never below 0', () => {
    const online = gradientThreshold({ missRate: 0.25, maxScore: 2 }, 0.1);
    const thresholds = [1, 1, 0.1, 0.1, 0.1, 0.1].map((score) => {
      online.observe(score);
      return online.threshold();
    });
    expect(thresholds.map((value) => Number(value.toFixed(12)))).toEqual([0.15, 0.3, 0.25, 0.2, 0.15, 0.1]);
    for (let round = 0; round < 5; round += 1) online.observe(0);
    expect(online.threshold()).toBe(0);
  });

  it('the first scale-free step is maxScore / sqrt(3), whatever the slope', () => {
    const online = scaleFreeThreshold({ missRate: 0.1, maxScore: 3 });
    online.observe(2);
    expect(online.threshold()).toBeCloseTo(Math.sqrt(3), 12);
    // Covered: back by sqrt(3) * .1 / sqrt(.81 + .01).
    online.observe(1);
    expect(online.threshold()).toBeCloseTo(Math.sqrt(3) * (1 - 0.1 / Math.sqrt(0.82)), 12);
  });

  it('the strongly adaptive one follows its only expert, then the prior among two', () => {
    const online = stronglyAdaptiveThreshold(aim);
    expect(online.threshold()).toBe(0);
    online.observe(1);
    expect(online.threshold()).toBeCloseTo(1 / Math.sqrt(3), 12);
    // Expert 2 started there, so nobody has won a bet: priors 1 and 1 / (2^2 * 2).
    online.observe(1);
    expect(online.threshold()).toBeCloseTo((first + second / 8) / (9 / 8), 12);
  });

  it('then the one that was nearer to a score than the whole', () => {
    const online = stronglyAdaptiveThreshold(aim);
    // The whole stands at 1.004, expert 1 below, expert 2 at 1.155; expert 3 where the whole is.
    for (const score of [1, 1, 1.1]) online.observe(score);
    expect(online.threshold()).toBeCloseTo(second - 0.1 / Math.sqrt(3 * 0.82), 12);
  });

  it('and the prior again, on an expert that started where the whole stood, when the whole was nearest', () => {
    const online = stronglyAdaptiveThreshold(aim);
    for (const score of [1, 1, 1]) online.observe(score);
    const third = (first + second / 8) / (9 / 8);
    const experts = [
      first + 0.9 / Math.sqrt(3 * 3 * 0.81),
      second - 0.1 / Math.sqrt(3 * 0.82),
      third - 0.1 / Math.sqrt(3 * 0.01),
    ];
    const priors = [1, 1 / 8, 1 / 18];
    const mean = experts.reduce((sum, value, index) => sum + value * priors[index]!, 0) / (1 + 1 / 8 + 1 / 18);
    expect(online.threshold()).toBeCloseTo(mean, 12);
  });

  it('experts live for 8 times the power of two in the round of their birth', () => {
    expect([1, 2, 3, 4, 6, 7, 8, 12, 1024].map(lifetimeOf)).toEqual([8, 16, 8, 32, 16, 8, 64, 32, 8192]);
  });

  it.each([gradientThreshold(aim, 0.1), scaleFreeThreshold(aim), stronglyAdaptiveThreshold(aim)])(
    'refuses scores that are none (%#)',
    (online) => {
      for (const score of [Number.NaN, -1, Infinity]) {
        expect(() => {
          online.observe(score);
        }).toThrow(CandorError);
      }
      expect(online.threshold()).toBe(0);
    },
  );

  it.each([
    [0, 1],
    [1, 1],
    [0.1, 0],
    [Number.NaN, 1],
  ])('refuses an aim of %f below %f', (missRate, maxScore) => {
    expect(() => stronglyAdaptiveThreshold({ missRate, maxScore })).toThrow(CandorError);
  });
});

describe('on streams that shift and shift back', () => {
  const streams = Array.from({ length: 20 }, (_, index) => shiftedStream(31 + index, 1000));
  const runsOf = (create: () => OnlineThreshold): readonly Run[] => streams.map((stream) => follow(create(), stream));
  const adaptive = runsOf(() => stronglyAdaptiveThreshold(aim));
  const steps = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
  const plain = steps.map((step) => ({ step, runs: runsOf(() => gradientThreshold(aim, step)) }));

  it('the strongly adaptive threshold covers 1 - alpha, within .03, of the whole and of every stretch', () => {
    expect(Math.abs(meanOf(adaptive, ({ covered }) => shareOf(covered)) - 0.9)).toBeLessThan(0.03);
    for (const from of [0, 1000, 2000]) {
      const share = meanOf(adaptive, ({ covered }) => shareOf(covered.slice(from, from + 1000)));
      expect(Math.abs(share - 0.9)).toBeLessThan(0.03);
    }
  });

  it('it comes as near to the scores as plain descent does with the step that was best in hindsight', () => {
    const best = Math.min(...plain.map(({ runs }) => meanOf(runs, ({ meanLoss }) => meanLoss)));
    expect(meanOf(adaptive, ({ meanLoss }) => meanLoss)).toBeLessThan(1.02 * best);
  });

  it('its worst 100 rounds are better than with any step up to that one, and than scale-free descent alone', () => {
    const worst = (runs: readonly Run[]): number => meanOf(runs, ({ covered }) => worstWindow(covered, 100));
    const late = plain.filter(({ step }) => step <= 0.05).map(({ runs }) => runs);
    for (const runs of [...late, runsOf(() => scaleFreeThreshold(aim))]) {
      expect(worst(adaptive)).toBeLessThan(worst(runs));
    }
  });
});
