import { describe, expect, it } from 'vitest';
import {
  createRegionTracker,
  type RegionTracker,
  type TrackedRegion,
} from '../../../../src/capture/following/regionTracker.ts';
import { factsOf, type PlacedRegion, type RegionFacts } from '../../../../src/capture/following/seeDocument.ts';
import type { EditEvent } from '../../../../src/capture/provenance/editEvent.ts';
import { someLedgerAssessment } from '../../../support/someLedgerAssessment.ts';

const FILE = 'file:///a.ts';

const facts = (atMs: number): RegionFacts => factsOf(someLedgerAssessment({ atMs }));

const REGION: TrackedRegion = {
  assessment: 'a',
  facts: facts(1000),
  range: { start: 10, end: 30 },
  isCheckedOut: false,
  isUndone: false,
  hadErrors: null,
  failedTest: false,
  workedOn: false,
  dueMs: 121_000,
};

const PLACED: PlacedRegion = {
  assessment: 'a',
  facts: facts(1000),
  range: { start: 10, end: 30 },
  fate: { event: 'unchanged', retainedShare: 1 },
  dueMs: 601_000,
};

function tracker(...regions: readonly Partial<TrackedRegion>[]): RegionTracker {
  const made = createRegionTracker();
  made.add(
    FILE,
    regions.map((region) => ({ ...REGION, ...region })),
    [],
    2000,
  );
  return made;
}

function edit(start: number, end: number, inserted: string, reason: EditEvent['reason'] = null): EditEvent {
  const edits = [{ start, end, removed: 'x'.repeat(end - start), inserted }];
  return { atMs: 0, document: FILE, edits, reason, detailedReason: null, isDirty: true, carets: [], isActive: true };
}

