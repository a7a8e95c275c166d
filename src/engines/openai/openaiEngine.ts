import { CandorError } from '../../core/candorError.ts';
import type { ScoredText } from '../../core/scoredText.ts';
import { scoredTextFromRows } from '../../core/scoredTextFromRows.ts';
import type { Alternative, Distribution, Source } from '../../core/words.ts';
import { readBody } from '../../wire/readBody.ts';
import type { WirePart } from '../../wire/wirePart.ts';
import type { Capabilities, Engine, GenerateRequest, ScoreRequest } from '../engine.ts';
import { joinWindows } from './joinWindows.ts';
import { promptRowsOf } from './promptRowsOf.ts';
import type { ServerAbilities } from './serverAbilities.ts';
import type { ServerClient } from './serverClient.ts';
import { scoringRequest, writingRequest, type ServerRequest } from './serverRequests.ts';
import { CONTEXT_UNITS, textWindows, WINDOW_UNITS, type TextWindow } from './textWindows.ts';

const RAW: Distribution = { kind: 'raw' };

/**
 * A model on a server that speaks as OpenAI does. It does what the server was measured to do, no more. What it writes is
 * asked for at temperature 0 where the server's numbers are raw, else at 1, where a temperature changes nothing.
 */
export class OpenaiEngine implements Engine {
  readonly name = 'openai';
  readonly capabilities: Capabilities;
  readonly source: Source;
  readonly #client: ServerClient;
  readonly #abilities: ServerAbilities;
  readonly #temperature: number;
  readonly #written: Source;

  constructor(client: ServerClient, abilities: ServerAbilities) {
    const { model, vocabulary, distribution: measured, promptScoring, generation, fillInTheMiddle } = abilities;
    this.#client = client;
    this.#abilities = abilities;
    this.#temperature = measured === 'raw' ? 0 : 1;
    const ofWritten: Distribution = measured === 'raw' ? RAW : { kind: 'scaled', temperature: this.#temperature };
    const scores = promptScoring !== 'none';
    this.capabilities = {
      score: scores ? 'prefill' : 'none',
      generate: generation !== 'none',
      fillInTheMiddle: fillInTheMiddle !== 'none',
      maxTopK: abilities.maxTopK,
      distribution: scores ? RAW : ofWritten,
      vocabulary: scores ? { kind: 'full' } : vocabulary,
    };
    // A server names its model and no digest of it; the same name elsewhere may be another model.
    const identity = { engine: this.name, model: `${model} at ${client.baseUrl}`, tokenizer: model };
    this.source = {
      ...identity,
      distribution: this.capabilities.distribution,
      vocabulary: this.capabilities.vocabulary,
      mode: 'teacher-forced',
      contextPolicy: `windows of ${WINDOW_UNITS} units, at most ${CONTEXT_UNITS} of them before`,
    };
    this.#written = { ...identity, distribution: ofWritten, vocabulary, mode: 'generated', contextPolicy: 'prefix' };
  }

  async score({ text, detail, abortSignal }: ScoreRequest): Promise<ScoredText> {
    const { promptScoring, model } = this.#abilities;
    if (promptScoring === 'none') {
      const message = 'This server does not score a given text. Choose one that does, such as vLLM, or a local model.';
      throw new CandorError('unsupported', message);
    }
    const failed = new AbortController();
    const signal = AbortSignal.any([failed.signal, ...(abortSignal === undefined ? [] : [abortSignal])]);
    const scoreWindow = async (window: TextWindow): Promise<{ window: TextWindow; scored: ScoredText }> => {
      const isDetailed = detail?.ranges.some(({ start, end }) => start < window.end && end > window.start) ?? false;
      const topK = this.#topK(isDetailed ? (detail?.topK ?? 1) : 1);
      const shown = text.slice(window.contextStart, window.end);
      const part = await this.#ask(scoringRequest(promptScoring, { model, text: shown, topK }), signal);
      const rows = promptRowsOf(part);
      return { window, scored: scoredTextFromRows({ text: shown, source: this.source, rows }) };
    };
    try {
      return joinWindows(text, this.source, await Promise.all(textWindows(text).map(scoreWindow)));
    } catch (error) {
      // The other windows need not be asked for any more.
      failed.abort(error);
      throw error;
    }
  }

  async generate(request: GenerateRequest): Promise<ScoredText> {
    const { prefix, suffix, maxTokens, onText, abortSignal: signal } = request;
    const { model } = this.#abilities;
    const topK = this.#topK(request.topK);
    const writing = { model, prefix, maxTokens, topK, temperature: this.#temperature };
    const between = suffix === undefined ? {} : { suffix };
    const part = await this.#ask(writingRequest(this.#routeOf(suffix), { ...writing, ...between }), signal);
    if (part.text !== '') onText?.(part.text);
    const contextPolicy = suffix === undefined ? 'prefix' : 'prefix and suffix, filling in the middle';
    const source: Source = { ...this.#written, contextPolicy };
    return scoredTextFromRows({ text: part.text, source, rows: part.rows, alternativesRequested: topK });
  }

  /** None: a server is asked for tokens, and whole leaves would take a request each. */
  alternatives(): Promise<readonly Alternative[]> {
    return Promise.resolve([]);
  }

  close(): Promise<void> {
    this.#client.close();
    return Promise.resolve();
  }

  #routeOf(suffix: string | undefined): 'completions' | 'chat' | 'infill' {
    const { generation, fillInTheMiddle } = this.#abilities;
    if (generation === 'none') {
      throw new CandorError('unsupported', 'This server writes nothing with log-probabilities. Choose another one.');
    }
    if (suffix === undefined) return generation;
    if (fillInTheMiddle === 'none') {
      throw new CandorError(
        'unsupported',
        'This server does not fill in the middle with this model. Choose another one.',
      );
    }
    return fillInTheMiddle === 'infill' ? 'infill' : 'completions';
  }

  #topK(wanted: number): number {
    return Math.max(1, Math.min(wanted, this.#abilities.maxTopK));
  }

  async #ask({ route, body }: ServerRequest, signal: AbortSignal | undefined): Promise<WirePart> {
    const part = readBody(await this.#client.post(route, body, signal));
    if (part === undefined) {
      const message = 'The model server answered in a format that Candor does not know. Check its address.';
      throw new CandorError('engine-failed', message);
    }
    return part;
  }
}
