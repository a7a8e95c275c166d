import { describe, expect, it } from 'vitest';
import { askConfidence, askTruth } from '../../../../src/app/opinions/askTruth.ts';
import { answeringEngine } from './answeringEngine.ts';

const code = { language: 'JavaScript', around: 'let a = b <= c;', stretch: 'b <= c' };
const { signal } = new AbortController();

describe('P(True)', () => {
  it('is the mean of both orders, so that a liking for A says nothing', async () => {
    const likesA = answeringEngine(() => 0.9);
    expect((await askTruth(likesA, code, signal))?.probability).toBeCloseTo(0.5, 12);
    expect(likesA.prompts).toHaveLength(2);
  });

  it('is what the engine thinks where it reads the labels', async () => {
    const sure = answeringEngine((prompt) => (prompt.includes('A. It is right.') ? 0.8 : 0.2));
    const truth = await askTruth(sure, code, signal);
    expect(truth?.probability).toBeCloseTo(0.8, 12);
    expect(truth?.orderGap).toBeCloseTo(0, 12);
    expect(truth?.labelMass).toBeCloseTo(1, 12);
  });

  it('shows the code and the stretch', async () => {
    const engine = answeringEngine(() => 0.5);
    await askTruth(engine, code, signal);
    expect(engine.prompts.every((prompt) => prompt.includes('let a = b <= c;') && prompt.includes('\nb <= c\n'))).toBe(
      true,
    );
  });
});

describe('confidence in words', () => {
  it('is the number that the engine says', async () => {
    expect(
      await askConfidence(
        answeringEngine(() => 0.5, ' 85 %'),
        code,
        signal,
      ),
    ).toBeCloseTo(0.85, 12);
  });

  it('is nothing where it says none', async () => {
    expect(
      await askConfidence(
        answeringEngine(() => 0.5, ' I think so.'),
        code,
        signal,
      ),
    ).toBeNull();
    expect(
      await askConfidence(
        answeringEngine(() => 0.5),
        code,
        signal,
      ),
    ).toBeNull();
  });
});
