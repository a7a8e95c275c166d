import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { writeFiles, type Files } from '../support/temporaryFolder.ts';

/** A folder with these files, which goes when the tests of the file that asks for it, at its top level, have ended. */
export function folderForFile(files: Files = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'candor-test-')));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  writeFiles(folder, files);
  return folder;
}
