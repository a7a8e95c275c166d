/**
 * The editor's API as an extension sees it, but for its events and providers: the time that each listener, and each provider until it
 * first waits, holds the thread is added up. The bench bundles Candor against this module in place of `vscode`.
 */
import * as vscode from 'vscode';

// What is not named below is the editor's own.
export * from 'vscode';

/** What the handlers took of the thread, by the clock, and of the processor. */
export interface Spent {
  readonly heldMs: number;
  /** Of the whole process while they held the thread, so rather too much; a thread that waits for a core takes none. */
  readonly processorMs: number;
}

let heldMs = 0;
let processorMs = 0;
let isOn = false;
let statusItem: vscode.StatusBarItem | undefined;

/** Counts from now on, from zero. */
export function startCounting(): void {
  heldMs = 0;
  processorMs = 0;
  isOn = true;
}

/** What handlers took since `startCounting`. */
export function counted(): Spent {
  return { heldMs, processorMs };
}

/** What Candor says in the status bar. */
export function statusText(): string {
  return statusItem?.text ?? '';
}

export const workspace = timedEvents(vscode.workspace);
export const window = timedEvents(vscode.window);
export const languages = timedEvents(vscode.languages);

function timedEvents<Api extends object>(api: Api): Api {
  return new Proxy({} as Api, {
    get(_, key) {
      const value = api[key as keyof Api];
      if (typeof value !== 'function') return value;
      const call = value.bind(api) as (...args: unknown[]) => unknown;
      if (key === 'createStatusBarItem')
        return (...args: unknown[]) => (statusItem = call(...args) as vscode.StatusBarItem);
      if (typeof key !== 'string') return call;
      if (/^register.*Provider$/.test(key)) return timedRegistration(call);
      return key.startsWith('onDid') ? timedEvent(call) : call;
    },
  });
}

function timedEvent(event: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
  return (listener, ...rest) => event(timed(listener as (...args: unknown[]) => unknown), ...rest);
}

/** The provider is the one argument that is an object with methods of its own. */
function timedRegistration(register: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
  return (...args) => register(...args.map((value) => (isProvider(value) ? timedProvider(value) : value)));
}

function isProvider(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.keys(value).some((key) => key.startsWith('provide'));
}

function timedProvider<Provider extends object>(provider: Provider): Provider {
  return new Proxy(provider, {
    get(target, key) {
      const value = target[key as keyof Provider];
      const isTimed = typeof key === 'string' && key.startsWith('provide') && typeof value === 'function';
      return isTimed ? timed(value.bind(target) as (...args: unknown[]) => unknown) : value;
    },
  });
}

function timed(work: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
  return (...args) => {
    const start = performance.now();
    const used = process.cpuUsage();
    try {
      return work(...args);
    } finally {
      if (isOn) {
        heldMs += performance.now() - start;
        const { user, system } = process.cpuUsage(used);
        processorMs += (user + system) / 1000;
      }
    }
  };
}
