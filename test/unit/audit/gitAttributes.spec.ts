import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributesOf, parseAttributes } from '../../../src/audit/gitAttributes.ts';
import { git } from '../../support/gitRepository.ts';
import { temporaryFolder, writeFiles } from '../../support/temporaryFolder.ts';

const said = (lines: string, path: string, folder = ''): unknown =>
  attributesOf(parseAttributes(lines, folder, false), path);

describe('parseAttributes', () => {
  it.each([
    ['*.ts linguist-generated', 'a/b.ts', { generated: true, vendored: null }],
    ['*.ts text linguist-generated=true linguist-vendored=false', 'b.ts', { generated: true, vendored: false }],
    ['lib/** linguist-vendored\nlib/own/* -linguist-vendored', 'lib/own/x', { generated: null, vendored: false }],
    ['* linguist-generated\n*.ts !linguist-generated', 'x.ts', { generated: null, vendored: null }],
    ['"a b/*.ts"\tlinguist-generated', 'a b/c.ts', { generated: true, vendored: null }],
    ['api linguist-generated', 'api/x.ts', { generated: null, vendored: null }],
    ['# *.ts linguist-generated\n!*.ts linguist-generated', 'x.ts', { generated: null, vendored: null }],
    ['*.ts linguist-documentation', 'x.ts', { generated: null, vendored: null }],
    ['[ linguist-generated', '[', { generated: null, vendored: null }],
  ])('%j says of %s', (lines, path, expected) => {
    expect(said(lines, path)).toEqual(expected);
  });

  it('reads patterns from their own folder on', () => {
    expect(said('/a.ts linguist-generated', 'sub [1]/a.ts', 'sub [1]')).toMatchObject({ generated: true });
    expect(said('a.ts linguist-generated', 'sub/deep/a.ts', 'sub')).toMatchObject({ generated: true });
    expect(said('/a.ts linguist-generated', 'sub/deep/a.ts', 'sub')).toMatchObject({ generated: null });
  });

  it('says what git says', () => {
    const segment = fc.constantFrom('a', 'b', 'ab', 'a.ts', 'b.ts', '[a]', 'x-y');
    const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    const pattern = fc
      .array(
        fc.constantFrom('a', 'b', '*', '**', '?', '/', '/', '*.ts', '[a-b]', '[!a]', '\\[a\\]', '[[:alpha:]]', '.ts'),
        {
          minLength: 1,
          maxLength: 5,
        },
      )
      .map((parts) => parts.join(''))
      .filter((text) => !/^[!#]/.test(text));
    const state = fc.constantFrom(
      'linguist-generated',
      '-linguist-generated',
      '!linguist-generated',
      'linguist-generated=false',
    );
    const rules = fc.array(fc.tuple(pattern, state), { minLength: 1, maxLength: 4 });
    const root = temporaryFolder();
    git(root, 'init', '--quiet');
    fc.assert(
      fc.property(rules, fc.uniqueArray(path, { minLength: 1, maxLength: 6 }), (lines, paths) => {
        const text = lines.map((line) => line.join(' ')).join('\n');
        writeFiles(root, { '.gitattributes': `${text}\n` });
        const words = git(root, 'check-attr', '-z', 'linguist-generated', '--', ...paths).split('\0');
        const expected = paths.map(
          (_, index) => ({ set: true, unset: false, false: false })[words[3 * index + 2] ?? ''] ?? null,
        );
        expect(
          paths.map((one) => attributesOf(parseAttributes(text, '', false), one).generated),
          text,
        ).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
