import { CandorError } from '../../core/candorError.ts';
import { rowLogprobsNats } from '../../core/scoredRow.ts';
import { slotsSpeculate } from '../../wire/llamaServer.ts';
import { emptyPart, type WirePart, type WireRow } from '../../wire/wirePart.ts';
import { askRoute } from './askRoute.ts';
import { distributionOf, isTruncated } from './firstPosition.ts';
import { forcedRows } from './forcedTokens.ts';
import { promptRowsOf } from './promptRowsOf.ts';
import { replaysScores, type Continuation } from './replayedScores.ts';
import type { ServerAbilities } from './serverAbilities.ts';
import type { ServerClient } from './serverClient.ts';
import type { ServerKind } from './serverKind.ts';
import {
  FILLING_ROUTES,
  mayHave,
  routesOf,
  SCORING_ROUTES,
  WORDS_ROUTE,
  WRITING_ROUTES,
  type Route,
} from './serverRoutes.ts';

/** Rises when the trials change, so that what an older probe found is measured again. */
export const PROBE_VERSION = 3;

/** What one trial showed, for people to read. */
export interface Finding {
  readonly trial: string;
  readonly found: boolean;
  readonly detail: string;
}

export interface ServerReport {
  readonly abilities: ServerAbilities;
  readonly findings: readonly Finding[];
}

/** Trials that look for what is wrong with the numbers of a written text. */
export const FAULT_TRIALS = {
  drafts: 'speculative decoding',
  aboveZero: 'values above 0',
  spelling: 'rows spell the text',
} as const;

/** The text that is gone on from. It leads to characters of several bytes. */
const PREFIX = 'const words = ["naïve café ☕", "naïve';
const SUFFIX = '", "naïve café ☕"];\nexport const lastOfAllWords = words.at(-1);\n';
const MAX_TOKENS = 6;
const TOP_KS = [20, 5];

/**
 * Measures what a server does with a model by asking it, for what servers say about themselves is often wrong. What it
 * does not do is a finding, never an error. Takes some ten small requests, so whoever asks should keep the answer.
 *
 * @param kind Of what kind the server is: routes that only others have are not tried.
 * @throws CandorError when the server cannot be asked at all
 */
export async function probeServer(
  client: ServerClient,
  model: string,
  signal?: AbortSignal,
  kind: ServerKind = 'unknown',
): Promise<ServerReport> {
  const probe = new Probe(client, model, signal, kind);
  const written = await probe.writes();
  const numbers = await probe.measuresNumbers(written);
  const promptScoring = await probe.scores(numbers.distribution === 'raw' ? written : undefined);
  const fillInTheMiddle = await probe.fills(written);
  const generation = written?.route.way ?? 'none';
  const answersInWords = written === undefined ? await probe.answers() : undefined;
  return {
    abilities: {
      model,
      generation,
      ...(answersInWords !== undefined && { answersInWords }),
      ...numbers,
      promptScoring,
      fillInTheMiddle,
    },
    findings: probe.findings,
  };
}

interface Written {
  readonly route: (typeof WRITING_ROUTES)[number];
  readonly topK: number;
  readonly part: WirePart;
}

/** The trials, and what they showed so far. */
class Probe {
  readonly findings: Finding[] = [];
  readonly #client: ServerClient;
  readonly #model: string;
  readonly #signal: AbortSignal | undefined;
  readonly #kind: ServerKind;

  constructor(client: ServerClient, model: string, signal: AbortSignal | undefined, kind: ServerKind) {
    this.#client = client;
    this.#model = model;
    this.#signal = signal;
    this.#kind = kind;
  }

