import { describe, expect, it, onTestFinished } from 'vitest';
import { createLlamaProcess } from '../../../../src/engines/llama/llamaProcess.ts';
import type { Load, ModelDescription, ScoredIds } from '../../../../src/engines/llama/llamaMessages.ts';
import { CHILD_URL, randomGguf } from '../../../support/randomGgufFile.ts';

const modelPath = randomGguf();
const CODE = 'def total(values):\n    return sum(v for v in values if v > 0)\n'.repeat(8);

async function scored(gpu: Pick<Load, 'gpu'>): Promise<{ readonly model: ModelDescription; readonly ids: ScoredIds }> {
  const load = { modelPath: modelPath(), threads: 1, contextTokens: 512, ...gpu };
  const child = createLlamaProcess({ childUrl: CHILD_URL, load });
  onTestFinished(() => child.close());
  const described = await child.ask({ kind: 'describe' });
  const result = await child.ask({ kind: 'score', text: CODE });
  if (described.kind !== 'described' || result.kind !== 'scored') throw new Error('mixed up');
  return { model: described.model, ids: result.scored };
}

describe('a model that may use an accelerator', () => {
  it('computes on the CPU where there is none, to the same values, and says so', async () => {
    const [plain, may] = [await scored({ gpu: false }), await scored({ gpu: true })];
    expect(plain.model.device).toBe('cpu');
    expect(plain.ids.logprobsNats.length).toBeGreaterThan(100);
    if (may.model.device === 'cpu') {
      expect([...may.ids.logprobsNats]).toEqual([...plain.ids.logprobsNats]);
    } else {
      // The machine of this test has one. It computes with other roundings.
      expect(may.model.device).toMatch(/^(cuda|vulkan|metal): ./);
    }
    const differences = may.ids.logprobsNats.map((value, place) =>
      Math.abs(value - (plain.ids.logprobsNats[place] ?? 0)),
    );
    expect(Math.max(...differences)).toBeLessThan(may.model.device === 'cpu' ? 1e-5 : 0.05);
    expect(may.model.contextPolicy).toBe(plain.model.contextPolicy);
  });

  it('computes on the CPU unless it is allowed more', async () => {
    expect((await scored({})).model.device).toBe('cpu');
  });
});
