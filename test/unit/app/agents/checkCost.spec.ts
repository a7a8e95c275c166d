import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCode } from '../../../../src/app/findCode.ts';
import { checkCost } from '../../../../src/app/agents/checkCost.ts';
import { temporaryFolder, writeFiles } from '../../../support/temporaryFolder.ts';

const LIMITS = { files: 3, bytes: 30 };
const FILES = { 'a.ts': 'x'.repeat(10), 'b.ts': 'x'.repeat(10), 'c.ts': 'x'.repeat(10) };

describe('checkCost', () => {
  it('lets through what is at the limits', async () => {
    const folder = temporaryFolder(FILES);
    const code = await findCode(folder, [folder]);
    expect(await checkCost({ named: folder, real: folder }, folder, code, LIMITS)).toEqual(code);
  });

  it.each([
    ['files', { 'd.ts': '' }, /^4 files are more than the 3 /],
    ['bytes', { 'c.ts': 'x'.repeat(1_000_000) }, /^1\.0 MB of code are more than the 0\.0 MB /],
  ])('refuses too many %s', async (_, files, words) => {
    const folder = temporaryFolder({ ...FILES, ...files });
    const code = await findCode(folder, [folder]);
    await expect(checkCost({ named: folder, real: folder }, folder, code, LIMITS)).rejects.toMatchObject({
      reason: 'bad-call',
      message: expect.stringMatching(words) as string,
    });
  });

  it('does not count what is too large to be judged, nor what has gone', async () => {
    const folder = temporaryFolder({ ...FILES, 'c.ts': 'x'.repeat(1_000_001) });
    const code = await findCode(folder, [folder]);
    rmSync(join(folder, 'a.ts'));
    expect(await checkCost({ named: folder, real: folder }, folder, code, LIMITS)).toEqual(code);
  });

  it('leaves out what has become a way out meanwhile', async () => {
    const [folder, outside] = [temporaryFolder({ ...FILES, 'sub/s.ts': '' }), temporaryFolder()];
    writeFiles(outside, { 's.ts': 'secret' });
    const code = await findCode(folder, [join(folder, 'sub'), join(folder, 'a.ts')]);
    rmSync(join(folder, 'sub'), { recursive: true });
    symlinkSync(outside, join(folder, 'sub'), 'dir');
    const { files } = await checkCost({ named: folder, real: folder }, folder, code, LIMITS);
    expect(files.map(({ path }) => path)).toEqual(['a.ts']);
  });
});
