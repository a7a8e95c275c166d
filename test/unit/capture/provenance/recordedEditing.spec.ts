import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/seededRandom.ts';
import { confusionOf, figuresOf, replay, type ReplayOptions } from '../../../simulation/provenanceStudy.ts';
import { unpackTrace } from '../../../support/editTrace.ts';

/** The rules were tried on the first; the second was recorded from another seed and looked at afterwards. */
const TRACES = ['hour-1', 'hour-2'].map((name) => ({
  name,
  trace: unpackTrace(readFileSync(new URL(`../../../fixtures/provenance/${name}.jsonl.gz`, import.meta.url))),
}));

const EXACT: ReplayOptions = { hasDetailedReason: true, hasClipboard: false };
const GUESSED: ReplayOptions = { hasDetailedReason: false, hasClipboard: true };
const BLIND: ReplayOptions = { hasDetailedReason: false, hasClipboard: false };

describe.each(TRACES)('$name of editing, as a real editor recorded it', ({ trace }) => {
  it('is known to be a model’s or not, where the editor says who made a change', () => {
    const told = replay(trace, EXACT);
    const { precision, recall, unknown } = figuresOf(told);
    expect(precision).toBeGreaterThanOrEqual(0.99);
    expect(recall).toBeGreaterThanOrEqual(0.9);
    expect(unknown).toBeLessThan(0.02);
  });

  it('is told from text, time and the caret where it does not', () => {
    const { precision, recall, unknown } = figuresOf(replay(trace, GUESSED));
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.75);
    expect(unknown).toBeLessThan(0.05);
  });

  it('is rather unknown than wrong where nobody may look into the clipboard', () => {
    expect(figuresOf(replay(trace, BLIND)).precision).toBeGreaterThanOrEqual(0.95);
  });

  it('has nothing of typing, pasting and undoing that is taken for a model’s', () => {
    for (const options of [EXACT, GUESSED, BLIND]) {
      const table = confusionOf(replay(trace, options), ({ truth }) => truth.how);
      for (const how of ['typed', 'pasted', 'undone', 'redone', 'formatted', 'reloaded', 'checked-out']) {
        expect(table.get(how), how).toMatchObject({ model: 0 });
      }
    }
  });

  it.each([1, 2, 3])('is told as well when the pauses are others (%i)', (seed) => {
    const { uniform } = seededRandom(seed);
    expect(figuresOf(replay(trace, { ...GUESSED, jitter: uniform })).precision).toBeGreaterThanOrEqual(0.95);
  });
});
