import { describe, expect, it } from 'vitest';
import { learnMerges } from '../../../../model/tokenizer/learnMerges.ts';
import { joinsOperators, splitOperators } from '../../../../model/tokenizer/splitOperators.ts';
import { loadTokenizer } from '../../../../src/engines/tokenizer/loadTokenizer.ts';

describe('learnMerges', () => {
  it('takes the most frequent pair first, and of equal ones that with the smaller ids', () => {
    // `lo` 8, `ow` 8, `we` 3, `er` 3, `st` 2; then `low` 8; then `er` before `lowe`, for `e` comes before `low`.
    const counts = new Map([
      ['low', 5],
      ['lower', 3],
      ['st', 2],
    ]);
    expect(learnMerges(counts, 10)).toEqual(['l o', 'lo w', 'e r', 'low er', 's t']);
  });

  it('keeps count of runs of one character', () => {
    // aa|aa|a, where `aa aa` and `aa a` are equally frequent, and `a` is the smaller id.
    expect(learnMerges(new Map([['aaaaa', 2]]), 10)).toEqual(['a a', 'aa a', 'aa aaa']);
  });

  it('does not depend on the order of the words', () => {
    const words: [string, number][] = [
      ['return', 7],
      ['retry', 3],
      ['entry', 7],
      ['tree', 2],
    ];
    expect(learnMerges(new Map(words), 20)).toEqual(learnMerges(new Map(words.toReversed()), 20));
  });

  it('stops when no pair is left', () => {
    expect(learnMerges(new Map([['ab', 1]]), 5)).toEqual(['a b']);
  });
});

describe('splitOperators', () => {
  it.each<[string, string[]]>([
    [' return', [' return']],
    ['):', [')', ':']],
    ['("', ['(', '"']],
    [' (("', [' (', '(', '"']],
    ['    = ', ['   ', ' =', ' ']],
    [' ==', [' ==']],
    ['>>>=', ['>>>=']],
    ['||=', ['||=']],
    ['...)', ['...', ')']],
    ['"""', ['"""']],
    ['----------', ['----------']],
    ['//////', ['//////']],
    ['._', ['.', '_']],
    ['__', ['__']],
    ['   ', ['   ']],
    ['漢字', ['漢字']],
  ])('cuts %j', (piece, expected) => {
    expect(splitOperators(piece)).toEqual(expected);
  });
});

describe('the shipped merges', () => {
  it('join no two operators', () => {
    const shipped = loadTokenizer(new URL('../../../../model/tokenizer/merges.txt', import.meta.url));
    const pieces = Array.from({ length: shipped.special('<|endoftext|>') }, (_, id) => shipped.piece(id));
    const joined = pieces.filter((piece) => typeof piece === 'string' && joinsOperators(piece));
    expect(joined).toEqual([]);
  });
});
