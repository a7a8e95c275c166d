import { fork } from 'node:child_process';
import { isChildMessage, type ChildMessage, type ParentMessage } from './llamaMessages.ts';

/** A running child process. */
export interface Child {
  readonly pid: number | undefined;
  /** Does nothing once the child is gone. */
  send(message: ParentMessage): void;
  /** Whether the parent must go on running for it. */
  keepsParentAlive(does: boolean): void;
  /** Ends it at once, whatever it does, and waits until it is gone. It holds nothing that must be saved. */
  end(): Promise<void>;
}

export interface ChildListener {
  readonly onMessage: (message: ChildMessage) => void;
  /** Called once, also for a child that could not be started. */
  readonly onGone: () => void;
}

export function startChild(childUrl: URL, { onMessage, onGone }: ChildListener): Child {
  const child = fork(childUrl, {
    // Flags of the parent (a debugger's port, a loader of its own) are not the child's.
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    // In an editor the executable is the editor; so it is Node.
    env: process.versions.electron === undefined ? process.env : { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const gone = Promise.withResolvers<undefined>();
  let isGone = false;
  const go = (): void => {
    if (isGone) return;
    isGone = true;
    gone.resolve(undefined);
    onGone();
  };
  child.on('message', (message: unknown) => {
    if (!isGone && isChildMessage(message)) onMessage(message);
  });
  child.once('exit', go);
  child.on('error', () => {
    // A message that could not be sent comes here as well; the child is then on its way out.
    if (child.pid === undefined) go();
    else child.kill('SIGKILL');
  });
  return {
    pid: child.pid,
    send(message) {
      if (child.connected) child.send(message, () => undefined);
    },
    keepsParentAlive(does) {
      if (does) {
        child.ref();
        child.channel?.ref();
      } else {
        child.unref();
        child.channel?.unref();
      }
    },
    async end() {
      child.ref();
      if (child.pid !== undefined) child.kill('SIGKILL');
      await gone.promise;
    },
  };
}
