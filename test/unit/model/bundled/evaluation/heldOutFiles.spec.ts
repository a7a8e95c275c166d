import { describe, expect, it } from 'vitest';
import { heldOutFiles } from '../../../../../model/bundled/evaluation/heldOutFiles.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

describe('heldOutFiles', () => {
  it('reads files of every language, with a grammar or without', async () => {
    const folder = temporaryFolder({
      'go/gin/a/b.go': 'package b\n',
      'go/gin/blank.go': '\n',
      'kotlin/okio/k.kt': 'val k = 1\n',
      'tsx/table/t.tsx': 'let t;\n',
    });
    const files = await heldOutFiles(folder);
    expect(files).toEqual(await heldOutFiles(folder));
    expect([...files].sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { project: 'gin', language: 'go', path: 'a/b.go', text: 'package b\n' },
      { project: 'okio', language: 'kotlin', path: 'k.kt', text: 'val k = 1\n' },
      { project: 'table', language: 'tsx', path: 't.tsx', text: 'let t;\n' },
    ]);
  });

  it('says where there are none', async () => {
    await expect(heldOutFiles(temporaryFolder())).rejects.toThrow(/no held-out project/);
  });
});