describe('a tracked region', () => {
  it('follows edits before it, inside and at its end, and notes work elsewhere in the file', () => {
    const made = tracker({});
    made.edited(edit(12, 14, 'abcd'), 2000);
    expect(made.regionsOf(FILE)).toMatchObject([{ range: { start: 10, end: 32 }, workedOn: false }]);
    made.edited(edit(0, 0, '// new\n'), 2000);
    expect(made.regionsOf(FILE)).toMatchObject([{ range: { start: 17, end: 39 }, workedOn: true }]);
    made.edited(edit(39, 39, ';'), 2000);
    expect(made.regionsOf(FILE)[0]?.range).toEqual({ start: 17, end: 40 });
  });

  it('is undone by an undo that deletes nearly all of it soon, and given back by a redo', () => {
    const made = tracker({}, { assessment: 'late', facts: facts(-40_000) });
    made.edited(edit(10, 30, '', 'undo'), 5000);
    expect(made.regionsOf(FILE).map(({ isUndone }) => isUndone)).toEqual([true, false]);
    expect(made.due(5000)).toEqual([FILE]);
    made.edited(edit(10, 10, 'x'.repeat(20), 'redo'), 6000);
    expect(made.regionsOf(FILE)[0]).toMatchObject({ isUndone: false, dueMs: 6000, workedOn: false });
  });

  it('makes up for edits that came while it was assessed, and others are not carried twice', () => {
    const made = tracker({});
    const typed = edit(0, 0, '// new\n');
    made.edited(typed, 2000);
    made.add(FILE, [{ ...REGION, assessment: 'b' }], [typed], 2000);
    expect(made.regionsOf(FILE).map(({ range }) => range)).toEqual([
      { start: 17, end: 37 },
      { start: 17, end: 37 },
    ]);
    made.edited(typed, 2000);
    made.placed(FILE, [{ ...PLACED, range: { start: 17, end: 37 } }], [typed], 2000);
    expect(made.regionsOf(FILE).map(({ range }) => range?.start)).toEqual([24, 24]);
  });

  it('is not undone by deleting it, nor by an undo of something else', () => {
    const made = tracker({});
    made.edited(edit(10, 30, ''), 5000);
    made.edited(edit(0, 5, '', 'undo'), 5000);
    expect(made.regionsOf(FILE)[0]?.isUndone).toBe(false);
  });

  it('is looked for after a checkout, and counts again when it is found as it was', () => {
    const made = tracker({});
    made.checkedOut(FILE);
    expect(made.regionsOf(FILE)).toMatchObject([{ range: null, isCheckedOut: true }]);
    made.placed(FILE, [{ ...PLACED, range: null, fate: null }], [], 2000);
    expect(made.regionsOf(FILE)[0]?.isCheckedOut).toBe(true);
    made.placed(FILE, [{ ...PLACED, fate: { event: 'changed', retainedShare: 0.5 } }], [], 2000);
    expect(made.regionsOf(FILE)[0]?.isCheckedOut).toBe(true);
    made.placed(FILE, [PLACED], [], 2000);
    expect(made.regionsOf(FILE)[0]).toMatchObject({ range: PLACED.range, isCheckedOut: false });
  });

  it('that had been edited before the checkout counts again when it is found so', () => {
    const edited = { ...PLACED, fate: { event: 'changed', retainedShare: 0.5 } } as const;
    const made = tracker({});
    made.placed(FILE, [edited], [], 2000);
    made.checkedOut(FILE);
    made.placed(FILE, [edited], [], 2000);
    expect(made.regionsOf(FILE)[0]?.isCheckedOut).toBe(false);
  });

  it('remembers errors that were reported inside of it', () => {
    const made = tracker({});
    made.errorsAt(FILE, [{ start: 40, end: 50 }]);
    expect(made.regionsOf(FILE)[0]?.hadErrors).toBe(false);
    made.errorsAt(FILE, [{ start: 29, end: 50 }]);
    made.errorsAt(FILE, []);
    expect(made.regionsOf(FILE)[0]?.hadErrors).toBe(true);
  });

  it('remembers that a test failed inside of it, and not beside it', () => {
    const made = tracker({}, { assessment: 'b', range: { start: 31, end: 40 } });
    made.testFailedAt(FILE, { start: 29, end: 31 });
    expect(made.regionsOf(FILE).map(({ failedTest }) => failedTest)).toEqual([true, false]);
  });

  it('is due when its clock runs out, until all is known of it', () => {
    const made = tracker({}, { assessment: 'b', dueMs: 200_000 });
    expect(made.nextDueMs).toBe(121_000);
    expect(made.due(120_999)).toEqual([]);
    expect(made.due(121_000)).toEqual([FILE]);
    made.placed(FILE, [PLACED], [], 2000);
    expect(made.nextDueMs).toBe(601_000);
    made.placed(FILE, [{ ...PLACED, dueMs: null }], [], 2000);
    expect(made.nextDueMs).toBeNull();
  });

  it('that nobody knew of is followed when a look has found it', () => {
    const made = createRegionTracker();
    made.placed(FILE, [PLACED, { ...PLACED, assessment: 'old', facts: facts(-40_000) }], [], 2000);
    expect(made.regionsOf(FILE)).toMatchObject([
      { assessment: 'a', range: PLACED.range, dueMs: 601_000, facts: { atMs: 1000 } },
      { assessment: 'old' },
    ]);
    made.edited(edit(10, 30, '', 'undo'), 5000);
    expect(made.regionsOf(FILE).map(({ isUndone }) => isUndone)).toEqual([true, false]);
  });

  it('has no place while its document is closed', () => {
    const made = tracker({});
    made.closed(FILE);
    expect(made.regionsOf(FILE)).toMatchObject([{ range: null, isCheckedOut: false }]);
  });

  it('goes with its document, and can be let go', () => {
    const made = tracker({}, { assessment: 'b' });
    made.rename(FILE, 'file:///b.ts');
    expect(made.documents).toEqual(['file:///b.ts']);
    made.forget(new Set(['a']));
    expect(made.regionsOf('file:///b.ts').map(({ assessment }) => assessment)).toEqual(['b']);
    made.forget(new Set(['b']));
    expect(made.documents).toEqual([]);
  });
});
