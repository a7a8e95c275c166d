import { readFileSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { LlamaEngine, openLlamaEngine } from '../../../src/engines/llama/llamaEngine.ts';
import { createLlamaProcess, type LlamaProcessOptions } from '../../../src/engines/llama/llamaProcess.ts';
import type { HeldOutFile } from './heldOutFiles.ts';

/** A speed is measured over so many tokens, or for so long. */
const TIMED_TOKENS = 20_000;
const TIMED_MS = 20_000;
const OPENINGS = 3;

export interface EngineCost {
  readonly fileBytes: number;
  /** Median of three. */
  readonly loadMs: number;
  /** Most memory that the model's process held while it scored by all threads; null where the system does not say. */
  readonly peakBytes: number | null;
  readonly speeds: readonly Speed[];
}

export interface Speed {
  readonly threads: number;
  readonly tokensPerSecond: number;
}

/** How the model is run for all that is measured. */
export function llamaOptions(modelPath: string, threads: number): LlamaProcessOptions {
  const childUrl = new URL('../../../src/engines/llama/llamaChild.ts', import.meta.url);
  return { childUrl, load: { modelPath, threads, contextTokens: 4096 } };
}

/** What a model costs whoever runs it: its file, the time to load it, memory, and tokens a second by one thread and by all. */
export async function engineCost(modelPath: string, files: readonly HeldOutFile[]): Promise<EngineCost> {
  const cores = availableParallelism();
  const loads: number[] = [];
  for (let opening = 0; opening < OPENINGS; opening++) {
    const startedMs = performance.now();
    const engine = await openLlamaEngine(llamaOptions(modelPath, cores));
    loads.push(performance.now() - startedMs);
    await engine.close();
  }
  const runs: (Speed & { readonly peakBytes: number | null })[] = [];
  for (const threads of new Set([1, cores])) runs.push(await timedRun(modelPath, threads, files));
  return {
    fileBytes: statSync(modelPath).size,
    loadMs: loads.sort((a, b) => a - b)[OPENINGS >> 1] ?? Number.NaN,
    peakBytes: runs.at(-1)?.peakBytes ?? null,
    speeds: runs,
  };
}

async function timedRun(
  modelPath: string,
  threads: number,
  files: readonly HeldOutFile[],
): Promise<Speed & { readonly peakBytes: number | null }> {
  const process = createLlamaProcess(llamaOptions(modelPath, threads));
  try {
    const described = await process.ask({ kind: 'describe' });
    if (described.kind !== 'described') throw new Error('The model did not say what it is.');
    const engine = new LlamaEngine(process, described.model);
    let tokens = 0;
    const startedMs = performance.now();
    for (const { path, text } of files) {
      if (tokens >= TIMED_TOKENS || performance.now() - startedMs >= TIMED_MS) break;
      tokens += (await engine.score({ path, text })).tokenCount;
    }
    const tokensPerSecond = (1000 * tokens) / (performance.now() - startedMs);
    return { threads, tokensPerSecond, peakBytes: process.pid === undefined ? null : peakBytesOf(process.pid) };
  } finally {
    await process.close();
  }
}

/** Most memory that a process held so far, shared libraries and mapped files included; null where there is no `/proc`. */
function peakBytesOf(pid: number): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : 1024 * Number(kilobytes);
  } catch {
    return null;
  }
}
