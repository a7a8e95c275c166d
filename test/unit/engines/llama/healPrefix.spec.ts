import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../../src/core/utf8.ts';
import { agrees, healPrefix, longestTokenOf } from '../../../../src/engines/llama/healPrefix.ts';
import type { Answer, TokenEvaluator } from '../../../../src/engines/llama/tokenEvaluator.ts';
import { readVocabulary } from '../../../../src/engines/llama/vocabulary.ts';
import { writeTokens } from '../../../../src/engines/llama/writeTokens.ts';

const TOKENS = [
  '{',
  '\n',
  ' ',
  ' ret',
  're',
  't',
  ' return',
  ' value',
  ';',
  ' ',
  ' add',
  'F',
  'ou',
  ' addFour',
  'é',
  '名',
];
const vocabulary = readVocabulary({ model: 'llama', tokens: TOKENS, types: TOKENS.map(() => 1) });
const id = (text: string): number => TOKENS.indexOf(text);
const ids = (...texts: readonly string[]): readonly number[] => texts.map(id);

describe('a prefix', () => {
  it.each([
    ['{\n  ret', '{\n  ', '', 'ret'],
    ['{\n  return va', '{\n  ', 'return', ' va'],
    ['\tx = a.le', '\t', 'x = a.', 'le'],
    ['x = 名é_$1', '', 'x =', ' 名é_$1'],
    ['a\r\nx = ', 'a\r\n', 'x =', ' '],
    ['x =  ', '', 'x =  ', ''],
    ['{\n  ', '{\n  ', '', ''],
    ['{\n', '{\n', '', ''],
    ['f(', '', 'f(', ''],
    ['ret', '', '', 'ret'],
    ['', '', '', ''],
    [' ', ' ', '', ''],
    ['a'.repeat(100), '', 'a'.repeat(36), 'a'.repeat(64)],
    ['('.repeat(500), '('.repeat(500), '', ''],
  ])('%j is parted before its last line and the word that was begun', (prefix, lines, line, begun) => {
    expect(healPrefix(prefix)).toEqual({ lines, line, begun });
  });
});

it.each([
  ['ret', 'return', true],
  ['return', 'ret', true],
  ['ret', 'rat', false],
  ['', 'ret', false],
])('"%s" where "%s" must stand: %s', (token, begun, expected) => {
  expect(agrees(encodeUtf8(token), encodeUtf8(begun))).toBe(expected);
});

it('knows the longest token that a text begins with', () => {
  expect(longestTokenOf(encodeUtf8(' retry'), vocabulary)).toBe(id(' ret'));
  expect(longestTokenOf(encodeUtf8('retry'), vocabulary)).toBe(id('re'));
  expect(longestTokenOf(encodeUtf8('x'), vocabulary)).toBeNull();
});

/** A model that holds the same tokens likely at every place. */
function model(...likely: readonly string[]): TokenEvaluator {
  const top = ids(...likely).map((token, rank) => ({ token, logprobNats: -0.5 - rank }));
  return {
    contextTokens: 100,
    startToken: null,
    evaluatedTokens: 0,
    knownTokens: () => 0,
    evaluate(_, [question], onAnswer) {
      if (question === undefined || top[0] === undefined) throw new Error('nothing to ask');
      const answer: Answer = {
        question,
        logprobNats: Number.NaN,
        best: top[0],
        top: top.slice(0, question.topK),
      };
      onAnswer(answer);
      return Promise.resolve();
    },
  };
}

describe('what is written after a word that was begun', () => {
  async function written(evaluator: TokenEvaluator, begun: string): Promise<unknown> {
    const options = { maxTokens: 2, topK: 1, isEnd: () => false, vocabulary, begun: encodeUtf8(begun) };
    const signal = new AbortController().signal;
    const tokens = await writeTokens(evaluator, ids('{'), options, () => undefined, signal);
    return tokens.map(({ token, from, logprobNats, top }) => [TOKENS[token], from, logprobNats, top.length]);
  }

  it('goes on with the likeliest token that goes with it, whose own part is not scored', async () => {
    expect(await written(model(';', ' return', ' ret'), ' ret')).toEqual([
      [' return', 4, null, 0],
      [';', 0, -0.5, 1],
    ]);
  });

  it('leaves out what holds nothing new', async () => {
    expect(await written(model(' ret', 't'), ' ret')).toEqual([
      [' ret', 0, -0.5, 1],
      [' ret', 0, -0.5, 1],
    ]);
  });

  it('goes along with what the model never thought of', async () => {
    expect(await written(model(';'), ' addFou')).toEqual([
      [';', 0, -0.5, 1],
      [';', 0, -0.5, 1],
    ]);
  });
});
