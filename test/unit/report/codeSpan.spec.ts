import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeBlock, codeSpan } from '../../../src/report/codeSpan.ts';

/** What CommonMark makes of a text that is one code span (6.1): null where it is not one. */
function rendered(markdown: string): string | null {
  const ticks = /^`+/.exec(markdown)?.[0] ?? '';
  const rest = markdown.slice(ticks.length);
  const end = Array.from(rest.matchAll(/`+/g)).find(([run]) => run === ticks);
  if (ticks === '' || end === undefined || end.index + ticks.length !== rest.length) return null;
  const content = rest.slice(0, end.index);
  return /^ .* $/.test(content) && /[^ ]/.test(content) ? content.slice(1, -1) : content;
}

describe('codeSpan', () => {
  it.each([
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['``a', '``` ``a ```'],
    [' a ', '`  a  `'],
    [' ', '` `'],
    ['a\nb', '`a\uFFFDb`'],
    ['\u202E', '`\uFFFD`'],
    ['', '(nothing)'],
  ])('writes %j as %j', (text, expected) => {
    expect(codeSpan(text)).toBe(expected);
  });

  it('holds any printable text, and is one span', () => {
    const text = fc.string({
      unit: fc.constantFrom('`', ' ', 'a', '<', '|', '@', '\\', ']'),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, (one) => {
        expect(rendered(codeSpan(one))).toBe(one);
      }),
      { seed: 1 },
    );
  });
});

describe('codeBlock', () => {
  it('has a fence that is longer than any in it', () => {
    expect(codeBlock(['a'])).toBe('```\na\n```');
    expect(codeBlock(['````', '</details>'])).toBe('`````\n````\n</details>\n`````');
  });
});
