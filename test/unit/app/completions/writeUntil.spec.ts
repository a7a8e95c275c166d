import { describe, expect, it } from 'vitest';
import { writeUntil } from '../../../../src/app/completions/writeUntil.ts';
import { writingEngine } from './writingEngine.ts';

const WORDS = Array.from({ length: 100 }, (_, index) => `w${index} `).join('');
const REQUEST = { prefix: '', path: 'a', maxTokens: 100, topK: 0 };
const { signal } = new AbortController();
const holds =
  (word: string) =>
  (text: string): boolean =>
    text.includes(word);

describe('an engine writes until it is enough', () => {
  it('and gives what it wrote until then, with its own tokens', async () => {
    const engine = writingEngine([WORDS]);
    const { scored, ranOut } = await writeUntil(engine, REQUEST, holds('w5 '), signal);
    expect(scored.text.endsWith('w5 ')).toBe(true);
    expect(scored.measures.logprobsNats[0]).toBe(-0.1);
    expect(ranOut).toBe(true);
    expect(engine.requests).toHaveLength(1);
    expect(engine.written()).toBe(scored.tokenCount);
  });

  it('or has no tokens left', async () => {
    const engine = writingEngine([WORDS]);
    const { scored, ranOut } = await writeUntil(engine, REQUEST, () => false, signal);
    expect([scored.tokenCount, ranOut]).toEqual([100, true]);
  });

  it('or to its own end', async () => {
    const engine = writingEngine(['a b c']);
    const { scored, ranOut } = await writeUntil(engine, REQUEST, () => false, signal);
    expect([scored.text, ranOut]).toEqual(['a b c', false]);
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

  it('unless the request is aborted', async () => {
    const controller = new AbortController();
    const stopAt = (piece: string): void => {
      if (piece === 'w5') controller.abort(new Error('moved on'));
    };
    const asked = writeUntil(writingEngine([WORDS]), REQUEST, () => false, controller.signal, stopAt);
    await expect(asked).rejects.toThrow('moved on');
  });
});
