/**
 * What an audit of a large workspace by the n-gram engine costs: cold, again with nothing changed, and again after one edit, beside reading
 * and parsing the same files, and listing them. Each in a process of its own; the time is by the clock, memory is the peak of the process.
 *
 *     npm run --silent build && node test/bench/audit.ts FOLDER
 */
import { spawn } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findCode } from '../../src/app/findCode.ts';
import { mapInOrder } from '../../src/audit/mapInOrder.ts';
import { readSource } from '../../src/audit/readSource.ts';
import { createParserPool } from '../../src/syntax/parserPool.ts';

const here = fileURLToPath(import.meta.url);
const root = new URL('../../', import.meta.url);
const [folder = '.', part] = process.argv.slice(2);
if (part === undefined) await measure();
else if (part === 'list') await findCode(folder, [folder]);
else await readAll(part === 'parse');

async function measure(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'candor-bench-'));
  try {
    const { files } = await findCode(folder, [folder]);
    const judged = files.filter(({ leftOut }) => leftOut === undefined);
    const texts = judged.map(({ path }) => readFileSync(join(folder, path)));
    const lines = texts.reduce((sum, text) => sum + text.toString('latin1').split('\n').length - 1, 0);
    const languages = new Map(judged.map(({ language }) => [language, 1]));
    console.log(`${judged.length} files, ${lines} lines, ${languages.size} languages; ${availableParallelism()} cores`);
    const parse = await run('parsing alone', [here, folder, 'parse']);
    await run('reading alone', [here, folder, 'read']);
    await run('listing alone', [here, folder, 'list']);
    const audit = [fileURLToPath(new URL('dist/cli.mjs', root)), 'audit', '--engine=ngram', folder];
    const env = { XDG_CACHE_HOME: join(home, 'cache'), XDG_STATE_HOME: join(home, 'state') };
    const cold = await run('audit, cold', audit, env);
    const warm = await run('audit, warm', audit, env);
    await run('audit, warm, all of it as JSON', [...audit, '--format=json', `--out=${join(home, 'report.json')}`], env);
    const edited = join(folder, judged[Math.floor(judged.length / 2)]?.path ?? '');
    cpSync(edited, join(home, 'edited'));
    appendFileSync(edited, '\n');
    try {
      await run('audit after one edit', audit, env);
    } finally {
      writeFileSync(edited, readFileSync(join(home, 'edited')));
    }
    console.log(`report as JSON: ${(statSync(join(home, 'report.json')).size / 1e6).toFixed(0)} MB`);
    console.log(`cold / parsing: ${(cold / parse).toFixed(2)}; warm / cold: ${((100 * warm) / cold).toFixed(1)} %`);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Reads all code, and parses it with as many threads as there are cores. */
async function readAll(parses: boolean): Promise<void> {
  const threads = availableParallelism();
  const parser = createParserPool({
    workerUrl: new URL('dist/parseWorker.mjs', root),
    grammarsUrl: new URL('dist/grammars/', root),
    threads,
  });
  const { files } = await findCode(folder, [folder]);
  const work = async ({ path, language }: (typeof files)[number]): Promise<number> => {
    const source = await readSource(join(folder, path));
    if (parses && source.kind === 'text') await parser.spans(source.text, language);
    return source.kind === 'text' ? source.text.length : 0;
  };
  const judged = files.filter(({ leftOut }) => leftOut === undefined);
  let characters = 0;
  for await (const length of mapInOrder(judged, 4 * threads, work)) characters += length;
  await parser.close();
  console.log(`${characters} characters`);
}

/** Runs a script, prints what it took, and returns its seconds. */
async function run(name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  let peakMb = 0;
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid));
  }, 100);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}`);
  const seconds = (performance.now() - startedMs) / 1000;
  console.log(`${name.padEnd(34)} ${seconds.toFixed(1).padStart(7)} s ${peakMb.toFixed(0).padStart(6)} MB`);
  return seconds;
}

/** Of a process that runs, as Linux tells it; 0 elsewhere. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid ?? 0}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1000;
  } catch {
    return 0;
  }
}
