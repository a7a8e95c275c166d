import { describe, expect, it } from 'vitest';
import { fitLeafHazards, type TouchedRegion } from '../../../../src/core/risk/fitLeafHazards.ts';
import {
  hazardsOf,
  riskOfSpan,
  shareOfLeaves,
  shareOfSpan,
  sumHazards,
} from '../../../../src/core/risk/leafHazards.ts';
import type { FeatureSchema, Observation } from '../../../../src/core/risk/observation.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';
import type { SpanTable } from '../../../../src/core/spanTable.ts';

const schema: FeatureSchema = { name: 'parts', version: 1, features: ['surprisal'], groups: ['part'] };
const part = (surprisal: number, index: number): Observation => ({
  features: { surprisal },
  levels: { part: index % 2 === 0 ? 'leaf' : 'gap' },
});

describe('the hazards of leaves and gaps', () => {
  it('are learned: what is surprising changes more often, gaps less', () => {
    const { normal, uniform } = seededRandom(5);
    const regions = Array.from({ length: 300 }, (_, commit): TouchedRegion => {
      const parts = Array.from({ length: 21 }, (__, index) => part(normal(), index));
      for (;;) {
        const changed = parts.map(
          ({ features }, index) => uniform() < -Math.expm1(-Math.exp(-2 + 0.7 * features.surprisal! - (index % 2))),
        );
        if (changed.includes(true)) return { parts, changed, commit: `${commit}` };
      }
    });
    const untouched = { parts: regions[0]!.parts, changed: regions[0]!.changed.map(() => false), commit: 'x' };
    const model = fitLeafHazards(schema, [...regions, untouched])!;
    expect(model).toEqual(fitLeafHazards(schema, regions));
    const hazards = hazardsOf(model, [part(0, 0), part(0, 1), part(1, 0)]);
    expect(Math.abs(Math.log(hazards[0]!) + 2)).toBeLessThan(0.3);
    expect(Math.abs(Math.log(hazards[1]! / hazards[0]!) + 1)).toBeLessThan(0.35);
    expect(Math.abs(Math.log(hazards[2]! / hazards[0]!) - 0.7)).toBeLessThan(0.15);
  });

  it('are finite where all has changed, or always the same part', () => {
    const parts = [part(1, 0), part(0, 1), part(-1, 2)];
    for (const changed of [
      [true, true, true],
      [true, false, false],
    ]) {
      // prettier-ignore
      const regions = Array.from({ length: 50 }, (_, index) => ({ parts, changed, commit: `${index}` }));
      const model = fitLeafHazards(schema, regions)!;
      expect([...model.coefficients, ...model.covariance].every(Number.isFinite)).toBe(true);
      expect(hazardsOf(model, parts).every((hazard) => hazard > 0 && Number.isFinite(hazard))).toBe(true);
    }
  });

  it('are not known where nothing says where', () => {
    expect(fitLeafHazards(schema, [])).toBeNull();
    expect(fitLeafHazards(schema, [{ parts: [part(0, 0)], changed: [true], commit: 'a' }])).toBeNull();
    expect(() => fitLeafHazards(schema, [{ parts: [part(0, 0)], changed: [], commit: 'a' }])).toThrow(
      expect.objectContaining({ reason: 'bad-call' }),
    );
  });
});

describe('shares of the risk', () => {
  it('by hand', () => {
    // Leaves .1, .2, .4 and gaps .3, .5; the region begins at leaf 10.
    const hazards = sumHazards(Float64Array.of(0.1, 0.3, 0.2, 0.5, 0.4), 10);
    const all = 1 - Math.exp(-1.5);
    expect(shareOfLeaves(hazards, 10, 11)).toBeCloseTo((1 - Math.exp(-0.1)) / all, 12);
    expect(shareOfLeaves(hazards, 10, 12)).toBeCloseTo((1 - Math.exp(-0.6)) / all, 12);
    expect(shareOfLeaves(hazards, 11, 13)).toBeCloseTo((1 - Math.exp(-1.1)) / all, 12);
    expect(shareOfLeaves(hazards, 10, 13)).toBe(1);
    expect(shareOfLeaves(hazards, 0, 99)).toBe(1);
    expect([shareOfLeaves(hazards, 11, 11), shareOfLeaves(hazards, 0, 10), shareOfLeaves(hazards, 13, 20)]).toEqual([
      0, 0, 0,
    ]);
    expect(shareOfLeaves(sumHazards(new Float64Array(), 0), 0, 5)).toBe(0);
  });

  it('are never more for a part than for what holds it, from the smallest hazards to the largest', () => {
    for (let run = 0; run < 300; run++) {
      const { uniform } = seededRandom(run);
      const leaves = 1 + Math.floor(40 * uniform());
      const size = 10 ** (18 * uniform() - 14);
      const hazards = sumHazards(
        Float64Array.from({ length: 2 * leaves - 1 }, () => size * 10 ** (-6 * uniform())),
        3,
      );
      expect(shareOfLeaves(hazards, 3, 3 + leaves)).toBe(1);
      for (let trial = 0; trial < 50; trial++) {
        const places = Array.from({ length: 4 }, () => 3 + Math.floor((leaves + 1) * uniform())).sort((a, b) => a - b);
        const [outerStart, start, end, outerEnd] = [places[0]!, places[1]!, places[2]!, places[3]!];
        const [inner, outer] = [shareOfLeaves(hazards, start, end), shareOfLeaves(hazards, outerStart, outerEnd)];
        expect(0 <= inner && inner <= outer && outer <= 1).toBe(true);
      }
    }
  });

  it('are those of the hazards themselves where all are tiny, and not lost where they are huge', () => {
    const tiny = sumHazards(Float64Array.of(1e-14, 1e-14, 2e-14), 0);
    expect(shareOfLeaves(tiny, 1, 2)).toBeCloseTo(0.5, 9);
    const huge = sumHazards(Float64Array.of(1000, 1e-3, 0.5), 0);
    expect(shareOfLeaves(huge, 0, 1)).toBe(1);
    expect(shareOfLeaves(huge, 1, 2)).toBeCloseTo(1 - Math.exp(-0.5), 9);
  });

  it('make the risk of spans: the whole has exactly the region’s', () => {
    // A root over leaves 0..4, a call over 1..3, and a leaf.
    const table = {
      leafStarts: Uint32Array.of(0, 1, 2),
      leafEnds: Uint32Array.of(4, 3, 3),
    } as unknown as SpanTable;
    const hazards = sumHazards(Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7), 0);
    const region = { risk: 0.37, low: 0.21, high: 0.55 };
    expect(riskOfSpan(region, hazards, table, 0)).toEqual(region);
    const [call, leaf] = [riskOfSpan(region, hazards, table, 1), riskOfSpan(region, hazards, table, 2)];
    expect(shareOfSpan(hazards, table, 1)).toBeCloseTo((1 - Math.exp(-1.2)) / (1 - Math.exp(-2.8)), 12);
    expect(call.risk).toBeCloseTo(0.37 * shareOfSpan(hazards, table, 1), 12);
    expect(leaf.risk).toBeLessThan(call.risk);
    expect(leaf.low).toBeLessThan(leaf.risk);
    expect(leaf.high).toBeGreaterThan(leaf.risk);
  });

  it('need a hazard for each leaf and gap', () => {
    const badCall: unknown = expect.objectContaining({ reason: 'bad-call' });
    for (const hazards of [[1, 1], [1, 0, 1], [Number.NaN], [Infinity]]) {
      // prettier-ignore
      expect(() => sumHazards(Float64Array.from(hazards), 0)).toThrow(badCall);
    }
  });
});
