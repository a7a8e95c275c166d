import { workerData } from 'node:worker_threads';
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { CandorError } from '../core/candorError.ts';
import { createTextParser, type TextParser } from './parseText.ts';
import {
  isFailed,
  SIGN,
  type Failed,
  type KeepsParsingTask,
  type ParseAnswer,
  type ParseWorkerData,
  type SpansTask,
  type TaskSigns,
} from './parseTasks.ts';
import { isSkipped } from './skipped.ts';
import { spanTableBuffers } from './spanTableBuilder.ts';

/** The task `spans` of the parser pool. The columns of the table are handed over, not copied. */
export async function spans({ text, language, signs }: SpansTask): Promise<unknown> {
  const answer = await guarded(signs, (parser, isStopped) => parser.spansOf(text, language, isStopped));
  if (isFailed(answer) || isSkipped(answer)) return answer;
  return move({ [transferableSymbol]: spanTableBuffers(answer), [valueSymbol]: answer });
}

/** The task `keepsParsing` of the parser pool. */
export async function keepsParsing(task: KeepsParsingTask): Promise<ParseAnswer> {
  return guarded(task.signs, (parser, isStopped) => parser.keepsParsing(task, task.language, isStopped));
}

let textParser: TextParser | undefined;

async function guarded<Answer extends ParseAnswer>(
  signs: TaskSigns,
  ask: (parser: TextParser, isStopped: () => boolean) => Promise<Answer>,
): Promise<Answer | Failed> {
  Atomics.store(signs, SIGN.started, 1);
  try {
    textParser ??= startParser(workerData);
    return await ask(textParser, () => Atomics.load(signs, SIGN.stop) === 1);
  } catch (error) {
    if (CandorError.is(error)) return { failed: error.reason, message: error.message };
    // After a trap nothing in the runtime's memory can be trusted: the thread ends, and the pool starts another.
    if (error instanceof Error && error.name === 'RuntimeError') process.exit(1);
    throw error;
  }
}

function startParser(data: unknown): TextParser {
  if (!isParseWorkerData(data)) throw new CandorError('bad-call', 'This script runs in the parser pool only.');
  return createTextParser(new URL(data.grammarsUrl), data);
}

function isParseWorkerData(data: unknown): data is ParseWorkerData {
  return typeof data === 'object' && data !== null && 'grammarsUrl' in data && 'maxLength' in data && 'maxMs' in data;
}
