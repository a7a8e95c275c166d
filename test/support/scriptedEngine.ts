import { ScoredText } from '../../src/core/scoredText.ts';
import type { Alternative } from '../../src/core/words.ts';
import type { Engine, TextRange } from '../../src/engines/engine.ts';
import { someSource } from '../unit/core/someSource.ts';

export interface Script {
  readonly name?: string;
  /** Log-probability of a token that begins at an offset; NaN: unscored. */
  readonly logprobNats: (token: string, start: number) => number;
  /** What `alternatives` answers for a leaf. */
  readonly alternatives?: (leaf: string) => readonly Alternative[];
}

/** An engine that says what it is told. Its tokens are words, runs of white space, and single signs. */
export function scriptedEngine({ name = 'scripted', logprobNats, alternatives = () => [] }: Script): Engine {
  return {
    name,
    capabilities: {
      score: 'prefill',
      generate: false,
      fillInTheMiddle: false,
      maxTopK: 5,
      distribution: { kind: 'raw' },
      vocabulary: { kind: 'full' },
    },
    source: { ...someSource, engine: name },
    score: ({ text, within, abortSignal }) =>
      new Promise((resolve) => {
        abortSignal?.throwIfAborted();
        const tokens = Array.from(text.matchAll(/\w+|\s+|[^\w\s]/gu));
        const scored = ScoredText.of({
          text,
          source: { ...someSource, engine: name },
          tokenEnds: Uint32Array.from(tokens, (token) => token.index + token[0].length),
          measures: {
            logprobsNats: Float64Array.from(tokens, ({ 0: token, index }) =>
              isWithin(index, index + token.length, within) ? logprobNats(token, index) : Number.NaN,
            ),
          },
        });
        resolve(scored);
      }),
    alternatives: ({ text, leaf }) => Promise.resolve(alternatives(text.slice(leaf.start, leaf.end))),
    generate: () => Promise.reject(new Error('nobody asks it to write')),
    close: () => Promise.resolve(),
  };
}

function isWithin(start: number, end: number, ranges: readonly TextRange[] | undefined): boolean {
  return ranges === undefined || ranges.some((range) => start < range.end && range.start < end);
}
