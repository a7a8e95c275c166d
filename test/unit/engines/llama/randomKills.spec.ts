import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { createLlamaProcess, type LlamaProcess } from '../../../../src/engines/llama/llamaProcess.ts';
import type { Result, Task } from '../../../../src/engines/llama/llamaMessages.ts';
import { CHILD_URL, randomGguf } from '../../../support/randomGgufFile.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';
import { isAlive, until } from './childWatch.ts';

/** The real child with a real model, killed at seeded random moments of all that it can be at. */
const modelPath = randomGguf({ width: 32, layers: 1, heads: 2, feedForward: 32, context: 256 });
const CODE = readFileSync(new URL('../../../fixtures/sample/service/validators.py', import.meta.url), 'utf8');

const KILLS = 50;
const SIGNALS = ['SIGKILL', 'SIGSEGV', 'SIGABRT'] as const;
const MOMENTS = [
  ...['loading', 'scoring', 'backing off', 'loading', 'writing', 'loading', 'backing off', 'scoring', 'loading'],
  ...['writing', 'idle'],
] as const;
/** Children under way at the same time. */
const LANES = Math.max(1, Math.min(3, availableParallelism()));
const DEADLINE_MS = 30_000;
const TIMEOUT_MS = 10 * DEADLINE_MS;

const TASKS: readonly Task[] = [
  { kind: 'score', text: CODE },
  { kind: 'generate', generate: { prefix: CODE.slice(0, 300), maxTokens: 40, topK: 2 } },
  { kind: 'score', text: CODE.slice(700, 1500), detail: { topK: 3, ranges: [{ start: 10, end: 60 }] } },
  { kind: 'score', text: CODE.slice(300) },
];

/** A question, and all that was heard of it. */
interface Question {
  readonly task: number;
  readonly told: number[];
  ending?: Result | CandorError;
  answered: Promise<void>;
}

function ask(child: LlamaProcess, task: number, log: Question[]): Question {
  const question: Question = { task, told: [], answered: Promise.resolve() };
  const onToken = (token: number): void => {
    if (question.ending !== undefined) throw new Error('A token came after the end.');
    question.told.push(token);
  };
  question.answered = child.ask(TASKS[task]!, { onToken }).then(
    (result) => void (question.ending = result),
    (error: unknown) => {
      if (!CandorError.is(error)) throw error;
      question.ending = error;
    },
  );
  log.push(question);
  return question;
}

interface Kill {
  readonly moment: (typeof MOMENTS)[number];
  readonly pid: number;
  /** Number of questions that failed by it. */
  readonly lost: number;
}

/** Kills the children of one process, at each of these kills' moments, while questions wait. */
async function killOften(child: LlamaProcess, kills: readonly number[], log: Question[]): Promise<readonly Kill[]> {
  const done: Kill[] = [];
  for (const kill of kills) {
    const random = randomNumbers(kill);
    const moment = MOMENTS[kill % MOMENTS.length]!;
    const open = TASKS.map((_, task) => ask(child, (task + kill) % TASKS.length, log));
    const writing = open.find(({ task }) => task === 1)!;
    if (moment === 'backing off' && child.pid === undefined) ask(child, 0, log);
    await until(() => child.pid !== undefined);
    const pid = child.pid!;
    if (moment === 'loading') await sleep(random() * 700);
    if (moment === 'scoring') {
      await Promise.race(open.map(({ answered }) => answered));
      await sleep(random() * 60);
    }
    if (moment === 'writing') {
      const enough = 1 + random() * 30;
      await until(() => writing.told.length >= enough || writing.ending !== undefined);
    }
    if (moment === 'idle') await Promise.all(open.map(({ answered }) => answered));
    const failedBefore = countFailed(log);
    process.kill(pid, SIGNALS[Math.floor(random() * SIGNALS.length)]);
    await until(() => child.pid !== pid);
    done.push({ moment, pid, lost: countFailed(log) - failedBefore });
  }
  await Promise.all(log.map(({ answered }) => answered));
  return done;
}

function countFailed(log: readonly Question[]): number {
  return log.filter(({ ending }) => CandorError.is(ending)).length;
}

