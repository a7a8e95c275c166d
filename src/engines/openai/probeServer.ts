import { CandorError } from '../../core/candorError.ts';
import { rowLogprobsNats } from '../../core/scoredRow.ts';
import { encodeUtf8 } from '../../core/utf8.ts';
import { readBody } from '../../wire/readBody.ts';
import type { WirePart, WireRow } from '../../wire/wirePart.ts';
import { distributionOf, isTruncated } from './firstPosition.ts';
import { forcesGrammar } from './forcesGrammar.ts';
import { promptRowsOf } from './promptRowsOf.ts';
import type { ServerAbilities } from './serverAbilities.ts';
import type { ServerClient } from './serverClient.ts';
import { scoringRequest, writingRequest, type ServerRequest } from './serverRequests.ts';

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

/** The text that is gone on from. It leads to characters of several bytes. */
const PREFIX = 'const words = ["naïve café ☕", "naïve';
const SUFFIX = '", "naïve café ☕"];\nexport const lastOfAllWords = words.at(-1);\n';
const MAX_TOKENS = 6;
const TOP_KS = [20, 5];

/** Rows that are off by more are not of the same distribution; servers' digits differ by less. */
const TOLERANCE_NATS = 0.1;

/**
 * Measures what a server does with a model by asking it, for what servers say about themselves is often wrong. What it
 * does not do is a finding, never an error. Takes some ten small requests, so whoever asks should keep the answer.
 * @throws CandorError when the server cannot be asked at all
 */
export async function probeServer(client: ServerClient, model: string, signal?: AbortSignal): Promise<ServerReport> {
  const findings: Finding[] = [];
  const note = (trial: string, found: boolean, detail = ''): boolean => {
    findings.push({ trial, found, detail });
    return found;
  };
  const attempt = async ({ route, body }: ServerRequest): Promise<WirePart | CandorError | undefined> => {
    try {
      return readBody(await client.post(route, body, signal));
    } catch (error) {
      if (CandorError.is(error) && signal?.aborted !== true) return error;
      throw error;
    }
  };

  const writing = { model, prefix: PREFIX, maxTokens: MAX_TOKENS };
  const errors: CandorError[] = [];
  const write = async (route: 'completions' | 'chat', topK: number, temperature: number): Promise<WirePart | null> => {
    const part = await attempt(writingRequest(route, { ...writing, topK, temperature }));
    if (CandorError.is(part)) errors.push(part);
    return part === undefined || CandorError.is(part) ? null : part;
  };
  const firstWritten = async (): Promise<Written | undefined> => {
    for (const route of ['completions', 'chat'] as const) {
      for (const topK of TOP_KS) {
        const part = await write(route, topK, 0);
        const isScored = part !== null && scoredShare(part.rows, topK) > 0;
        if (note(`log-probabilities: ${route}, ${topK} alternatives`, isScored) && part) return { route, topK, part };
        if (part !== null) break;
      }
    }
    return undefined;
  };

  const written = await firstWritten();
  // A server that refuses log-probabilities answers; one that does nothing but fail was not measured.
  const failure = errors.at(-1);
  const refuses = errors.some(({ reason }) => reason === 'unsupported');
  if (failure !== undefined && errors.length === findings.length && !refuses) throw failure;
  const hot = written && (await write(written.route, written.topK, 1.5));
  if (written) noteFaults(note, written);
  const measured = distributionOf(written?.part.rows[0], hot?.rows[0]);
  const distribution = written?.part.distribution ?? measured;
  note('raw log-probabilities', distribution === 'raw', distribution);
  const k = written?.part.rows.reduce((most, { alternatives }) => Math.max(most, alternatives.length), 1) ?? 0;
  const isCut = distribution !== 'raw' && isTruncated(hot?.rows[0]);

  const promptScoring = async (): Promise<ServerAbilities['promptScoring']> => {
    for (const way of ['prompt-logprobs', 'echo', 'sglang'] as const) {
      const comparable = written?.route === 'completions' && distribution === 'raw' ? written.part : undefined;
      const text = PREFIX + (comparable?.text ?? SUFFIX);
      const part = await attempt(scoringRequest(way, { model, text, topK: 1 }));
      const isScored = part !== undefined && !CandorError.is(part) && scoresPrompt(part, text, comparable);
      if (note(`scores a given text: ${way}`, isScored)) return way;
    }
    return 'none';
  };

  const fillInTheMiddle = async (): Promise<ServerAbilities['fillInTheMiddle']> => {
    const common = { ...writing, suffix: SUFFIX, topK: 1, temperature: 0 };
    for (const [way, route] of [
      ['suffix', 'completions'],
      ['infill', 'infill'],
    ] as const) {
      const part = await attempt(writingRequest(route, common));
      const answers = part !== undefined && !CandorError.is(part) && scoredShare(part.rows, 1) > 0;
      // Most servers pass over a suffix in silence: the prompt must have become longer.
      const before = written?.route === 'completions' ? written.part.promptTokens : null;
      const seen = way === 'infill' || (answers && before !== null && (part.promptTokens ?? 0) > before);
      if (note(`fills in the middle: ${way}`, answers && seen)) return way;
    }
    return 'none';
  };

  const abilities: ServerAbilities = {
    model,
    generation: written?.route ?? 'none',
    distribution,
    vocabulary: isCut ? { kind: 'top-k', k } : { kind: 'full' },
    maxTopK: k,
    promptScoring: await promptScoring(),
    fillInTheMiddle: await fillInTheMiddle(),
  };
  if (abilities.promptScoring === 'none') {
    note('scores a given text: forced grammar, step by step', await forcesGrammar(client, signal));
  }
  return { abilities, findings };
}

