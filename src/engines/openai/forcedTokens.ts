import { decodeUtf8, encodeUtf8 } from '../../core/utf8.ts';
import { readArray, readBytes, readCount, readField, readString } from '../../wire/jsonReaders.ts';
import { readBody } from '../../wire/readBody.ts';
import { MISSING_ROW, type WirePart, type WireRow } from '../../wire/wirePart.ts';
import { forcedRuns, type ForcedRun } from './forcedRuns.ts';
import type { ServerClient } from './serverClient.ts';
import { unknownFormat } from './serverError.ts';
import { llamaServerRows } from './serverRoutes.ts';
import { endsInsideCharacter } from './splitCharacter.ts';

/** A token of a text, as the server's tokenizer cuts it. */
export interface ForcedToken {
  readonly id: number;
  readonly bytes: Uint8Array;
}

export interface ForcedScoring {
  readonly model: string;
  readonly text: string;
  /** Alternatives wanted in a stretch of the text's UTF-8 bytes; at least 1. */
  readonly topKOf: (startByte: number, endByte: number) => number;
}

/**
 * The rows of a given text, scored the slow way: llama-server is made to write the text's own tokens by a grammar that
 * allows no others, and says how likely each was before the grammar was applied. A row a token of the server's
 * tokenizer. What cannot be had exactly is a row without a number: the pieces of a split character but for the last, for
 * which the server sends no rows; tokens that a grammar cannot force; whatever comes back as another token.
 *
 * Takes a request every 128 tokens, one after the other, so that each finds the one before it in the server's cache.
 *
 * Source: llama.cpp's `grammars/README.md` (tokens) and `tools/server/README.md` (`/tokenize`, `/completion`).
 * @throws CandorError `unsupported` for a server that takes no such grammar
 */
export async function forcedRows(
  client: ServerClient,
  { model, text, topKOf }: ForcedScoring,
  signal?: AbortSignal,
): Promise<readonly WireRow[]> {
  if (text === '') return [];
  const tokens = await tokenize(client, { model, content: text, add_special: false }, signal);
  const lead = await leadIds(client, model, signal);
  // A token takes a byte at least; a list that is longer would be asked about without end.
  if (tokens.length === 0 || tokens.length > encodeUtf8(text).length + 8) throw unknownFormat();
  const rows: WireRow[] = tokens.map(unscored);
  const starts = byteStarts(tokens);
  // A model needs something to go on from.
  for (const run of forcedRuns(tokens, lead.length > 0 ? 0 : 1)) {
    const forced = tokens.slice(run.start, run.end);
    const topK = topKOf(starts[run.start] ?? 0, starts[run.end] ?? 0);
    const part = await force(client, { model, lead, tokens, run, topK }, signal);
    for (const [at, row] of rowsOf(part, forced).entries()) rows[run.start + at] = row;
  }
  return rows;
}

interface Forcing {
  readonly model: string;
  readonly lead: readonly number[];
  readonly tokens: readonly ForcedToken[];
  readonly run: ForcedRun;
  readonly topK: number;
}

async function force(
  client: ServerClient,
  { model, lead, tokens, run, topK }: Forcing,
  signal: AbortSignal | undefined,
): Promise<WirePart> {
  const before = tokens.slice(run.contextStart, run.start).map(({ id }) => id);
  const forced = tokens.slice(run.start, run.end);
  const body = {
    model,
    // Ids, for a text might be cut into other tokens; with ids the server puts no start token in front.
    prompt: [...lead, ...before],
    grammar: `root ::= ${forced.map(({ id }) => `<[${id}]>`).join(' ')}`,
    n_predict: forced.length,
    temperature: 0,
    cache_prompt: true,
    ...llamaServerRows(topK),
  };
  const part = readBody(await client.post('/completion', body, signal));
  if (part === undefined) throw unknownFormat();
  return part;
}

/**
 * The rows of forced tokens. The server sends none for a piece after which the text ends inside a character. All others
 * must be there, in order and with the id that was forced; what comes after one that is not, is unscored.
 */
function rowsOf(part: WirePart, forced: readonly ForcedToken[]): readonly WireRow[] {
  const given = part.distribution === 'raw' ? part.rows.filter(({ tokenId }) => tokenId !== null) : [];
  const isComplete = given.length >= forced.length;
  const rows: WireRow[] = [];
  let tail: readonly number[] = [];
  let next = 0;
  for (const [at, token] of forced.entries()) {
    if (part.tokenIds[at] !== token.id) break;
    tail = [...tail, ...token.bytes.slice(-4)].slice(-4);
    if (!isComplete && endsInsideCharacter(tail)) {
      rows.push(unscored(token));
      continue;
    }
    const row = given[next++];
    if (row?.tokenId !== token.id) break;
    rows.push({ ...unscored(token), logprobNats: row.logprobNats, alternatives: row.alternatives });
  }
  return rows;
}

function unscored({ id, bytes }: ForcedToken): WireRow {
  return { ...MISSING_ROW, tokenId: id, text: decodeUtf8(bytes), bytes: [...bytes] };
}

/** The ids that the server puts before a text: mostly one, that of the start token, or none. */
async function leadIds(client: ServerClient, model: string, signal: AbortSignal | undefined): Promise<number[]> {
  const content = 'a';
  const idsOf = async (add_special: boolean): Promise<number[]> =>
    (await tokenize(client, { model, content, add_special }, signal)).map(({ id }) => id);
  const [plain, special] = await Promise.all([idsOf(false), idsOf(true)]);
  const length = special.findIndex((_, at) => plain.every((id, offset) => special[at + offset] === id));
  return plain.length === 0 ? [] : special.slice(0, Math.max(0, length));
}

async function tokenize(
  client: ServerClient,
  asked: { readonly model: string; readonly content: string; readonly add_special: boolean },
  signal: AbortSignal | undefined,
): Promise<readonly ForcedToken[]> {
  // What looks like a special token in a text is plain text.
  const body = { ...asked, parse_special: false, with_pieces: true };
  return readArray(readField(await client.post('/tokenize', body, signal), 'tokens')).map((item) => {
    const id = readCount(readField(item, 'id'));
    const piece = readField(item, 'piece');
    if (id === null) throw unknownFormat();
    const text = readString(piece);
    return { id, bytes: text === null ? Uint8Array.from(readBytes(piece) ?? []) : encodeUtf8(text) };
  });
}

/** The byte of the text at which each token starts, and the last one ends. */
function byteStarts(tokens: readonly ForcedToken[]): readonly number[] {
  const starts = [0];
  for (const { bytes } of tokens) starts.push((starts.at(-1) ?? 0) + bytes.length);
  return starts;
}
