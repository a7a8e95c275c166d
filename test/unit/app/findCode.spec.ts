import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCode } from '../../../src/app/findCode.ts';
import { CandorError } from '../../../src/core/candorError.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const FILES = {
  'a.ts': '',
  'b.py': '',
  'x.lua': '',
  'notes.txt': '',
  'picture.png': '',
  'sub/c.go': '',
  'sub/data.csv': '',
};

describe('findCode', () => {
  it('finds the code of folders, and counts the rest', async () => {
    const root = temporaryFolder(FILES);
    expect(await findCode(root, [root])).toEqual({
      files: [
        { path: 'a.ts', language: 'typescript' },
        { path: 'b.py', language: 'python' },
        { path: 'sub/c.go', language: 'go' },
        { path: 'x.lua', language: 'lines' },
      ],
      otherFileCount: 3,
      isAll: true,
    });
  });

  it('takes a file that is named itself, by its lines where it is in no known language', async () => {
    const root = temporaryFolder(FILES);
    expect(await findCode(root, [join(root, 'notes.txt'), join(root, 'sub')])).toEqual({
      files: [
        { path: 'notes.txt', language: 'lines', isOwn: true },
        { path: 'sub/c.go', language: 'go' },
      ],
      otherFileCount: 1,
      isAll: false,
    });
  });

  it('says what is generated or vendored, and leaves out what is excluded', async () => {
    const root = temporaryFolder({ 'a.ts': '', 'a_pb2.py': '', 'vendor/x.go': '', 'b.test.ts': '', 'c.test.txt': '' });
    expect(await findCode(root, [root, join(root, 'a_pb2.py')], ['*.test.*'])).toEqual({
      files: [
        { path: 'a.ts', language: 'typescript' },
        { path: 'a_pb2.py', language: 'python', isOwn: true },
        { path: 'vendor/x.go', language: 'go', leftOut: 'vendored' },
      ],
      otherFileCount: 0,
      isAll: false,
    });
  });

  it('finds nothing in an empty folder', async () => {
    const root = temporaryFolder();
    expect(await findCode(root, [root])).toEqual({ files: [], otherFileCount: 0, isAll: true });
  });

  it('says which path does not exist', async () => {
    const root = temporaryFolder();
    await expect(findCode(root, [join(root, 'gone.ts')])).rejects.toSatisfy((error) =>
      CandorError.is(error, 'not-found'),
    );
  });
});
