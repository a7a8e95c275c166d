import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { calibrationStore } from '../../src/app/calibration/calibrationStore.ts';
import type { Source } from '../../src/core/words.ts';
import { commitAll, git, gitRepository } from '../support/gitRepository.ts';
import { runCandor, type Outcome } from '../support/runCandor.ts';
import { sarifFaults } from '../support/sarifSchema.ts';
import { someCalibration } from '../support/someCalibration.ts';
import { temporaryFolder, writeFiles } from '../support/temporaryFolder.ts';

const FUNCTIONS = Array.from(
  { length: 4 },
  (_, index) => `function f${index}(a, b) {\n  return a + b * ${index};\n}\n`,
).join('');
const CHANGED = FUNCTIONS.replace('b * 2', 'b * a');

const audit = (folder: string, ...args: readonly string[]): Promise<Outcome> =>
  runCandor(folder, ['audit', '--engine=ngram', ...args]);

/** What a JSON report has, a word a region or a file that was left out. */
function judged({ code, stdout, stderr }: Outcome): readonly string[] {
  expect(code, stderr).toBe(0);
  const { files } = JSON.parse(stdout) as {
    readonly files: readonly {
      readonly path: string;
      readonly skipped?: string;
      readonly regions: readonly {
        readonly name?: string;
        readonly origin: string;
        readonly start: { readonly line: number };
      }[];
    }[];
  };
  return files.flatMap(({ path, skipped, regions }) =>
    skipped === undefined
      ? regions.map(({ name, origin, start }) => `${path}:${start.line} ${name} ${origin}`)
      : [`${path} ${skipped}`],
  );
}

interface SarifResult {
  readonly ruleId: string;
  readonly partialFingerprints: Record<string, string>;
  readonly locations: readonly { readonly physicalLocation: { readonly region: { readonly startLine: number } } }[];
}

function resultsOf(sarif: string): readonly SarifResult[] {
  const document = JSON.parse(sarif) as { readonly runs: readonly [{ readonly results: readonly SarifResult[] }] };
  expect(sarifFaults(document)).toEqual([]);
  return document.runs[0].results;
}

