import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { SandboxFiles } from '../../../../../src/syntax/sameCode/behaviour/runFunctions.ts';

const { resolve } = createRequire(import.meta.url);

/** The sandbox as the sources and the npm package have it. */
export function sandboxFiles(): SandboxFiles {
  return {
    workerUrl: new URL('../../../../../src/syntax/sameCode/behaviour/behaviourWorker.ts', import.meta.url),
    wasmUrl: pathToFileURL(resolve('@jitl/quickjs-wasmfile-release-sync/wasm')),
  };
}
