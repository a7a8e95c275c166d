import { describe, expect, it } from 'vitest';
import { runCandor } from '../support/runCandor.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const FOLDER = { 'a.py': 'def total(items):\n    return sum(item.price for item in items)\n' };

interface Document {
  readonly engine: { readonly engine: string };
  readonly summary: { readonly engines: object };
}

describe('candor with its bundled model', () => {
  it('is what scores where no engine is named, and says so', async () => {
    const folder = temporaryFolder(FOLDER);
    const [unnamed, named] = [
      await runCandor(folder, ['audit']),
      await runCandor(folder, ['audit', '--engine=bundled']),
    ];
    expect(unnamed.stdout).toMatch(/^Candor [\d.]+, engine bundled$/m);
    expect(named.stdout).toBe(unnamed.stdout);
    expect(unnamed.stderr).toMatch(/^candor: 1 files in [\d.]+ s\n$/);
  });

  it('asks nobody: it scores the same without any network', async () => {
    const folder = temporaryFolder(FOLDER);
    const env = { ...process.env, http_proxy: 'http://127.0.0.1:9', https_proxy: 'http://127.0.0.1:9' };
    const { code, stdout } = await runCandor(folder, ['audit', '--format=json', '--top=0'], { env });
    expect(code).toBe(0);
    const { engine, summary } = JSON.parse(stdout) as Document;
    expect(engine.engine).toBe('bundled');
    expect(summary.engines).toEqual({ bundled: 1 });
  });

  it('reads a share of many files and tells how long it will take', async () => {
    const body = '  return one + two * three - four / five;\n'.repeat(12);
    const files = Object.fromEntries(
      Array.from({ length: 80 }, (_, index) => [`f${index}.js`, `function f${index}() {\n${body}}\n`]),
    );
    const folder = temporaryFolder(files);
    const { code, stdout, stderr } = await runCandor(folder, ['audit', '--top=1', '--read=0']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+ regions of them by the engine ngram alone: they come after the others\.$/m);
    expect(stderr).toMatch(/^candor: the model reads the riskiest [\d,]+ tokens, [\d,]+ a second: about \d+ s$/m);
  });

  it.each([
    ['no share', ['--read=many'], /--read=many is no share of the code/],
    ['too much', ['--read=101'], /--read=101 is no share of the code/],
    ['a share for another engine', ['--engine=ngram', '--read=5'], /--read is not for the engine ngram/],
  ])('refuses %s', async (_, args, message) => {
    const { code, stderr } = await runCandor(temporaryFolder(FOLDER), ['audit', ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
