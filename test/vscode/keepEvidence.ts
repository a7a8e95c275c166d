import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cacheFolder.ts';
import type { VsCodeServer } from './startVsCode.ts';
import type { Workbench } from './workbench.ts';

/** Keeps a picture of the window and all logs under `.cache/ui-results`, in a folder named after the test that failed. */
export async function keepEvidence(test: string, server: VsCodeServer, workbench?: Workbench): Promise<void> {
  const folder = join(cacheFolder, 'ui-results', test.replaceAll(/[^\w.-]+/g, '-'));
  mkdirSync(folder, { recursive: true });
  const logs = Object.entries(server.readLogs()).map(([path, text]) => `==> ${path} <==\n${text}`);
  writeFileSync(join(folder, 'vscode.log'), logs.join('\n'));
  writeFileSync(join(folder, 'server.log'), server.readOutput());
  if (workbench === undefined) return;
  writeFileSync(join(folder, 'console.log'), workbench.readConsole());
  await workbench.screenshot(join(folder, 'window.png'));
}
