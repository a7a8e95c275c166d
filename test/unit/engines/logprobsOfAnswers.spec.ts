import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScoredText } from '../../../src/core/scoredText.ts';
import type { Alternative } from '../../../src/core/words.ts';
import type { GenerateRequest } from '../../../src/engines/engine.ts';
import { openLlamaEngine, type LlamaEngine } from '../../../src/engines/llama/llamaEngine.ts';
import { logprobsOfAnswers } from '../../../src/engines/logprobsOfAnswers.ts';
import { sourceAssets } from '../../support/sourceAssets.ts';
import { someSource } from '../core/someSource.ts';

describe('an engine that scores given texts', () => {
  let engine: LlamaEngine;

  beforeAll(async () => {
    const load = { modelPath: fileURLToPath(sourceAssets.bundledModel), threads: 1, contextTokens: 1024 };
    engine = await openLlamaEngine({ childUrl: sourceAssets.llamaChild, load });
  }, 60_000);

  afterAll(() => engine.close());

  it('tells all of each answer, as the model writes it', async () => {
    const prompt = 'def is_even(n):\n    return';
    const answers = [' n', ' n % 2 == 0', ' "thirteen"'];
    const { way, source, logprobsNats } = await logprobsOfAnswers(engine, prompt, answers);
    expect(way).toBe('scored');
    expect(source).toEqual(engine.source);
    for (const [place, answer] of answers.entries()) {
      const whole = await engine.score({ text: prompt + answer, path: 'a' });
      const ofAnswer = [...whole.tokens()].filter(({ start }) => start >= prompt.length);
      expect(ofAnswer.map(({ text }) => text).join('')).toBe(answer);
      const sum = ofAnswer.reduce((nats, token) => nats + (token.logprobNats ?? Number.NaN), 0);
      expect(logprobsNats[place]).toBeCloseTo(sum, 3);
    }
    expect(logprobsNats[0]).toBeGreaterThan(logprobsNats[2] ?? 0);
    // Of " n" the longer answer is a part.
    expect(logprobsNats[0]).toBeGreaterThan(logprobsNats[1] ?? 0);
  });

  it('does not tell an answer whose first token began in the prompt', async () => {
    const told = await logprobsOfAnswers(engine, 'def is_even(n):\n    ret', ['urn', ' = 1']);
    expect(told.logprobsNats[0]).toBeNull();
    expect(told.logprobsNats[1]).toBeLessThan(0);
  });

  it('is given up when it is aborted', async () => {
    const asked = logprobsOfAnswers(engine, 'a', [' b', ' c'], AbortSignal.abort('no'));
    await expect(asked).rejects.toBe('no');
  });
});

describe('an engine that scores only what it writes', () => {
  const requests: GenerateRequest[] = [];

  /** It would write the first of these tokens, with the others in its place; an absent number is unscored. */
  function listing(
    text: string,
    nats: number | undefined,
    others: readonly Alternative[],
  ): Parameters<typeof logprobsOfAnswers>[0] {
    return {
      capabilities: {
        score: 'none',
        generate: true,
        fillInTheMiddle: false,
        maxTopK: 20,
        distribution: { kind: 'raw' },
        vocabulary: { kind: 'full' },
      },
      score: () => Promise.reject(new Error('nobody asks it to score')),
      generate: (request) => {
        requests.push(request);
        const isEmpty = text === '';
        return Promise.resolve(
          ScoredText.of({
            text,
            source: someSource,
            tokenEnds: isEmpty ? new Uint32Array() : Uint32Array.of(text.length),
            measures: { logprobsNats: isEmpty ? new Float64Array() : Float64Array.of(nats ?? Number.NaN) },
            alternatives: isEmpty ? new Map() : new Map([[0, others]]),
          }),
        );
      },
    };
  }

  const p = (text: string, probability: number): Alternative => ({ text, logprobNats: Math.log(probability) });

  async function told(
    engine: ReturnType<typeof listing>,
    answers: readonly string[],
  ): Promise<readonly (number | null)[]> {
    const { way, source, logprobsNats } = await logprobsOfAnswers(engine, 'True or false?', answers);
    expect([way, source]).toEqual(['first token', someSource]);
    return logprobsNats.map((nats) => (nats === null ? null : Math.round(1e6 * Math.exp(nats)) / 1e6));
  }

  it('is asked a question, for one token and all the others that it can name', async () => {
    await told(listing('A', Math.log(0.6), []), ['A', 'B']);
    expect(requests.at(-1)).toMatchObject({ prefix: 'True or false?', isQuestion: true, maxTokens: 1, topK: 20 });
  });

  it.each([
    ['as they are listed', [p('A', 0.6), p('B', 0.3)], ['A', 'B'], [0.6, 0.3]],
    ['with and without a blank before', [p('A', 0.6), p(' A', 0.1), p(' B', 0.2)], [' A', ' B'], [0.7, 0.2]],
    ['by the token that they begin with', [p('A', 0.6), p('Tr', 0.2), p('False', 0.1)], ['True', 'False'], [0.2, 0.1]],
    ['or not, where none is listed', [p('A', 0.6), p('C', 0.2)], ['A', 'B'], [0.6, null]],
    [
      'or not, where they begin alike',
      [p('A', 0.2), p('Y', 0.6), p('Yes', 0.1)],
      ['Yes', 'Yep', 'A'],
      [null, null, 0.2],
    ],
    ['or not, where a token is more than they are', [p('A)', 0.6), p('B', 0.1)], ['A', 'B'], [null, 0.1]],
    ['or not, where there are blanks alone', [p('\n', 0.6), p('B', 0.1)], ['A', 'B'], [null, 0.1]],
  ])('tells answers %s', async (_, listed, answers, expected) => {
    const [own] = listed;
    expect(await told(listing(own!.text, own!.logprobNats, listed), answers)).toEqual(expected);
  });

  it('counts what it wrote, listed or not, and nothing that is unscored', async () => {
    expect(await told(listing('B', Math.log(0.1), [p('A', 0.8)]), ['A', 'B'])).toEqual([0.8, 0.1]);
    expect(await told(listing('B', undefined, []), ['A', 'B'])).toEqual([null, null]);
    expect(await told(listing('', undefined, []), ['A', 'B'])).toEqual([null, null]);
  });
});
