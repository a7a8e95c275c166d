import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import type { UnsureRegion } from '../../../../src/core/opinions/unsureChoice.ts';
import { DEFAULT_UNSURE_SETTINGS, type UnsureSettings } from '../../../../src/core/opinions/unsureCosts.ts';
import { unsureRegions } from '../../../../src/core/opinions/unsureRegions.ts';
import { utilityOf } from '../../../../src/core/opinions/utilityOf.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';

type Texts = readonly string[];

/** Marks as plain flags: one a part, and one a gap. */
interface Flags {
  readonly parts: readonly boolean[];
  readonly gaps: readonly boolean[];
}

/** A way to edit the suggestion into a sample: which parts stay, and before which ones edits start. */
interface Alignment {
  readonly kept: readonly boolean[];
  readonly starts: readonly number[];
}

/** All ways, by choosing the next match again and again; ways that cost the same under all marks come once. */
function alignments(suggestion: Texts, sample: Texts): Alignment[] {
  const found = new Map<string, Alignment>();
  const extend = (from: number, fromSample: number, kept: readonly number[], starts: readonly number[]): void => {
    const isEdited = from < suggestion.length || fromSample < sample.length;
    const alignment = {
      kept: suggestion.map((_, part) => kept.includes(part)),
      starts: isEdited ? [...starts, from] : starts,
    };
    found.set(JSON.stringify(alignment), alignment);
    for (let part = from; part < suggestion.length; part++)
      for (let other = fromSample; other < sample.length; other++)
        if (suggestion[part] === sample[other])
          extend(part + 1, other + 1, [...kept, part], part > from || other > fromSample ? [...starts, from] : starts);
  };
  extend(0, 0, [], []);
  return [...found.values()];
}

/** By the formulae of the paper, and by nothing of the code. */
function utilityByHand(suggestion: Texts, ways: readonly Alignment[], flags: Flags, settings: UnsureSettings): number {
  const { effectivePrecision: p, startEditingCost: c, editSensitivity: q } = settings;
  const d = 1 - 2 * p * (1 - q);
  const runs = flags.parts.filter((isMarked, part) => isMarked && !flags.parts[part - 1]).length;
  const regionCount = runs + flags.gaps.filter(Boolean).length;
  let best = -Infinity;
  for (const { kept, starts } of ways) {
    let utility = -regionCount * (1 - p) * (1 - q) * c;
    for (const [part, isKept] of kept.entries()) {
      const { length } = suggestion[part]!;
      if (flags.parts[part]) utility += length * (isKept ? 2 * q - d : -d);
      else utility += length * (isKept ? 1 : -1);
    }
    for (const gap of starts) {
      const isMarked = [flags.gaps[gap], flags.parts[gap - 1], flags.parts[gap]].includes(true);
      utility -= isMarked ? q * c : c;
    }
    best = Math.max(best, utility);
  }
  return best;
}

function* flagsOf(count: number): Generator<readonly boolean[]> {
  for (let bits = 0; bits < 2 ** count; bits++) yield Array.from({ length: count }, (_, at) => (bits >> at) % 2 === 1);
}

/** The greatest mean utility of all markings there are; without gaps that touch a region, where `spare`. */
function bruteForce(suggestion: Texts, samples: readonly Texts[], settings: UnsureSettings, spare: boolean): number {
  const ways = samples.map((sample) => alignments(suggestion, sample));
  let best = -Infinity;
  for (const parts of flagsOf(suggestion.length)) {
    const free = Array.from({ length: suggestion.length + 1 }, (_, gap) => gap).filter(
      (gap) => !spare || ![parts[gap - 1], parts[gap]].includes(true),
    );
    for (const set of flagsOf(free.length)) {
      const gaps = new Array<boolean>(suggestion.length + 1).fill(false);
      for (const [index, gap] of free.entries()) gaps[gap] = set[index]!;
      const sum = ways.reduce((total, way) => total + utilityByHand(suggestion, way, { parts, gaps }, settings), 0);
      best = Math.max(best, sum / samples.length);
    }
  }
  return best;
}

const { uniform } = seededRandom(1);
const below = (limit: number): number => Math.floor(limit * uniform());

/** Few words, so that there are many ways to lay one text on another; of one to nine characters, or none. */
const word = (wordCount: number): string => ['aaa', 'b', 'ccccc', 'dd', 'eeeeeeeee', ''][below(wordCount)]!;

/** A text and noisy copies of it. */
function someSamples(length: number, sampleCount: number, noise: number, someWord: () => string) {
  const suggestion = Array.from({ length }, someWord);
  const samples = Array.from({ length: sampleCount }, () =>
    suggestion.flatMap((part) => {
      const fate = uniform() / noise;
      if (fate > 1) return [part];
      return fate < 1 / 3 ? [] : fate < 2 / 3 ? [someWord()] : [part, someWord()];
    }),
  );
  return { suggestion, samples };
}

const meanUtility = (
  suggestion: Texts,
  regions: readonly UnsureRegion[],
  samples: readonly Texts[],
  settings?: UnsureSettings,
): number =>
  samples.reduce((sum, sample) => sum + utilityOf(suggestion, regions, sample, settings), 0) / samples.length;

function expectBest(length: number, sampleCount: number, settings: UnsureSettings, spare: boolean): void {
  const { suggestion, samples } = someSamples(length, sampleCount, 0.6, () => word(2 + below(5)));
  const { regions, utility, upperBound } = unsureRegions(suggestion, samples, settings)!;
  const story = JSON.stringify({ suggestion, samples, settings });
  expect(utility, story).toBeCloseTo(bruteForce(suggestion, samples, settings, spare), 8);
  expect(meanUtility(suggestion, regions, samples, settings), story).toBeCloseTo(utility, 8);
  expect(upperBound, story).toBe(utility);
}

