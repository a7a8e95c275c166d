import { describe, expect, it } from 'vitest';
import { createArrivalGatherer } from '../../../../src/capture/arrivals/gatherArrivals.ts';
import { newStretches } from '../../../../src/capture/arrivals/newStretches.ts';
import type { EditEvent } from '../../../../src/capture/provenance/editEvent.ts';
import type { Provenance } from '../../../../src/capture/provenance/provenance.ts';

const MODEL: Provenance = { by: 'model', how: 'completion', tool: 'some.tool', isCertain: true };

const OTHER_MODEL: Provenance = { by: 'model', how: 'applied', tool: null, isCertain: false };

const UNKNOWN: Provenance = { by: 'unknown' };

const TYPED: Provenance = { by: 'person', how: 'typed' };

/** A document in which each edit replaces what stands at [start, end) by a text. */
function documentOf(before: string): {
  readonly gatherer: ReturnType<typeof createArrivalGatherer>;
  readonly edit: (atMs: number, start: number, end: number, inserted: string, by?: Provenance) => number;
  /** The texts of the stretches of each arrival that is taken. */
  readonly take: (nowMs: number) => readonly (readonly string[])[];
} {
  const gatherer = createArrivalGatherer();
  let text = before;
  let id = 0;
  return {
    gatherer,
    edit(atMs, start, end, inserted, by) {
      const event: EditEvent = {
        atMs,
        document: 'file:///a.ts',
        edits: [{ start, end, removed: text.slice(start, end), inserted }],
        reason: null,
        detailedReason: null,
        isDirty: true,
        carets: [start],
        isActive: true,
      };
      text = text.slice(0, start) + inserted + text.slice(end);
      gatherer.edited(++id, event);
      if (by !== undefined) gatherer.settled(id, by);
      return id;
    },
    take: (nowMs) =>
      gatherer.take(nowMs).map(({ stretches }) => stretches.map(({ start, end }) => text.slice(start, end))),
  };
}

describe('an arrival', () => {
  it('is what a model wrote, when nothing was added to it for a while', () => {
    const { edit, take, gatherer } = documentOf('a\nb\n');
    edit(1000, 2, 2, 'const x = 1;\n', MODEL);
    expect(gatherer.dueMs).toBe(2500);
    expect(take(2499)).toEqual([]);
    expect(gatherer.take(2500)).toEqual([
      { document: 'file:///a.ts', stretches: [{ start: 2, end: 15 }], by: MODEL, atMs: 1000 },
    ]);
    expect(gatherer.dueMs).toBeNull();
    expect(take(9000)).toEqual([]);
  });

  it('is put together of a suggestion that was taken word by word, and then as a whole', () => {
    const { edit, take } = documentOf('a\n\nb\n');
    edit(1000, 2, 2, 'const', MODEL);
    edit(1600, 7, 7, ' x', MODEL);
    edit(2200, 2, 9, 'const x = f(y);', MODEL);
    expect(take(3600)).toEqual([]);
    expect(take(3700)).toEqual([['const x = f(y);']]);
  });

  it('waits until it is known who wrote it', () => {
    const { edit, take, gatherer } = documentOf('');
    const id = edit(1000, 0, 0, 'some new code here');
    expect(take(9000)).toEqual([]);
    gatherer.settled(id, MODEL);
    expect(take(9000)).toEqual([['some new code here']]);
  });

  it('is carried along with what a person types meanwhile, and what he types is none of it', () => {
    const { edit, take } = documentOf('first\nlast\n');
    edit(1000, 6, 6, 'function f() {}\n', MODEL);
    edit(1400, 0, 0, '// hello there, all of you\n', TYPED);
    expect(take(2900)).toEqual([['function f() {}\n']]);
  });

  it('is gone where it was deleted before it was taken', () => {
    const { edit, take } = documentOf('ab');
    edit(1000, 1, 1, 'const x = 1;', MODEL);
    edit(1500, 1, 13, '', { by: 'editor', how: 'undone' });
    expect(take(3000)).toEqual([]);
  });

  it('is parted by writers', () => {
    const { edit, take } = documentOf('a\n\n\nb');
    edit(1000, 2, 2, 'const x = 1;', MODEL);
    edit(1100, 15, 15, 'const y = 2;', OTHER_MODEL);
    expect(take(2600)).toEqual([['const x = 1;'], ['const y = 2;']]);
  });

  it('may be of an unknown writer, but not a few characters of one', () => {
    const { edit, take } = documentOf('');
    edit(1000, 0, 0, 'short', UNKNOWN);
    expect(take(2500)).toEqual([]);
    edit(3000, 0, 0, 'long enough to tell', UNKNOWN);
    expect(take(4500)).toEqual([['long enough to tell']]);
  });

  it('can be taken before something takes it away', () => {
    const { edit, take, gatherer } = documentOf('');
    edit(1000, 0, 0, 'const x = 1;', MODEL);
    const waiting = edit(1100, 12, 12, ' const y = 2;');
    expect(gatherer.takeOf('file:///other.ts')).toEqual([]);
    expect(gatherer.takeOf('file:///a.ts')).toMatchObject([{ stretches: [{ start: 0, end: 12 }], by: MODEL }]);
    gatherer.settled(waiting, MODEL);
    expect(take(2600)).toEqual([[' const y = 2;']]);
  });

  it('is forgotten with its document', () => {
    const { edit, take, gatherer } = documentOf('');
    edit(1000, 0, 0, 'const x = 1;', MODEL);
    gatherer.forget('file:///a.ts');
    expect(take(9000)).toEqual([]);
  });
});

describe('newStretches', () => {
  const texts = (removed: string, inserted: string): readonly string[] =>
    newStretches({ removed, inserted }).map(({ start, end }) => inserted.slice(start, end));

  it('is all of what was inserted where nothing was', () => {
    expect(texts('', 'a\nb\n')).toEqual(['a\nb\n']);
    expect(texts('  \n', ' x ')).toEqual([' x ']);
    expect(texts('a', ' \n')).toEqual([]);
  });

  it('leaves out lines that were there, indented otherwise or not', () => {
    expect(texts('a\nb\nc\n', 'a\nx\ny\nc\n')).toEqual(['x\ny\n']);
    expect(texts('a\nb\nc', 'new\n  a\n  b\n  c\nlast')).toEqual(['new\n', 'last']);
    expect(texts('a\nb\n', '\ta\n\n\tb\n')).toEqual([]);
  });
});
