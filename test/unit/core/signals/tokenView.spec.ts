import { describe, expect, it } from 'vitest';
import { ScoredText } from '../../../../src/core/scoredText.ts';
import { viewOf } from '../../../../src/core/signals/tokenView.ts';
import { someSource } from '../someSource.ts';

const measures = { logprobsNats: Float64Array.of(-1, Number.NaN, -Infinity, -3) };
const parts = { text: 'abcd', source: someSource, tokenEnds: Uint32Array.of(1, 2, 3, 4), measures };

describe('viewOf', () => {
  it('takes the tokens asked for, without those that are unscored or not there', () => {
    const view = viewOf(ScoredText.of(parts), [3, 1, 0, 99, -1]);
    expect(view).toEqual({ logprobsNats: Float64Array.of(-3, -1) });
  });

  it('clamps a probability of zero', () => {
    expect([...viewOf(ScoredText.of(parts), [2]).logprobsNats]).toEqual([-100]);
  });

  it('keeps columns in step', () => {
    const column = Float64Array.of(1, 2, 3, Number.NaN);
    const b = [{ text: 'b', logprobNats: -1 }];
    const scored = ScoredText.of({
      ...parts,
      measures: { ...measures, entropiesNats: column, ranks: column, seenContexts: column },
      alternatives: new Map([[3, b]]),
    });
    expect(viewOf(scored, new Set([0, 1, 3]))).toEqual({
      logprobsNats: Float64Array.of(-1, -3),
      entropiesNats: Float64Array.of(1, Number.NaN),
      ranks: Float64Array.of(1, Number.NaN),
      seenContexts: Float64Array.of(1, Number.NaN),
      alternatives: [undefined, b],
    });
  });
});
