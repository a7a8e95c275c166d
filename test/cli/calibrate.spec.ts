import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commitAt, gitRepository } from '../support/gitRepository.ts';
import { runCandor } from '../support/runCandor.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';

const DAY_SECONDS = 86_400;
const START_SECONDS = 1_740_000_000;
const TRAILER = '\n\nCo-authored-by: Claude <noreply@anthropic.com>';

/** A function of six lines; `limit` is what a fix changes. */
const functionOf = (index: number, limit: number): string =>
  `export function job${index}(items: number[]): number {\n  let total${index} = 0;\n  for (const item of items) {\n    if (item > ${limit}) total${index} += item * ${index};\n  }\n  return total${index};\n}\n`;

/** A repository in which so many functions landed, one a commit every third day, each third one fixed ten days later. */
function someHistory(count: number, trailer: string): string {
  const folder = gitRepository({ 'README.md': 'Jobs.\n' });
  const changes = Array.from({ length: count }, (_, index) => [
    { day: 3 * index, index, limit: 3, message: `Add job ${index}${trailer}` },
    ...(index % 3 === 0 ? [{ day: 3 * index + 10, index, limit: 4, message: `Fix the limit of job ${index}` }] : []),
  ]).flat();
  for (const { day, index, limit, message } of changes.sort((one, other) => one.day - other.day)) {
    writeFileSync(join(folder, `job${index}.ts`), functionOf(index, limit));
    commitAt(folder, START_SECONDS + day * DAY_SECONDS, message);
  }
  writeFileSync(join(folder, 'README.md'), 'Many jobs.\n');
  commitAt(folder, START_SECONDS + (3 * count + 70) * DAY_SECONDS, 'Say more');
  return folder;
}

interface Report {
  readonly regions: number;
  readonly landings: number;
  readonly isComplete: boolean;
  readonly calibrations: readonly {
    readonly source: { readonly engine: string };
    readonly target: { readonly event: string };
    readonly origin: { readonly authors: string };
    readonly standing: { readonly baseRate: number };
  }[];
}

describe('candor calibrate --from-git', () => {
  it('learns what became of AI-written code, keeps it, and judges by it or says why not', async () => {
    const folder = someHistory(24, TRAILER);
    const env = { XDG_STATE_HOME: temporaryFolder(), XDG_CACHE_HOME: temporaryFolder() };
    const args = ['calibrate', '--from-git', '--engine=ngram'];
    const { code, stdout, stderr } = await runCandor(folder, [...args, '--format=json'], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({ regions: 24, landings: 24, isComplete: true });
    expect(report.calibrations.map(({ target: { event } }) => event)).toEqual(['sound', 'survives']);
    for (const { source, origin, standing } of report.calibrations) {
      expect([source.engine, origin.authors]).toEqual(['ngram', 'ai']);
      expect(standing.baseRate).toBeCloseTo(16 / 24, 10);
    }

    const again = await runCandor(folder, args, { env });
    expect(again.stdout).toContain('24 regions of 24 commits of AI-written code');
    expect(again.stdout).toContain('chance that a region needs no fix within 60 days');
    expect(again.stdout).toMatch(/trust: none yet\. That at most 10 % go bad takes \d+ commits/);

    const audit = await runCandor(folder, ['audit', '--engine=ngram', '--format=json'], { env });
    const { calibration } = JSON.parse(audit.stdout) as { calibration: { origin: { kind: string } } };
    expect(calibration.origin.kind).toBe('history');
    expect((await runCandor(folder, ['audit', '--engine=ngram'], { env })).stdout).not.toContain(
      'Nothing is calibrated',
    );
  }, 60_000);

  it('takes all code where no trailer names a tool, and says so', async () => {
    const { code, stdout } = await runCandor(someHistory(22, ''), ['calibrate', '--from-git', '--engine=ngram']);
    expect(code).toBe(0);
    expect(stdout).toContain('all added code, whoever wrote it');
  }, 60_000);

  it('says of a short history that it tells nothing yet', async () => {
    const { code, stderr } = await runCandor(gitRepository(), ['calibrate', '--from-git', '--engine=ngram']);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^candor: The history has 0 regions that landed 60 days ago or more, too few/);
  });

  it('refuses what is no history and what is no engine for one', async () => {
    const nowhere = await runCandor(temporaryFolder(), ['calibrate', '--from-git', '--engine=ngram']);
    expect(nowhere.code).toBe(3);
    const args = ['calibrate', '--from-git', '--engine=openai', '--base-url=http://127.0.0.1:9/v1'];
    const server = await runCandor(temporaryFolder(), args);
    expect(server.code).toBe(2);
    expect(server.stderr).toContain('embedded engines only');
    expect((await runCandor(temporaryFolder(), ['calibrate'])).code).toBe(2);
  });
});

