import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { newSecret } from '../../src/capture/recorder/newSecret.ts';
import { startRecorder, type Recorder, type RecorderOptions } from '../../src/capture/recorder/startRecorder.ts';
import type { RecordedGeneration } from '../../src/capture/recordedGeneration.ts';

export interface UpstreamRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The body as JSON; undefined for what is none. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
}

export interface ScriptedUpstream extends AsyncDisposable {
  readonly rootUrl: string;
  readonly requests: UpstreamRequest[];
  /** How many clients left before their reply was whole. */
  readonly abandoned: () => number;
}

/** A server on this machine that answers as told. */
export async function scriptedUpstream(
  answer: (request: UpstreamRequest, response: ServerResponse) => void | Promise<void>,
): Promise<ScriptedUpstream> {
  const requests: UpstreamRequest[] = [];
  let abandoned = 0;
  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.once('close', () => {
      if (!response.writableFinished) abandoned++;
    });
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces);
    const { method = '', url = '', headers } = incoming;
    const request = { method, url, headers, body, json: parsed(body.toString()) };
    requests.push(request);
    await answer(request, response);
  };
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    rootUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    abandoned: () => abandoned,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface TestRecorder extends AsyncDisposable {
  readonly recorder: Recorder;
  readonly address: string;
  readonly port: number;
  readonly secret: string;
  readonly generations: RecordedGeneration[];
  readonly problems: { readonly route: string; readonly status: number }[];
}

/** A recorder before a server, on a free port. */
export async function recorderBefore(upstream: string, options: Partial<RecorderOptions> = {}): Promise<TestRecorder> {
  const secret = newSecret();
  const generations: RecordedGeneration[] = [];
  const problems: TestRecorder['problems'] = [];
  const recorder = await startRecorder({
    upstream,
    port: 0,
    secret,
    onGeneration: (generation) => generations.push(generation),
    onProblem: (problem) => problems.push(problem),
    ...options,
  });
  return {
    recorder,
    address: recorder.address,
    port: Number(new URL(recorder.address).port),
    secret,
    generations,
    problems,
    [Symbol.asyncDispose]: () => recorder.close(),
  };
}

/** Sends bytes as they are, and gives all that comes back until the other side closes. */
export async function sendRaw(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(text);
  const pieces: Buffer[] = [];
  socket.on('data', (piece) => pieces.push(piece));
  await once(socket, 'close');
  return Buffer.concat(pieces).toString();
}

/** Posts JSON, and gives the whole reply. */
export async function post(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly text: string; readonly headers: Headers }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    redirect: 'manual',
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** Waits until something is so, at most two seconds. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries === 400) throw new Error('it did not become so');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
