import { describe, expect, it } from 'vitest';
import { startFaultyModelServer, type FaultPlan, type FaultyModelServer } from '../support/faultyModelServer.ts';
import { runCandor, type Outcome } from '../support/runCandor.ts';
import { temporaryFolder, type Files } from '../support/temporaryFolder.ts';

const CONCURRENCY = 6;

/** As networks and servers fail: one call of fifty stalls, one of twenty breaks the server, and overloads come in bursts. */
const FAULTS: FaultPlan = {
  seed: 8,
  broken: 0.05,
  stalled: 0.02,
  reset: 0.02,
  cut: 0.02,
  refusesEvery: 60,
  refusesAtOnce: 4,
};

function files(count: number, change: (text: string, at: number) => string = (text) => text): Files {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => {
      const text = `export function area${at}(width: number): number {\n  const scale = ${at};\n  return width * scale;\n}\n`;
      // Some take several windows.
      return [`f${100 + at}.ts`, change(at % 20 === 0 ? text.repeat(60) : text, at)];
    }),
  );
}

async function audit(folder: string, { baseUrl }: FaultyModelServer, stateFolder: string): Promise<Outcome> {
  const pace = [`--concurrency=${CONCURRENCY}`, '--answer-time=1'];
  const args = ['audit', '--engine=openai', `--base-url=${baseUrl}`, ...pace, '--format=json', '--no-cache', '--top=3'];
  return runCandor(folder, args, { env: { XDG_STATE_HOME: stateFolder } });
}

interface Document {
  readonly summary: { readonly files: number; readonly judgedFiles: number; readonly skipped: Record<string, number> };
  readonly files: readonly { readonly path: string; readonly skipped?: string }[];
}

describe('candor audit of a server that fails', () => {
  it('reports what it would of one that never does, and never asks for more at once than it may', async () => {
    await using sound = await startFaultyModelServer({ seed: 0 });
    await using faulty = await startFaultyModelServer(FAULTS);
    const folder = temporaryFolder(files(100));
    const stateFolder = temporaryFolder();
    const wanted = await audit(folder, sound, stateFolder);
    const got = await audit(folder, faulty, stateFolder);
    expect([wanted.code, got.code]).toEqual([0, 0]);
    expect((JSON.parse(got.stdout) as Document).summary.judgedFiles).toBe(100);
    expect(got.stdout.replaceAll(faulty.baseUrl, sound.baseUrl)).toBe(wanted.stdout);
    // It did fail in all ways.
    expect(Object.entries(faulty.dealt).filter(([, count]) => count === 0)).toEqual([]);
    expect(faulty.dealt.broken).toBeGreaterThan(4);
    for (const { mostAtOnce } of [sound, faulty]) {
      expect(mostAtOnce()).toBeGreaterThan(1);
      expect(mostAtOnce()).toBeLessThanOrEqual(CONCURRENCY);
    }
  }, 60_000);

  it('ends complete where some texts cannot be scored, and lists them', async () => {
    await using server = await startFaultyModelServer({ ...FAULTS, breaksOn: 'poison', rejects: 'unheard' });
    const spoiled = new Map([
      [10, '// poison\n'],
      [11, '// unheard of\n'],
      [12, '// poison\n'],
    ]);
    const folder = temporaryFolder(files(30, (text, at) => `${text}${spoiled.get(at) ?? ''}`));
    const { code, stdout, stderr } = await audit(folder, server, temporaryFolder());
    // The report is there, and is not of everything.
    expect(code).toBe(3);
    expect(stderr).toContain('candor: Of 30 files 3 failed (3 not scored), first f110.ts. Run the same command again,');
    const { summary, files: reported } = JSON.parse(stdout) as Document;
    expect(summary).toMatchObject({ files: 30, judgedFiles: 27, skipped: { 'not scored': 3 } });
    expect(reported.filter(({ skipped }) => skipped !== undefined)).toMatchObject([
      { path: 'f110.ts', skipped: 'not scored', detail: expect.stringContaining('asked 5 times') as string },
      { path: 'f111.ts', skipped: 'not scored', detail: expect.stringContaining('not this one') as string },
      { path: 'f112.ts', skipped: 'not scored', detail: expect.stringContaining('(500)') as string },
    ]);
    expect(server.mostAtOnce()).toBeLessThanOrEqual(CONCURRENCY);
  }, 60_000);

  it('gives up a server that is down for good, and says why', async () => {
    await using server = await startFaultyModelServer({ seed: 1, breaksOn: 'function area' });
    const { code, stdout, stderr } = await audit(temporaryFolder(files(3)), server, temporaryFolder());
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('The model server broke down (500), asked 5 times.');
  }, 60_000);
});
