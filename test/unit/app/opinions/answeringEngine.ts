import type { Engine } from '../../../../src/engines/engine.ts';
import { scoredTokens } from '../completions/writingEngine.ts';
import { ScoredText } from '../../../../src/core/scoredText.ts';
import { someSource } from '../../core/someSource.ts';

export interface AnsweringEngine extends Pick<Engine, 'capabilities' | 'score' | 'generate'> {
  /** What it was asked, in order. */
  readonly prompts: string[];
}

/**
 * An engine that is asked for the letter A or B: `chanceOfA` tells how likely it finds A, of the question as it is put. Words are what it says
 * where it is asked for more than a letter; absent: it says nothing.
 */
export function answeringEngine(chanceOfA: (prompt: string) => number, words = ''): AnsweringEngine {
  const prompts: string[] = [];
  return {
    prompts,
    capabilities: {
      score: 'none',
      generate: true,
      fillInTheMiddle: false,
      maxTopK: 5,
      distribution: { kind: 'raw' },
      vocabulary: { kind: 'full' },
    },
    score: () => Promise.reject(new Error('It scores nothing.')),
    generate({ prefix, maxTokens }) {
      prompts.push(prefix);
      if (maxTokens > 1) return Promise.resolve(scoredTokens(words === '' ? [] : [words]));
      const chance = chanceOfA(prefix);
      const choices = [
        { text: ' A', logprobNats: Math.log(chance) },
        { text: ' B', logprobNats: Math.log(1 - chance) },
      ];
      return Promise.resolve(
        ScoredText.of({
          text: ' A',
          source: someSource,
          tokenEnds: Uint32Array.of(2),
          measures: { logprobsNats: Float64Array.of(Math.log(chance)) },
          alternatives: new Map([[0, choices]]),
        }),
      );
    },
  };
}
