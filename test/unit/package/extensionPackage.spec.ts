import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled } from '../../../.ci/packaging/reachableFiles.ts';
import { hostTarget, llamaBinaries } from '../../../.ci/packaging/targets.ts';
import { unexpectedFiles } from '../../../.ci/packaging/unexpectedFiles.ts';
import { randomGguf } from '../../support/randomGgufFile.ts';
import { readZip, unpack } from './readZip.ts';

/** The package of this machine, made from `dist/` as it is, and unpacked where no other module is around. */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const modelPath = randomGguf();
const binaries = llamaBinaries(hostTarget());
const hasLlama = binaries !== null && isInstalled(ROOT, binaries);

/** Other work may keep a small machine busy. */
const PATIENCE_MS = 120_000;

let scratch: string;
let made: Buffer;
let files: ReadonlyMap<string, () => Buffer>;

function makePackage(out: string): Buffer {
  execFileSync(process.execPath, ['.ci/package.ts', '--no-build', `--out=${out}`], { cwd: ROOT, stdio: 'pipe' });
  return readFileSync(join(out, `candor-${hostTarget()}.vsix`));
}

function text(path: string): string {
  const read = files.get(path);
  if (read === undefined) throw new Error(`${path} is not in the package`);
  return read().toString();
}

/** Runs the packaged command line on a copy of the sample. */
function candor(...args: readonly string[]): { readonly stdout: string; readonly stderr: string } {
  const script = join(scratch, 'installed/extension/dist/cli.mjs');
  const env = { ...process.env, XDG_STATE_HOME: join(scratch, 'state'), XDG_CACHE_HOME: join(scratch, 'cache') };
  const options = { cwd: join(scratch, 'sample'), env, encoding: 'utf8' } as const;
  return spawnSync(process.execPath, [script, ...args], options);
}

beforeAll(() => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), 'candor-package-')));
  made = makePackage(join(scratch, 'made'));
  files = readZip(join(scratch, 'made', `candor-${hostTarget()}.vsix`));
  unpack(files, join(scratch, 'installed'));
  cpSync(join(ROOT, 'test/fixtures/sample'), join(scratch, 'sample'), { recursive: true });
}, PATIENCE_MS);

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
});

describe('the package of this machine', () => {
  it('holds nothing unexpected', () => {
    const paths = [...files.keys()].filter((path) => path.startsWith('extension/'));
    expect(paths.length).toBeGreaterThan(50);
    expect(unexpectedFiles(paths.map((path) => path.slice('extension/'.length)))).toEqual([]);
    expect([...files.keys()].filter((path) => !path.startsWith('extension/')).sort()).toEqual([
      '[Content_Types].xml',
      'extension.vsixmanifest',
    ]);
  });

  it('is for this platform alone', () => {
    expect(text('extension.vsixmanifest')).toContain(`TargetPlatform="${hostTarget()}"`);
  });

  it('has every file that its manifest names', () => {
    const manifest = text('extension/package.json');
    const named = [...manifest.matchAll(/"(?:\.\/)?((?:media|dist|syntaxes)\/[^"]+\.\w+)"/g)].map(([, path]) => path);
    expect(named).toContain('dist/extension.mjs');
    expect(named.filter((path) => !files.has(`extension/${path}`))).toEqual([]);
  });

  it('has a manifest without what only the repository needs', () => {
    const manifest = JSON.parse(text('extension/package.json')) as Record<string, unknown>;
    expect(Object.keys(manifest)).not.toContain('scripts');
    expect(Object.keys(manifest)).not.toContain('devDependencies');
    expect(manifest.type).toBe('module');
    expect(manifest.engines).toEqual({ vscode: expect.stringMatching(/^\^1\.\d+\.0$/) as string });
  });

  it('has notices of what is bundled, of the grammars and of the modules', () => {
    const notices = text('extension/THIRD-PARTY-NOTICES.txt');
    const names = ['openai', 'web-tree-sitter', 'tree-sitter-python', 'piscina', 'ignore'];
    const ofLlama = ['node-llama-cpp', 'llama.cpp', 'simple-git', String(binaries)];
    for (const name of hasLlama ? [...names, ...ofLlama] : names) {
      expect(notices).toContain(`\n${name} `);
    }
  });

  it(
    'audits with nothing else around',
    () => {
      const report = JSON.parse(candor('audit', '--format=json', '.').stdout) as { files: { regions: unknown[] }[] };
      expect(report.files.flatMap(({ regions }) => regions).length).toBeGreaterThan(50);
    },
    PATIENCE_MS,
  );

  it.runIf(hasLlama)(
    'scores with llama.cpp with nothing else around, as the build here does',
    () => {
      const args = ['score', 'service/models.py', '--engine=llama', `--model=${modelPath()}`, '--format=json'];
      const { stdout, stderr } = candor(...args);
      const here = spawnSync(process.execPath, [join(ROOT, 'dist/cli.mjs'), ...args], {
        cwd: join(scratch, 'sample'),
        encoding: 'utf8',
      });
      expect(stderr).not.toContain('cannot be loaded');
      expect((JSON.parse(stdout) as { tokens: unknown[] }).tokens.length).toBeGreaterThan(100);
      expect(stdout).toBe(here.stdout);
    },
    PATIENCE_MS,
  );

  it(
    'is the same, byte for byte, when it is made again',
    () => {
      expect(makePackage(join(scratch, 'again')).equals(made)).toBe(true);
    },
    PATIENCE_MS,
  );
});