describe('candor evaluate and candor calibrate DATA', () => {
  const pieces = ['return', ' ', 'total', '(', 'a', ')'];
  const line = (id: number): string => {
    const nats = (id % 10) / 4;
    const label = id % 10 < 5 === (id % 7 !== 0) ? 1 : 0;
    const tokens = pieces.map((text) => ({ text, logprobNats: -nats }));
    return JSON.stringify({ id: `${id}`, language: 'python', prefix: '', completion: pieces.join(''), label, tokens });
  };
  const data = (count: number): string => Array.from({ length: count }, (_, id) => line(id)).join('\n');

  it('measures signals and the judgement', async () => {
    const folder = temporaryFolder({ 'data.jsonl': data(200) });
    const { code, stdout } = await runCandor(folder, ['evaluate', 'data.jsonl', '--engine=ngram', '--format=json']);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as { n: number; signals: Record<string, { auroc: number }>; judgement: object };
    expect(report).toMatchObject({ schemaVersion: 1, n: 200, groups: 200 });
    expect(report.signals.meanProbability!.auroc).toBeGreaterThan(0.75);
    expect(report.judgement).toMatchObject({ n: 200, interval: { auroc: expect.any(Array) as number[] } });
    const text = await runCandor(folder, ['evaluate', 'data.jsonl', '--engine=ngram']);
    expect(text.stdout).toMatch(/^200 items in 200 groups/);
    expect(text.stdout).toMatch(/^judgement +200 +0\.\d{3} +0\.\d{3}-0\.\d{3}/m);
  });

  it('calibrates to it, and keeps that for the workspace', async () => {
    const folder = temporaryFolder({ 'data.jsonl': data(200) });
    const args = ['calibrate', 'data.jsonl', '--engine=ngram', '--event=matches'];
    const { code, stdout } = await runCandor(folder, args);
    expect(code).toBe(0);
    expect(stdout).toContain('Engine recorded: chance that a region is the code that was there');
  });

  it('measures how early faulty lines come', async () => {
    const text = 'def f(a):\n    b = a + 1\n    return c\n';
    const items = [0, 1].map((id) => JSON.stringify({ id: `${id}`, language: 'python', text, faults: [2] }));
    const folder = temporaryFolder({ 'data.jsonl': items.join('\n') });
    const args = ['evaluate', '--localise', 'data.jsonl', '--engine=ngram', '--format=json'];
    const { code, stdout } = await runCandor(folder, args);
    expect(code).toBe(0);
    const { n, orders } = JSON.parse(stdout) as { n: number; orders: Record<string, object> };
    expect(n).toBe(2);
    for (const name of ['random', 'longestLine', 'tokenCount', 'totalSurprisal', 'risk']) {
      expect(orders[name]).toMatchObject({ top1: expect.any(Number) as number, aucec20: expect.any(Number) as number });
    }
  });

  it('names the line that is none, and the file that is none', async () => {
    const folder = temporaryFolder({ 'data.jsonl': `${data(12)}\n{}` });
    const broken = await runCandor(folder, ['evaluate', 'data.jsonl', '--engine=ngram']);
    expect(broken.stderr).toMatch(/^candor: Line 13 of the data has no/);
    expect(broken.code).toBe(3);
    expect((await runCandor(folder, ['evaluate', 'none.jsonl', '--engine=ngram'])).code).toBe(2);
    expect((await runCandor(folder, ['evaluate'])).code).toBe(2);
  });
});
