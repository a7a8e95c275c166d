/**
 * What auditing a commit costs and how long the report of it is: the last commits of a real repository, oldest first, each checked out
 * and audited by the built CLI against its parent. Twice: with a cache kept from the commit before, as on a developer's machine,
 * and with nothing kept, as in hosted CI. Some commits with code are profiled, too, and say what the time goes to.
 *
 *     npm run --silent build && node test/bench/commits.ts REPOSITORY [COUNT]
 *         --engine=NAME    default: ngram
 *         --profiles=N     commits to profile, spread evenly over those with code; default: 5
 *         --reports=DIR    keeps each report as COMMIT.md
 *         --cli=FILE       default: dist/cli.mjs
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { timeByPart } from './timeByPart.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    engine: { type: 'string', default: 'ngram' },
    profiles: { type: 'string', default: '5' },
    reports: { type: 'string' },
    cli: { type: 'string', default: fileURLToPath(new URL('../../dist/cli.mjs', import.meta.url)) },
  },
});
const [repository, count = '50'] = positionals;
if (repository === undefined) throw new Error('Name a git repository.');

const scratch = mkdtempSync(join(tmpdir(), 'candor-bench-'));
const tree = join(scratch, 'tree');
const environment = { ...process.env, XDG_STATE_HOME: join(scratch, 'state'), XDG_CACHE_HOME: join(scratch, 'cache') };

interface Run {
  readonly stdout: string;
  readonly seconds: number;
  /** Of the processor, on all cores. */
  readonly busySeconds: number;
}

interface Row {
  readonly commit: string;
  readonly files: number;
  readonly lines: number;
  readonly regions: number;
  readonly kept: Run;
  readonly anew: Run;
}

/** The parts of the JSON report that are counted. */
interface Counted {
  readonly summary: { readonly judgedFiles: number; readonly regions: number };
}

try {
  execFileSync('git', ['clone', '--quiet', '--shared', '--no-checkout', repository, tree]);
  const commits = git('rev-list', '--first-parent', `--max-count=${Number(count) + 1}`, 'HEAD')
    .trim()
    .split('\n')
    .reverse();
  const [first = '', ...audited] = commits;
  // The cache of the first commit is that of the one before.
  checkOut(first);
  audit('--format=json');
  const rows = audited.map(rowOf);
  printSums(rows);
  const withCode = rows.filter(({ regions }) => regions > 0).map(({ commit }) => commit);
  printProfile(withCode.filter((_, index) => index % Math.ceil(withCode.length / Number(options.profiles)) === 0));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function rowOf(commit: string): Row {
  checkOut(commit);
  const kept = audit('--format=json');
  const anew = audit('--format=markdown', '--no-cache');
  if (options.reports !== undefined) {
    mkdirSync(options.reports, { recursive: true });
    writeFileSync(join(options.reports, `${commit.slice(0, 9)}.md`), anew.stdout);
  }
  const { summary } = JSON.parse(kept.stdout) as Counted;
  const lines = git('diff', '--numstat', 'HEAD~1', 'HEAD')
    .split('\n')
    .reduce((sum, line) => sum + (Number.parseInt(line, 10) || 0), 0);
  const row = { commit, files: summary.judgedFiles, lines, regions: summary.regions, kept, anew };
  printRow(row);
  return row;
}

function printRow({ commit, files, lines, regions, kept, anew }: Row): void {
  const counts = [files, lines, regions].map((number) => String(number).padStart(7)).join('');
  const times = [kept, anew].map((run) => `${run.seconds.toFixed(1).padStart(7)} (${run.busySeconds.toFixed(1)})`);
  console.log(`${commit.slice(0, 9)}${counts} ${times.join(' ')} ${String(anew.stdout.length).padStart(7)}`);
}

function printSums(rows: readonly Row[]): void {
  const { code = [], none = [] } = Object.groupBy(rows, ({ regions }) => (regions > 0 ? 'code' : 'none'));
  console.log('\nSeconds, those of the processor in brackets: median, 95 %, largest');
  for (const [name, group] of [
    ['with code', code],
    ['without', none],
  ] as const) {
    if (group.length === 0) continue;
    for (const run of ['kept', 'anew'] as const) {
      const [wall = '', busy = ''] = (['seconds', 'busySeconds'] as const).map((part) =>
        quantiles(group.map((row) => row[run][part])),
      );
      console.log(`${group.length} commits ${name}, ${run}: ${wall} (${busy})`);
    }
  }
  if (code.length > 0)
    console.log(`Characters of a report with code: ${quantiles(code.map(({ anew }) => anew.stdout.length))}`);
}

function printProfile(commits: readonly string[]): void {
  if (commits.length === 0) return;
  const folder = join(scratch, 'profiles');
  for (const commit of commits) {
    checkOut(commit);
    audit('--format=markdown', '--no-cache', `--cpu-prof-dir=${folder}`);
  }
  const parts = timeByPart(folder);
  const total = parts.reduce((sum, { ms }) => sum + ms, 0);
  console.log(
    `\n${commits.length} commits profiled, nothing kept, all threads: ${(total / commits.length / 1000).toFixed(2)} s a commit`,
  );
  for (const { part, ms } of parts) {
    console.log(
      `${((100 * ms) / total).toFixed(1).padStart(6)} % ${(ms / commits.length).toFixed(0).padStart(6)} ms  ${part}`,
    );
  }
}

/** Runs the CLI on what the commit that is checked out changed; options of a profile are Node's. */
function audit(...args: readonly string[]): Run {
  const isNodes = (arg: string): boolean => arg.startsWith('--cpu-prof');
  const nodes = args.filter(isNodes);
  const own = args.filter((arg) => !isNodes(arg));
  const call = [
    ...(nodes.length > 0 ? ['--cpu-prof', ...nodes] : []),
    ...[options.cli, 'audit', '--diff=HEAD~1', `--engine=${options.engine}`, ...own],
  ];
  const [startedMs, busyBefore] = [performance.now(), busySecondsOfChildren()];
  const { status, stdout, stderr } = spawnSync(process.execPath, call, {
    cwd: tree,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`candor ended with ${status}: ${stderr}`);
  const seconds = (performance.now() - startedMs) / 1000;
  return { stdout, seconds, busySeconds: busySecondsOfChildren() - busyBefore };
}

/** What all children that ended have used of the processor: fields 16 and 17 of proc_pid_stat(5), in hundredths; elsewhere 0. */
function busySecondsOfChildren(): number {
  if (process.platform !== 'linux') return 0;
  const [, rest = ''] = readFileSync('/proc/self/stat', 'utf8').split(') ');
  const [user, system] = rest.split(' ').slice(13, 15).map(Number);
  return ((user ?? 0) + (system ?? 0)) / 100;
}

function checkOut(commit: string): void {
  git('checkout', '--quiet', '--force', '--detach', commit);
}

function git(...args: readonly string[]): string {
  return execFileSync('git', ['-C', tree, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 });
}

function quantiles(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return [at(0.5), at(0.95), at(1)].map((value) => (value < 100 ? value.toFixed(2) : value.toFixed(0))).join(', ');
}
