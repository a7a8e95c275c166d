import { describe, expect, it } from 'vitest';
import { commentSign } from '../../../src/syntax/commentSign.ts';
import { findRegions } from '../../../src/syntax/findRegions.ts';
import { LANGUAGE_IDS } from '../../../src/syntax/languages.ts';
import { suppressionComment } from '../../../src/syntax/suppressionComment.ts';
import { suppressionAt, suppressionsOf } from '../../../src/syntax/suppressions.ts';
import { SAMPLES, spansOf } from './samples.ts';

const AWKWARD = ' C:\\new\\users ?> */ because\r\nof 漢字 \\';

describe('suppressionComment', () => {
  it('writes the sign of the language behind the indentation', () => {
    expect(suppressionComment('typescript', '  ', 'seen')).toBe('  // candor-ignore: seen');
    expect(suppressionComment('python', '\t', 'seen')).toBe('\t# candor-ignore: seen');
    expect(suppressionComment('bash', '', 'generated', 'file')).toBe('# candor-ignore-file: generated');
  });

  it('keeps an awkward reason in one comment', () => {
    expect(suppressionComment('php', '', AWKWARD)).toBe('// candor-ignore: C:/new/users ? > */ because of 漢字 /');
  });

  it.each(['', '  ', '...', '!?'])('writes nothing for the reason %j', (reason) => {
    expect(suppressionComment('go', '', reason)).toBeNull();
  });

  it('writes nothing where nobody knows the sign', () => {
    expect(suppressionComment('lines', '', 'seen')).toBeNull();
  });

  it.each(SAMPLES.filter(({ file }) => file.startsWith('sample')))(
    'is read again above each function of $file',
    async ({ text, language }) => {
      const regions = findRegions(await spansOf(text, language), text).filter(({ kind }) => kind === 'function');
      expect(regions.length).toBeGreaterThan(0);
      for (const { start, end } of regions) {
        const lineStart = Math.max(text.lastIndexOf('\n', start), text.lastIndexOf('\r', start)) + 1;
        const indentation = text.slice(lineStart, start);
        if (indentation.trim() !== '') continue;
        const comment = `${suppressionComment(language, indentation, AWKWARD)}\n`;
        const changed = text.slice(0, lineStart) + comment + text.slice(lineStart);
        const suppressions = suppressionsOf(changed, await spansOf(changed, language));
        expect(suppressions.faults).toEqual([]);
        const found = suppressionAt(suppressions, start + comment.length, end + comment.length);
        expect(found?.reason).toBe('C:/new/users ? > */ because of 漢字 /');
      }
    },
  );
});

describe('commentSign', () => {
  it.each(LANGUAGE_IDS)('begins a comment of %s', async (language) => {
    const opening = language === 'php' ? '<?php\n' : '';
    const spans = await spansOf(`${opening}${commentSign(language)} words`, language);
    expect(spans.leaves).toHaveLength(language === 'php' ? 1 : 0);
  });

  it('knows none for a text without a grammar', () => {
    expect(commentSign('lines')).toBeNull();
  });
});
