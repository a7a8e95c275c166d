/** The files beside the bundles that Candor reads while it runs. */
export interface Assets {
  readonly parseWorker: URL;
  /** The thread in which files are looked at. */
  readonly lookThread: URL;
  readonly evidenceWorker: URL;
  /** Folder, with a slash at its end. */
  readonly grammars: URL;
  readonly merges: URL;
  readonly llamaChild: URL;
  /** The thread in which strange code is run, and QuickJS, compiled, that runs it. */
  readonly behaviourWorker: URL;
  readonly quickJs: URL;
  /** The bundled model; not there in a package for a platform on which it cannot run. */
  readonly bundledModel: URL;
  /** What is calibrated on public data. */
  readonly publicCalibrations: URL;
}

/** Where they are, given the folder of the bundles (with a slash at its end). */
export function assetsIn(folder: URL): Assets {
  return {
    parseWorker: new URL('parseWorker.mjs', folder),
    lookThread: new URL('lookThread.mjs', folder),
    evidenceWorker: new URL('evidenceWorker.mjs', folder),
    grammars: new URL('grammars/', folder),
    merges: new URL('merges.txt', folder),
    llamaChild: new URL('llamaChild.mjs', folder),
    behaviourWorker: new URL('behaviourWorker.mjs', folder),
    quickJs: new URL('quickjs.wasm', folder),
    bundledModel: new URL('bundled.gguf', folder),
    publicCalibrations: new URL('calibrations.json', folder),
  };
}

/** Assets as they cross to another thread: URLs as text. */
export type AssetAddresses = Readonly<Record<keyof Assets, string>>;

export function assetAddresses(assets: Assets): AssetAddresses {
  return {
    parseWorker: assets.parseWorker.href,
    lookThread: assets.lookThread.href,
    evidenceWorker: assets.evidenceWorker.href,
    grammars: assets.grammars.href,
    merges: assets.merges.href,
    llamaChild: assets.llamaChild.href,
    behaviourWorker: assets.behaviourWorker.href,
    quickJs: assets.quickJs.href,
    bundledModel: assets.bundledModel.href,
    publicCalibrations: assets.publicCalibrations.href,
  };
}

export function assetsAt(addresses: AssetAddresses): Assets {
  return {
    parseWorker: new URL(addresses.parseWorker),
    lookThread: new URL(addresses.lookThread),
    evidenceWorker: new URL(addresses.evidenceWorker),
    grammars: new URL(addresses.grammars),
    merges: new URL(addresses.merges),
    llamaChild: new URL(addresses.llamaChild),
    behaviourWorker: new URL(addresses.behaviourWorker),
    quickJs: new URL(addresses.quickJs),
    bundledModel: new URL(addresses.bundledModel),
    publicCalibrations: new URL(addresses.publicCalibrations),
  };
}
