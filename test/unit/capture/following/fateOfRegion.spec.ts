import { describe, expect, it } from 'vitest';
import { fateOfRegion, hashedText, type RegionFate } from '../../../../src/capture/following/fateOfRegion.ts';
import { createLeafHasher } from '../../../../src/capture/following/leafHasher.ts';
import { leavesIn, rangeOfLeaves, traceOf } from '../../../../src/capture/following/regionTrace.ts';
import { codeLeaves } from '../../../support/codeLeaves.ts';

const hash = createLeafHasher('some salt');

const HEAD = 'import { half } from "./half";\nfunction double(a: number) {\n  return a + a;\n}\n';
const REGION =
  'export function area(width: number, height: number): number {\n  const whole = width * height;\n  return half(whole) + double(whole);\n}\n';
const TAIL = 'export const last = [1, 2, 3];\n';

interface Later {
  readonly fate: RegionFate | null;
  /** The text of the place where the region is by now. */
  readonly there: string | null;
}

/** What became of REGION, written between HEAD and TAIL, in a later text; with the range that edits have left it, if given. */
async function fateIn(later: string, hint?: string): Promise<Later> {
  const before = await codeLeaves(HEAD + REGION + TAIL, 'typescript');
  const trace = traceOf(before, leavesIn(before, HEAD.length, HEAD.length + REGION.length), hash);
  const after = await codeLeaves(later, 'typescript');
  const at = hint === undefined ? null : later.indexOf(hint);
  const window = at === null ? null : leavesIn(after, at, at + (hint?.length ?? 0));
  const fate = fateOfRegion(trace, hashedText(after, hash), window);
  const range = fate?.place ? rangeOfLeaves(after, fate.place) : null;
  return { fate, there: range === null ? null : later.slice(range.start, range.end) };
}

describe('fateOfRegion', () => {
  it.each([
    ['nothing was done', HEAD + REGION + TAIL],
    ['lines came above it', `// new\nconst x = 1;\n${HEAD}${REGION}${TAIL}`],
    [
      'it was indented and broken otherwise',
      HEAD +
        REGION.replaceAll('  ', '\t').replace(
          '(width: number, height: number)',
          '(\n\twidth: number,\n\theight: number,\n)',
        ) +
        TAIL,
    ],
    ['comments came into it', HEAD + REGION.replace('return', '// why\n  return') + TAIL],
    ['it was moved down', HEAD + TAIL + REGION],
  ])('is unchanged where %s', async (_what, later) => {
    const { fate, there } = await fateIn(later);
    expect(fate).toMatchObject({ event: 'unchanged', retainedShare: 1 });
    expect(there?.replace(/\s+/g, '')).toContain('returnhalf(whole)+double(whole);}'.slice(0, -2));
  });

  it('is changed where a leaf is another, and says which share lives', async () => {
    const { fate } = await fateIn(HEAD + REGION.replace('width * height', 'width / height') + TAIL);
    expect(fate?.event).toBe('changed');
    expect(fate?.retainedShare).toBe(31 / 32);
  });

  it('is changed where something was inserted into it, and extended where that is a whole statement', async () => {
    const inside = await fateIn(HEAD + REGION.replace('double(whole)', 'double(whole + 1)') + TAIL);
    expect(inside.fate).toMatchObject({ event: 'changed', retainedShare: 1 });
    const statement = await fateIn(HEAD + REGION.replace('  return', '  log(whole);\n  return') + TAIL);
    expect(statement.fate).toMatchObject({ event: 'extended', retainedShare: 1 });
  });

  it('is not changed by what is written after it, though its range took that in', async () => {
    const grown = `${REGION}export const more = 7;\n`;
    const { fate, there } = await fateIn(HEAD + grown + TAIL, grown);
    expect(fate?.event).toBe('unchanged');
    expect(there?.endsWith('}')).toBe(true);
  });

  it('is not changed by a rename of what is declared or imported outside of it', async () => {
    const later = (HEAD + REGION + TAIL).replaceAll('double', 'twice').replaceAll('half', 'halved');
    expect((await fateIn(later)).fate).toMatchObject({ event: 'unchanged', retainedShare: 1 });
  });

  it('is changed where a name was changed inside alone', async () => {
    const later = HEAD + REGION.replace('double(whole)', 'twice(whole)') + TAIL;
    expect((await fateIn(later)).fate?.event).toBe('changed');
    const own = HEAD + REGION.replaceAll('whole', 'total') + TAIL;
    expect((await fateIn(own)).fate?.event).toBe('changed');
  });

  it('has no living leaf where edits left it nothing, and is not found where nobody followed it', async () => {
    const gone = await codeLeaves(HEAD + TAIL, 'typescript');
    const before = await codeLeaves(HEAD + REGION + TAIL, 'typescript');
    const trace = traceOf(before, leavesIn(before, HEAD.length, HEAD.length + REGION.length), hash);
    const empty = fateOfRegion(trace, hashedText(gone, hash), leavesIn(gone, HEAD.length, HEAD.length));
    expect(empty).toEqual({ event: 'changed', retainedShare: 0, place: null });
    expect((await fateIn(HEAD + TAIL)).fate).toBeNull();
  });

  it('is not found where it stands twice', async () => {
    expect((await fateIn(HEAD + REGION + REGION + TAIL)).fate).toBeNull();
  });

  it('is found by what is left of it where nobody followed it', async () => {
    const later = HEAD + REGION.replace('half(whole) + double(whole)', 'whole') + TAIL;
    const { fate, there } = await fateIn(later);
    expect(fate?.event).toBe('changed');
    expect(fate?.retainedShare).toBeGreaterThan(0.7);
    expect(there).toMatch(/^export function area[^]*\}$/);
  });
});
