import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { node24 } from './cacheFolder.ts';
import { installExtensions } from './installExtensions.ts';
import { installVsCode } from './installVsCode.ts';
import { quietSettings, type Settings } from './quietSettings.ts';

const START_MS = 60_000;
const STOP_MS = 5_000;
/** Should the tests be killed, the server ends by itself once nobody has looked for so long. */
const IDLE_SECONDS = 600;

export interface VsCodeOptions {
  /** The folder, or `.code-workspace` file, that the window opens. */
  readonly workspace: string;
  /** A packaged extension to install, or several. */
  readonly vsix?: string | readonly string[];
  /** User settings, beside the quiet ones that every test starts with. */
  readonly settings?: Settings;
  /** Settings of the machine: some of Candor's count nowhere else. */
  readonly machineSettings?: Settings;
  /**
   * Leaves workspace trust on: the folder opens in restricted mode, without a dialog that asks. Default: off, all is
   * trusted.
   */
  readonly workspaceTrust?: boolean;
  /** Lets the page name an extension to develop and tests to run in its host, which a built VS Code takes from nobody else. */
  readonly smokeTestDriver?: boolean;
  /** Environment of the server, and so of the extensions. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface VsCodeServer {
  /** The page of the window on the workspace. */
  readonly url: string;
  readonly workspace: string;
  readonly userDataFolder: string;
  readonly extensionsFolder: string;
  /** Every log file so far, those of the extension host and of output channels too, by path below the log folder. */
  readonly readLogs: () => Readonly<Record<string, string>>;
  /** What the server itself wrote. */
  readonly readOutput: () => string;
  /** Ends the server with all that it started, and deletes its folders. May be called twice. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts VS Code's server on a free port, with fresh folders for user data and extensions.
 * @throws {Error} when it is not ready within a minute; with what it wrote.
 */
export async function startVsCode(options: VsCodeOptions): Promise<VsCodeServer> {
  const { entry } = await installVsCode();
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'candor-vscode-')));
  const userDataFolder = join(home, 'data');
  const extensionsFolder = join(home, 'extensions');
  const settingsFile = join(userDataFolder, 'User', 'settings.json');
  mkdirSync(dirname(settingsFile), { recursive: true });
  mkdirSync(extensionsFolder);
  const trust = { 'security.workspace.trust.startupPrompt': 'never' };
  writeFileSync(settingsFile, JSON.stringify({ ...quietSettings, ...trust, ...options.settings }, null, 2));
  const machineFile = join(userDataFolder, 'Machine', 'settings.json');
  mkdirSync(dirname(machineFile));
  writeFileSync(machineFile, JSON.stringify(options.machineSettings ?? {}));
  // An empty file rather than none: it would write a random password into one.
  const config = join(home, 'config.yaml');
  writeFileSync(config, '{}\n');
  const env = { ...environment(home), ...options.env };
  const shared = [entry, '--config', config, '--user-data-dir', userDataFolder];

  let stop = (): Promise<void> => Promise.resolve();
  const stopAll = async (): Promise<void> => {
    await stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    await installExtensions({ args: shared, env }, extensionsFolder, [options.vsix ?? []].flat());
    const server = await listen(
      [
        ...shared,
        ...['--extensions-dir', extensionsFolder],
        ...['--auth', 'none', '--bind-addr', '127.0.0.1:0', '--disable-telemetry', '--disable-update-check'],
        ...['--disable-getting-started-override', '--idle-timeout-seconds', String(IDLE_SECONDS)],
        ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
        ...(options.smokeTestDriver === true ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
      ],
      env,
    );
    stop = server.stop;
    const workspace = realpathSync(options.workspace);
    const url = new URL(server.origin);
    url.searchParams.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', workspace);
    return {
      url: url.href,
      workspace,
      userDataFolder,
      extensionsFolder,
      readLogs: () => readTextFiles(join(userDataFolder, 'logs')),
      readOutput: server.readOutput,
      stop: stopAll,
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

interface Listening {
  readonly origin: string;
  readonly readOutput: () => string;
  readonly stop: () => Promise<void>;
}

/** Runs the server as the head of a process group, so that its end is the end of all that it started. */
async function listen(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Listening> {
  const child = spawn(node24, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  const readOutput = (): string => Buffer.concat(chunks).toString();
  const closed = new Promise<void>((resolve) =>
    child.once('close', () => {
      resolve();
    }),
  );
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, name);
    } catch {
      // The group has ended.
    }
  };
  const atExit = (): void => {
    signal('SIGKILL');
  };
  process.once('exit', atExit);
  const stop = async (): Promise<void> => {
    signal('SIGTERM');
    const impatience = setTimeout(signal, STOP_MS, 'SIGKILL');
    await closed;
    clearTimeout(impatience);
    signal('SIGKILL');
    process.off('exit', atExit);
  };

  try {
    const origin = await new Promise<string>((resolve, reject) => {
      const fail = (what: string): void => {
        reject(new Error(`VS Code's server ${what}: ${readOutput()}`));
      };
      const watchdog = setTimeout(fail, START_MS, 'was not ready in time');
      const settle = (act: () => void): void => {
        clearTimeout(watchdog);
        act();
      };
      const read = (chunk: Buffer): void => {
        chunks.push(chunk);
        const address = /HTTP server listening on (http:\S+)/.exec(readOutput())?.[1];
        if (address !== undefined)
          settle(() => {
            resolve(address);
          });
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('error', (error) => {
        settle(() => {
          reject(error);
        });
      });
      child.once('close', (code) => {
        settle(() => {
          fail(`ended with ${code ?? 'a signal'}`);
        });
      });
    });
    return { origin, readOutput, stop };
  } catch (error) {
    if (child.pid !== undefined) await stop();
    throw error;
  }
}

/** Of this process's environment, what does not steer VS Code, Node or the tests; and folders of its own for all it keeps. */
function environment(home: string): NodeJS.ProcessEnv {
  const steering =
    /^(VSCODE|ELECTRON|CODE_SERVER|CS|VITEST|npm)_|^(NODE_OPTIONS|NODE_ENV|VITEST|PORT|PASSWORD|GITHUB_TOKEN)$/;
  const kept = Object.entries(process.env).filter(([name]) => !steering.test(name));
  const folders = ['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME', 'XDG_RUNTIME_DIR', 'TMPDIR'];
  const own = folders.map((name) => {
    // Short: the path of a socket in it may have about a hundred characters.
    const folder = join(home, name.replace('XDG_', '').toLowerCase());
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return [name, folder] as const;
  });
  return { ...Object.fromEntries([...kept, ...own]), EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
}

function readTextFiles(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}
