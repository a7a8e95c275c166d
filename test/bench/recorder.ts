/**
 * What the recorder costs between a client and its server, all three in processes of their own: the time to the first byte of a
 * stream, direct and through, in turns; then 200 streams at once for a minute, with the events that were lost and what the
 * recorder's memory grew by.
 *
 *     node test/bench/recorder.ts [SECONDS [STREAMS]]
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { newSecret } from '../../src/capture/recorder/newSecret.ts';
import { startRecorder, type RecorderCounts } from '../../src/capture/recorder/startRecorder.ts';
import { quantile } from '../../src/core/metrics/quantile.ts';

/** As fast as a person reads code that streams in, and faster than most models write. */
const EVENT_MS = 50;
const EVENTS = 100;
const PAIRS = 500;
const WARM_UP = 50;

interface Memory {
  readonly heapBytes: number;
  readonly rssBytes: number;
  readonly counts: RecorderCounts;
}

switch (process.argv[2]) {
  case 'upstream':
    await beUpstream();
    break;
  case 'recorder':
    await beRecorder(process.argv[3] ?? '');
    break;
  default:
    await measure(Number(process.argv[2] ?? 60), Number(process.argv[3] ?? 200));
}

async function measure(seconds: number, streams: number): Promise<void> {
  const upstream = childAs('upstream');
  const direct = await messageOf<string>(upstream);
  const recorder = childAs('recorder', direct);
  const through = await messageOf<string>(recorder);
  await measureFirstBytes(direct, through);
  await measureStreams(through, recorder, seconds, streams);
  upstream.disconnect();
  recorder.disconnect();
}

async function measureFirstBytes(direct: string, through: string): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const took: Record<'direct' | 'through', number[]> = { direct: [], through: [] };
  for (let pair = 0; pair < PAIRS + WARM_UP; pair++) {
    const order = [['direct', direct] as const, ['through', through] as const];
    for (const [name, address] of pair % 2 === 0 ? order : order.reverse()) {
      const startedMs = performance.now();
      const reply = await ask(address, 1, agent);
      await once(reply, 'readable');
      const tookMs = performance.now() - startedMs;
      reply.resume();
      await once(reply, 'end');
      if (pair >= WARM_UP) took[name].push(tookMs);
    }
  }
  agent.destroy();
  const added = took.through.map((tookMs, at) => tookMs - (took.direct[at] ?? 0));
  console.log(`time to the first byte of a stream, ms, of ${PAIRS} pairs`.padEnd(52) + '    median       p95');
  for (const [name, values] of Object.entries({ ...took, added })) {
    const cells = [0.5, 0.95].map((share) => (quantile(values, share) ?? Number.NaN).toFixed(2).padStart(10));
    console.log(name.padEnd(52) + cells.join(''));
  }
}

