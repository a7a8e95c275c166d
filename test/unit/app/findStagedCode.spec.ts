import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findStagedCode } from '../../../src/app/findStagedCode.ts';
import { git, gitRepository } from '../../support/gitRepository.ts';
import { writeFiles } from '../../support/temporaryFolder.ts';

describe('findStagedCode', () => {
  it('finds code by what is staged of it, below the folders, once', async () => {
    const folder = gitRepository({ 'a.md': '' });
    writeFiles(folder, {
      run: '#!/usr/bin/env python3\nx = 1\n',
      'a.md': 'words\n',
      'b.ts': 'let a;\n',
      'sub/c.lua': 'x = 1\n',
      'node_modules/d.ts': 'let d;\n',
    });
    git(folder, 'add', '--all', '--force');
    writeFiles(folder, { run: 'no longer a script\n', 'b.ts': 'let b;\n' });
    const { files, otherFileCount } = await findStagedCode({
      workspace: folder,
      folders: [folder, join(folder, 'sub')],
    });
    const lines = (endLine: number): object => ({ changedLines: [{ firstLine: 0, endLine }] });
    expect(files).toEqual([
      { path: 'b.ts', language: 'typescript', text: 'let a;\n', ...lines(1) },
      { path: 'run', language: 'python', text: '#!/usr/bin/env python3\nx = 1\n', ...lines(2) },
      { path: 'sub/c.lua', language: 'lines', text: 'x = 1\n', ...lines(1) },
    ]);
    expect(otherFileCount).toBe(1);
    expect(
      (await findStagedCode({ workspace: folder, folders: [join(folder, 'sub')] })).files.map(({ path }) => path),
    ).toEqual(['sub/c.lua']);
  });
});
