import { describe, expect, it } from 'vitest';
import { ScoredText } from '../../../src/core/scoredText.ts';
import type { GenerateRequest } from '../../../src/engines/engine.ts';
import { sampleContinuations, type Samples } from '../../../src/engines/sampleContinuations.ts';
import { someSource } from '../core/someSource.ts';

const REQUEST = { prefix: 'a', path: 'a.py', maxTokens: 6, topK: 0 };
const WANTED = { count: 5, temperature: 0.8, seed: 11 };

/** Writes the letters of its seed, one a turn, and knows who is being served. */
class LetterEngine {
  readonly requests: GenerateRequest[] = [];
  writing = 0;
  mostWriting = 0;
  fails = false;

  async generate(request: GenerateRequest): Promise<ScoredText> {
    this.requests.push(request);
    this.writing += 1;
    this.mostWriting = Math.max(this.mostWriting, this.writing);
    try {
      let text = '';
      const letters = String(request.sampling?.seed);
      while (text.length < request.maxTokens && request.stopSignal?.aborted !== true) {
        await new Promise(setImmediate);
        request.abortSignal?.throwIfAborted();
        if (this.fails) throw new Error('broke down');
        const letter = letters[text.length % letters.length] ?? '';
        text += letter;
        request.onText?.(letter);
      }
      return ScoredText.of({
        text,
        source: someSource,
        tokenEnds: Uint32Array.from(text, (_, at) => at + 1),
        measures: { logprobsNats: new Float64Array(text.length) },
      });
    } finally {
      this.writing -= 1;
    }
  }
}

async function texts(engine: LetterEngine, more: Partial<Samples> = {}): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { index, scored } of sampleContinuations(engine, REQUEST, { ...WANTED, ...more })) {
    found[index] = scored.text;
  }
  return found;
}

describe('sampleContinuations', () => {
  it('draws as many as are wanted, each with a seed of its own, the same ones again', async () => {
    const engine = new LetterEngine();
    const five = await texts(engine);
    expect(five).toHaveLength(5);
    const seeds = engine.requests.map(({ sampling }) => sampling?.seed ?? 0);
    expect(new Set(seeds).size).toBe(5);
    expect(seeds.every((seed) => Number.isInteger(seed) && seed > 0 && seed < 2 ** 31)).toBe(true);
    expect(engine.requests.every(({ sampling }) => sampling?.temperature === 0.8)).toBe(true);
    expect(await texts(engine)).toEqual(five);
    expect(await texts(engine, { count: 3 })).toEqual(five.slice(0, 3));
    expect(await texts(engine, { mostAtOnce: 5 })).toEqual(five);
    expect(await texts(engine, { seed: 12 })).not.toEqual(five);
    expect(await texts(engine, { count: 0 })).toEqual([]);
  });

  it.each([1, 2, 4])('writes at most %d at once', async (mostAtOnce) => {
    const engine = new LetterEngine();
    await texts(engine, { mostAtOnce });
    expect(engine.mostWriting).toBe(mostAtOnce);
  });

  it('ends each where it is enough, asked at once or later', async () => {
    const whole = await texts(new LetterEngine());
    const now = await texts(new LetterEngine(), { isEnough: (text) => text.length >= 2 });
    expect(now).toEqual(whole.map((text) => text.slice(0, 2)));
    const later = await texts(new LetterEngine(), { isEnough: (text) => Promise.resolve(text.length >= 2) });
    later.forEach((text, index) => {
      expect(text.length).toBeGreaterThanOrEqual(2);
      expect(whole[index]?.startsWith(text)).toBe(true);
    });
    expect(later.some((text) => text.length < 6)).toBe(true);
  });

  it('ends with the error of a question that fails, at once or later', async () => {
    for (const isEnough of [
      (): never => {
        throw new Error('no parser');
      },
      (): Promise<boolean> => Promise.reject(new Error('no parser')),
    ]) {
      const engine = new LetterEngine();
      await expect(texts(engine, { isEnough })).rejects.toThrow('no parser');
      expect(engine.writing).toBe(0);
    }
  });

  it('ends all when one fails, when it is aborted, and when nobody wants more', async () => {
    const failing = new LetterEngine();
    failing.fails = true;
    await expect(texts(failing)).rejects.toThrow('broke down');
    expect(failing.writing).toBe(0);
    expect(failing.requests).toHaveLength(2);

    const aborted = new LetterEngine();
    const abort = new AbortController();
    const taking = sampleContinuations(aborted, { ...REQUEST, abortSignal: abort.signal }, WANTED);
    await taking.next();
    abort.abort(new Error('moved on'));
    await expect(taking.next()).rejects.toThrow('moved on');
    expect(aborted.writing).toBe(0);
    expect(aborted.requests.length).toBeLessThan(5);

    const left = new LetterEngine();
    for await (const { index } of sampleContinuations(left, REQUEST, WANTED)) {
      expect(index).toBeLessThan(2);
      break;
    }
    expect(left.writing).toBe(0);
    expect(left.requests.length).toBeLessThan(5);
  });

  it.each([{ count: -1 }, { count: 1.5 }, { mostAtOnce: 0 }])('refuses %j', async (wrong) => {
    await expect(texts(new LetterEngine(), wrong)).rejects.toMatchObject({ reason: 'bad-call' });
  });
});
