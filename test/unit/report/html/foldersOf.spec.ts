import { describe, expect, it } from 'vitest';
import { foldersOf, MOST_FOLDERS } from '../../../../src/report/html/foldersOf.ts';
import type { SummedRegion } from '../../../../src/report/html/reportRegions.ts';
import { judgedFile } from '../../../support/someReport.ts';

function regionOf(path: string, tokenCount: number): SummedRegion {
  const file = judgedFile(path, 'let a;', []);
  const [assessment] = file.assessments;
  const { evidence } = assessment!;
  return {
    file,
    assessment: { ...assessment!, evidence: { ...evidence, signals: { tokenCount } } },
    model: 'm',
    line: 0,
  };
}

const namesOf = (paths: readonly string[]): readonly string[] =>
  foldersOf(paths.map((path, index) => regionOf(path, 1000 - index))).map(({ name }) => name);
const many = (count: number, path: (index: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, index) => path(index));

describe('foldersOf', () => {
  it('shows few files one by one, the largest first', () => {
    const folders = foldersOf([regionOf('a/b.ts', 5), regionOf('c.ts', 9), regionOf('a/b.ts', 6)]);
    expect(folders.map(({ name, tokens, regions }) => [name, tokens, regions.length])).toEqual([
      ['a/b.ts', 11, 2],
      ['c.ts', 9, 1],
    ]);
  });

  it('shows many files by folders, as deep as can be read', () => {
    expect(
      namesOf([...many(9, (index) => `src/a/${index}.ts`), ...many(9, (index) => `src/b/c/${index}.ts`), 'x.ts']),
    ).toEqual(['src/a/', 'src/b/c/', './']);
    // One level deeper there are forty.
    expect(namesOf(many(40, (index) => `src/${index % 2}/${index}/a.ts`))).toEqual(['src/0/', 'src/1/']);
  });

  it('puts the smallest together where the top folders are too many', () => {
    const names = namesOf(many(100, (index) => `${index}/a.ts`));
    expect(names).toHaveLength(MOST_FOLDERS);
    expect(names[0]).toBe('71 smaller ones');
    expect(names[1]).toBe('0/');
  });

  it('leaves out what was not scored', () => {
    expect(foldersOf([regionOf('a.ts', 0)])).toEqual([]);
  });
});
