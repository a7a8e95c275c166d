import { describe, expect, it } from 'vitest';
import { keptQuietSection } from '../../../../src/report/html/keptQuietSection.ts';
import { SILENCE, silencedFile } from '../../../support/silencedFile.ts';
import { judgedFile, reportOf } from '../../../support/someReport.ts';
import { wordsOfPage } from '../../../support/wordsOfPage.ts';

const sectionOf = (files: Parameters<typeof reportOf>[0]): string =>
  keptQuietSection(reportOf(files), (path, line) => `x:${path}:${line}`).markup;

describe('keptQuietSection', () => {
  it('says how many comments keep how many places quiet, and lists them with their reasons', () => {
    const quiet = { ...SILENCE, reason: 'checked by hand' };
    const markup = sectionOf([
      silencedFile('a.ts'),
      judgedFile('b.ts', 'let b;', []),
      silencedFile('c.ts', { silenced: [], silence: quiet }),
    ]);
    const words = wordsOfPage(markup);
    expect(words).toContain('2 comments keep 3 places quiet');
    expect(words).toContain('comment reason places a.ts:1 [seen]\uFFFD `here` 2 c.ts:1 checked by hand 1');
    expect(markup).toContain('<a class="place" href="x:c.ts:0">c.ts:1</a>');
  });

  it('says so where no comment keeps anything quiet, without going through the files', () => {
    const report = reportOf([judgedFile('a.ts', 'let a;', [])]);
    const files = {
      length: 1,
      [Symbol.iterator]: (): never => {
        throw new Error('was gone through');
      },
    };
    expect(wordsOfPage(keptQuietSection({ ...report, files }, () => null).markup)).toContain(
      'No comment keeps anything quiet.',
    );
  });

  it('stays small however many there are and however long their reasons, and says what was cut', () => {
    const reason = `${'x'.repeat(299)}😀${'y'.repeat(5000)}`;
    const silence = { ...SILENCE, reason };
    const files = Array.from({ length: 3000 }, (_, index) => silencedFile(`f${index}.ts`, { silenced: [], silence }));
    const markup = sectionOf(files);
    const words = wordsOfPage(markup);
    expect(words).toContain('3,000 comments keep 3,000 places quiet');
    expect(words).toContain('f99.ts:1');
    expect(words).not.toContain('f100.ts:1');
    expect(words).toContain('2,900 more comments; --format=json has all of them.');
    expect(words).toContain(`${'x'.repeat(299)}…`);
    expect(markup.length).toBeLessThan(80_000);
  });
});
