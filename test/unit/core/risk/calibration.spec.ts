import { describe, expect, it } from 'vitest';
import { showsChance } from '../../../../src/core/risk/calibration.ts';
import { calibrationKeyOf } from '../../../../src/core/risk/calibrationKey.ts';
import { parseCalibration } from '../../../../src/core/risk/parseCalibration.ts';
import { predictInOrder } from '../../../../src/core/risk/predictInOrder.ts';
import { regionSchema } from '../../../../src/core/risk/regionObservation.ts';
import { weakPrior } from '../../../../src/core/risk/weakPrior.ts';
import { someCalibration, someOutcomes, SOUND_60 } from '../../../support/someCalibration.ts';
import { someSource } from '../someSource.ts';

const telling = someCalibration(someSource);
const DAY_MS = 86_400_000;

describe('a calibration', () => {
  it('shows a chance where the evidence tells more than the past rate', () => {
    expect(showsChance(telling)).toBe(true);
    expect(telling.standing.gainNats!.low).toBeGreaterThan(0);
    // Beliefs that are weak make it cautious at first, not overconfident.
    expect(telling.standing.slope).toBeGreaterThan(0.8);
  });

  it('shows none where the evidence tells nothing, however many outcomes there are', () => {
    for (const count of [50, 200, 800])
      expect(showsChance(someCalibration(someSource, { slope: 0, count }))).toBe(false);
  });

  it('shows none on a few commits, of which nobody knows how far they are an accident', () => {
    expect(showsChance(someCalibration(someSource, { count: 2 }))).toBe(false);
    const few = { ...telling.standing, commits: 19 };
    expect(showsChance({ standing: few })).toBe(false);
    expect(showsChance({ standing: { ...few, commits: 20 } })).toBe(true);
  });

  it('comes back from JSON as it was', () => {
    expect(parseCalibration(JSON.parse(JSON.stringify(telling)))).toEqual(telling);
  });

  it.each([
    ['another model', { model: { ...telling.model, key: 'another' } }],
    ['another target', { target: { ...SOUND_60, horizon: { days: 30 } } }],
    ['another source', { source: { ...telling.source, model: 'another' } }],
    ['whose authors are others', { origin: { ...telling.origin, authors: 'any' } }],
    ['a share that is none', { standing: { ...telling.standing, baseRate: 1.5 } }],
    ['evidence for other rivals', { drift: { ...telling.drift, lnCapitals: [0] } }],
    ['no bands and no null', { bands: 7 }],
  ])('is refused from JSON with %s', (_what, change) => {
    const json: unknown = JSON.parse(JSON.stringify({ ...telling, ...change }));
    expect(() => parseCalibration(json)).toThrow(expect.objectContaining({ reason: 'corrupt' }));
  });

  it('of another version is said to be so', () => {
    const json = { ...telling, schemaVersion: 2 };
    expect(() => parseCalibration(json)).toThrow(expect.objectContaining({ reason: 'unsupported' }));
  });
});

describe('calibrationKeyOf', () => {
  it('is another for whatever makes another distribution, target or population', () => {
    const keys = [
      calibrationKeyOf(someSource, SOUND_60, 'ai'),
      calibrationKeyOf(someSource, SOUND_60, 'any'),
      calibrationKeyOf(someSource, { ...SOUND_60, event: 'survives' }, 'ai'),
      calibrationKeyOf(someSource, { ...SOUND_60, horizon: { minutes: 60 } }, 'ai'),
      calibrationKeyOf(someSource, { ...SOUND_60, definition: 2 }, 'ai'),
      calibrationKeyOf({ ...someSource, distribution: { kind: 'scaled', temperature: 0.7 } }, SOUND_60, 'ai'),
      calibrationKeyOf({ ...someSource, vocabulary: { kind: 'top-k', k: 5 } }, SOUND_60, 'ai'),
      calibrationKeyOf({ ...someSource, mode: 'teacher-forced' }, SOUND_60, 'ai'),
      calibrationKeyOf({ ...someSource, contextPolicy: 'window' }, SOUND_60, 'ai'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is the same whatever an engine that learns has learned', () => {
    expect(calibrationKeyOf({ ...someSource, snapshot: 'today' }, SOUND_60, 'ai')).toBe(
      calibrationKeyOf(someSource, SOUND_60, 'ai'),
    );
  });
});

describe('predictInOrder', () => {
  const outcomes = someOutcomes(200, 3);
  const prior = weakPrior(
    'key',
    regionSchema(['lnLeaves', 'meanLogprob']),
    outcomes.map(({ region }) => region),
  );
  const predicted = predictInOrder(prior, outcomes);

  it('predicts every region once, in order of time', () => {
    expect(predicted.map(({ atMs }) => atMs)).toEqual(outcomes.map(({ atMs }) => atMs).sort((a, b) => a - b));
    expect(new Set(predicted.map(({ assessment }) => assessment)).size).toBe(outcomes.length);
  });

  it('does not know what nobody knew: outcomes of later landings change no prediction', () => {
    const borderMs = outcomes[100]!.atMs;
    const otherwise = outcomes.map((outcome) =>
      outcome.atMs + 60 * DAY_MS > borderMs ? { ...outcome, touched: !outcome.touched } : outcome,
    );
    const early = (predictions: typeof predicted): number[] =>
      predictions.filter(({ atMs }) => atMs <= borderMs).map(({ p }) => p);
    expect(early(predictInOrder(prior, otherwise))).toEqual(early(predicted));
    expect(predictInOrder(prior, otherwise).map(({ p }) => p)).not.toEqual(predicted.map(({ p }) => p));
  });

  it('has the prior alone for the regions that landed before any horizon was over', () => {
    const first = predicted.filter(({ atMs }) => atMs < outcomes[0]!.atMs + 60 * DAY_MS);
    expect(first.length).toBeGreaterThan(10);
    for (const { p, plain } of first) expect([p, plain]).toEqual([0.5, 0.5]);
  });
});
