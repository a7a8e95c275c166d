import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Opening a window on a slow machine takes a good part of it. */
const TIMEOUT_MS = 60_000;

/**
 * Runs all tests beside this file: what VS Code calls once it has started, on a desktop or behind a browser.
 * @throws Error that says how many tests failed
 */
export async function run(): Promise<void> {
  // Mocha is a module of ES, this is one of CommonJS.
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'bdd', timeout: TIMEOUT_MS, color: true });
  for (const file of readdirSync(__dirname)) {
    if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file));
  }
  await mocha.loadFilesAsync();
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (failures > 0) throw new Error(`${failures} of the tests inside of VS Code failed.`);
}
