import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/seededRandom.ts';
import { categoryEffects, type EffectItem } from '../../../../src/core/sums/categoryEffects.ts';

/** Regions of 40 files whose size drives both how sure the model is and how surprising the whole is. */
function someItems(ownEffect: number, noise: number, files = 40, seed = 7): readonly EffectItem[] {
  const { normal } = seededRandom(seed);
  return Array.from({ length: files }, (_, file) =>
    Array.from({ length: 6 }, () => {
      const size = normal();
      const calls = 0.5 + 0.1 * size + 0.05 * normal();
      return {
        group: `${file}.ts`,
        lossNats: 2 + ownEffect * calls + 0.8 * size + noise * normal(),
        confidences: { calls },
        confounders: { size, constant: 1 },
      };
    }),
  ).flat();
}

describe('categoryEffects', () => {
  it('finds a planted effect exactly where nothing else is in the way', () => {
    const [effect] = categoryEffects(someItems(-2, 0), ['size']);
    expect(effect).toMatchObject({ category: 'calls', count: 240, groups: 40, leftOut: 0 });
    expect(effect?.effectNats?.mean).toBeCloseTo(-2, 8);
    // Size works the other way, and stronger.
    expect(effect?.correlation).toBeGreaterThan(0.5);
  });

  it('sees through what only looks like an effect, nine times in ten', () => {
    const trials = 60;
    const effects = Array.from(
      { length: trials },
      (_, seed) => categoryEffects(someItems(0, 0.3, 40, seed), ['size'])[0]!,
    );
    expect(effects.every(({ correlation }) => correlation! > 0.5)).toBe(true);
    const held = effects.filter(({ effectNats }) => effectNats!.low <= 0 && effectNats!.high >= 0).length;
    expect(held / trials).toBeGreaterThan(0.8);
    expect(held / trials).toBeLessThan(0.98);
  });

  it('takes the confounder for an effect where it is not held', () => {
    const [effect] = categoryEffects(someItems(0, 0.3), []);
    expect(effect?.effectNats?.low).toBeGreaterThan(1);
  });

  it('passes over a confounder that does not vary', () => {
    const [effect] = categoryEffects(someItems(-2, 0), ['size', 'constant']);
    expect(effect?.effectNats?.mean).toBeCloseTo(-2, 8);
  });

  it('does not tell from too few files, a confidence that never varies, or one that repeats a confounder', () => {
    expect(categoryEffects(someItems(-2, 0, 19), ['size'])[0]?.effectNats).toBeNull();
    const same = someItems(-2, 0).map((item) => ({ ...item, confidences: { calls: 0.5 } }));
    expect(categoryEffects(same, ['size'])[0]).toMatchObject({ effectNats: null, correlation: null });
    const repeated = someItems(-2, 0).map((item) => ({ ...item, confidences: { calls: item.confounders.size! } }));
    expect(categoryEffects(repeated, ['size'])[0]?.effectNats).toBeNull();
  });

  it('counts regions that lack the category or a confounder', () => {
    const items = someItems(-2, 0).map((item, index) =>
      index < 5 ? { ...item, confidences: { operators: 0.5 } } : item,
    );
    const effects = categoryEffects(items, ['size']);
    expect(effects.map(({ category, count, leftOut }) => [category, count, leftOut])).toEqual([
      ['calls', 235, 5],
      ['operators', 5, 235],
    ]);
  });
});
