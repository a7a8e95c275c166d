import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createWorkspaceLearner,
  type CodeToLearn,
  type WorkspaceLearner,
} from '../../../../src/app/workspaceLearner.ts';
import { NgramEngine } from '../../../../src/engines/ngram/ngramEngine.ts';
import { tokenizer } from '../../../support/sampleWorkspace.ts';
import { temporaryFolder, writeFiles } from '../../../support/temporaryFolder.ts';

const FILES = { 'a.ts': 'let a = 1;\n', 'b.ts': 'let b = 2;\n', 'sub/c.py': 'c = 3\n' };

interface Learning {
  readonly engine: NgramEngine;
  readonly learner: WorkspaceLearner;
  readonly code: CodeToLearn;
}

function learning(workspace: string): Learning {
  const engine = new NgramEngine(tokenizer);
  return { engine, learner: createWorkspaceLearner(engine), code: { workspace, folders: [workspace], first: [] } };
}

async function learned(workspace: string): Promise<Learning> {
  const one = learning(workspace);
  await one.learner.update(one.code, () => undefined);
  return one;
}

async function kept(): Promise<{ readonly workspace: string; readonly file: string; readonly first: Learning }> {
  const workspace = temporaryFolder(FILES);
  const file = join(temporaryFolder(), 'learned');
  const first = await learned(workspace);
  await first.learner.save(file);
  return { workspace, file, first };
}

describe('what a learner keeps', () => {
  it('is taken up as it was', async () => {
    const { workspace, file, first } = await kept();
    const second = learning(workspace);
    expect(await second.learner.restore(second.code, file)).toBe(0);
    expect(second.engine.source).toEqual(first.engine.source);
    expect(second.learner.learnedTokenCount).toBe(first.learner.learnedTokenCount);
    const request = { text: 'let c = a;\n', path: 'new.ts' };
    const [before, after] = [await first.engine.score(request), await second.engine.score(request)];
    expect(after.measures).toEqual(before.measures);
  });

  it('is brought up to date by what has changed alone', async () => {
    const { workspace, file } = await kept();
    writeFiles(workspace, { 'a.ts': 'let other = 10;\n', 'd.ts': 'let d;\n' });
    rmSync(join(workspace, 'b.ts'));
    const second = learning(workspace);
    const share = await second.learner.restore(second.code, file);
    // 16 and 7 bytes are new, 11 are gone, 6 are as they were.
    expect(share).toBeCloseTo((16 + 7 + 11) / (16 + 7 + 11 + 6), 12);
    let steps = 0;
    await second.learner.update(second.code, () => steps++);
    expect(steps).toBe(2);
    expect(second.engine.source).toEqual((await learned(workspace)).engine.source);
  });

  it('is for the same code alone', async () => {
    const { workspace, file } = await kept();
    const { learner, code, engine } = learning(workspace);
    expect(await learner.restore({ ...code, workspace: temporaryFolder(FILES) }, file)).toBe(1);
    expect(await learner.restore({ ...code, folders: [join(workspace, 'sub')] }, file)).toBe(1);
    expect(await learner.restore(code, `${file}.other`)).toBe(1);
    expect(engine.learnedTokenCount).toBe(0);
  });

  it('is dropped where it is damaged, or its two files are of different times', async () => {
    const { workspace, file } = await kept();
    const list = `${file}.json`;
    const third = learning(workspace);
    writeFiles(workspace, { 'a.ts': 'let more = 1;\n' });
    const other = await learned(workspace);
    await other.engine.saveLearned(file);
    expect(await third.learner.restore(third.code, file)).toBe(1);
    expect(third.engine.learnedTokenCount).toBe(0);
    await other.learner.save(file);
    expect(await third.learner.restore(third.code, file)).toBe(0);
    for (const damaged of [file, list]) {
      await other.learner.save(file);
      writeFileSync(damaged, 'no');
      const fourth = learning(workspace);
      expect(await fourth.learner.restore(fourth.code, file), damaged).toBe(1);
      await fourth.learner.update(fourth.code, () => undefined);
      expect(fourth.engine.source).toEqual(other.engine.source);
    }
  });
});
