import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DEFAULT_CHOICE, type EngineChoice } from '../../../src/app/engineChoice.ts';
import { openEngine, type OpenedEngine } from '../../../src/app/openEngine.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Assets } from '../../../src/app/assets.ts';
import { sourceAssets } from '../../support/sourceAssets.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { writeRandomGguf } from '../../support/writeRandomGguf.ts';

async function open(choice: EngineChoice, change: Partial<Assets> = {}): Promise<OpenedEngine> {
  const opened = await openEngine(choice, { ...sourceAssets, ...change }, () => undefined);
  onTestFinished(() => opened.engine.close());
  return opened;
}

const NO_MODEL = { bundledModel: new URL('nothing-here.gguf', import.meta.url) };

describe('the bundled engine', () => {
  it('mixes its model with the n-gram engine, which learns and scouts', async () => {
    const { engine, scout, learner, standsInBecause } = await open(DEFAULT_CHOICE);
    expect(engine.name).toBe('bundled');
    expect(engine.source.model).toMatch(/\([0-9a-f]{64}, .*\)$/);
    expect(scout).toEqual({ engine: learner, share: DEFAULT_CHOICE.share });
    expect(standsInBecause).toBeNull();
  });

  it('comes once more with a learner and scout of its own, over the same model', async () => {
    const opened = await open(DEFAULT_CHOICE);
    const { engine, scout, learner } = opened.apart();
    expect(learner).not.toBe(opened.learner);
    expect(scout).toEqual({ engine: learner, share: DEFAULT_CHOICE.share });
    opened.learner!.learn('a.py', 'print(1)\n');
    expect(learner!.learnedTokenCount).toBe(0);
    expect(engine.source.model).toBe(opened.engine.source.model);
    expect(engine.source.snapshot).not.toBe(opened.engine.source.snapshot);
  });

  it('predicts plain code in a language far better than an n-gram engine that has learned nothing', async () => {
    const { engine, learner } = await open(DEFAULT_CHOICE);
    const text =
      'import os\n\n\ndef main():\n    for name in os.listdir("."):\n        if name.endswith(".py"):\n            print(name)\n';
    const lossNats = async (of: typeof engine): Promise<number> => {
      const { measures } = await of.score({ text, path: 'a.py' });
      return -measures.logprobsNats.reduce((sum, logprob) => sum + logprob, 0);
    };
    expect(await lossNats(engine)).toBeLessThan(0.7 * (await lossNats(learner!)));
  });

  it('lets the n-gram engine stand in where nobody asked for it by name, and says why', async () => {
    const { engine, scout, learner, standsInBecause, apart } = await open(DEFAULT_CHOICE, NO_MODEL);
    expect(engine.name).toBe('ngram');
    expect(engine).toBe(learner);
    expect(scout).toBeNull();
    const other = apart();
    expect(other.engine).toBe(other.learner);
    expect(other.learner).not.toBe(learner);
    expect(standsInBecause).toMatchObject({ reason: 'unsupported' });
  });

  it('stands in for a broken model too', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'bundled.gguf');
    writeFileSync(path, 'GGUF, or so it says');
    const { engine, standsInBecause } = await open(DEFAULT_CHOICE, { bundledModel: pathToFileURL(path) });
    expect(engine.name).toBe('ngram');
    expect(standsInBecause?.message).toBeTruthy();
  });

  it('leaves no process behind where the model speaks in other tokens than the n-gram engine', async () => {
    const processes = (): number => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;
    const path = join(temporaryFolder(), 'bundled.gguf');
    writeRandomGguf(path, { preTokenizer: 'default' });
    const before = processes();
    const { standsInBecause } = await open(DEFAULT_CHOICE, { bundledModel: pathToFileURL(path) });
    expect(standsInBecause).toMatchObject({ reason: 'corrupt' });
    await vi.waitUntil(() => processes() === before);
  });

  it('fails where it was asked for by name', async () => {
    await expect(open({ ...DEFAULT_CHOICE, isOptional: false }, NO_MODEL)).rejects.toMatchObject({
      reason: 'unsupported',
    });
  });

  it('gives up when told so, and nothing stands in', async () => {
    const reason = new Error('enough');
    const opening = openEngine(DEFAULT_CHOICE, sourceAssets, () => undefined, AbortSignal.abort(reason));
    await expect(opening).rejects.toBe(reason);
  });
});
