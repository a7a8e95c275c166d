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
});

it('says how many samples leave the text, and where', () => {
  const numbers = { reaching: 9, leaving: 6, sampleCount: 10 };
  const finding: Finding = { kind: 'samplesPart', start: 0, end: 2, numbers, alternatives: [] };
  expect(findingInWords(finding, '<=', (text) => `"${text}"`)).toBe('6 of 9 samples that came so far leave "<=" here.');
});
