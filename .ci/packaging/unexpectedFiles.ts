/** What may be in the package, by its path in the folder of the extension. All else is a mistake. */
const EXPECTED: readonly RegExp[] = [
  /^package(\.nls(\.[a-z-]+)?)?\.json$/,
  /^l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/,
  /^(README|CHANGELOG)\.md$/i,
  /^(LICENSE|THIRD-PARTY-NOTICES)\.txt$/i,
  /^dist\/([A-Za-z0-9-]+\/)?[A-Za-z0-9-]+\.(mjs|js|css)$/,
  /^dist\/merges\.txt$/,
  /^dist\/calibrations\.json$/,
  /^dist\/bundled\.gguf$/,
  /^dist\/quickjs\.wasm$/,
  /^dist\/grammars\/[a-z_-]+\.wasm$/,
  /^dist\/node_modules\/(?!.*\/(tests?|docs?|benchmark|examples?|\.github)\/)(@?[\w.-]+\/)+[\w.-]+\.(js|mjs|cjs|json)$/,
  /^dist\/node_modules\/@node-llama-cpp\/[a-z0-9-]+\/bins\/[a-z0-9-]+\/(lib[\w.-]+\.(so|dylib)|[\w-]+\.(dll|node|metal|json))$/,
  /^media\/([A-Za-z0-9-]+\/)*[A-Za-z0-9-]+\.(svg|png|css|md)$/,
  /^syntaxes\/[A-Za-z0-9.-]+\.json$/,
];

/** The paths, of those in the folder of the extension, that have no place in a package. */
export function unexpectedFiles(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => !EXPECTED.some((pattern) => pattern.test(path)));
}
