import { rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { createWorkspaceLearner, type CodeToLearn, type WorkspaceLearner } from '../../../src/app/workspaceLearner.ts';
import { NgramEngine } from '../../../src/engines/ngram/ngramEngine.ts';
import { randomNumbers } from '../../support/randomNumbers.ts';
import { engineThatLearned, sampleFolder, sampleTexts, tokenizer } from '../../support/sampleWorkspace.ts';
import { temporaryFolder, writeFiles } from '../../support/temporaryFolder.ts';

interface Learning {
  readonly engine: NgramEngine;
  readonly learner: WorkspaceLearner;
  /** @returns how many files it looked into */
  readonly update: (change?: Partial<CodeToLearn>) => Promise<number>;
}

function learning(workspace: string, maxTokens?: number): Learning {
  const engine = new NgramEngine(tokenizer);
  const learner = createWorkspaceLearner(engine, maxTokens);
  return {
    engine,
    learner,
    async update(change) {
      let steps = 0;
      await learner.update({ workspace, folders: [workspace], first: [], ...change }, () => steps++);
      return steps;
    },
  };
}

/** What an engine has learned. */
const snapshotOf = (engine: NgramEngine): string | undefined => engine.source.snapshot;

function snapshotOfTexts(texts: Readonly<Record<string, string>>): string | undefined {
  return snapshotOf(engineThatLearned(Object.entries(texts)));
}

const FILES = { 'a.ts': 'let a = 1;\n', 'b.ts': 'let b = 2;\n', 'sub/c.py': 'c = 3\n' };

describe('createWorkspaceLearner', () => {
  it('learns all code of a workspace', async () => {
    const { engine, learner, update } = learning(sampleFolder);
    expect(await update()).toBe(sampleTexts.size);
    expect(snapshotOf(engine)).toBe(snapshotOf(engineThatLearned(sampleTexts)));
    expect(learner.learnedTokenCount).toBe(engine.learnedTokenCount);
  });

  it('looks at nothing again until it is told that something changed', async () => {
    const workspace = temporaryFolder(FILES);
    const { engine, learner, update } = learning(workspace);
    await update();
    writeFiles(workspace, { 'a.ts': 'let other = 4;\n', 'd.ts': 'let d;\n' });
    expect(await update()).toBe(0);
    expect(snapshotOf(engine)).toBe(snapshotOfTexts(FILES));
    learner.markStale();
    expect(await update()).toBe(2);
    expect(snapshotOf(engine)).toBe(snapshotOfTexts({ ...FILES, 'a.ts': 'let other = 4;\n', 'd.ts': 'let d;\n' }));
    expect(await update()).toBe(0);
  });

  it('reads a file again when its size or its time differs, and only then', async () => {
    const workspace = temporaryFolder(FILES);
    const { engine, learner, update } = learning(workspace);
    await update();
    const path = join(workspace, 'a.ts');
    const { atime, mtime } = statSync(path);
    writeFileSync(path, 'let z = 9;\n');
    utimesSync(path, atime, mtime);
    // The time is kept to the millisecond, so the first look takes the file for another.
    learner.markStale();
    await update();
    writeFileSync(path, 'let y = 8;\n');
    utimesSync(path, atime, mtime);
    learner.markStale();
    expect(await update()).toBe(0);
    expect(snapshotOf(engine)).toBe(snapshotOfTexts({ ...FILES, 'a.ts': 'let z = 9;\n' }));
    utimesSync(path, atime, new Date(mtime.getTime() + 5000));
    learner.markStale();
    expect(await update()).toBe(1);
    expect(snapshotOf(engine)).toBe(snapshotOfTexts({ ...FILES, 'a.ts': 'let y = 8;\n' }));
  });

  it('forgets files that are gone, or hold no text any more', async () => {
    const workspace = temporaryFolder(FILES);
    const { engine, learner, update } = learning(workspace);
    await update();
    rmSync(join(workspace, 'a.ts'));
    writeFileSync(join(workspace, 'b.ts'), '\0\0');
    learner.markStale();
    await update();
    expect(snapshotOf(engine)).toBe(snapshotOfTexts({ 'sub/c.py': FILES['sub/c.py'] }));
  });

  it('learns the folders that it is given', async () => {
    const workspace = temporaryFolder(FILES);
    const { engine, learner, update } = learning(workspace);
    await update({ folders: [join(workspace, 'sub'), join(workspace, 'gone')] });
    expect(snapshotOf(engine)).toBe(snapshotOfTexts({ 'sub/c.py': FILES['sub/c.py'] }));
    await update();
    expect(snapshotOf(engine)).toBe(snapshotOfTexts(FILES));
    await update({ folders: [] });
    expect(learner.learnedTokenCount).toBe(0);
  });

  it('forgets one workspace for another', async () => {
    const { engine, update } = learning(temporaryFolder(FILES));
    await update();
    const other = temporaryFolder({ 'a.ts': 'something.else();\n' });
    await update({ workspace: other, folders: [other] });
    expect(snapshotOf(engine)).toBe(snapshotOfTexts({ 'a.ts': 'something.else();\n' }));
  });

  it('learns first what it is told to, even what a listing leaves out', async () => {
    const workspace = temporaryFolder({ ...FILES, '.gitignore': 'made.ts\n', 'made.ts': 'let made;\n' });
    const { engine, update } = learning(workspace);
    await update();
    expect(snapshotOf(engine)).toBe(snapshotOfTexts(FILES));
    expect(await update({ first: ['made.ts', 'a.ts'] })).toBe(1);
    expect(snapshotOf(engine)).toBe(snapshotOfTexts({ ...FILES, 'made.ts': 'let made;\n' }));
    expect(await update({ first: ['made.ts'] })).toBe(0);
  });

  it('keeps to the limit, learns first what comes first, and goes on when there is room', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`f${index}.ts`, `call(number, ${index});\n`.repeat(20)]),
    );
    const perFile = engineThatLearned([['f', files['f1.ts']!]]).learnedTokenCount;
    const workspace = temporaryFolder(files);
    const { engine, learner, update } = learning(workspace, 3 * perFile);
    await update({ first: ['f7.ts'] });
    const kept = (...names: string[]): string | undefined =>
      snapshotOfTexts(Object.fromEntries(names.map((name) => [name, files[name]!])));
    expect(snapshotOf(engine)).toBe(kept('f0.ts', 'f1.ts', 'f7.ts'));
    rmSync(join(workspace, 'f0.ts'));
    learner.markStale();
    await update();
    expect(snapshotOf(engine)).toBe(kept('f1.ts', 'f2.ts', 'f7.ts'));
  });

  it('stops when it is aborted, and the next update goes on from there', async () => {
    const { engine, learner, update } = learning(sampleFolder);
    const code = { workspace: sampleFolder, folders: [sampleFolder], first: [] };
    const controller = new AbortController();
    const reason = new Error('enough');
    const onProgress = (_: string, done: number): void => {
      if (done === 3) controller.abort(reason);
    };
    await expect(learner.update(code, onProgress, controller.signal)).rejects.toBe(reason);
    expect(engine.learnedTokenCount).toBeGreaterThan(0);
    expect(await update()).toBe(sampleTexts.size - 3);
    expect(snapshotOf(engine)).toBe(snapshotOf(engineThatLearned(sampleTexts)));
    await expect(learner.update(code, onProgress, controller.signal)).rejects.toBe(reason);
  });

  it('lets other events of the thread in while it learns', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`f${index}.ts`, `call(argument, ${index});\n`.repeat(2000)]),
    );
    const workspace = temporaryFolder(files);
    const { learner } = learning(workspace);
    const controller = new AbortController();
    let steps = 0;
    const update = learner.update({ workspace, folders: [workspace], first: [] }, () => steps++, controller.signal);
    const { port1, port2 } = new MessageChannel();
    port1.once('message', () => {
      controller.abort(new Error('a message came'));
      port1.close();
    });
    const poll = (): void => {
      if (steps > 0) port2.postMessage('stop');
      else setImmediate(poll);
    };
    poll();
    await expect(update).rejects.toThrow('a message came');
    expect(steps).toBeLessThan(40);
  });

  it('lets updates take turns', async () => {
    const { engine, update } = learning(sampleFolder);
    expect(await Promise.all([update(), update(), update()])).toEqual([sampleTexts.size, 0, 0]);
    expect(snapshotOf(engine)).toBe(snapshotOf(engineThatLearned(sampleTexts)));
  });

  it('knows after any changes what it would have learned afresh', async () => {
    const random = randomNumbers(7);
    const below = (count: number): number => Math.floor(random() * count);
    const workspace = temporaryFolder();
    const files = new Map<string, string>();
    const { engine, learner, update } = learning(workspace);
    for (let round = 0; round < 40; round++) {
      for (let change = below(4); change > 0; change--) {
        const path = `${['', 'x/', 'x/y/'][below(3)]!}${below(6)}.ts`;
        if (random() < 0.3 && files.has(path)) {
          rmSync(join(workspace, path));
          files.delete(path);
        } else {
          const text = `let v${round} = ${'f('.repeat(below(9))}${change};\n`;
          files.set(path, text);
          writeFiles(workspace, { [path]: text });
          // Two writes within a tick of the file system's clock would have one time.
          utimesSync(join(workspace, path), round, round);
        }
      }
      learner.markStale();
      if (random() < 0.3) {
        const controller = new AbortController();
        const code = { workspace, folders: [workspace], first: [] };
        const aborted = learner.update(
          code,
          () => {
            controller.abort();
          },
          controller.signal,
        );
        await aborted.catch(() => undefined);
      }
      await update();
      expect(snapshotOf(engine), `round ${round}`).toBe(snapshotOf(engineThatLearned(files)));
    }
  });
});