interface Written {
  readonly route: 'completions' | 'chat';
  readonly topK: number;
  readonly part: WirePart;
}

/** Signs of what would make numbers look better than they are. Each such row is unscored wherever rows become tokens. */
function noteFaults(note: (trial: string, found: boolean) => unknown, { part }: Written): void {
  const { rows } = part;
  note(
    'speculative decoding',
    (part.draftedTokens ?? 0) > 0 ||
      rows.filter((row) => row.logprobNats === 0 && row.alternatives.length === 0).length > 1,
  );
  note(
    'values above 0',
    rows.some(({ logprobNats }) => (logprobNats ?? 0) > 0),
  );
  note('values that stand for a probability of 0', rows.some(hasSentinel));
  note(
    'rows spell the text',
    rows
      .map(({ text }) => text)
      .join('')
      .startsWith(part.text),
  );
}

function hasSentinel({ logprobNats, alternatives }: WireRow): boolean {
  return [logprobNats, ...alternatives.map((other) => other.logprobNats)].some((value) => (value ?? 0) < -1000);
}

/** The share of rows that say something. */
function scoredShare(rows: readonly WireRow[], topK: number): number {
  const scored = rowLogprobsNats(rows, topK).filter((value) => !Number.isNaN(value));
  return rows.length === 0 ? 0 : scored.length / rows.length;
}

/**
 * Whether an answer really scores the text: its rows spell the text but for its first token, nearly all are scored, and
 * what the server wrote itself (`written`) has the numbers that it had when it was written.
 */
function scoresPrompt(part: WirePart, text: string, written: WirePart | undefined): boolean {
  const rows = promptRowsOf(part);
  const spelt = rows.map((row) => row.text).join('');
  const isSpelt = text.endsWith(spelt) && encodeUtf8(spelt).length * 2 > encodeUtf8(text).length;
  if (rows.length < 2 || !isSpelt || scoredShare(rows.slice(1), 0) < 0.9) return false;
  const replayed = rows.slice(-(written?.rows.length ?? 0));
  const same = written?.rows.filter((row, at) => row.text === replayed[at]?.text) ?? [];
  return same.every((row) => {
    const again = replayed[written?.rows.indexOf(row) ?? 0];
    return Math.abs((again?.logprobNats ?? -Infinity) - (row.logprobNats ?? 0)) <= TOLERANCE_NATS;
  });
}
