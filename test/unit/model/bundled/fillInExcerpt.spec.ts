import { describe, expect, it } from 'vitest';
import { fillInExcerpt } from '../../../../model/bundled/fillInExcerpt.ts';
import { loadTokenizer } from '../../../../src/engines/tokenizer/loadTokenizer.ts';

const tokenizer = loadTokenizer(new URL('../../../../model/tokenizer/merges.txt', import.meta.url));
const text = Array.from({ length: 60 }, (_, line) => `value_${line} = compute(${line})`).join('\n');

function holeAt(line: number): { readonly start: number; readonly end: number } {
  const statement = `value_${line} = compute(${line})`;
  const start = text.indexOf(statement);
  return { start, end: start + statement.length };
}

function partsOf(excerpt: Uint16Array | null): Readonly<Record<'prefix' | 'suffix' | 'middle', string>> {
  if (excerpt === null) throw new Error('There is no excerpt.');
  const parts = /^<\|endoftext\|><\|fim_prefix\|>(.*)<\|fim_suffix\|>(.*)<\|fim_middle\|>(.*)$/s;
  const [, prefix = '', suffix = '', middle = ''] = parts.exec(tokenizer.decode(excerpt)) ?? [];
  return { prefix, suffix, middle };
}

describe('fillInExcerpt', () => {
  it('has the whole text where there is room', () => {
    const { prefix, suffix, middle } = partsOf(fillInExcerpt(tokenizer, text, holeAt(30), 4000));
    expect(prefix + middle + suffix).toBe(text);
    expect(middle).toBe('value_30 = compute(30)');
  });

  it.each([0, 1, 30, 58, 59])('keeps what is nearest to the hole at line %i, and fills the context', (line) => {
    const excerpt = fillInExcerpt(tokenizer, text, holeAt(line), 128);
    const { prefix, suffix, middle } = partsOf(excerpt);
    expect(excerpt).toHaveLength(128);
    expect(text).toContain(prefix + middle + suffix);
    expect(middle).toBe(`value_${line} = compute(${line})`);
    if (line === 30) expect(Math.abs(prefix.length - suffix.length)).toBeLessThan(20);
  });

  it('leaves out a hole that would take most of the context', () => {
    expect(fillInExcerpt(tokenizer, text, { start: 0, end: text.length }, 128)).toBeNull();
    expect(fillInExcerpt(tokenizer, text, { start: 5, end: 5 }, 128)).toBeNull();
  });
});
