import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../src/audit/sqliteStore.ts';
import type { Source } from '../../src/core/words.ts';
import { someCode } from '../bench/someCode.ts';
import { commitAll, git } from '../support/gitRepository.ts';
import { randomNumbers } from '../support/randomNumbers.ts';
import { runCandor } from '../support/runCandor.ts';
import { temporaryFolder, writeFiles } from '../support/temporaryFolder.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url));
const KILLS = 20;

interface Scene {
  readonly workspace: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where audits of the workspace are kept. */
  readonly store: string;
}

/** A workspace of real code, in so many files. */
function scene(fileCount: number): Scene {
  const lines = someCode(50 * fileCount).split('\n');
  const workspace = temporaryFolder();
  for (let at = 0; at < fileCount; at++) {
    writeFiles(workspace, { [`part${at % 7}/f${at}.js`]: `${lines.slice(50 * at, 50 * at + 50).join('\n')}\n` });
  }
  const cache = temporaryFolder();
  const name = createHash('sha256').update(workspace).digest('hex').slice(0, 32);
  const folder = join(cache, 'candor', 'audits', name);
  mkdirSync(folder, { recursive: true });
  const env = { XDG_CACHE_HOME: cache, XDG_STATE_HOME: temporaryFolder() };
  return { workspace, env, store: join(folder, 'found.sqlite') };
}

/** The JSON report of an audit by the n-gram engine. */
async function audit({ workspace, env }: Scene, ...options: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCandor(
    workspace,
    ['audit', '--engine=ngram', '--format=json', ...options],
    { env },
  );
  expect(code, stderr).toBe(0);
  return stdout;
}

/** Lets the store write down each file that is kept, from now on. */
function watchStore(path: string): () => readonly string[] {
  openSqliteStore(path).close();
  const database = new DatabaseSync(path);
  database.exec('CREATE TABLE kept (path TEXT)');
  database.exec('CREATE TRIGGER watch AFTER INSERT ON file BEGIN INSERT INTO kept VALUES (new.path); END');
  database.close();
  return () => {
    const reader = new DatabaseSync(path);
    const rows = reader.prepare('SELECT path FROM kept').all();
    reader.close();
    return rows.map((row) => String(row.path));
  };
}

/** Begins an audit and kills it after a while. */
async function killed({ workspace, env }: Scene, afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [CLI, 'audit', '--engine=ngram'], {
    cwd: workspace,
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  await Promise.race([ended, delay(afterMs)]);
  child.kill('SIGKILL');
  await ended;
}

describe('an audit after another', () => {
  it('says the same, and judges only what has changed', async () => {
    const one = scene(60);
    const kept = watchStore(one.store);
    const first = await audit(one);
    expect(kept()).toHaveLength(60);
    expect(await audit(one)).toBe(first);
    expect(kept()).toHaveLength(60);
    const changed = join(one.workspace, 'part0/f0.js');
    writeFiles(one.workspace, { 'part0/f0.js': `${readFileSync(changed, 'utf8')}\nlet last;\n` });
    await audit(one);
    expect(kept().slice(60)).toEqual(['part0/f0.js']);
  });

  it('goes on with the snapshot of before, though changes were audited by one that is up to date', async () => {
    const one = scene(60);
    git(one.workspace, 'init', '--quiet');
    commitAll(one.workspace);
    const kept = watchStore(one.store);
    const snapshotOf = (report: string): unknown => (JSON.parse(report) as { readonly engine: Source }).engine.snapshot;
    const first = snapshotOf(await audit(one));
    const changed = join(one.workspace, 'part0/f0.js');
    writeFiles(one.workspace, { 'part0/f0.js': `${readFileSync(changed, 'utf8')}\nlet last;\n` });
    expect(snapshotOf(await audit(one, '--diff'))).not.toBe(first);
    expect(snapshotOf(await audit(one))).toBe(first);
    expect(kept().slice(60)).toEqual(['part0/f0.js', 'part0/f0.js']);
  });

  it('forgets it all where it is asked to', async () => {
    const one = scene(3);
    const kept = watchStore(one.store);
    const first = JSON.parse(await audit(one, '--no-cache')) as object;
    expect(kept()).toEqual([]);
    expect(JSON.parse(await audit(one))).toEqual(first);
  });

  it(
    `ends with the same report after ${KILLS} kills at random moments, and judges no file twice`,
    { timeout: 240_000 },
    async () => {
      const one = scene(400);
      const undisturbed = await audit(one, '--no-cache');
      const kept = watchStore(one.store);
      const random = randomNumbers(20);
      let before = 0;
      let killedWhileJudging = 0;
      for (let kill = 0; kill < KILLS; kill++) {
        await killed(one, 150 + 1350 * random());
        if (kept().length > before && kept().length < 400) killedWhileJudging++;
        before = kept().length;
      }
      expect(await audit(one)).toBe(undisturbed);
      expect(kept().toSorted()).toEqual([...new Set(kept())].sort());
      expect(kept()).toHaveLength(400);
      expect(killedWhileJudging).toBeGreaterThan(0);
    },
  );
});
