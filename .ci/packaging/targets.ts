/** The platforms that VS Code installs a package of its own for. */
export type Target =
  | 'linux-x64'
  | 'linux-arm64'
  | 'linux-armhf'
  | 'alpine-x64'
  | 'alpine-arm64'
  | 'darwin-x64'
  | 'darwin-arm64'
  | 'win32-x64'
  | 'win32-arm64';

/**
 * The package of llama.cpp's binaries for each platform; null where node-llama-cpp has none. Its binaries for Linux ask for
 * glibc, so Alpine has none.
 */
const LLAMA_BINARIES: Readonly<Record<Target, string | null>> = {
  'linux-x64': '@node-llama-cpp/linux-x64',
  'linux-arm64': '@node-llama-cpp/linux-arm64',
  'linux-armhf': '@node-llama-cpp/linux-armv7l',
  'alpine-x64': null,
  'alpine-arm64': null,
  'darwin-x64': '@node-llama-cpp/mac-x64',
  'darwin-arm64': '@node-llama-cpp/mac-arm64-metal',
  'win32-x64': '@node-llama-cpp/win-x64',
  'win32-arm64': '@node-llama-cpp/win-arm64',
};

/** All targets, in the order in which they are packaged. */
export function allTargets(): readonly Target[] {
  return Object.keys(LLAMA_BINARIES).filter(isTarget);
}

/** Whether VS Code knows that target and Candor is packaged for it. */
export function isTarget(name: string): name is Target {
  return Object.hasOwn(LLAMA_BINARIES, name);
}

/** See `LLAMA_BINARIES`. */
export function llamaBinaries(target: Target): string | null {
  return LLAMA_BINARIES[target];
}

/**
 * The target of the machine that this runs on.
 * @throws Error where VS Code has no target for it
 */
export function hostTarget(): Target {
  const system = process.platform === 'linux' && !hasGlibc() ? 'alpine' : process.platform;
  const name = `${system}-${process.arch === 'arm' ? 'armhf' : process.arch}`;
  if (!isTarget(name))
    throw new Error(`Candor is not packaged for ${name}. Name a target: ${allTargets().join(', ')}.`);
  return name;
}

function hasGlibc(): boolean {
  const report: unknown = process.report.getReport();
  return JSON.stringify(report).includes('glibcVersionRuntime');
}
