import { describe, expect, it } from 'vitest';
import { silencingComments } from '../../../src/report/silencingComments.ts';
import { SILENCE, silencedFile } from '../../support/silencedFile.ts';
import { judgedFile } from '../../support/someReport.ts';

const { reason } = SILENCE;

describe('silencingComments', () => {
  it('counts the places that each comment keeps quiet, file by file', () => {
    const skipped = { path: 'c.bin', language: null, skipped: 'binary' } as const;
    const files = [silencedFile('a.ts'), judgedFile('b.ts', 'let b;', []), skipped, silencedFile('d.ts')];
    expect(silencingComments(files)).toEqual([
      { path: 'a.ts', line: 0, reason, places: 2 },
      { path: 'd.ts', line: 0, reason, places: 2 },
    ]);
  });

  it('counts a quiet region in which nothing would be named as one place', () => {
    const files = [silencedFile('a.ts', { silenced: [], silence: SILENCE })];
    expect(silencingComments(files)).toEqual([{ path: 'a.ts', line: 0, reason, places: 1 }]);
  });

  it('tells two comments of one file apart', () => {
    const one = silencedFile('a.ts');
    const [odd, other] = one.assessments[0]!.silenced!;
    const later = { ...other!, silence: { reason: 'later', start: odd!.start, end: odd!.end } };
    const files = [silencedFile('a.ts', { silenced: [odd!, later] })];
    expect(silencingComments(files).map(({ line, reason: said, places }) => [line, said, places])).toEqual([
      [0, reason, 1],
      [1, 'later', 1],
    ]);
  });

  it('reads files from whatever hands them out', () => {
    function* files(): Generator<ReturnType<typeof silencedFile>> {
      yield silencedFile('a.ts');
    }
    expect(silencingComments(files())).toHaveLength(1);
  });
});
