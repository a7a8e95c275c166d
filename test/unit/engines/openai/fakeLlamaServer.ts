import type { ServerResponse } from 'node:http';
import { fakeServer, sendJson, type FakeRequest, type FakeServer } from './fakeServers.ts';

export interface FakeLlama {
  /** Whether a start token leads a text. */
  readonly hasStart?: boolean;
  readonly passesOverGrammar?: boolean;
  readonly refusesGrammar?: boolean;
  readonly speculates?: boolean;
  /** What is added to the numbers of forced tokens: a server that contradicts itself. */
  readonly offNats?: number;
  /** From this id on another token comes back than the one that was forced. */
  readonly lies?: (id: number) => boolean;
  readonly onCompletion?: (request: FakeRequest, response: ServerResponse) => boolean;
}

const START = 1;
const FIRST_BYTE = 100;

/** One token a word, and one a byte for all that is not ASCII: so characters are split. */
export function llamaTokens(text: string): readonly { readonly id: number; readonly bytes: number[] }[] {
  return (text.match(/ ?\w+|[^]/gu) ?? []).flatMap((piece) => {
    const bytes = [...Buffer.from(piece)];
    return bytes.every((byte) => byte < 0x80 && piece.length > 1)
      ? [{ id: wordId(piece), bytes }]
      : bytes.map((byte) => ({ id: FIRST_BYTE + byte, bytes: [byte] }));
  });
}

/** The number of a token after the one before it: what a model with a memory of one token could say. */
export function llamaLogprob(before: number | undefined, id: number): number {
  return -(1 + (((before ?? 0) * 31 + id * 17) % 50) / 10);
}

const words = new Map<string, number>();
const spelt = new Map<number, string>();

function wordId(word: string): number {
  const id = words.get(word) ?? 1000 + words.size;
  words.set(word, id);
  spelt.set(id, word);
  return id;
}

/** llama-server with a model that writes ` one two` whatever it sees, and is forced to write by grammars. */
export function fakeLlamaServer(llama: FakeLlama = {}, port = 0): Promise<FakeServer> {
  const lead = llama.hasStart === false ? [] : [START];
  return fakeServer((request, response) => {
    const { url, body } = request;
    if (url === '/props') {
      sendJson(response, { build_info: 'b9000-abc', default_generation_settings: {} });
    } else if (url === '/slots') {
      sendJson(response, [{ id: 0, speculative: llama.speculates === true }]);
    } else if (url === '/v1/models') {
      sendJson(response, { object: 'list', data: [{ id: 'tiny' }] });
    } else if (url === '/tokenize') {
      const before = body.add_special === true ? lead : [];
      const tokens = [
        ...before.map((id) => ({ id, piece: '<s>' })),
        ...llamaTokens(String(body.content)).map(({ id, bytes }) => ({ id, piece: pieceOf(bytes) })),
      ];
      sendJson(response, { tokens: body.with_pieces === true ? tokens : tokens.map(({ id }) => id) });
    } else if (url === '/completion' || url === '/infill') {
      if (llama.onCompletion?.(request, response) === true) return;
      if (llama.refusesGrammar === true && typeof body.grammar === 'string') {
        sendJson(response, { error: { code: 400, message: 'failed to parse grammar' } }, 400);
        return;
      }
      complete(llama, lead, request, response);
    } else {
      sendJson(response, { error: { message: 'not found' } }, 404);
    }
  }, port);
}

function complete(
  llama: FakeLlama,
  lead: readonly number[],
  { body, url }: FakeRequest,
  response: ServerResponse,
): void {
  const given = url === '/infill' ? `${String(body.input_prefix)}${String(body.input_suffix)}` : body.prompt;
  const prompt = Array.isArray(given) ? given.map(Number) : [...lead, ...idsOf(String(given))];
  const forced =
    typeof body.grammar === 'string' && llama.passesOverGrammar !== true
      ? [...body.grammar.matchAll(/<\[(\d+)\]>/g)].map(([, id]) => Number(id))
      : idsOf(' one two').slice(0, Number(body.n_predict));
  const off = typeof body.grammar === 'string' ? (llama.offNats ?? 0) : 0;
  const rows: object[] = [];
  const tokens: number[] = [];
  const written: number[] = [];
  let held: number[] = [];
  for (const wanted of forced.slice(0, Number(body.n_predict))) {
    const id = llama.lies?.(wanted) === true ? wanted + 1 : wanted;
    const logprob = llamaLogprob(tokens.at(-1) ?? prompt.at(-1), id) + off;
    tokens.push(id);
    held = [...held, ...bytesOf(id)];
    if (Buffer.from(Buffer.from(held).toString()).compare(Buffer.from(held)) !== 0) continue;
    const token = Buffer.from(held).toString();
    const own = { id, token, bytes: held, logprob };
    const other = { id: 9, token: ' other', bytes: [...Buffer.from(' other')], logprob: logprob - 1 };
    rows.push({ ...own, top_logprobs: [own, other].slice(0, Number(body.n_probs)) });
    written.push(...held);
    held = [];
  }
  const end = { stop: true, stop_type: 'limit', tokens_predicted: tokens.length, tokens_evaluated: prompt.length };
  if (body.stream !== true) {
    const content = Buffer.from(written).toString();
    sendJson(response, { content, tokens, completion_probabilities: rows, model: 'tiny', ...end });
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const [at, row] of rows.entries()) {
    const chunk = { content: (row as { token: string }).token, tokens: [tokens[at]], stop: false };
    const counts = { tokens_predicted: at + 1, tokens_evaluated: prompt.length };
    response.write(`data: ${JSON.stringify({ ...chunk, ...counts, completion_probabilities: [row] })}\n\n`);
  }
  response.end(`data: ${JSON.stringify({ content: '', tokens: [], ...end })}\n\n`);
}

function idsOf(text: string): readonly number[] {
  return llamaTokens(text).map(({ id }) => id);
}

function bytesOf(id: number): readonly number[] {
  const word = spelt.get(id);
  return word === undefined
    ? id >= FIRST_BYTE && id < FIRST_BYTE + 256
      ? [id - FIRST_BYTE]
      : []
    : [...Buffer.from(word)];
}

function pieceOf(bytes: number[]): string | number[] {
  return bytes.every((byte) => byte < 0x80) ? Buffer.from(bytes).toString() : bytes;
}
