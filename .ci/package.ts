/**
 * Makes the packages that VS Code installs: `.cache/package/candor-TARGET.vsix`, and beside each the folder
 * `.cache/package/TARGET/` with the same files, unpacked.
 *
 *     node .ci/package.ts [TARGET... | --all] [--out=FOLDER] [--no-build]
 *
 * The default target is this machine's. `--no-build` takes `dist/` as it is. Asks no network. Why it ships what it ships:
 * docs/decisions/packaging.md.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { isInstalled } from './packaging/reachableFiles.ts';
import { stageExtension } from './packaging/stageExtension.ts';
import { allTargets, hostTarget, isTarget, llamaBinaries, type Target } from './packaging/targets.ts';
import { unexpectedFiles } from './packaging/unexpectedFiles.ts';

/** A package that is larger is refused: look at what came into it. Measured: docs/decisions/packaging.md. */
const MOST_BYTES = { withLlama: 25_000_000, withoutLlama: 6_000_000 };
/** All files in a package bear this time, so that the same sources give the same package: the start of 2020, in seconds. */
const FILE_TIME = '1577836800';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
try {
  await makePackages();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function makePackages(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      out: { type: 'string', default: join(root, '.cache/package') },
      'no-build': { type: 'boolean', default: false },
    },
  });
  const named = positionals.length > 0 ? targetsNamed(positionals) : [hostTarget()];
  if (!values['no-build']) build();
  process.env.SOURCE_DATE_EPOCH = FILE_TIME;
  for (const target of values.all ? allTargets() : named) await makePackage(target, resolve(values.out));
}

function build(): void {
  const { status } = spawnSync(process.execPath, ['esbuild.config.mjs'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('The build failed, so nothing was packaged.');
}

async function makePackage(target: Target, out: string): Promise<void> {
  const folder = join(out, target);
  const packagePath = join(out, `candor-${target}.vsix`);
  const unfinishedPath = `${packagePath}.${process.pid}`;
  const listed = llamaBinaries(target);
  const binaries = listed !== null && isInstalled(root, listed) ? listed : null;
  await stageExtension(root, folder, binaries);

  const unexpected = unexpectedFiles(filesIn(folder));
  if (unexpected.length > 0) {
    throw new Error(`Not meant to be in a package (.ci/packaging/unexpectedFiles.ts): ${unexpected.join(', ')}`);
  }
  await quietly(() =>
    createVSIX({
      cwd: folder,
      packagePath: unfinishedPath,
      target,
      dependencies: false,
      // The pages were made to do without one.
      allowMissingRepository: true,
      rewriteRelativeLinks: false,
    }),
  );
  const { size } = statSync(unfinishedPath);
  const most = binaries === null ? MOST_BYTES.withoutLlama : MOST_BYTES.withLlama;
  const megabytes = `${(size / 1e6).toFixed(1)} MB`;
  if (size > most) {
    rmSync(unfinishedPath);
    throw new Error(`The package for ${target} has ${megabytes}; the most is ${most / 1e6} MB.`);
  }
  // At once, so that nobody installs half of a package.
  renameSync(unfinishedPath, packagePath);
  console.log(`${target.padEnd(13)} ${megabytes.padStart(8)}, ${binaries === null ? 'without' : 'with'} llama.cpp`);
}

function targetsNamed(names: readonly string[]): readonly Target[] {
  const unknown = names.filter((name) => !isTarget(name));
  if (unknown.length > 0) throw new Error(`No target: ${unknown.join(', ')}. Targets: ${allTargets().join(', ')}.`);
  return names.filter(isTarget);
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => path !== '.vscodeignore');
}

/** vsce prints the files of every package; only its warnings are of use. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const { log } = console;
  console.log = () => undefined;
  try {
    await work();
  } finally {
    console.log = log;
  }
}
