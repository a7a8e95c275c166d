import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { ScoredText } from '../../../../src/core/scoredText.ts';
import { OpenaiEngine } from '../../../../src/engines/openai/openaiEngine.ts';
import { probedServer } from '../../../../src/engines/openai/probedServer.ts';
import {
  FILLING_WAYS,
  SCORING_WAYS,
  WRITING_WAYS,
  type ServerAbilities,
} from '../../../../src/engines/openai/serverAbilities.ts';
import { createServerClient, type ServerClient } from '../../../../src/engines/openai/serverClient.ts';
import { randomOf, replyHostilely, type Random } from './hostileReplies.ts';

const REPLIES = 10_000;
const AT_ONCE = 24;
/** Of a request, or of the wait for the next event of a stream. Much less, and a busy machine answers nothing in time. */
const TIMEOUT_MS = 250;
/** What a busy machine may add to a deadline. */
const SLACK_MS = 4000;
const KEY = 'sk-hostile-secret';
const TEXTS = ['a', 'const café = "☕";\n', 'x = 1\n'.repeat(20), '\ud800 half', '', 'line of code();\n'.repeat(400)];

/** How often each worker was answered; the generator of a reply is seeded by the worker and that number. */
const answered = Array.from({ length: AT_ONCE }, () => 0);
let replies = 0;
let trapped = 0;

/** A server for each worker, for one that refuses and stalls is asked ever less by all that ask it. */
const servers = answered.map((_, worker) =>
  createServer((incoming, response) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('error', () => undefined);
    response.on('error', () => undefined);
    incoming.on('end', () => {
      if (incoming.url === '/trap') trapped += 1;
      const nth = (answered[worker] ?? 0) + 1;
      answered[worker] = nth;
      replies += 1;
      const text = Buffer.concat(pieces).toString();
      const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
      const authorization = incoming.headers.authorization ?? '';
      replyHostilely(randomOf(worker * 100_003 + nth), { body, authorization }, response);
    });
  }),
);

beforeAll(async () => {
  for (const server of servers) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

function abilitiesOf(random: Random): ServerAbilities {
  return {
    model: 'm',
    generation: random.pick(WRITING_WAYS),
    distribution: random.pick(['raw', 'scaled', 'unknown']),
    vocabulary: { kind: 'full' },
    maxTopK: random.below(6),
    promptScoring: random.pick([...SCORING_WAYS, 'forced-grammar']),
    fillInTheMiddle: random.pick(FILLING_WAYS),
  };
}

async function ask(random: Random, client: ServerClient): Promise<unknown> {
  const engine = new OpenaiEngine(client, abilitiesOf(random));
  const suffix = random.pick([{}, { suffix: 'end' }]);
  const writing = { prefix: 'a = ', path: 'a.ts', maxTokens: 8, topK: random.below(4), ...suffix };
  return random.pick<() => Promise<unknown>>([
    () => engine.generate(writing),
    async () => {
      const heard: string[] = [];
      const scored = await engine.generate({ ...writing, onText: (text) => heard.push(text) });
      expect(heard.join('')).toBe(scored.text);
      return scored;
    },
    async () => {
      const text = random.pick(TEXTS);
      const scored = await engine.score({ text, path: 'a.ts', detail: { topK: 2, ranges: [{ start: 0, end: 5 }] } });
      expect(scored.text).toBe(text);
      return scored;
    },
    ...(random.below(3) === 0 ? [() => probedServer(client, 'm', null)] : []),
  ])();
}

function expectScored(value: unknown): void {
  if (!(value instanceof ScoredText)) {
    expect(value).toHaveProperty('abilities.model', 'm');
    return;
  }
  expect([...value.tokens()].map(({ text }) => text).join('')).toBe(value.text);
  expect(value.measures.logprobsNats.every((nats) => Number.isNaN(nats) || (nats <= 0 && nats >= -1e6))).toBe(true);
}

const outcomes = { scored: 0, failed: 0 };

async function runCase(worker: number, random: Random, client: ServerClient): Promise<void> {
  const before = answered[worker]!;
  const start = performance.now();
  try {
    expectScored(await ask(random, client));
    outcomes.scored += 1;
  } catch (error) {
    if (!(error instanceof CandorError)) throw error;
    outcomes.failed += 1;
    expect(`${error.message}\n${String(error.stack)}\n${String(error.cause)}`).not.toContain(KEY);
    expect(error.cause).toBeUndefined();
  }
  // No stream that is sent here has more than a few events, and each may take its time.
  const waits = 10 * Math.max(1, answered[worker]! - before);
  expect(performance.now() - start).toBeLessThan(waits * TIMEOUT_MS + SLACK_MS);
}

it(
  'ends every call in a result or in an error of ours, whatever the server answers',
  { timeout: 240_000 },
  async () => {
    const work = async (worker: number): Promise<void> => {
      const options = { apiKey: KEY, timeoutMs: TIMEOUT_MS, maxReplyBytes: 64 * 1024, maxRetries: 1, patienceMs: 0 };
      const { port } = servers[worker]!.address() as AddressInfo;
      const client = createServerClient({ baseUrl: `http://127.0.0.1:${port}/v1`, ...options });
      const random = randomOf(worker);
      while (replies < REPLIES) await runCase(worker, random, client);
    };
    await Promise.all(answered.map((_, worker) => work(worker)));
    expect(trapped).toBe(0);
    // Neither way alone would show much.
    expect(outcomes.scored).toBeGreaterThan(100);
    expect(outcomes.failed).toBeGreaterThan(100);
  },
);
