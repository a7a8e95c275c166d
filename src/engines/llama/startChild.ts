import { fork, type ChildProcess } from 'node:child_process';
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

export function startChild(childUrl: URL, listener: ChildListener): Child {
  try {
    return listenTo(forked(childUrl), listener);
  } catch {
    // Without memory for a process, for one. Other failures to start come as an event.
    setImmediate(listener.onGone);
    return { ...NO_CHILD };
  }
}

const NO_CHILD: Child = {
  pid: undefined,
  send: () => undefined,
  keepsParentAlive: () => undefined,
  end: () => Promise.resolve(),
};

function forked(childUrl: URL): ChildProcess {
  return fork(childUrl, {
    // Flags of the parent (a debugger's port, a loader of its own) are not the child's.
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      ...process.env,
      // Where llama.cpp gives up it would call a debugger first, if there is one, and wait for seconds.
      GGML_NO_BACKTRACE: '1',
      // In an editor the executable is the editor; so it is Node.
      ...(process.versions.electron === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' }),
    },
  });
}

function listenTo(child: ChildProcess, { onMessage, onGone }: ChildListener): Child {
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
  // The thread that forked it may end while the process lives on; the child must not.
  const endWithThread = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithThread);
  void gone.promise.then(() => process.off('exit', endWithThread));
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
