import type { Assets } from '../../src/app/assets.ts';
import { grammarsFolder } from '../grammarsFolder.ts';

/** What Candor reads while it runs, where it is before anything is bundled. */
export const sourceAssets: Assets = {
  parseWorker: new URL('../../src/syntax/parseWorker.ts', import.meta.url),
  lookThread: new URL('../../src/app/looking/lookThread.ts', import.meta.url),
  evidenceWorker: new URL('../../src/lab/evaluation/evidenceWorker.ts', import.meta.url),
  grammars: grammarsFolder(),
  merges: new URL('../../model/tokenizer/merges.txt', import.meta.url),
  llamaChild: new URL('../../src/engines/llama/llamaChild.ts', import.meta.url),
  behaviourWorker: new URL('../../src/syntax/sameCode/behaviour/behaviourWorker.ts', import.meta.url),
  quickJs: new URL(import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm')),
  publicCalibrations: new URL('../../model/risk/calibrations.json', import.meta.url),
  bundledModel: new URL('../../model/bundled.gguf', import.meta.url),
};
