/** The files beside the bundles that Candor reads while it runs. */
export interface Assets {
  readonly parseWorker: URL;
  /** Folder, with a slash at its end. */
  readonly grammars: URL;
  readonly merges: URL;
  readonly llamaChild: URL;
  /** The bundled model; not there in a package for a platform on which it cannot run. */
  readonly bundledModel: URL;
  /** What is calibrated on public data. */
  readonly publicCalibrations: URL;
}

/** Where they are, given the folder of the bundles (with a slash at its end). */
export function assetsIn(folder: URL): Assets {
  return {
    parseWorker: new URL('parseWorker.mjs', folder),
    grammars: new URL('grammars/', folder),
    merges: new URL('merges.txt', folder),
    llamaChild: new URL('llamaChild.mjs', folder),
    bundledModel: new URL('bundled.gguf', folder),
    publicCalibrations: new URL('calibrations.json', folder),
  };
}
