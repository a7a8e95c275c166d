import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stampOfFile } from '../../../src/audit/stampOfFile.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const LATER_MS = 60_000;

describe('stampOfFile', () => {
  it('is the same as long as nobody writes, and another after that', async () => {
    const path = join(temporaryFolder({ 'a.ts': 'let a = 1;' }), 'a.ts');
    const stamp = (): Promise<string | null> => stampOfFile(path, Date.now() + LATER_MS);
    const first = await stamp();
    expect(first).not.toBeNull();
    expect(await stamp()).toBe(first);
    writeFileSync(path, 'let a = 2;');
    const second = await stamp();
    expect(second).not.toBe(first);
    // Whoever sets the time back is seen all the same.
    utimesSync(path, 1, 1);
    expect(await stamp()).not.toBe(second);
  });

  it('proves nothing of what was written just now, or is gone', async () => {
    const path = join(temporaryFolder({ 'a.ts': 'let a = 1;' }), 'a.ts');
    expect(await stampOfFile(path)).toBeNull();
    rmSync(path);
    expect(await stampOfFile(path, Date.now() + LATER_MS)).toBeNull();
  });
});
