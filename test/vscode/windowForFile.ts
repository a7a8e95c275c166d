import { basename } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { keepEvidence } from './keepEvidence.ts';
import { launchBrowser } from './launchBrowser.ts';
import { startVsCode, type VsCodeOptions, type VsCodeServer } from './startVsCode.ts';
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

/** The first start on a machine installs VS Code, and perhaps a browser. */
const START_MS = 10 * 60_000;

/** Most tests are about the editor, and an engine that is there at once lets them be quick. `{}` leaves the default. */
const QUICK_ENGINE = { 'candor.engine': 'ngram' };

export interface OpenWindow {
  readonly server: VsCodeServer;
  readonly workbench: Workbench;
}

/**
 * A window of VS Code for the tests of the file that asks for it, at its top level: opened before the first, closed after
 * the last, and what there is to see is kept for each that fails.
 * @returns what to call in a test to have the window
 */
export function windowForFile(
  prepare: () => VsCodeOptions | Promise<VsCodeOptions>,
  options: WorkbenchOptions = {},
): () => OpenWindow {
  let server: VsCodeServer | undefined;
  let workbench: Workbench | undefined;
  const undo: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    try {
      server = await startVsCode({ machineSettings: QUICK_ENGINE, ...(await prepare()) });
      undo.push(server.stop);
      const browser = await launchBrowser();
      undo.push(() => browser.close());
      workbench = await openWorkbench(browser, server.url, options);
    } catch (error) {
      if (server !== undefined) await keepEvidence(`start ${basename(server.workspace)}`, server);
      throw error;
    }
  }, START_MS);
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail' && server !== undefined) {
      await keepEvidence(`${task.file.name} ${task.name}`, server, workbench);
    }
  });
  afterAll(async () => {
    for (const close of undo.reverse()) await close();
  });
  return () => {
    if (server === undefined || workbench === undefined) throw new Error('The window is open only while tests run.');
    return { server, workbench };
  };
}
