import { describe, expect, it } from 'vitest';
import { indentedEnd } from '../../../../src/app/completions/indentedEnd.ts';

describe('a statement ends by indentation', () => {
  it.each<[string, string, string | null]>([
    ['before a line that is indented as much', 'a\n[b\nc\n]', 'b'],
    ['after those that are indented deeper', 'a\n[if b\n  c\n\n  d\ne\n]', 'if b\n  c\n\n  d'],
    ['after what closes it', 'a\n[b {\n  c\n}\nd\n]', 'b {\n  c\n}'],
    ['after its branches', 'a\n[if b then\n  c\nelse\n  d\nend\ne\n]', 'if b then\n  c\nelse\n  d\nend'],
    ['with the block where it begins one', 'a:\n  [b\n  c\nd\n]', 'b\n  c'],
    ['but not with a block that goes on', 'a:\n  [b\n  c\n]\n  d\n', 'b'],
    ['not yet', 'a\n[if b\n  c\n]', null],
    ['not before it begins', 'a\n[\n  \n]', null],
    ['in the line of the caret', 'a = [b\nc\n]', 'b'],
  ])('%s', (_name, marked, expected) => {
    const start = marked.indexOf('[');
    const end = marked.indexOf(']') - 1;
    const text = marked.replace('[', '').replace(']', '');
    const found = indentedEnd(text, { start, end });
    expect(found.end === null ? null : text.slice(start, found.end)).toBe(expected);
  });
});
