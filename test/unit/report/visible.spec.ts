import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible } from '../../../src/report/visible.ts';

describe('visible', () => {
  it.each([
    ['plain text', 'let é = "漢字 😀"', 'let é = "漢字 😀"'],
    ['a tab', '\tx\t', ' x '],
    ['an escape of the terminal', '\u001B[31mred\u001B]0;title\u0007', '\uFFFD[31mred\uFFFD]0;title\uFFFD'],
    ['an 8-bit escape', '\u009B31m', '\uFFFD31m'],
    ['line ends', 'a\r\nb\u2028c\u2029d\u0085e', 'a\uFFFD\uFFFDb\uFFFDc\uFFFDd\uFFFDe'],
    ['a bidirectional override', 'a\u202Eb\u2066c\u200Fd', 'a\uFFFDb\uFFFDc\uFFFDd'],
    ['what has no width', 'a\u200Bb\uFEFFc\u00ADd', 'a\uFFFDb\uFFFDc\uFFFDd'],
    ['a tag character', 'a\u{E0041}b', 'a\uFFFDb'],
    ['a lone surrogate', 'a\uD83Db\uDE00c', 'a\uFFFDb\uFFFDc'],
    ['the delete character', '\u007F', '\uFFFD'],
  ])('makes %s harmless', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('leaves nothing that a terminal obeys, and shows itself unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = visible(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(shown.isWellFormed()).toBe(true);
        expect(visible(shown)).toBe(shown);
      }),
    );
  });
});
