import { CandorError } from '../../core/candorError.ts';
import type { ScoredText } from '../../core/scoredText.ts';
import { scoredTextFromRows } from '../../core/scoredTextFromRows.ts';
import { encodeUtf8 } from '../../core/utf8.ts';
import type { Alternative, Distribution, Source } from '../../core/words.ts';
import type { WirePart } from '../../wire/wirePart.ts';
import type { Capabilities, Engine, GenerateRequest, ScoreRequest, TextRange } from '../engine.ts';
import { checkSampling } from '../checkSampling.ts';
import { askRoute } from './askRoute.ts';
import { FORCED_CONTEXT } from './forcedRuns.ts';
import { forcedRows } from './forcedTokens.ts';
import type { Listening } from './joinStream.ts';
import { promptRowsOf } from './promptRowsOf.ts';
import { scoreByWindows } from './scoreByWindows.ts';
import type { ServerAbilities } from './serverAbilities.ts';
import type { ServerClient } from './serverClient.ts';
import { refusedText, unknownFormat } from './serverError.ts';
import { FILLING_ROUTES, SCORING_ROUTES, WORDS_ROUTE, WRITING_ROUTES, type Route } from './serverRoutes.ts';
import { CONTEXT_UNITS, WINDOW_UNITS } from './textWindows.ts';

const RAW: Distribution = { kind: 'raw' };

/** How a given text is scored, and what is shown before each of its tokens. */
const SCORING = {
  prefill: `windows of ${WINDOW_UNITS} units, at most ${CONTEXT_UNITS} of them before`,
  'step-by-step': FORCED_CONTEXT,
  none: 'none',
};

