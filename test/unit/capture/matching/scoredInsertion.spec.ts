import { describe, expect, it } from 'vitest';
import type { Match, Piece } from '../../../../src/capture/matching/match.ts';
import { scoredInsertion } from '../../../../src/capture/matching/scoredInsertion.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';
import { someGeneration } from './someGeneration.ts';

const TEXT = 'let a = b;\n  use(a);\n';
// Its tokens: let| a| |=| b|;|\n·|·use|(|a|)|;|\n

function matchOf(pieces: readonly Piece[]): Match {
  const generation = someGeneration('g', TEXT, randomNumbers(5));
  return { generation, pieces, start: pieces[0]!.start, end: pieces.at(-1)!.end, coverage: 1, certainty: 'certain' };
}

function tokensOf(text: string, match: Match): readonly string[] {
  return Array.from(scoredInsertion(text, match).tokens(), ({ text, logprobNats }) =>
    logprobNats === undefined ? `?${text}` : text,
  );
}

describe('scoredInsertion', () => {
  it('keeps all that is known of every token of what was inserted as it is', () => {
    const match = matchOf([{ start: 0, end: TEXT.length, from: 0 }]);
    const { scored } = match.generation;
    const inserted = scoredInsertion(TEXT, match);
    expect(inserted.tokenEnds).toEqual(scored.tokenEnds);
    expect(inserted.measures).toEqual(scored.measures);
    expect(inserted.alternatives).toEqual(scored.alternatives);
    expect(inserted.source).toBe(scored.source);
  });

  it('leaves unscored what was cut, changed or indented anew', () => {
    const text = '// t a = c;\n\tuse(a);';
    const match = matchOf([
      { start: 3, end: 8, from: 2 },
      { start: 10, end: 12, from: 9 },
      { start: 13, end: 20, from: 13 },
    ]);
    expect(tokensOf(text, match)).toEqual(['?t', ' a', ' ', '=', '? c', ';', '?\n\tuse', '(', 'a', ')', ';']);
  });

  it('is one unscored token where no token is whole', () => {
    const match = matchOf([{ start: 0, end: 2, from: 1 }]);
    expect(tokensOf('et', match)).toEqual(['?et']);
  });
});
