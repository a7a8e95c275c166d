import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judgeCorrect, type CorrectnessQuestion } from '../../../../src/lab/correct/judgeCorrect.ts';
import { runIsolated } from '../../../../src/lab/sandbox/runIsolated.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const LIMITS = { wallMs: 20_000, cpuSeconds: 20, memoryBytes: 2 ** 40, fileBytes: 2 ** 20, processCount: 4096 };

/** Why this machine cannot shut a command off; null where it can. */
const refusal: unknown = await runIsolated({
  program: 'true',
  args: [],
  folder: dirname(process.execPath),
  limits: LIMITS,
}).then(
  () => null,
  (error: unknown) => error,
);

const CODE = `export function fee(weight, limit) {
  let total = 2;
  if (weight > limit) {
    total = total + 3 * (weight - limit);
  }
  return total;
}

export function label(name, limit) {
  const short = name.slice(0, limit);
  return short + ' (' + name.length + ')';
}
`;
const TESTS = `import { fee } from './fee.mjs';
if (fee(5, 5) !== 2 || fee(7, 5) !== 8) process.exit(1);
`;

function question(asked: string, part: string, change: Partial<CorrectnessQuestion> = {}): CorrectnessQuestion {
  const start = asked.indexOf(part);
  return {
    folder: temporaryFolder({ 'fee.mjs': CODE, 'test.mjs': TESTS }),
    path: 'fee.mjs',
    language: 'javascript',
    known: CODE,
    asked,
    region: { start, end: start + part.length },
    tests: { program: process.execPath, args: ['test.mjs'], limits: LIMITS },
    mostMutants: 4,
    seed: 1,
    ...change,
  };
}

const INNER = 'total = total + 3 * (weight - limit);';

describe.skipIf(refusal !== null)('judgeCorrect', () => {
  it('says that code is right which the tests run, pass and would miss', async () => {
    expect(await judgeCorrect(question(CODE, INNER), inProcessParser)).toBe(1);
    const otherwise = 'total += (weight - limit) * 3;';
    expect(await judgeCorrect(question(CODE.replace(INNER, otherwise), otherwise), inProcessParser)).toBe(1);
  });

  it('says that code is wrong which makes the tests fail', async () => {
    const wrong = 'total = total + 3 * (limit - weight);';
    expect(await judgeCorrect(question(CODE.replace(INNER, wrong), wrong), inProcessParser)).toBe(0);
  });

  it('says nothing of code that no test looks at, nor where the tests fail anyway', async () => {
    const untested = 'const short = name.slice(0, limit);';
    expect(await judgeCorrect(question(CODE, untested), inProcessParser)).toBeNull();
    const failing = { folder: temporaryFolder({ 'fee.mjs': CODE, 'test.mjs': 'process.exit(1);' }) };
    expect(await judgeCorrect(question(CODE, INNER, failing), inProcessParser)).toBeNull();
  });

  it('leaves the working copy as it was', async () => {
    const asked = question(CODE, INNER);
    await judgeCorrect(asked, inProcessParser);
    expect(readFileSync(join(asked.folder, 'fee.mjs'), 'utf8')).toBe(CODE);
  });
});
