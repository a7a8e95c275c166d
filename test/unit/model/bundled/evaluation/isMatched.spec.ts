import { describe, expect, it } from 'vitest';
import { isMatched } from '../../../../../model/bundled/evaluation/isMatched.ts';
import { ScoredText } from '../../../../../src/core/scoredText.ts';
import type { Engine, GenerateRequest } from '../../../../../src/engines/engine.ts';
import { loadTokenizer } from '../../../../../src/engines/tokenizer/loadTokenizer.ts';
import { scriptedEngine } from '../../../../support/scriptedEngine.ts';
import { someSource } from '../../../core/someSource.ts';

const tokenizer = loadTokenizer(new URL('../../../../../model/tokenizer/merges.txt', import.meta.url));

/** An engine that writes always the same. */
function writing(text: string, asked: GenerateRequest[] = []): Engine {
  const measures = { logprobsNats: Float64Array.of(-1) };
  const written = ScoredText.of({ text, source: someSource, tokenEnds: Uint32Array.of(text.length), measures });
  return {
    ...scriptedEngine({ logprobNats: () => -1 }),
    generate: (request) => {
      asked.push(request);
      return Promise.resolve(written);
    },
  };
}

describe('isMatched', () => {
  const line = { path: 'a.js', start: 4, prefix: 'let ', truth: 'a = 1;' };
  const statement = { ...line, suffix: '\nlet b;' };

  it.each([
    ['a = 1;\nlet c;', true],
    ['a = 1;  \r\n', true],
    ['a = 1; // one\n', false],
    ['\na = 1;', false],
  ])('compares what was written up to the end of the line: %j', async (text, isExact) => {
    expect(await isMatched(writing(text), tokenizer, line)).toBe(isExact);
  });

  it.each([
    ['a = 1;\n', true],
    ['a = 1;\nlet c;', false],
    [' a = 1;', false],
  ])('compares all that was written where there is a suffix: %j', async (text, isExact) => {
    expect(await isMatched(writing(text), tokenizer, statement)).toBe(isExact);
  });

  it('asks for eight tokens more than there were', async () => {
    const asked: GenerateRequest[] = [];
    await isMatched(writing('b', asked), tokenizer, line);
    await isMatched(writing('b', asked), tokenizer, statement);
    const maxTokens = tokenizer.encode('a = 1;').ids.length + 8;
    expect(asked).toEqual([
      { path: 'a.js', prefix: 'let ', maxTokens, topK: 0 },
      { path: 'a.js', prefix: 'let ', suffix: '\nlet b;', maxTokens, topK: 0 },
    ]);
  });
});
