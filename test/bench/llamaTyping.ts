/**
 * What typing costs: 200 characters at the end of a 2,000-line file, scored after each, on a model of random weights; and
 * the memory that the process of the model holds before, during and after.
 *
 *     node test/bench/llamaTyping.ts [2.6M|50M]        default: 2.6M
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLlamaProcess } from '../../src/engines/llama/llamaProcess.ts';
import type { ScoredIds } from '../../src/engines/llama/llamaMessages.ts';
import { parameterCount, writeRandomGguf } from '../support/writeRandomGguf.ts';
import { modelShape } from './modelShapes.ts';
import { someCode } from './someCode.ts';

const SHAPE = modelShape(process.argv[2] ?? '2.6M');
const LINES = 2000;
const TYPED =
  'export function nextWidth(width: number, step = 1): number {\n  const wanted = width + 2 * step;\n'.padEnd(
    200,
    '// more to come ',
  );
const IDLE_MS = 500;

const folder = mkdtempSync(join(tmpdir(), 'candor-bench-'));
const modelPath = join(folder, 'model.gguf');
writeRandomGguf(modelPath, SHAPE);
const llama = createLlamaProcess({
  childUrl: new URL('../../src/engines/llama/llamaChild.ts', import.meta.url),
  load: { modelPath, threads: availableParallelism(), contextTokens: 4096 },
  limits: { idleMs: IDLE_MS },
});

async function score(text: string): Promise<ScoredIds> {
  const result = await llama.ask({ kind: 'score', text });
  if (result.kind !== 'scored') throw new Error('another answer was expected');
  return result.scored;
}

/** Resident memory of the child in MB; not a number where the platform does not tell. */
function childMegabytes(): number {
  try {
    const status = readFileSync(`/proc/${llama.pid ?? 0}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

await llama.ask({ kind: 'describe' });
console.log(
  `${(parameterCount(SHAPE) / 1e6).toFixed(1)} M weights, Q8_0; child after loading: ${childMegabytes().toFixed(0)} MB`,
);
const file = `${someCode(LINES).split('\n').slice(0, LINES).join('\n')}\n`;
let began = performance.now();
const first = await score(file);
const wholeMs = performance.now() - began;
console.log(
  `${LINES} lines, ${first.ids.length} tokens: ${first.evaluatedTokens} evaluated in ${wholeMs.toFixed(0)} ms; child: ${childMegabytes().toFixed(0)} MB`,
);

const evaluated: number[] = [];
const tookMs: number[] = [];
for (let typed = 1; typed <= TYPED.length; typed++) {
  began = performance.now();
  evaluated.push((await score(file + TYPED.slice(0, typed))).evaluatedTokens);
  tookMs.push(performance.now() - began);
}
const at = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;
console.log(
  `${TYPED.length} key strokes: tokens evaluated per key stroke median ${at(evaluated, 0.5)}, 95 % ${at(evaluated, 0.95)}, most ${at(evaluated, 1)}, together ${evaluated.reduce((sum, count) => sum + count, 0)}`,
);
console.log(
  `ms per key stroke median ${at(tookMs, 0.5).toFixed(0)}, 95 % ${at(tookMs, 0.95).toFixed(0)}, most ${at(tookMs, 1).toFixed(0)}; a whole file each time would take ${wholeMs.toFixed(0)}`,
);
await sleep(3 * IDLE_MS);
console.log(
  `after ${IDLE_MS} ms without a question: ${llama.pid === undefined ? 'the child is gone, and its memory with it' : `child: ${childMegabytes().toFixed(0)} MB`}`,
);
await llama.close();
rmSync(folder, { recursive: true });
