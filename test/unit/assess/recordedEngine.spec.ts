import { describe, expect, it } from 'vitest';
import { recordedEngine } from '../../../src/assess/recordedEngine.ts';
import { ScoredText } from '../../../src/core/scoredText.ts';
import { someSource } from '../core/someSource.ts';

const written = ScoredText.of({
  text: 'b + c',
  source: someSource,
  tokenEnds: Uint32Array.of(1, 4, 5),
  measures: { logprobsNats: Float64Array.of(-1, Number.NaN, -2), entropiesNats: Float64Array.of(0.5, 0.25, 1) },
  alternatives: new Map([[2, [{ text: 'd', logprobNats: -3 }]]]),
});

describe('recordedEngine', () => {
  const text = 'a = b + c;\n';
  const engine = recordedEngine(text, [{ start: 4, scored: written }]);

  it('repeats what was recorded where it stands, and leaves the rest unscored', async () => {
    const scored = await engine.score({ text, path: 'a.ts' });
    expect([...scored.tokens()]).toEqual([
      { text: 'a = ', start: 0, end: 4 },
      { text: 'b', start: 4, end: 5, logprobNats: -1 },
      { text: ' + ', start: 5, end: 8 },
      { text: 'c', start: 8, end: 9, logprobNats: -2, alternatives: [{ text: 'd', logprobNats: -3 }] },
      { text: ';\n', start: 9, end: 11 },
    ]);
    expect(scored.measures.entropiesNats).toEqual(Float64Array.of(Number.NaN, 0.5, 0.25, 1, Number.NaN));
    expect(scored.source).toBe(someSource);
  });

  it('lays several stretches on one text, with nothing between them where there is nothing', async () => {
    const twice = 'b + cb + c';
    const scored = await recordedEngine(twice, [
      { start: 0, scored: written },
      { start: 5, scored: written },
    ]).score({ text: twice, path: 'a.ts' });
    expect([...scored.tokenEnds]).toEqual([1, 4, 5, 6, 9, 10]);
    expect(scored.alternatives.has(5)).toBe(true);
  });

  it('knows no other text', async () => {
    await expect(engine.score({ text: `${text} `, path: 'a.ts' })).rejects.toMatchObject({ reason: 'unsupported' });
    expect(() => recordedEngine(text, [])).toThrow(expect.objectContaining({ reason: 'bad-call' }));
  });
});
