import { expect, it } from 'vitest';
import type { SilencedSpan } from '../../../../src/core/words.ts';
import { silencedAt } from '../../../../src/editor/regions/silencedAt.ts';
import { SILENCED_TEXT, silencedFile } from '../../../support/silencedFile.ts';

const [assessment] = silencedFile('a.ts').assessments;
const odd: SilencedSpan = assessment!.silenced![0]!;
const length = SILENCED_TEXT.length;

it('finds what is kept quiet where its region has moved to', () => {
  const moved = [{ start: 100, end: 100 + length, assessment: assessment! }];
  expect(silencedAt(moved, 100 + odd.start)).toEqual({ span: odd, shift: 100 });
  expect(silencedAt(moved, 100 + odd.end)).toEqual({ span: odd, shift: 100 });
  expect(silencedAt(moved, 100 + odd.start - 1)).toBeNull();
  expect(silencedAt(moved, odd.start)).toBeNull();
});

it('knows nothing of a region that is being edited, and of one without anything quiet', () => {
  expect(silencedAt([{ start: 0, end: length + 1, assessment: assessment! }], odd.start)).toBeNull();
  const open = { ...assessment!, silenced: [] };
  expect(silencedAt([{ start: 0, end: length, assessment: open }], odd.start)).toBeNull();
});
