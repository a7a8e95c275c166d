import { expect, it } from 'vitest';
import { chanceInWords } from '../../../src/editor/chanceInWords.ts';

it.each([
  [1, '100 %'],
  [0.617, '62 %'],
  [0.01, '1 %'],
  [0.0099, '1 in 100'],
  [1 / 2345, '1 in 2,300'],
  [1e-6, '1 in 1,000,000'],
  [1e-12, 'less than 1 in a billion'],
])('says a chance of %d as %s', (chance, words) => {
  expect(chanceInWords(Math.log(chance))).toBe(words);
});
