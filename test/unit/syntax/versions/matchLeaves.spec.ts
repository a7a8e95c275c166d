import { describe, expect, it } from 'vitest';
import { matchLeaves, UNMATCHED } from '../../../../src/syntax/versions/matchLeaves.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

/** The words before that live on, and a dash for each that does not. */
function kept(before: string, after: string): string {
  const matches = matchLeaves(words(before), words(after));
  return words(before)
    .map((word, index) => (matches[index] === UNMATCHED ? '-' : word))
    .join(' ');
}

describe('the match of leaves', () => {
  it.each([
    ['nothing', '', '', ''],
    ['a new text', '', 'a b', ''],
    ['a text that went', 'a b', '', '- -'],
    ['an insertion', 'f ( a )', 'f ( a , b )', 'f ( a )'],
    ['a deletion', 'f ( a , b )', 'f ( a )', 'f ( a - - )'],
    ['a replacement', 'x = foo ( y ) + z', 'x = bar ( y ) + z', 'x = - ( y ) + z'],
    ['two places', 'if a < n : f ( a )', 'if a <= n : g ( a )', 'if a - n : - ( a )'],
    ['a block that is wrapped', 'a ( ) b ( )', 'if x { a ( ) b ( ) }', 'a ( ) b ( )'],
  ])('%s', (_, before, after, result) => {
    expect(kept(before, after)).toBe(result);
  });

  it('never crosses: of two blocks that change places one lives on', () => {
    const one = 'def one ( self ) : return self . first + self . second';
    const two = 'def two ( self ) : return self . third - self . fourth';
    const matched = words(kept(`${one} ${two}`, `${two} ${one}`)).filter((word) => word !== '-');
    expect(matched.length).toBeLessThan(words(`${one} ${two}`).length);
    expect(matched.length).toBeGreaterThanOrEqual(words(one).length - 1);
  });

  it('matches equal words in rising order, whatever was edited, and finds nearly all that was kept', () => {
    const random = randomNumbers(7);
    let keptWords = 0;
    let found = 0;
    for (let round = 0; round < 100; round++) {
      const before = Array.from({ length: 400 }, () => `w${Math.floor(60 * random() ** 2)}`);
      const after: string[] = [];
      for (const word of before) {
        const dice = random();
        if (dice < 0.02) continue;
        if (dice < 0.04) after.push('new');
        else {
          after.push(word);
          keptWords++;
        }
      }
      const matches = matchLeaves(before, after);
      let previous = -1;
      for (const [index, match] of matches.entries()) {
        if (match === UNMATCHED) continue;
        expect(after[match]).toBe(before[index]);
        expect(match).toBeGreaterThan(previous);
        previous = match;
        found++;
      }
    }
    expect(found / keptWords).toBeGreaterThan(0.995);
  });

  it('takes a text of 100,000 leaves that is edited in a thousand places in reasonable time', () => {
    const random = randomNumbers(3);
    const before = Array.from({ length: 100_000 }, () => `w${Math.floor(3_000 * random() ** 3)}`);
    const after = before.map((word) => (random() < 0.01 ? 'new' : word));
    const unmatched = matchLeaves(before, after).filter((match) => match === UNMATCHED).length;
    expect(unmatched).toBe(after.filter((word) => word === 'new').length);
  });
});
