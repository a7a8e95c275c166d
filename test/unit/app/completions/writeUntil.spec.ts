import { describe, expect, it } from 'vitest';
import { writeUntil } from '../../../../src/app/completions/writeUntil.ts';
import type { GenerateRequest } from '../../../../src/engines/engine.ts';
import { scoredTokens, writingEngine } from './writingEngine.ts';

const WORDS = Array.from({ length: 100 }, (_, index) => `w${index} `).join('');
const REQUEST = { prefix: '', path: 'a', maxTokens: 100, topK: 0 };
const { signal } = new AbortController();
const holds =
  (word: string) =>
  (text: string): boolean =>
    text.includes(word);

describe('an engine writes until it is enough', () => {
  it('and is asked again for what was enough, with its own tokens', async () => {
    const engine = writingEngine([WORDS]);
    const { scored, ranOut } = await writeUntil(engine, REQUEST, holds('w5 '), signal);
    expect(scored.text).toContain('w5 ');
    expect(scored.measures.logprobsNats[0]).toBe(-0.1);
    expect(ranOut).toBe(true);
    expect(engine.requests.map(({ maxTokens }) => maxTokens)).toEqual([100, 12 + 8]);
    expect(engine.requests[1]).not.toHaveProperty('onText');
    expect(engine.written()).toBeLessThan(40);
  });

  it('or goes on where that costs less', async () => {
    const engine = writingEngine([WORDS]);
    const { scored } = await writeUntil(engine, REQUEST, holds('w30 '), signal);
    expect(scored.tokenCount).toBe(100);
    expect(engine.requests).toHaveLength(1);
  });

  it('or to its own end', async () => {
    const engine = writingEngine(['a b c']);
    const { scored, ranOut } = await writeUntil(engine, REQUEST, () => false, signal);
    expect([scored.text, ranOut]).toEqual(['a b c', false]);
  });

  it('whatever number of tokens its pieces hold', async () => {
    // Four words a piece: the pieces say too little of how many tokens they are.
    const requests: GenerateRequest[] = [];
    const words = WORDS.split(/(?<= )/);
    const generate = async (request: GenerateRequest): Promise<ReturnType<typeof scoredTokens>> => {
      requests.push(request);
      const tokens = words.slice(0, request.maxTokens);
      for (let at = 0; at < tokens.length; at += 4) {
        await new Promise(setImmediate);
        request.abortSignal?.throwIfAborted();
        request.onText?.(tokens.slice(at, at + 4).join(''));
      }
      return scoredTokens(tokens);
    };
    const { scored } = await writeUntil({ generate }, REQUEST, holds('w39 '), signal);
    expect(requests.map(({ maxTokens }) => maxTokens)).toEqual([100, 10 + 8, 100]);
    expect(scored.text).toContain('w39 ');
  });

  it('and another answer counts as well', async () => {
    const engine = writingEngine([WORDS, 'v1 v2']);
    const { scored, ranOut } = await writeUntil(engine, REQUEST, holds('w5 '), signal);
    expect([scored.text, ranOut]).toEqual(['v1 v2', false]);
  });

  it('hearing each piece once, while the question takes its time', async () => {
    const heard: string[] = [];
    const asked: string[] = [];
    const slow = async (text: string): Promise<boolean> => {
      asked.push(text);
      for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
      return false;
    };
    await writeUntil(writingEngine(['a b c d e']), REQUEST, slow, signal, (piece) => heard.push(piece));
    expect(heard.join('')).toBe('a b c d e');
    expect(asked.length).toBeLessThan(heard.length);
  });

  it('unless a question fails: then to the end', async () => {
    const engine = writingEngine(['a b c']);
    const failing = (): Promise<boolean> => Promise.reject(new Error('the parser broke down'));
    expect((await writeUntil(engine, REQUEST, failing, signal)).scored.text).toBe('a b c');
  });

  it('unless the request is aborted, even while it is asked again', async () => {
    const controller = new AbortController();
    const engine = writingEngine([WORDS]);
    const generate = (request: GenerateRequest): ReturnType<typeof engine.generate> => {
      if (engine.requests.length === 1) controller.abort(new Error('moved on'));
      return engine.generate(request);
    };
    const asked = writeUntil({ generate }, REQUEST, holds('w5 '), controller.signal);
    await expect(asked).rejects.toThrow('moved on');
  });
});
