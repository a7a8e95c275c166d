import { describe, expect, it } from 'vitest';
import { unsureCosts, type UnsureSettings } from '../../../src/core/opinions/unsureCosts.ts';
import { unsureRegions } from '../../../src/core/opinions/unsureRegions.ts';
import { utilityOf } from '../../../src/core/opinions/utilityOf.ts';
import { readPublished } from './readPublished.ts';

type Settings = readonly [effectivePrecision: number, startEditingCost: number, editSensitivity: number];
type Regions = readonly (readonly [start: number, end: number])[];

interface Texts {
  readonly settings: Settings;
  readonly suggestion: readonly string[];
  readonly samples: readonly (readonly string[])[];
  readonly regions: Regions;
}

interface RUSure {
  readonly costs: readonly ({ readonly settings: Settings } & Readonly<Record<string, unknown>>)[];
  readonly marked: readonly (Texts & { readonly utilities: readonly number[] })[];
  readonly best: readonly (Texts & { readonly utility: number; readonly upperBound: number })[];
}

const { costs, marked, best } = readPublished('rUSure') as RUSure;

const settingsOf = ([effectivePrecision, startEditingCost, editSensitivity]: Settings): UnsureSettings => ({
  effectivePrecision,
  startEditingCost,
  editSensitivity,
});
const regionsOf = (regions: Regions): { start: number; end: number }[] =>
  regions.map(([start, end]) => ({ start, end }));

describe('R-U-SURE, the authors’ code', () => {
  it.each(costs)('derives the same costs from $settings', ({ settings, ...published }) => {
    expect(Object.keys(published)).toHaveLength(7);
    for (const [name, cost] of Object.entries(unsureCosts(settingsOf(settings))))
      expect(cost).toBeCloseTo(published[name] as number, 12);
  });

  it('gives a sample the same utility under the same marks', () => {
    expect(marked.length).toBeGreaterThan(40);
    for (const { settings, suggestion, samples, regions, utilities } of marked)
      for (const [index, sample] of samples.entries())
        expect(
          utilityOf(suggestion, regionsOf(regions), sample, settingsOf(settings)),
          JSON.stringify({ settings, suggestion, sample, regions }),
        ).toBeCloseTo(utilities[index]!, 9);
  });

  it('finds the same marks wherever it is sure that there are no better ones, and nowhere better ones', () => {
    const isSure = (one: { readonly utility: number; readonly upperBound: number }): boolean =>
      one.upperBound - one.utility < 1e-9;
    expect(best.filter(isSure).length).toBeGreaterThan(20);
    for (const one of best) {
      const ours = unsureRegions(one.suggestion, one.samples, settingsOf(one.settings))!;
      const story = JSON.stringify(one);
      if (isSure(one)) expect(ours.regions, story).toEqual(regionsOf(one.regions));
      expect(ours.utility, story).toBeGreaterThan(one.utility - 1e-9);
      expect(ours.utility, story).toBeLessThan(one.upperBound + 1e-9);
    }
  });
});
