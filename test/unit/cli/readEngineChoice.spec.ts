import { describe, expect, it } from 'vitest';
import { readEngineChoice } from '../../../src/cli/readEngineChoice.ts';

const SERVER = { engine: 'openai', 'base-url': 'http://127.0.0.1:8000/v1', gpu: false, mix: false };

describe('readEngineChoice', () => {
  it('takes how many calls a server gets at once, and how long it may take', () => {
    expect(readEngineChoice({ ...SERVER, concurrency: '16', 'answer-time': '30' })).toEqual({
      engine: 'openai',
      baseUrl: 'http://127.0.0.1:8000/v1',
      concurrency: 16,
      answerTimeMs: 30_000,
    });
    expect(readEngineChoice(SERVER)).toEqual({ engine: 'openai', baseUrl: 'http://127.0.0.1:8000/v1' });
  });

  it.each([
    [{ concurrency: '0' }, '--concurrency=0'],
    [{ concurrency: '1025' }, '--concurrency=1025'],
    [{ concurrency: 'all' }, '--concurrency=all'],
    [{ 'answer-time': '301' }, '--answer-time=301'],
    [{ engine: 'ngram', 'base-url': undefined, concurrency: '4' }, '--concurrency is not for the engine ngram'],
    [{ engine: undefined, 'base-url': undefined, 'answer-time': '4' }, '--answer-time is not for the engine bundled'],
  ])('refuses %j', (values, words) => {
    expect(() => readEngineChoice({ ...SERVER, ...values })).toThrow(
      expect.objectContaining({ reason: 'bad-call', message: expect.stringContaining(words) as string }) as Error,
    );
  });
});
