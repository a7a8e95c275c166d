import { describe, expect, it } from 'vitest';
import { cutCompletion } from '../../../../src/app/completions/completion.ts';
import { sliceScored } from '../../../../src/app/completions/sliceScored.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';
import { scoredTokens, tokensOf } from './writingEngine.ts';

const scored = scoredTokens(['foo', '(', 'bar', ')', ' ', '\n']);

describe('a stretch of a scored text', () => {
  it('keeps whole tokens with all that is known of them; a piece is unscored', () => {
    const part = sliceScored(scored, 1, 6);
    expect([...part.tokens()]).toEqual([
      { text: 'oo', start: 0, end: 2 },
      { text: '(', start: 2, end: 3, logprobNats: -0.2, alternatives: [{ text: '(', logprobNats: -0.2 }] },
      { text: 'ba', start: 3, end: 5 },
    ]);
    expect(part.source).toBe(scored.source);
  });

  it('is taken into the text', () => {
    expect(sliceScored(scored, -5, 99).text).toBe(scored.text);
    expect(sliceScored(scored, 4, 2).tokenCount).toBe(0);
    expect(sliceScored(scored, 99, 100).text).toBe('');
  });

  it('is the text of the stretch, and cuts two tokens at most', () => {
    const random = randomNumbers(3);
    const whole = scoredTokens(tokensOf('const a = foo(bar, 12) + "x y";\n'));
    for (let round = 0; round < 200; round++) {
      const start = Math.floor(random() * whole.text.length);
      const end = start + Math.floor(random() * (whole.text.length - start + 1));
      const part = sliceScored(whole, start, end);
      expect(part.text).toBe(whole.text.slice(start, end));
      expect(part.measures.logprobsNats.filter((logprob) => Number.isNaN(logprob)).length).toBeLessThanOrEqual(2);
    }
  });
});

describe('a part of a completion', () => {
  it('ends without white space, and is nothing where nothing else is left', () => {
    const completion = { text: scored.text, scored };
    expect(cutCompletion(completion, 0, scored.text.length)?.text).toBe('foo(bar)');
    expect(cutCompletion(completion, 4, 7)?.text).toBe('bar');
    expect(cutCompletion(completion, 8, scored.text.length)).toBeNull();
  });
});
