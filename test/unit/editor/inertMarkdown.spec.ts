import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeBlock, inertText } from '../../../src/editor/inertMarkdown.ts';

describe('codeBlock', () => {
  it('has a fence longer than any in the text', () => {
    expect(codeBlock('a\n```\n````js\nb', 'python')).toBe('`````python\na\n```\n````js\nb\n`````');
  });

  it('takes no language that is not a bare name', () => {
    expect(codeBlock('a', 'py`\n[x](command:y)')).toBe('```plaintext\na\n```');
  });

  it('shows bidirectional controls instead of obeying them', () => {
    expect(codeBlock('a\u202Eb\u2066')).toBe('```plaintext\na\uFFFDb\uFFFD\n```');
  });

  it('keeps every text inside its fence', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('`', '``', '```', '\n', '~~~', 'a', '\r', '> ', '    ')), (parts) => {
        const [open = '', ...rest] = codeBlock(parts.join('')).split('\n');
        const fence = /^`+/.exec(open)?.[0] ?? '';
        const closing = rest.findIndex((line) => new RegExp(`^ {0,3}\`{${fence.length},}\\s*$`).test(line));
        expect(closing).toBe(rest.length - 1);
      }),
    );
  });
});

describe('inertText', () => {
  it('leaves letters, digits and blanks, and makes all else a character reference', () => {
    expect(inertText('total é 5')).toBe('total é 5');
    expect(inertText('[x](command:y) <b> $(alert) `c`')).not.toMatch(/[[\]()<>$`:]/);
    expect(inertText('a&lt;')).toBe('a&#38;lt&#59;');
  });

  it('is read as the text that it stands for', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = inertText(text).replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
        expect(read).toBe(text.replaceAll('\t', ' ').replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '\uFFFD'));
      }),
    );
  });
});
