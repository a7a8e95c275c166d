import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleHostTests } from '../host/bundleHostTests.ts';
import { hostTarget } from '../../.ci/packaging/targets.ts';
import { repositoryFolder } from '../vscode/cacheFolder.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { runHostTests } from '../vscode/runHostTests.ts';

// The tests of test/host, which a desktop VS Code runs as well, inside this one.

const workspace = folderForFile({});

test('the packaged extension passes the tests inside of VS Code', { timeout: 600_000 }, async () => {
  cpSync(join(repositoryFolder, 'test/fixtures/sample'), workspace, { recursive: true });
  const extensionFolder = join(dirname(packagedExtension()), hostTarget());
  const { files } = await bundleHostTests();
  const results = await runHostTests({ extensionFolder, files, workspace });
  expect(results.filter(({ state }) => state !== 'passed')).toEqual([]);
  expect(results.length).toBeGreaterThan(4);
});
