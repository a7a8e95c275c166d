import type { SandboxFiles } from '../../syntax/sameCode/behaviour/runFunctions.ts';
import type { Assets } from '../assets.ts';

/** Where strange code is run. */
export function sandboxIn({ behaviourWorker, quickJs }: Assets): SandboxFiles {
  return { workerUrl: behaviourWorker, wasmUrl: quickJs };
}