async function measureStreams(
  address: string,
  recorder: ChildProcess,
  seconds: number,
  streams: number,
): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const endMs = performance.now() + seconds * 1000;
  const tally = { streams: 0, events: 0, lost: 0, broken: 0, changed: 0 };
  const lagsMs: number[] = [];

  async function stream(at: number): Promise<void> {
    await wait((at / streams) * EVENTS * EVENT_MS);
    while (performance.now() < endMs) {
      let text = '';
      try {
        const reply = await ask(address, EVENTS, agent);
        reply.setEncoding('utf8');
        for await (const piece of reply as AsyncIterable<string>) {
          text += piece;
          for (const [, sentMs] of piece.matchAll(/"created":(\d+)/g)) lagsMs.push(Date.now() - Number(sentMs));
        }
      } catch {
        tally.broken++;
      }
      const events = text.match(/^data: \{/gm)?.length ?? 0;
      const inOrder = [...text.matchAll(/"content":"item(\d+) /g)].every(([, item], index) => Number(item) === index);
      tally.streams++;
      tally.events += events;
      tally.lost += EVENTS - events;
      if (!inOrder || !text.endsWith('data: [DONE]\n\n') || text.includes('top_logprobs')) tally.changed++;
    }
  }

  const all = Promise.all(Array.from({ length: streams }, (_, at) => stream(at)));
  const memories: Memory[] = [];
  for (const share of [1 / 3, 2 / 3, 1]) {
    await wait(Math.max(0, endMs - performance.now() - (1 - share) * seconds * 1000));
    memories.push(await memoryOf(recorder));
  }
  await all;
  agent.destroy();
  const { counts } = await memoryOf(recorder);
  console.log(`\n${streams} streams at once for ${seconds} s, an event each ${EVENT_MS} ms`);
  for (const [name, value] of Object.entries(tally)) console.log(name.padEnd(52) + String(value).padStart(10));
  console.log('generations recorded with their tokens'.padEnd(52) + String(counts.recorded).padStart(10));
  for (const [name, share] of [
    ['median', 0.5],
    ['p95', 0.95],
  ] as const) {
    console.log(`from server to client, ms, ${name}`.padEnd(52) + String(quantile(lagsMs, share)).padStart(10));
  }
  for (const [at, memory] of memories.entries()) {
    console.log(
      `MB after ${at + 1}/3 of the time: heap, resident`.padEnd(52) +
        megabytes(memory.heapBytes) +
        megabytes(memory.rssBytes),
    );
  }
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1).padStart(10);
}

async function ask(address: string, events: number, agent: Agent): Promise<IncomingMessage> {
  const asking = request(`${address}/chat/completions`, {
    method: 'POST',
    agent,
    headers: { 'content-type': 'application/json' },
  });
  const messages = [{ role: 'user', content: 'x'.repeat(8000) }];
  asking.end(JSON.stringify({ model: 'm', stream: true, max_tokens: events, messages }));
  const [reply] = (await once(asking, 'response')) as [IncomingMessage];
  return reply;
}

/** A server that streams as OpenAI's does, with five alternatives of each token where they are asked for. */
async function beUpstream(): Promise<void> {
  const server = createServer((incoming, response) => void serve(incoming, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.on('disconnect', () => process.exit());
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  let text = '';
  for await (const piece of incoming.setEncoding('utf8') as AsyncIterable<string>) text += piece;
  const { max_tokens, logprobs } = JSON.parse(text) as { readonly max_tokens: number; readonly logprobs?: boolean };
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let item = 0; item < max_tokens; item++) {
    const content = `item${item} = call(${item});\n`;
    const row = { token: content, logprob: -0.5, bytes: [...Buffer.from(content)] };
    const rows = { content: [{ ...row, top_logprobs: Array.from({ length: 5 }, () => row) }], refusal: null };
    const choice = { index: 0, delta: { content }, logprobs: logprobs === true ? rows : null, finish_reason: null };
    response.write(`data: ${JSON.stringify({ id: 'c', created: Date.now(), model: 'm', choices: [choice] })}\n\n`);
    if (item < max_tokens - 1) await wait(EVENT_MS);
  }
  response.end('data: [DONE]\n\n');
}

async function beRecorder(upstream: string): Promise<void> {
  const recorder = await startRecorder({ upstream, port: 0, secret: newSecret(), onGeneration: () => undefined });
  process.on('message', () => {
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    process.send?.({ heapBytes: heapUsed, rssBytes: rss, counts: recorder.counts } satisfies Memory);
  });
  process.on('disconnect', () => process.exit());
  process.send?.(recorder.address);
}

function childAs(...args: readonly string[]): ChildProcess {
  return fork(fileURLToPath(import.meta.url), args, { execArgv: ['--expose-gc'] });
}

function memoryOf(recorder: ChildProcess): Promise<Memory> {
  const answer = messageOf<Memory>(recorder);
  recorder.send('memory');
  return answer;
}

async function messageOf<Message>(child: ChildProcess): Promise<Message> {
  const [message] = (await once(child, 'message')) as [Message];
  return message;
}
