import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser } from './launchBrowser.ts';
import { startVsCode, type VsCodeOptions } from './startVsCode.ts';
import { waitFor } from './waitFor.ts';

const START_MS = 90_000;

export interface HostTests extends Omit<VsCodeOptions, 'vsix' | 'smokeTestDriver'> {
  /** The folder of the extension under test, with its `package.json`; it runs from there, unpacked. */
  readonly extensionFolder: string;
  /** Mocha test files (`describe`, `it`), as modules (ES or CommonJS) that the extension host's Node can run. */
  readonly files: readonly string[];
  /** For all of them together. Default: five minutes. */
  readonly timeoutMs?: number;
}

export interface HostTestResult {
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly name: string;
  readonly ms: number;
  readonly error?: string;
}

/**
 * Runs tests inside VS Code's extension host, beside the extension under test, where they `import` from `vscode`.
 * @throws {Error} when the host does not come up, a test file cannot be loaded, or the tests do not end in time; with
 * the log of the extension host.
 */
export async function runHostTests(tests: HostTests): Promise<readonly HostTestResult[]> {
  const { extensionFolder, files, timeoutMs = 5 * 60_000, ...options } = tests;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'candor-host-')));
  const results = join(folder, 'results.jsonl');
  const env = { ...options.env, CANDOR_HOST_TESTS: JSON.stringify(files), CANDOR_HOST_RESULTS: results };
  const undo: (() => unknown)[] = [
    () => {
      rmSync(folder, { recursive: true, force: true });
    },
  ];
  try {
    const server = await startVsCode({ ...options, env, smokeTestDriver: true });
    undo.push(server.stop);
    const browser = await launchBrowser();
    undo.push(() => browser.close());
    const page = await browser.newPage();
    const url = new URL(server.url);
    const inHost = (path: string): string => `vscode-remote://${url.host}${path}`;
    const payload = {
      extensionDevelopmentPath: inHost(extensionFolder),
      extensionTestsPath: inHost(fileURLToPath(new URL('hostEntry.mjs', import.meta.url))),
    };
    url.searchParams.set('payload', JSON.stringify(Object.entries(payload)));
    await page.goto(url.href, { timeout: START_MS });
    const events = (): readonly HostEvent[] => readEvents(results);
    try {
      await waitFor('the first test in the extension host', () => events().length > 0, START_MS);
      await waitFor('the tests in the extension host', () => events().some(isLast), timeoutMs);
      const broken = events().find(({ state }) => state === 'broken');
      if (broken !== undefined) throw new Error(`The tests could not be run: ${broken.error ?? ''}`);
      return events().filter(isResult);
    } catch (error) {
      const logs = Object.entries(server.readLogs()).filter(([path]) => path.endsWith('remoteexthost.log'));
      throw new Error(`${String(error)}\n${logs.map(([, text]) => text).join('\n')}`, { cause: error });
    }
  } finally {
    for (const end of undo.reverse()) await end();
  }
}

type HostEvent = Omit<HostTestResult, 'state'> & { readonly state: HostTestResult['state'] | 'ended' | 'broken' };

const isLast = ({ state }: HostEvent): boolean => state === 'ended' || state === 'broken';

function isResult(event: HostEvent): event is HostTestResult {
  return event.state !== 'ended' && event.state !== 'broken';
}

function readEvents(path: string): readonly HostEvent[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  // The last one may be half written.
  return lines.slice(0, -1).map((line) => JSON.parse(line) as HostEvent);
}