const someSettings = (): UnsureSettings => ({
  effectivePrecision: uniform(),
  startEditingCost: 8 * uniform(),
  editSensitivity: uniform(),
});

describe('unsureRegions', () => {
  it('marks what samples replace, and where they insert', () => {
    const suggestion = ['aaaa', 'bbbb', 'cccc'];
    // Marked: (3.55 + 10.05) / 2; not: (-1 + 12) / 2.
    expect(unsureRegions(suggestion, [['aaaa', 'x', 'cccc'], suggestion])).toEqual({
      regions: [{ start: 1, end: 2 }],
      utility: expect.closeTo(6.8, 12) as number,
      upperBound: expect.closeTo(6.8, 12) as number,
    });
    // Marked: 12 - .75 - 2.5 * 2/3; not: 12 - 5 * 2/3 = 8.67.
    const inserted = ['aaaa', 'x', 'bbbb', 'cccc'];
    expect(unsureRegions(suggestion, [inserted, inserted, suggestion])).toMatchObject({
      regions: [{ start: 1, end: 1 }],
      utility: expect.closeTo(12 - 0.75 - 5 / 3, 12) as number,
    });
    // One of four replaces b: right with a chance above .7, so left alone: (3 * 12 - 1) / 4.
    const replaced = [['aaaa', 'x', 'cccc'], suggestion, suggestion, suggestion];
    expect(unsureRegions(suggestion, replaced)).toMatchObject({ regions: [], utility: 35 / 4 });
  });

  it('marks nothing where all samples are the suggestion', () => {
    const { suggestion } = someSamples(30, 0, 0, () => word(5));
    const { length } = suggestion.join('');
    expect(unsureRegions(suggestion, [suggestion, suggestion])).toEqual({
      regions: [],
      utility: length,
      upperBound: length,
    });
    expect(unsureRegions([], [[]])).toEqual({ regions: [], utility: 0, upperBound: 0 });
  });

  it('has one region for all where nothing fits', () => {
    expect(unsureRegions(['aaaa', 'bbbb'], [['x'], ['y', 'z']])!.regions).toEqual([{ start: 0, end: 2 }]);
    expect(unsureRegions([], [['x']])!.regions).toEqual([{ start: 0, end: 0 }]);
  });

  it('is the best of all markings, of small texts with the usual settings', () => {
    for (let round = 0; round < 120; round++) expectBest(below(6), 1 + below(3), DEFAULT_UNSURE_SETTINGS, false);
  });

  it('is the best of all markings, with any settings', () => {
    for (let round = 0; round < 250; round++) expectBest(below(5), 1 + below(3), someSettings(), false);
  });

  it('is the best of all markings, of texts of eight parts', () => {
    for (let round = 0; round < 5; round++) expectBest(6 + below(3), 1 + below(3), DEFAULT_UNSURE_SETTINGS, true);
  });

  it('stays the best where much of the settings is 0 or 1', () => {
    for (const effectivePrecision of [0, 0.5, 1])
      for (const editSensitivity of [0, 0.5, 1])
        for (const startEditingCost of [0, 5])
          for (let round = 0; round < 4; round++)
            expectBest(4, 3, { effectivePrecision, editSensitivity, startEditingCost }, false);
  });

  it('does not depend on the order of the samples, or on how often all of them come', () => {
    for (let round = 0; round < 6; round++) {
      const { suggestion, samples } = someSamples(9, 4, 0.4, () => word(6));
      const { utility } = unsureRegions(suggestion, samples)!;
      expect(unsureRegions(suggestion, [...samples].reverse())!.utility).toBeCloseTo(utility, 8);
      expect(unsureRegions(suggestion, [...samples, ...samples])!.utility).toBeCloseTo(utility, 8);
    }
  });

  it('of longer texts is no worse than marks by agreement, and near its bound', () => {
    const longWord = (): string => {
      const number = below(30);
      return `w${number}${'x'.repeat(number % 7)}`;
    };
    for (let round = 0; round < 2; round++) {
      const { suggestion, samples } = someSamples(40, 5, 0.2, longWord);
      const marked = unsureRegions(suggestion, samples)!;
      expect(meanUtility(suggestion, marked.regions, samples)).toBeCloseTo(marked.utility, 8);
      expect(marked.utility).toBeLessThanOrEqual(marked.upperBound);
      expect(marked.upperBound - marked.utility).toBeLessThan(0.02 * marked.upperBound);
      for (const threshold of [0, 0.3, 0.5, 0.7, 0.9, 1.1])
        expect(marked.utility).toBeGreaterThanOrEqual(
          meanUtility(suggestion, regionsByAgreement(suggestion, samples, threshold), samples) - 1e-8,
        );
    }
  });

  it('knows nothing without samples', () => {
    expect(unsureRegions(['a'], [])).toBeNull();
  });

  it('refuses settings out of range', () => {
    expect(() => unsureRegions([], [], { ...DEFAULT_UNSURE_SETTINGS, editSensitivity: 2 })).toThrow(CandorError);
  });
});

/** The simple way: a part is marked that fewer than this share of the samples contain. */
function regionsByAgreement(suggestion: Texts, samples: readonly Texts[], threshold: number): UnsureRegion[] {
  const regions: UnsureRegion[] = [];
  for (const [part, text] of suggestion.entries()) {
    if (samples.filter((sample) => sample.includes(text)).length >= threshold * samples.length) continue;
    const last = regions.at(-1);
    if (last?.end === part) regions[regions.length - 1] = { start: last.start, end: part + 1 };
    else regions.push({ start: part, end: part + 1 });
  }
  return regions;
}