describe('candor audit of changes', () => {
  it('judges what is staged, as it is staged, before the first commit too', async () => {
    const folder = temporaryFolder({ 'a.js': FUNCTIONS, 'b.js': FUNCTIONS });
    git(folder, 'init', '--quiet');
    git(folder, 'add', 'a.js');
    expect(judged(await audit(folder, '--staged', '--format=json'))).toEqual(
      [0, 1, 2, 3].map((index) => `a.js:${3 * index} f${index} diff`),
    );
    commitAll(folder);
    writeFiles(folder, { 'a.js': CHANGED });
    git(folder, 'add', 'a.js');
    writeFiles(folder, { 'a.js': 'nothing of it\n', 'b.js': CHANGED });
    expect(judged(await audit(folder, '--staged', '--format=json'))).toEqual(['a.js:7 f2 diff']);
    const { stdout } = await audit(folder, '--staged');
    expect(stdout).toContain('return a + b * a;');
    expect(stdout).not.toContain('nothing of it');
  });

  it('judges what a patch adds, from a file or from standard input', async () => {
    const folder = gitRepository({ 'a.js': FUNCTIONS, 'b.js': FUNCTIONS });
    writeFiles(folder, { 'a.js': CHANGED, 'b.js': CHANGED });
    const patch = join(temporaryFolder({ 'x.patch': git(folder, 'diff') }), 'x.patch');
    writeFiles(folder, { 'b.js': FUNCTIONS });
    const expected = ['a.js:7 f2 diff', 'b.js not as patched'];
    expect(judged(await audit(folder, `--patch=${patch}`, '--format=json'))).toEqual(expected);
    const input = openSync(patch, 'r');
    try {
      const args = ['audit', '--engine=ngram', '--patch=-', '--format=json'];
      expect(judged(await runCandor(folder, args, { stdio: [input, 'pipe', 'pipe'] }))).toEqual(expected);
    } finally {
      closeSync(input);
    }
    expect((await audit(folder, `--patch=${patch}`)).stdout).toContain('Left out: 1 not as patched.');
  });

  it('refuses a patch that is not there, and one that is none', async () => {
    const folder = temporaryFolder({ 'a.js': FUNCTIONS });
    expect(await audit(folder, '--patch=gone.patch')).toMatchObject({ code: 2, stdout: '' });
    expect(await audit(folder, '--patch=a.js')).toMatchObject({ code: 3, stdout: '' });
  });

  it('writes Markdown and SARIF of a change, to a file too', async () => {
    const folder = gitRepository({ 'a.js': FUNCTIONS });
    writeFiles(folder, { 'a.js': CHANGED });
    const markdown = await audit(folder, '--diff', '--format=markdown', '--link-base=https://example.org/blob/1');
    expect(markdown.code).toBe(0);
    expect(markdown.stdout).toMatch(/^<!-- candor -->\n/);
    expect(markdown.stdout).toContain('1. [`a.js:8`](https://example.org/blob/1/a.js#L8) `f2`');
    const out = join(folder, 'x.sarif');
    expect(await audit(folder, '--diff', '--format=sarif', `--out=${out}`)).toMatchObject({ code: 0, stdout: '' });
    expect(resultsOf(readFileSync(out, 'utf8')).map(({ ruleId }) => ruleId)).toContain('reading-order');
  });

  it('knows results again on another machine, after lines were inserted and code was laid out otherwise', async () => {
    const results = async (text: string): Promise<ReadonlyMap<string, number>> => {
      const { stdout } = await audit(temporaryFolder({ 'a.js': text }), '--format=sarif', '--top=50');
      return new Map(
        resultsOf(stdout).map(({ partialFingerprints, locations }) => [
          partialFingerprints['candor/v1'] ?? '',
          locations[0]?.physicalLocation.region.startLine ?? 0,
        ]),
      );
    };
    const before = await results(FUNCTIONS);
    const after = await results(
      `// one\n// two\n\n${FUNCTIONS.replace('return a + b * 1;', 'return a\n    + b * 1;')}`,
    );
    expect(before.size).toBeGreaterThanOrEqual(4);
    for (const [fingerprint, line] of before) expect(after.get(fingerprint)).toBeGreaterThanOrEqual(line + 3);
    const other = await results(CHANGED);
    const lost = [...before.keys()].filter((fingerprint) => !other.has(fingerprint));
    // Whatever is said of the third function is new, and of no other.
    expect(
      lost.map((fingerprint) => before.get(fingerprint)).every((line) => line !== undefined && line > 6 && line < 10),
    ).toBe(true);
    expect(lost).not.toEqual([]);
  });

  it('fails by a gate alone: with 1 where it is not met, with the report, and with 2 where nothing could fail', async () => {
    const folder = temporaryFolder({ 'a.js': FUNCTIONS });
    const state = temporaryFolder();
    const env = { ...process.env, XDG_STATE_HOME: state };
    const run = (...args: readonly string[]): Promise<Outcome> =>
      runCandor(folder, ['audit', '--engine=ngram', '--format=json', '--workspace=.', ...args], { env });
    const without = await run('--fail-under=0.5');
    expect(without).toMatchObject({ code: 2, stdout: '' });
    expect(without.stderr).toMatch(/^candor: --fail-under can fail nothing: /);
    const { engine } = JSON.parse((await run()).stdout) as { readonly engine: Source };
    const calibration = someCalibration(engine);
    // As if it had seen all that there is: what is like nothing seen is not judged.
    const familiarity = { ...calibration.familiarity!, limit: 1e9, languages: ['javascript'] };
    await calibrationStore(folder, env).save({ ...calibration, familiarity });
    const judgements = JSON.parse((await run()).stdout) as {
      readonly files: readonly { readonly regions: readonly { readonly judgement: object | null }[] }[];
    };
    expect(judgements.files[0]?.regions.every(({ judgement }) => judgement !== null)).toBe(true);
    const failed = await run('--fail-under=1');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain(
      'candor: --fail-under=1 is not met: 4 of 4 judged regions are under 100 %, first a.js:1.',
    );
    expect(JSON.parse(failed.stdout)).toMatchObject({ schemaVersion: 1 });
    expect((await run('--fail-under=0')).code).toBe(0);
  });
});
