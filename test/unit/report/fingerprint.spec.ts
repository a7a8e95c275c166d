import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineIndexOf } from '../../../src/core/lineIndex.ts';
import { fingerprintsIn } from '../../../src/report/fingerprint.ts';
import { judgedFile } from '../../support/someReport.ts';

const FUNCTION = ['function f ( a , b ) {', 'return a <= b ;', '}'];

/** The fingerprints of the regions that have these texts, each for the rule of the region and for `<=` in it. */
function fingerprints(text: string, regions: readonly string[]): readonly string[] {
  const [assessment] = judgedFile('a.ts', text, []).assessments;
  let from = 0;
  const assessments = regions.map((words) => {
    const start = text.indexOf(words, from);
    from = start + words.length;
    return { ...assessment!, region: { ...assessment!.region, start, end: from } };
  });
  const fingerprintOf = fingerprintsIn({ lines: lineIndexOf(text), assessments });
  return assessments.flatMap(({ region }) => {
    const start = text.indexOf('<=', region.start);
    return [fingerprintOf('doubt', region, region), fingerprintOf('expected-other', region, { start, end: start + 2 })];
  });
}

describe('fingerprintsIn', () => {
  it('survives lines above and below, indentation and line breaks', () => {
    const code = FUNCTION.join('\n');
    const known = fingerprints(code, [code]);
    const blank = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r\n'), minLength: 1, maxLength: 4 });
    const around = fc.string({ unit: fc.constantFrom('x', ' ', '\n', ';'), maxLength: 20 });
    const words = FUNCTION.join(' ').split(' ');
    fc.assert(
      fc.property(
        around,
        around,
        fc.array(blank, { minLength: words.length, maxLength: words.length }),
        (above, below, blanks) => {
          const region = words.map((word, index) => (index === 0 ? word : `${blanks[index]}${word}`)).join('');
          expect(fingerprints(`${above}\n${region}\n${below}`, [region])).toEqual(known);
        },
      ),
      { seed: 2 },
    );
  });

  it('changes with what it is about, and only tells equals apart by their number', () => {
    const code = FUNCTION.join('\n');
    const other = code.replace('a <=', 'b <=');
    const [whole, part] = fingerprints(code, [code]);
    expect(whole).toMatch(/^[0-9a-f]{16}\.1$/);
    expect(part).not.toBe(whole);
    expect(fingerprints(other, [other])).not.toContain(whole);
    expect(fingerprints(other, [other])).not.toContain(part);
    const second = (one?: string): string => one!.replace('.1', '.2');
    expect(fingerprints(`${code}\n${other}\n${code}`, [code, other, code])).toEqual([
      ...fingerprints(code, [code]),
      ...fingerprints(other, [other]),
      second(whole),
      second(part),
    ]);
  });

  it('tells two places in a region apart', () => {
    const text = 'a <= b <= c';
    const fingerprintOf = fingerprintsIn(judgedFile('a.ts', text, []));
    const region = { start: 0, end: text.length };
    expect(fingerprintOf('x', region, { start: 2, end: 4 })).not.toBe(fingerprintOf('x', region, { start: 7, end: 9 }));
  });
});
