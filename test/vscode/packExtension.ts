import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { node24, repositoryFolder } from './cacheFolder.ts';
import { runProgram } from './runProgram.ts';

/**
 * Packages an extension that is written as a few files, `package.json` among them, and returns the path of its `.vsix`.
 * @throws {Error} what vsce says.
 */
export async function packExtension(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  for (const [path, content] of Object.entries({ 'README.md': '# For a test\n', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const vsix = join(folder, 'extension.vsix');
  const vsce = join(repositoryFolder, 'node_modules', '@vscode', 'vsce', 'vsce');
  const leave = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--no-rewrite-relative-links'];
  await runProgram(node24, [vsce, 'package', ...leave, '--out', vsix], { cwd: folder, timeoutMs: 60_000 });
  return vsix;
}
