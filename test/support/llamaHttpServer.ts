import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { llamaServerFace } from './llamaHttpLlamaServer.ts';
import type { LlamaHttpModel } from './llamaHttpModel.ts';
import { ollamaFace } from './llamaHttpOllama.ts';
import { json, type Body, type Face } from './llamaHttpReply.ts';
import { sglangFace } from './llamaHttpSglang.ts';
import { vllmFace } from './llamaHttpVllm.ts';

export const FACES: Readonly<Record<FaceName, (model: LlamaHttpModel, addsStart: boolean) => Face>> = {
  'llama-server': llamaServerFace,
  vllm: vllmFace,
  sglang: sglangFace,
  ollama: ollamaFace,
};

export type FaceName = 'llama-server' | 'vllm' | 'sglang' | 'ollama';

/** A request, and the reply to it. */
export interface Exchange {
  readonly route: string;
  readonly body: Body;
  readonly status: number;
  readonly type: string;
  readonly reply: string;
}

export interface LlamaHttpServer extends AsyncDisposable {
  readonly rootUrl: string;
  /** Where the OpenAI routes are. */
  readonly baseUrl: string;
  /** What it answered, as it went over the wire, in the order in which the answers ended. */
  readonly exchanges: Exchange[];
  /** What it was asked, in order. */
  readonly requests: { readonly route: string; readonly body: Body }[];
  /** How many clients left before their reply was whole. */
  readonly abandoned: () => number;
}

/**
 * A real model behind the protocol of one kind of server, on this machine. What it adds to the model is the spelling, so
 * a client that misreads a format gets other numbers than the model gave.
 *
 * @param options.addsStart whether a text's tokens begin with the model's start token, as its tokenizer's settings say
 * @param options.writes what it writes, whatever it is asked; absent: what the model chooses
 */
export async function startLlamaHttpServer(
  model: LlamaHttpModel,
  face: FaceName,
  { addsStart = false, writes }: { readonly addsStart?: boolean; readonly writes?: string } = {},
): Promise<LlamaHttpServer> {
  const answer = FACES[face](writes === undefined ? model : { ...model, script: model.tokenize(writes) }, addsStart);
  const requests: LlamaHttpServer['requests'] = [];
  const exchanges: Exchange[] = [];
  let abandoned = 0;

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.on('close', () => {
      if (response.writableFinished) return;
      abandoned += 1;
      gone.abort();
    });
    try {
      const pieces: Buffer[] = [];
      for await (const piece of incoming) pieces.push(piece as Buffer);
      const text = Buffer.concat(pieces).toString();
      const body = (text === '' ? {} : JSON.parse(text)) as Body;
      const route = incoming.url ?? '';
      requests.push({ route, body });
      const reply = await answer({ route, body, signal: gone.signal });
      response.writeHead(reply.status, { 'content-type': reply.type });
      const sent: string[] = [];
      for await (const piece of reply.pieces) {
        sent.push(piece);
        response.write(piece);
      }
      exchanges.push({ route, body, status: reply.status, type: reply.type, reply: sent.join('') });
      response.end();
    } catch (error) {
      if (gone.signal.aborted) return;
      if (response.headersSent) response.destroy();
      else await send(response, error);
    }
  }

  const server = createServer((incoming, response) => void serve(incoming, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const rootUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    rootUrl,
    baseUrl: `${rootUrl}/v1`,
    exchanges,
    requests,
    abandoned: () => abandoned,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function send(response: ServerResponse, error: unknown): Promise<void> {
  const reply = json({ error: { message: error instanceof Error ? error.message : 'it broke down' } }, 500);
  response.writeHead(reply.status, { 'content-type': reply.type });
  for await (const piece of reply.pieces) response.write(piece);
  response.end();
}
