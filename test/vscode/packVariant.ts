import { build as bundle, type Plugin } from 'esbuild';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostTarget } from '../../.ci/packaging/targets.ts';
import { cacheFolder, repositoryFolder } from './cacheFolder.ts';
import { packExtension } from './packExtension.ts';

/** What is otherwise in a variant of Candor. */
export interface Variant {
  /** How long a minute lasts for the clocks of followed regions. */
  readonly minuteMs: number;
  /** Whether the editor says who made a change; a stock VS Code does not say so to extensions. */
  readonly hasDetailedReason: boolean;
}

const SCRIPTS = {
  'extension.mjs': 'src/extension.ts',
  'auditorThread.mjs': 'src/app/auditor/auditorThread.ts',
} as const;

/** Packages Candor, as it is but for the variant, and returns the path of its `.vsix`. */
export async function packVariant(folder: string, variant: Variant): Promise<string> {
  cpSync(join(cacheFolder, 'package', hostTarget()), folder, { recursive: true });
  for (const [script, entry] of Object.entries(SCRIPTS)) {
    const { outputFiles } = await bundle({
      entryPoints: [join(repositoryFolder, entry)],
      bundle: true,
      write: false,
      format: 'esm',
      platform: 'node',
      target: 'node22',
      external: ['piscina', 'node-llama-cpp'],
      plugins: [shortMinutes(variant), editorOf(variant)],
      banner: {
        js: "import { createRequire as candorCreateRequire } from 'node:module'; const require = candorCreateRequire(import.meta.url);",
      },
    });
    writeFileSync(join(folder, 'dist', script), outputFiles[0]?.text ?? '');
  }
  return packExtension(folder, {});
}

function shortMinutes({ minuteMs }: Variant): Plugin {
  return {
    name: 'short-minutes',
    setup(build) {
      build.onLoad({ filter: /following\/editorTargets\.ts$/ }, ({ path }) => {
        const source = readFileSync(path, 'utf8');
        const changed = source.replace('MINUTE_MS = 60_000', `MINUTE_MS = ${minuteMs}`);
        if (changed === source && minuteMs !== 60_000) throw new Error('There is no such constant any more.');
        return { contents: changed, loader: 'ts' };
      });
    },
  };
}

/** The editor's API, or one that keeps to itself who made a change. */
function editorOf({ hasDetailedReason }: Variant): Plugin {
  const silent = fileURLToPath(new URL('silentVscode.ts', import.meta.url));
  return {
    name: 'editor',
    setup(build) {
      build.onResolve({ filter: /^vscode$/ }, ({ importer }) =>
        hasDetailedReason || importer === silent ? { path: 'vscode', external: true } : { path: silent },
      );
    },
  };
}
