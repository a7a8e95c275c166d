import { describe, expect, it } from 'vitest';
import { fingerprintsOf } from '../../../../src/capture/matching/fingerprints.ts';
import { lexemesOf } from '../../../../src/capture/matching/lexemes.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';

function lexemesIn(text: string): readonly string[] {
  const { starts, ends } = lexemesOf(text);
  return Array.from(starts, (start, index) => text.slice(start, ends[index]));
}

describe('lexemesOf', () => {
  it('reads words and signs, without white space', () => {
    expect(lexemesIn('\tif (größe_1 !== $x)\r\n\u00a0return;')).toEqual([
      'if',
      '(',
      'größe_1',
      '!',
      '=',
      '=',
      '$x',
      ')',
      'return',
      ';',
    ]);
    expect(lexemesIn(' \n\t ')).toEqual([]);
  });

  it('reads only the parts that it is given', () => {
    const { starts, visibleBefore } = lexemesOf('one two three', [
      { start: 1, end: 3 },
      { start: 8, end: 13 },
    ]);
    expect([...starts]).toEqual([1, 8]);
    expect([...visibleBefore]).toEqual([0, 2, 7]);
  });
});

describe('fingerprintsOf', () => {
  it('shares one between texts that have seven lexemes in a row in common', () => {
    const random = randomNumbers(3);
    const words = (count: number): string =>
      Array.from({ length: count }, () => `w${Math.floor(random() * 1e6)}`).join(' ');
    for (let round = 0; round < 300; round++) {
      const common = words(7);
      const [left, right] = [9, 9].map((count) =>
        fingerprintsOf(lexemesOf(`${words(count)} ${common} ${words(count)}`)),
      );
      const hashes = new Set(left!.hashes);
      expect(right!.hashes.some((hash) => hashes.has(hash))).toBe(true);
    }
  });

  it('has none for less than five lexemes', () => {
    expect(fingerprintsOf(lexemesOf('a b c d')).hashes).toHaveLength(0);
    expect(fingerprintsOf(lexemesOf('a b c d e')).hashes).toHaveLength(1);
  });
});
