import { CandorError } from '../../core/candorError.ts';
import type { ScoredRow } from '../../core/scoredRow.ts';
import type { ScoredText } from '../../core/scoredText.ts';
import { scoredTextFromRows } from '../../core/scoredTextFromRows.ts';
import type { Alternative, Source } from '../../core/words.ts';
import type { AlternativesRequest, Capabilities, Engine, GenerateRequest, ScoreRequest } from '../engine.ts';
import type { BytePairs } from '../tokenizer/bytePairs.ts';
import { checkSampling } from '../checkSampling.ts';
import type { ModelDescription, ScoreTask } from './llamaMessages.ts';
import { createLlamaProcess, type LlamaProcess, type LlamaProcessOptions } from './llamaProcess.ts';
import type { TokenLogprob } from './tokenEvaluator.ts';
import { tokenBytes, tokenText } from './vocabulary.ts';

/** More are costly to move between processes, and nobody reads them. */
const MAX_TOP_K = 20;

/** Asked for besides, since some of the likeliest may be signs or parts of a character, which have no text. */
const SPARE = 4;

/**
 * Loads a model and asks it what it can do.
 * @throws CandorError `not-found`, `unreadable` or `corrupt` for the model's file, `engine-failed` when it does not run
 */
export async function openLlamaEngine(options: LlamaProcessOptions, signal?: AbortSignal): Promise<LlamaEngine> {
  const process = createLlamaProcess(options);
  try {
    const result = await process.ask({ kind: 'describe' }, { signal });
    if (result.kind !== 'described') throw mixedUp();
    return new LlamaEngine(process, result.model);
  } catch (error) {
    await process.close();
    throw error;
  }
}

/**
 * A model in a GGUF file, run by llama.cpp in a process of its own: exact log-probabilities over the whole vocabulary,
 * as the model gave them, for what it is shown and for what it writes. Entropies and ranks are absent: they would cost a
 * sort of the vocabulary for each token. What a text is called is not shown to the model.
 */
export class LlamaEngine implements Engine {
  readonly name = 'llama';
  readonly capabilities: Capabilities;
  readonly source: Source;
  /** What computes: `cpu`, or the kind and the names of the accelerators. */
  readonly device: string;
  /** How the model cuts text, where that is byte-pair encoding and nothing else: another engine can then cut it so too. */
  readonly bytePairs: BytePairs | null;
  readonly #process: LlamaProcess;
  readonly #model: ModelDescription;

  constructor(process: LlamaProcess, model: ModelDescription) {
    this.#process = process;
    this.#model = model;
    this.device = model.device;
    this.bytePairs = model.bytePairs;
    this.capabilities = {
      score: 'prefill',
      generate: true,
      fillInTheMiddle: model.fillsInTheMiddle,
      maxTopK: MAX_TOP_K,
      distribution: { kind: 'raw' },
      vocabulary: { kind: 'full' },
    };
    this.source = {
      engine: this.name,
      model: model.modelDigest,
      tokenizer: model.tokenizerDigest,
      distribution: this.capabilities.distribution,
      vocabulary: this.capabilities.vocabulary,
      mode: 'teacher-forced',
      contextPolicy: model.contextPolicy,
    };
  }

  async score({ text, within, detail, abortSignal: signal }: ScoreRequest): Promise<ScoredText> {
    const topK = Math.min(detail?.topK ?? 0, MAX_TOP_K);
    const task: ScoreTask = {
      kind: 'score',
      text,
      ...(within !== undefined && { within }),
      ...(detail !== undefined && topK > 0 && { detail: { topK: topK + SPARE, ranges: detail.ranges } }),
    };
    const result = await this.#process.ask(task, { signal });
    if (result.kind !== 'scored') throw mixedUp();
    const { ids, logprobsNats, tops } = result.scored;
    const rows = Array.from(ids, (id, place) => this.#row(id, logprobsNats[place], tops.get(place), topK));
    return scoredTextFromRows({ text, source: this.source, rows });
  }

  async generate(request: GenerateRequest): Promise<ScoredText> {
    const { prefix, suffix, maxTokens, sampling, onText, stopSignal, abortSignal: signal } = request;
    checkSampling(sampling);
    if (suffix !== undefined && !this.capabilities.fillInTheMiddle) {
      const message = 'This model was not taught to fill in the middle. Choose one that was.';
      throw new CandorError('unsupported', message);
    }
    const topK = Math.min(request.topK, MAX_TOP_K);
    const shown = new TextDecoder('utf-8', { ignoreBOM: true });
    let heardTokens = 0;
    const onToken = (token: number, from: number): void => {
      if (stopSignal?.aborted === true) return;
      heardTokens += 1;
      const piece = shown.decode(tokenBytes(this.#model.vocabulary, token).subarray(from), { stream: true });
      if (piece !== '') onText?.(piece);
    };
    const generate = {
      prefix,
      maxTokens,
      topK: topK > 0 ? topK + SPARE : 0,
      ...(suffix === undefined ? {} : { suffix }),
      ...(sampling === undefined ? {} : { sampling }),
    };
    const result = await this.#process.ask({ kind: 'generate', generate }, { signal, stopSignal, onToken });
    if (result.kind !== 'generated') throw mixedUp();
    // The child goes on until it hears that it is enough.
    const written = result.tokens.slice(0, heardTokens);
    const whole = new TextDecoder('utf-8', { ignoreBOM: true });
    const rows = written.map(({ token, from, logprobNats, top }) => ({
      ...this.#row(token, logprobNats ?? undefined, top, topK),
      bytes: tokenBytes(this.#model.vocabulary, token).subarray(from),
    }));
    // A character that the last token left unfinished is no part of the text.
    const pieces = rows.map(({ bytes }) => whole.decode(bytes, { stream: true }));
    const contextPolicy = suffix === undefined ? 'prefix' : 'prefix and suffix, filling in the middle';
    const source: Source = { ...this.source, mode: 'generated', contextPolicy };
    return scoredTextFromRows({ text: pieces.join(''), source, rows });
  }

  async alternatives(request: AlternativesRequest): Promise<readonly Alternative[]> {
    const { text, leaf, count, abortSignal: signal } = request;
    const result = await this.#process.ask({ kind: 'alternatives', leaf: { text, leaf, count } }, { signal });
    if (result.kind !== 'alternatives') throw mixedUp();
    return result.alternatives;
  }

  /** Ends the process; the next question starts another. */
  close(): Promise<void> {
    return this.#process.close();
  }

  #row(id: number, logprobNats: number | undefined, top: readonly TokenLogprob[] | undefined, topK: number): ScoredRow {
    const { vocabulary } = this.#model;
    const alternatives = (top ?? []).flatMap(({ token, logprobNats: ofOther }) => {
      const text = tokenText(vocabulary, token);
      return text === null ? [] : [{ text, logprobNats: ofOther }];
    });
    return {
      bytes: tokenBytes(vocabulary, id),
      logprobNats: logprobNats ?? null,
      alternatives: alternatives.slice(0, topK),
    };
  }
}

function mixedUp(): CandorError {
  return new CandorError('engine-failed', 'The process of the model answered another question. Ask again.');
}
