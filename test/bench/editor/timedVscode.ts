/**
 * The editor's API as an extension sees it, but for its events: the time that each listener takes is added up. The bench
 * bundles Candor against this module in place of `vscode`.
 */
import * as vscode from 'vscode';

// What is not named below is the editor's own.
export * from 'vscode';

let spentMs = 0;
let isOn = false;
let statusItem: vscode.StatusBarItem | undefined;

/** Counts from now on, from zero. */
export function startCounting(): void {
  spentMs = 0;
  isOn = true;
}

/** Time that listeners took since `startCounting`. */
export function countedMs(): number {
  return spentMs;
}

/** What Candor says in the status bar. */
export function statusText(): string {
  return statusItem?.text ?? '';
}

export const workspace = timedEvents(vscode.workspace);
export const window = timedEvents(vscode.window);

function timedEvents<Api extends object>(api: Api): Api {
  return new Proxy({} as Api, {
    get(_, key) {
      const value = api[key as keyof Api];
      if (typeof value !== 'function') return value;
      const call = value.bind(api) as (...args: unknown[]) => unknown;
      if (key === 'createStatusBarItem')
        return (...args: unknown[]) => (statusItem = call(...args) as vscode.StatusBarItem);
      return typeof key === 'string' && key.startsWith('onDid') ? timedEvent(call) : call;
    },
  });
}

function timedEvent(event: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
  return (listener, ...rest) =>
    event(
      (value: unknown) => {
        const start = performance.now();
        try {
          return (listener as (value: unknown) => unknown)(value);
        } finally {
          if (isOn) spentMs += performance.now() - start;
        }
      },
      ...rest,
    );
}