describe('a child that is killed', () => {
  it(
    `at ${KILLS} random moments loses no question, doubles none, and leaves nothing behind`,
    { timeout: TIMEOUT_MS },
    async () => {
      const temporary = temporaryFolder();
      const mark = `killed-${process.pid}-${performance.now()}`;
      changeEnvironment({ TMPDIR: temporary, TMP: temporary, TEMP: temporary, CANDOR_TEST_MARK: mark });
      const load = { modelPath: modelPath(), threads: 1, contextTokens: 256 };
      const limits = { silenceMs: 10_000, loadMs: 20_000, backOffMs: 5 };
      const children = Array.from({ length: LANES }, () => createLlamaProcess({ childUrl: CHILD_URL, load, limits }));
      onTestFinished(async () => {
        await Promise.all(children.map((child) => child.close()));
      });

      const before = await Promise.all(TASKS.map((task) => children[0]!.ask(task)));
      await children[0]!.close();
      const [heapBefore, rssBefore, resourcesBefore] = [heapUsed(), process.memoryUsage.rss(), resources()];

      const logs = children.map((): Question[] => []);
      const lanes = children.map((child, lane) => {
        const kills = Array.from({ length: KILLS }, (_, kill) => kill).filter((kill) => kill % LANES === lane);
        return killOften(child, kills, logs[lane]!);
      });
      const kills = (await withinDeadline(Promise.all(lanes), TIMEOUT_MS)).flat();
      const pids = new Set(kills.map(({ pid }) => pid));

      const questions = logs.flat();
      expect(pids.size).toBe(KILLS);
      expect(questions.length).toBeGreaterThanOrEqual(4 * KILLS);
      const lostAt = (moment: Kill['moment']): number[] =>
        kills.filter((kill) => kill.moment === moment).map(({ lost }) => lost);
      // Without work nothing is lost; at work the question that the child was at, and no other.
      expect(Math.max(...lostAt('idle'))).toBe(0);
      for (const moment of ['scoring', 'writing'] as const) expect(Math.max(...lostAt(moment))).toBe(1);
      for (const { task, told, ending } of questions) {
        const expected = before[task]!;
        if (expected.kind === 'generated') {
          expect(told).toEqual(expected.tokens.slice(0, told.length).map(({ token }) => token));
        }
        if (CandorError.is(ending)) expect(ending.reason).toBe('engine-failed');
        else expectEqual(ending, expected);
      }

      await Promise.all(
        children.map(async (child) => {
          for (const [index, task] of TASKS.entries()) expectEqual(await child.ask(task), before[index]!);
          pids.add(child.pid!);
          await child.close();
        }),
      );
      expect([...pids].filter(isAlive)).toEqual([]);
      await withinDeadline(
        until(() => marked(mark).length === 0),
        DEADLINE_MS,
      );
      expect(readdirSync(temporary)).toEqual([]);
      expect(resources()).toEqual(resourcesBefore);
      logs.length = 0;
      questions.length = 0;
      expect(heapUsed() - heapBefore).toBeLessThan(8 << 20);
      expect(process.memoryUsage.rss() - rssBefore).toBeLessThan(96 << 20);
    },
  );
});

function expectEqual(actual: Result | undefined, expected: Result): void {
  if (actual?.kind === 'scored' && expected.kind === 'scored') {
    expect([...actual.scored.ids]).toEqual([...expected.scored.ids]);
    expect(largestDifference(actual.scored.logprobsNats, expected.scored.logprobsNats)).toBeLessThan(1e-5);
    expect([...actual.scored.tops.keys()]).toEqual([...expected.scored.tops.keys()]);
  } else if (actual?.kind === 'generated' && expected.kind === 'generated') {
    expect(actual.tokens.map(({ token }) => token)).toEqual(expected.tokens.map(({ token }) => token));
    const logprobsOf = ({ tokens }: typeof actual): number[] => tokens.map(({ logprobNats }) => logprobNats ?? 0);
    expect(largestDifference(logprobsOf(actual), logprobsOf(expected))).toBeLessThan(1e-5);
  } else {
    expect.unreachable();
  }
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a, (value, index) => Math.abs(value - b[index]!)).reduce((x, y) => Math.max(x, y), 0);
}

async function withinDeadline<T>(promise: Promise<T>, ms: number): Promise<T> {
  const late = sleep(ms, undefined, { ref: false }).then(() => {
    throw new Error(`Not done within ${ms} ms.`);
  });
  return Promise.race([promise, late]);
}

function changeEnvironment(variables: Readonly<Record<string, string>>): void {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  onTestFinished(() => {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before[name];
    }
  });
}

/** Other processes that inherited a mark of ours in their environment: children of children too. Linux only. */
function marked(mark: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name) || name === String(process.pid)) return false;
    try {
      return readFileSync(`/proc/${name}/environ`, 'utf8').includes(mark);
    } catch {
      return false;
    }
  });
}

/** What keeps this process alive: its children, their channels, timers. */
function resources(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((name) => /Process|Pipe|Timeout/.test(name))
    .sort();
}

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
