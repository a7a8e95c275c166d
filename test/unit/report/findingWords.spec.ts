import { expect, it } from 'vitest';
import type { Finding } from '../../../src/core/words.ts';
import { findingInWords } from '../../../src/report/findingWords.ts';

function words(kind: Finding['kind'], chance: number, bestChance: number): string {
  const alternatives = [{ text: '<', logprobNats: Math.log(bestChance) }];
  const finding: Finding = { kind, start: 0, end: 2, numbers: { chance, bestChance }, alternatives };
  return findingInWords(finding, '<=', (text) => `"${text}"`);
}

it('says what the numbers say', () => {
  expect(words('expectedOther', 0.004, 0.83)).toBe(
    'The engine expected "<" here (83 %); "<=" had a chance of under 1 %.',
  );
  expect(words('closeRival', 0.21, 0.3)).toBe('"<" was at least as likely here (30 %) as "<=" (21 %).');
});
