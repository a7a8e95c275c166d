import { expect, it } from 'vitest';
import { quietHover } from '../../../../src/editor/hover/quietHover.ts';
import { silencedFile } from '../../../support/silencedFile.ts';

const [assessment] = silencedFile('a.ts').assessments;
const [odd] = assessment!.silenced!;

it('says which comment keeps a place quiet, and why, in words that do nothing', () => {
  const words = quietHover({ ...odd!, signals: { minimumLogprob: Math.log(1 / 2300) } }, 11);
  expect(words).toBe(
    '**Kept quiet** by the comment in line 12: &#91;seen&#93;&#65533; &#96;here&#96;\n\n' +
      'Without it this would be marked: identifiers. Its least likely token had a chance of 1 in 2,300 to the engine.',
  );
});

it('claims no chance for what was not scored', () => {
  expect(quietHover({ ...odd!, signals: {} }, 0)).toMatch(/would be marked: identifiers\.$/);
});
