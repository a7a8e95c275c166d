import { expect, it } from 'vitest';
import { plainWords } from '../../../src/report/plainWords.ts';

it.each([
  ['a plain sentence, 82 %.', 'a plain sentence, 82 %.'],
  ['*b* _i_ `c` [l](u) <i> a|b ~s~ &lt; \\', '\\*b\\* \\_i\\_ \\`c\\` \\[l\\](u) \\<i\\> a\\|b \\~s\\~ \\&lt; \\\\'],
  // A backslash would be gone before mentions are looked for.
  ['@name and #1', '@<!-- -->name and #<!-- -->1'],
])('makes no markup of %s', (words, markdown) => {
  expect(plainWords(words)).toBe(markdown);
});