  /** The first route on which the server writes with log-probabilities. */
  async writes(): Promise<Written | undefined> {
    const errors: CandorError[] = [];
    let answers = false;
    for (const route of routesOf(WRITING_ROUTES, this.#kind)) {
      for (const topK of TOP_KS) {
        const part = await this.#attempt(this.#ask(route, { ...this.#writing(), topK }));
        const isScored = !CandorError.is(part) && scoredShare(part.rows, topK) > 0;
        this.#note(`log-probabilities: ${route.way}, ${topK} alternatives`, isScored);
        if (isScored) return { route, topK, part };
        if (CandorError.is(part)) errors.push(part);
        // Only a server that answers, or refuses what it was asked, was measured.
        answers ||= !CandorError.is(part) || part.reason === 'unsupported';
        // Fewer alternatives help only where so many are refused.
        if (!CandorError.is(part, 'unsupported')) break;
      }
      // Where nothing but failures came from the routes that all servers have, the others have nothing to add.
      if (route.way === 'chat' && errors.every(({ reason }) => reason === 'engine-failed') && !answers) break;
    }
    // That a server lacks another one's route says less than any other failure.
    const failure = errors.find(({ reason }) => reason !== 'not-found') ?? errors[0];
    if (failure !== undefined && !answers) throw failure;
    return undefined;
  }

  /** Whether the server answers in a chat, be it without numbers. */
  async answers(): Promise<boolean> {
    const answer = await this.#attempt(this.#ask(WORDS_ROUTE, { ...this.#writing(), topK: 0 }));
    return this.#note('answers in words', !CandorError.is(answer) && answer.text.trim() !== '');
  }

  /** Of what distribution the numbers of a written text are, and what is wrong with them. */
  async measuresNumbers(
    written: Written | undefined,
  ): Promise<Pick<ServerAbilities, 'distribution' | 'vocabulary' | 'maxTopK'>> {
    if (written === undefined) return { distribution: 'unknown', vocabulary: { kind: 'full' }, maxTopK: 0 };
    const { route, topK, part } = written;
    const asked = { ...this.#writing(), topK, temperature: 1.5 };
    const answer = await this.#attempt(this.#ask(route, asked));
    const hot = CandorError.is(answer) ? undefined : answer.rows[0];
    const distribution = part.distribution ?? distributionOf(part.rows[0], hot);
    this.#note('raw log-probabilities', distribution === 'raw', distribution);
    await this.#noteFaults(part);
    const k = part.rows.reduce((most, { alternatives }) => Math.max(most, alternatives.length), 1);
    const isCut = distribution !== 'raw' && isTruncated(hot);
    return { distribution, vocabulary: isCut ? { kind: 'top-k', k } : { kind: 'full' }, maxTopK: k };
  }

  /** How the server scores a given text. What it wrote itself must come out as it did then, where that is known. */
  async scores(written: Written | undefined): Promise<ServerAbilities['promptScoring']> {
    // A chat's text stood behind a template; another text has other numbers.
    const replayed = written !== undefined && written.route.way !== 'chat' && written.part.text !== '';
    const continuation: Continuation | undefined = replayed ? written.part : undefined;
    const text = PREFIX + (continuation?.text ?? SUFFIX);
    const scoresIt = async (way: string, rows: Promise<readonly WireRow[]>): Promise<boolean> => {
      const answer = await this.#attempt(rows);
      return this.#note(
        `scores a given text: ${way}`,
        !CandorError.is(answer) && replaysScores(text, answer, continuation),
      );
    };
    for (const route of routesOf(SCORING_ROUTES, this.#kind)) {
      const rows = this.#ask(route, { model: this.#model, text, topK: 1 }).then(promptRowsOf);
      if (await scoresIt(route.way, rows)) return route.way;
    }
    if (!mayHave(this.#kind, 'llama-server')) return 'none';
    const forced = forcedRows(this.#client, { model: this.#model, text, topKOf: () => 1 }, this.#signal);
    return (await scoresIt('forced grammar, step by step', forced)) ? 'forced-grammar' : 'none';
  }

  /** How the server is given the text after the place to write at. */
  async fills(written: Written | undefined): Promise<ServerAbilities['fillInTheMiddle']> {
    for (const route of routesOf(FILLING_ROUTES, this.#kind)) {
      const part = await this.#attempt(this.#ask(route, { ...this.#writing(), suffix: SUFFIX, topK: 1 }));
      const answers = !CandorError.is(part) && scoredShare(part.rows, 1) > 0;
      // Most servers pass over a suffix in silence: the prompt must have become longer.
      const before = written?.route.way === 'completions' ? written.part.promptTokens : null;
      const isSeen = route.way !== 'suffix' || (answers && before !== null && (part.promptTokens ?? 0) > before);
      if (this.#note(`fills in the middle: ${route.way}`, answers && isSeen)) return route.way;
    }
    return 'none';
  }

  /** Signs of what would make numbers look better than they are. Such rows are unscored wherever rows become tokens. */
  async #noteFaults({ rows, text, draftedTokens, format }: WirePart): Promise<void> {
    const looksDrafted = rows.filter((row) => row.logprobNats === 0 && row.alternatives.length === 0).length > 1;
    const drafts = looksDrafted || (draftedTokens ?? 0) > 0;
    const hasSlots = mayHave(this.#kind, 'llama-server') && ['openai-choices', 'llama-server'].includes(format);
    const slots = drafts || !hasSlots ? null : await this.#attempt(this.#client.get('/slots', this.#signal));
    this.#note(FAULT_TRIALS.drafts, drafts || slotsSpeculate(slots));
    const isAboveZero = rows.some(({ logprobNats }) => (logprobNats ?? 0) > 0);
    this.#note(FAULT_TRIALS.aboveZero, isAboveZero);
    this.#note('values that stand for a probability of 0', rows.some(hasSentinel));
    const spelt = rows.map((row) => row.text).join('');
    this.#note(FAULT_TRIALS.spelling, spelt.startsWith(text));
  }

  #writing(): { model: string; prefix: string; maxTokens: number; temperature: number } {
    return { model: this.#model, prefix: PREFIX, maxTokens: MAX_TOKENS, temperature: 0 };
  }

  /** An answer in no known format says nothing. */
  async #ask<Asked>(route: Route<string, Asked>, asked: Asked): Promise<WirePart> {
    return (await askRoute(this.#client, route, asked, this.#signal)) ?? emptyPart('openai-choices');
  }

  /** The answer, or the error if it is one of ours: an answer as well. */
  async #attempt<T>(answer: Promise<T>): Promise<T | CandorError> {
    try {
      return await answer;
    } catch (error) {
      if (CandorError.is(error) && this.#signal?.aborted !== true) return error;
      throw error;
    }
  }

  #note(trial: string, found: boolean, detail = ''): boolean {
    this.findings.push({ trial, found, detail });
    return found;
  }
}

function hasSentinel({ logprobNats, alternatives }: WireRow): boolean {
  return [logprobNats, ...alternatives.map((other) => other.logprobNats)].some((value) => (value ?? 0) < -1000);
}

/** The share of rows that say something. */
function scoredShare(rows: readonly WireRow[], topK: number): number {
  const scored = rowLogprobsNats(rows, topK).filter((value) => !Number.isNaN(value));
  return rows.length === 0 ? 0 : scored.length / rows.length;
}
