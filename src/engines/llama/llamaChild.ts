/**
 * The process that holds the model: forked by `llamaProcess.ts`, so that a fault in native code ends this process and no
 * editor. The only file that loads node-llama-cpp. It reads no configuration, opens no socket and writes no log.
 */
import { availableParallelism } from 'node:os';
import { CandorError } from '../../core/candorError.ts';
import { ggufBytePairs, ggufTokenizerDigest } from '../tokenizer/ggufTokenizer.ts';
import { checkGguf } from './checkGguf.ts';
import { ggufDigest } from './ggufDigest.ts';
import { createLanes } from './lanes.ts';
import { createLlamaEvaluator } from './llamaEvaluator.ts';
import { isParentMessage, type ChildMessage, type Failure, type Load, type Task } from './llamaMessages.ts';
import { notHere, openModel } from './openModel.ts';
import { createTaskRunner, type LoadedModel, type TaskRunner } from './taskRunner.ts';
import type { TokenEvaluator } from './tokenEvaluator.ts';
import { readVocabulary } from './vocabulary.ts';
import type { WrittenToken } from './writeTokens.ts';

let runner: TaskRunner | undefined;
/** The tasks that are under way, by their number. */
const current = new Map<number, { readonly abort: AbortController; readonly stop: AbortController }>();

process.on('message', (message: unknown) => {
  if (!isParentMessage(message)) return;
  if (message.kind === 'cancel') {
    current.get(message.id)?.abort.abort();
  } else if (message.kind === 'stop') {
    current.get(message.id)?.stop.abort();
  } else if (message.kind === 'load') {
    void load(message.load);
  } else {
    void answer(message.id, message.task);
  }
});

// Nobody is left to answer to; the model's threads would go on.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

function say(message: ChildMessage): void {
  if (process.connected) process.send?.(message);
}

async function answer(id: number, task: Task): Promise<void> {
  const [abort, stop] = [new AbortController(), new AbortController()];
  current.set(id, { abort, stop });
  try {
    if (runner === undefined) throw new CandorError('engine-failed', 'The model is not loaded. Ask again.');
    const onToken = ({ token, from }: WrittenToken): void => {
      say({ kind: 'wrote', id, token, from });
    };
    const result = await runner.run(task, { onToken, signal: abort.signal, stopSignal: stop.signal });
    say({ kind: 'done', id, result });
  } catch (error) {
    say({ kind: 'failed', id, failure: failureOf(error, 'The model broke down on this text. Try another model.') });
  } finally {
    current.delete(id);
  }
}

async function load(options: Load): Promise<void> {
  try {
    const model = await loadModel(options);
    runner = createTaskRunner(model);
    say({ kind: 'loaded', modelDigest: model.modelDigest, lanes: model.lanes.most });
  } catch (error) {
    say({ kind: 'notLoaded', failure: failureOf(error, 'The model cannot be loaded. Choose a smaller one.') });
  }
}

async function loadModel({ modelPath, threads: wantedThreads, contextTokens, gpu }: Load): Promise<LoadedModel> {
  const modelDigest = await ggufDigest(modelPath);
  checkGguf(modelPath);
  const binding = await import('node-llama-cpp').catch(notHere);
  const threads = Math.max(1, Math.min(availableParallelism(), wantedThreads));
  const wanted = { modelPath, threads, contextTokens, usesGpu: gpu ?? false };
  const { model, sequence, batchTokens, device, mostSequences, openSequence } = await openModel(binding, wanted);
  const { ggml } = model.fileInfo.metadata.tokenizer;
  const vocabulary = readVocabulary({ model: ggml.model, tokens: ggml.tokens, types: ggml.token_type });
  const { bos, eos, infill } = model.tokens;
  const { prefix, suffix, middle } = infill;
  const evaluatorOf = (one: typeof sequence): TokenEvaluator =>
    createLlamaEvaluator(one, bos ?? eos, batchTokens, () => {
      say({ kind: 'progress' });
    });
  return {
    modelDigest,
    tokenizerDigest: ggufTokenizerDigest(ggml),
    bytePairs: ggufBytePairs(ggml),
    vocabulary,
    threads,
    device,
    lanes: createLanes(evaluatorOf(sequence), mostSequences, async () => evaluatorOf(await openSequence())),
    signs: prefix === null || suffix === null || middle === null ? null : { prefix, suffix, middle },
    tokenize: (text) => model.tokenize(text, false),
    ends: new Set(Array.from(model.iterateAllTokens()).filter((token) => model.isEogToken(token))),
  };
}

function failureOf(error: unknown, message: string): Failure {
  return CandorError.is(error)
    ? { reason: error.reason, message: error.message }
    : { reason: 'engine-failed', message };
}
