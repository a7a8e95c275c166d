import { Piscina } from 'piscina';
import { CandorError } from '../core/candorError.ts';
import type { SpanTable } from '../core/spanTable.ts';
import type { LanguageId } from './languages.ts';
import { lineSpans } from './lineSpans.ts';
import { DEFAULT_PARSE_LIMITS, type ParseLimits } from './parseLimits.ts';
import {
  isFailed,
  SIGN,
  type Failed,
  type KeepsParsingTask,
  type ParseAnswer,
  type ParseTask,
  type ParseWorkerData,
  type SpansTask,
  type TaskSigns,
} from './parseTasks.ts';
import { isSkipped, type Skipped } from './skipped.ts';

export interface ParserPoolOptions {
  /** The script that each thread runs: `parseWorker.ts`, or its bundle. */
  readonly workerUrl: URL;
  /** The folder of the runtime and the grammars; ends in a slash. */
  readonly grammarsUrl: URL;
  /** How many texts are parsed at once, at least 1. */
  readonly threads: number;
  readonly limits?: ParseLimits;
}

/** Parses in threads of its own. No thread starts and no grammar is loaded before the first question. */
export interface ParserPool {
  /**
   * The spans of a text; `lines` stands for a text without a grammar.
   * @throws CandorError `corrupt` when a grammar cannot be loaded, `parser-failed` when the parser broke down. The pool
   * goes on in either case.
   */
  spans(text: string, language: LanguageId | 'lines', signal?: AbortSignal): Promise<SpanTable | Skipped>;
  /**
   * For each replacement, whether the text with [start, end) replaced by it has no more faults (ERROR and MISSING
   * nodes) than the text as it is.
   * @throws CandorError as `spans`.
   */
  keepsParsing(
    text: string,
    language: LanguageId,
    start: number,
    end: number,
    replacements: readonly string[],
    signal?: AbortSignal,
  ): Promise<readonly boolean[] | Skipped>;
  /** Ends the threads; questions that are still open are answered as cancelled. */
  close(): Promise<void>;
}

type Pool = Piscina<ParseTask, ParseAnswer>;

const IDLE_MS = 60_000;
const CANCELLED: Skipped = { skipped: 'cancelled' };

export function createParserPool(options: ParserPoolOptions): ParserPool {
  const { workerUrl, grammarsUrl, threads, limits = DEFAULT_PARSE_LIMITS } = options;
  const open = new Set<Question>();
  let pool: Pool | undefined;
  let isClosed = false;

  function startPool(): Pool {
    const started: Pool = new Piscina({
      filename: workerUrl.href,
      minThreads: 1,
      maxThreads: threads,
      idleTimeout: IDLE_MS,
      recordTiming: false,
      workerData: { grammarsUrl: grammarsUrl.href, ...limits } satisfies ParseWorkerData,
    });
    started.on('error', (cause) => {
      abandon(started, cause);
    });
    return started;
  }

  /** Drops a pool that lost its threads and starts no others, where questions in the queue would wait for ever. */
  function abandon(broken: Pool, cause: unknown): void {
    if (pool === broken) pool = undefined;
    for (const question of open) if (question.pool === broken) question.fail(brokenDown(cause));
    void broken.destroy();
  }

  async function ask(
    name: 'spans' | 'keepsParsing',
    task: Omit<SpansTask, 'signs'> | Omit<KeepsParsingTask, 'signs'>,
    signal: AbortSignal | undefined,
  ): Promise<Exclude<ParseAnswer, Failed>> {
    if (isClosed || signal?.aborted === true) return CANCELLED;
    const asked = (pool ??= startPool());
    const signs: TaskSigns = new Int32Array(new SharedArrayBuffer(8));
    const { promise, resolve, reject } = Promise.withResolvers<Exclude<ParseAnswer, Failed>>();
    const cancel = (): void => {
      Atomics.store(signs, SIGN.stop, 1);
      resolve(CANCELLED);
    };
    const question: Question = { pool: asked, cancel, fail: reject };
    open.add(question);
    signal?.addEventListener('abort', cancel, { once: true });

    const watchdog = watch(signs, 2 * limits.maxMs + 1000);
    asked
      .run({ ...task, signs }, { name, signal: watchdog.signal })
      .then(
        (answer) => {
          if (isFailed(answer)) reject(new CandorError(answer.failed, answer.message));
          else resolve(answer);
        },
        (cause: unknown) => {
          reject(brokenDown(cause));
          if (asked.threads.length === 0 && !isClosed) abandon(asked, cause);
        },
      )
      .finally(watchdog.release);
    try {
      return await promise;
    } finally {
      open.delete(question);
      signal?.removeEventListener('abort', cancel);
    }
  }

  return {
    async spans(text, language, signal) {
      if (language === 'lines') return lineSpans(text);
      const answer = await ask('spans', { text, language }, signal);
      if (Array.isArray(answer)) throw brokenDown(answer);
      return answer;
    },
    async keepsParsing(text, language, start, end, replacements, signal) {
      const answer = await ask('keepsParsing', { text, language, start, end, replacements }, signal);
      if (!Array.isArray(answer) && !isSkipped(answer)) throw brokenDown(answer);
      return answer;
    },
    async close() {
      isClosed = true;
      for (const question of open) question.cancel();
      await pool?.destroy();
      pool = undefined;
    },
  };
}

/**
 * Aborts `signal`, and with it the thread, when a task has been running for longer than `ms`: a thread that is caught
 * in a grammar's own code looks at no stop sign. Waiting for a thread does not count.
 */
function watch(signs: TaskSigns, ms: number): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  let wasRunning = false;
  const timer = setInterval(() => {
    if (wasRunning) controller.abort();
    wasRunning = Atomics.load(signs, SIGN.started) === 1;
  }, ms);
  timer.unref();
  return {
    signal: controller.signal,
    release: () => {
      clearInterval(timer);
    },
  };
}

/** A question that was not answered yet. */
interface Question {
  readonly pool: Pool;
  readonly cancel: () => void;
  readonly fail: (error: CandorError) => void;
}

function brokenDown(cause: unknown): CandorError {
  const message = 'The parser broke down on this file. It is left out; others go on.';
  return new CandorError('parser-failed', message, { cause });
}