/**
 * A model on a server that speaks as OpenAI does. It does what the server was measured to do, no more. What it writes is
 * asked for at temperature 0 where the server's numbers are raw, else at 1, where a temperature changes nothing.
 *
 * Where it is asked to draw, the temperature is that of the draw: raw numbers stay raw, others are scaled by it and the Source
 * says so. Seeds are sent along where a route takes them. A server may cut the draw by settings of its own, which changes
 * how often a token is written and not how likely it is said to be.
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
    const ofWritten = this.#distribution(this.#temperature);
    const scores = promptScoring !== 'none';
    const score = promptScoring === 'forced-grammar' ? 'step-by-step' : scores ? 'prefill' : 'none';
    this.capabilities = {
      score,
      generate: generation !== 'none',
      ...(abilities.answersInWords !== undefined && { answers: abilities.answersInWords }),
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
      contextPolicy: SCORING[score],
    };
    this.#written = { ...identity, distribution: ofWritten, vocabulary, mode: 'generated', contextPolicy: 'prefix' };
  }

  get concurrency(): number {
    return this.#client.concurrency;
  }

  /**
   * A text of which a part cannot be scored is not scored: a region would look the surer, the more of its tokens nobody scored.
   * What the server refuses about one text is a failure with that text, for that it scores texts was measured.
   */
  async score(request: ScoreRequest): Promise<ScoredText> {
    try {
      return await this.#score(request);
    } catch (error) {
      const isOfText = CandorError.is(error, 'unsupported') || CandorError.is(error, 'not-found');
      throw isOfText && this.capabilities.score !== 'none' ? refusedText(error) : error;
    }
  }

  async #score({ text, detail, abortSignal: signal }: ScoreRequest): Promise<ScoredText> {
    const { model, promptScoring } = this.#abilities;
    const topKOf = (start: number, end: number, ranges = detail?.ranges ?? []): number =>
      this.#topK(ranges.some((range) => range.start < end && range.end > start) ? (detail?.topK ?? 1) : 1);
    // Half a surrogate pair has no form in JSON that servers read; what stands in for it has the same length.
    const shownText = text.toWellFormed();
    if (promptScoring === 'forced-grammar') {
      const ranges = detail?.ranges.map((range) => inBytes(shownText, range));
      const topK = (start: number, end: number): number => topKOf(start, end, ranges);
      const rows = await forcedRows(this.#client, { model, text: shownText, topKOf: topK }, signal);
      return scoredTextFromRows({ text, source: this.source, rows });
    }
    const route = SCORING_ROUTES.find(({ way }) => way === promptScoring);
    if (route === undefined) {
      const message = 'This server does not score a given text. Choose one that does, such as vLLM, or a local model.';
      throw new CandorError('unsupported', message);
    }
    return scoreByWindows(
      text,
      this.source,
      async (shown, { start, end }, windowSignal) => {
        const scoring = { model, text: shown.toWellFormed(), topK: topKOf(start, end) };
        return promptRowsOf(await this.#ask(route, scoring, windowSignal));
      },
      signal,
    );
  }

  async generate(request: GenerateRequest): Promise<ScoredText> {
    const { suffix, maxTokens, sampling, isQuestion = false, onText, stopSignal, abortSignal: signal } = request;
    checkSampling(sampling);
    const { model, generation, fillInTheMiddle } = this.#abilities;
    const topK = this.#topK(request.topK);
    const prefix = request.prefix.toWellFormed();
    const filling = {
      model,
      prefix,
      suffix: suffix?.toWellFormed() ?? '',
      maxTokens,
      topK,
      isQuestion,
      temperature: sampling?.temperature ?? this.#temperature,
      ...(sampling !== undefined && { seed: sampling.seed }),
    };
    const route =
      suffix === undefined
        ? (WRITING_ROUTES.find(({ way }) => way === generation) ?? (isQuestion ? this.#wordsRoute() : undefined))
        : FILLING_ROUTES.find(({ way }) => way === fillInTheMiddle);
    if (route === undefined) {
      const wanted = suffix === undefined ? 'write with log-probabilities' : 'fill in the middle';
      throw new CandorError('unsupported', `This server does not ${wanted} with this model. Choose another one.`);
    }
    const isHeard = onText !== undefined || stopSignal !== undefined;
    const listening = isHeard ? { onText: onText ?? (() => undefined), stopSignal } : undefined;
    const part = await this.#ask(route, filling, signal, listening);
    const prefixPolicy = isQuestion ? 'question' : 'prefix';
    const contextPolicy = suffix === undefined ? prefixPolicy : 'prefix and suffix, filling in the middle';
    const source: Source = {
      ...this.#written,
      distribution: this.#distribution(filling.temperature),
      contextPolicy,
    };
    // Numbers of another distribution than the server was measured to give are nobody's.
    const isMeasured = source.distribution.kind === 'scaled' || part.distribution !== 'scaled';
    const rows = isMeasured ? part.rows : [];
    return scoredTextFromRows({ text: part.text, source, rows, alternativesRequested: topK });
  }

  /** None: a server is asked for tokens, and whole leaves would take a request each. */
  alternatives(): Promise<readonly Alternative[]> {
    return Promise.resolve([]);
  }

  close(): Promise<void> {
    this.#client.close();
    return Promise.resolve();
  }

  async #ask<Asked>(
    route: Route<string, Asked>,
    asked: Asked,
    signal: AbortSignal | undefined,
    listening?: Listening,
  ): Promise<WirePart> {
    const part = await askRoute(this.#client, route, asked, signal, listening);
    if (part === undefined) throw unknownFormat();
    return part;
  }

  /** How it is asked what it can only answer in words. */
  #wordsRoute(): typeof WORDS_ROUTE | undefined {
    return this.#abilities.answersInWords === true ? WORDS_ROUTE : undefined;
  }

  /** Of what the numbers of a written text are, that was asked for at a temperature. */
  #distribution(temperature: number): Distribution {
    return this.#abilities.distribution === 'raw' ? RAW : { kind: 'scaled', temperature };
  }

  #topK(wanted: number): number {
    return Math.max(1, Math.min(wanted, this.#abilities.maxTopK));
  }
}

function inBytes(text: string, { start, end }: TextRange): TextRange {
  return { start: encodeUtf8(text.slice(0, start)).length, end: encodeUtf8(text.slice(0, end)).length };
}
