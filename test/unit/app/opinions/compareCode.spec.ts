import { describe, expect, it } from 'vitest';
import { compareCode, comparisonCount } from '../../../../src/app/opinions/compareCode.ts';
import { answeringEngine } from './answeringEngine.ts';

const { signal } = new AbortController();

/** Finds the piece wrong that has more `x` in it. */
const countsX = answeringEngine((prompt) => {
  const [, a = '', b = ''] = /Piece A:\n(.*)\n\nPiece B:\n(.*)\n\nWhich/s.exec(prompt) ?? [];
  const lead = a.split('x').length - b.split('x').length;
  return 1 / (1 + Math.exp(-lead));
});

describe('compareCode', () => {
  it('orders pieces by how often they lose, and asks every pair both ways round', async () => {
    const seen: number[] = [];
    const strengths = await compareCode(countsX, ['x', 'xxx', '', 'xx'], (done) => seen.push(done), signal);
    expect([0, 1, 2, 3].sort((a, b) => (strengths[b] ?? 0) - (strengths[a] ?? 0))).toEqual([1, 3, 0, 2]);
    expect(seen).toHaveLength(comparisonCount(4));
    expect(seen.at(-1)).toBe(12);
  });

  it('finds all alike where the engine only likes a letter', async () => {
    const strengths = await compareCode(
      answeringEngine(() => 0.95),
      ['a', 'b', 'c'],
      () => undefined,
      signal,
    );
    for (const strength of strengths) expect(strength).toBeCloseTo(0, 9);
  });

  it('has nothing to ask about one piece', async () => {
    expect(await compareCode(countsX, ['x'], () => undefined, signal)).toEqual([0]);
  });
});
