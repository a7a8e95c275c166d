import { describe, expect, it } from 'vitest';
import { writtenLines } from '../../../../src/app/capture/writtenLines.ts';
import { hashedText } from '../../../../src/capture/following/fateOfRegion.ts';
import { createLeafHasher } from '../../../../src/capture/following/leafHasher.ts';
import { leavesIn, traceOf, type RegionTrace } from '../../../../src/capture/following/regionTrace.ts';
import { codeLeaves } from '../../../support/codeLeaves.ts';

const hash = createLeafHasher('some salt');

const HEAD = 'import { half } from "./half";\n\n';

const WRITTEN = `export function area(width: number, height: number): number {
  // Half of it.
  const whole = width * height;

  return half(whole);
}
`;

async function traceIn(text: string, written: string): Promise<RegionTrace> {
  const leaves = await codeLeaves(text, 'typescript');
  const start = text.indexOf(written);
  return traceOf(leaves, leavesIn(leaves, start, start + written.length), hash);
}

/** The lines of a later text that are told to be a model's, by their text; followed by edits where `hint` is given. */
async function linesLater(later: string, written = WRITTEN, hint?: string): Promise<readonly string[]> {
  const leaves = await codeLeaves(later, 'typescript');
  const start = later.indexOf(hint ?? '');
  const range = hint === undefined ? null : leavesIn(leaves, start, start + hint.length);
  const regions = [{ trace: await traceIn(HEAD + written, written), hint: range }];
  const lines = later.split('\n');
  return writtenLines(hashedText(leaves, hash), regions).map(({ firstLine, endLine }) =>
    lines.slice(firstLine, endLine).join('\n'),
  );
}

const whole = WRITTEN.trimEnd();

describe('writtenLines', () => {
  it.each([
    ['it stands as it arrived', HEAD + WRITTEN],
    ['it was moved', `${HEAD}const one = 1;\n\n\n${WRITTEN}const two = 2;\n`],
    ['what it imports was renamed', HEAD.replaceAll('half', 'halved') + WRITTEN.replace('half(', 'halved(')],
  ])('tells all lines, comments and empty ones between them included, where %s', async (_what, later) => {
    expect(await linesLater(later)).toEqual([whole.replace('half(', later.includes('halved(') ? 'halved(' : 'half(')]);
  });

  it('knows it again where it was indented and has other ends of lines', async () => {
    const later = `${HEAD}${WRITTEN.replaceAll('  ', '\t')}`.replaceAll('\n', '\r\n');
    expect(await linesLater(later)).toEqual([later.slice(later.indexOf('export'), later.lastIndexOf('\n'))]);
  });

  it('leaves out what a person wrote into it, and lines of which a person wrote at least half', async () => {
    const [before, after] = WRITTEN.split('\n\n');
    const mended = HEAD + WRITTEN.replace('\n\n', '\n  log(whole, "of the area");\n');
    expect(await linesLater(mended)).toEqual([before, after?.trimEnd()]);
    // Half of eight leaves live: `const whole = width`.
    const edited = HEAD + WRITTEN.replace('width * height', 'width / 2 + 1');
    expect(await linesLater(edited)).toEqual([before?.split('\n')[0], after?.trimEnd()]);
    // Five of six live.
    expect(await linesLater(HEAD + WRITTEN.replace('width *', 'width /'))).toEqual([whole.replace('*', '/')]);
  });

  it('tells nothing where it is gone, and nothing of a single leaf that is left of it', async () => {
    expect(await linesLater(`${HEAD}export const other = { a: [1, 2], b: half(3) };\n`)).toEqual([]);
    const rewritten = `${HEAD}export function area(width: number, height: number): number {\n  throw new Error(\n    "not yet",\n  );\n}\n`;
    expect(await linesLater(rewritten)).toEqual(['export function area(width: number, height: number): number {']);
  });

  it('tells one of two that are alike by where edits have left it, and neither where nobody followed them', async () => {
    const line = 'total += half(price);\n';
    const later = `${HEAD}${line}// This one:\n${line}`;
    const trace = await traceIn(HEAD + line, line);
    const now = hashedText(await codeLeaves(later, 'typescript'), hash);
    const start = later.lastIndexOf('total');
    const hint = leavesIn(now.leaves, start, later.length);
    expect(writtenLines(now, [{ trace, hint }])).toEqual([{ firstLine: 4, endLine: 5 }]);
    expect(writtenLines(now, [{ trace, hint: null }])).toEqual([]);
    expect(writtenLines(now, [])).toEqual([]);
  });

  it('counts a leaf of several lines on each of them, and joins regions that meet', async () => {
    const text = 'const a = `one\ntwo\nthree`;\nconst b = [a, a];\n';
    const traces = [
      await traceIn(text, text.slice(0, text.indexOf('const b'))),
      await traceIn(text, 'const b = [a, a]'),
    ];
    const now = hashedText(await codeLeaves(text, 'typescript'), hash);
    expect(
      writtenLines(
        now,
        traces.map((trace) => ({ trace, hint: null })),
      ),
    ).toEqual([{ firstLine: 0, endLine: 4 }]);
  });
});
