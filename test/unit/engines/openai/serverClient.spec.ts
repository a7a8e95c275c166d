import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { createServerClient } from '../../../../src/engines/openai/serverClient.ts';
import { fakeServer, sendJson } from './fakeServers.ts';

const KEY = 'sk-very-secret';

async function failureOf(promise: Promise<unknown>): Promise<CandorError> {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(CandorError);
  return error as CandorError;
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('createServerClient', () => {
  it('sends JSON below the base URL and below the root, with the key and no header of the environment', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-of-the-environment');
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'x-custom: 1');
    await using server = await fakeServer((request, response) => {
      sendJson(response, { echoed: request.body });
    });
    const client = createServerClient({ baseUrl: `${server.baseUrl}/`, apiKey: KEY });
    expect(await client.post('completions', { a: 1 })).toEqual({ echoed: { a: 1 } });
    await client.post('/completion', {});
    await createServerClient({ baseUrl: server.baseUrl }).get('models');
    const seen = server.requests.map(({ method, url, headers }) => [method, url, headers.authorization]);
    expect(seen).toEqual([
      ['POST', '/v1/completions', `Bearer ${KEY}`],
      ['POST', '/completion', `Bearer ${KEY}`],
      ['GET', '/v1/models', undefined],
    ]);
    const names = Object.keys(server.requests[0]!.headers);
    expect(names.filter((name) => name.startsWith('x-'))).toEqual([]);
  });

  it.each([
    [401, 'engine-failed'],
    [403, 'engine-failed'],
    [404, 'not-found'],
    [400, 'unsupported'],
    [422, 'unsupported'],
    [429, 'engine-failed'],
    [500, 'engine-failed'],
    [302, 'engine-failed'],
  ])('tells what to do at %i, and echoes nothing', async (status, reason) => {
    await using server = await fakeServer((_, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:9/', 'retry-after-ms': '1' });
      response.end(`{"error":{"message":"bad key ${KEY} for prompt PRIVATE"}}`);
    });
    const client = createServerClient({ baseUrl: server.baseUrl, apiKey: KEY, maxRetries: 1 });
    const error = await failureOf(client.post('completions', { prompt: 'PRIVATE' }));
    expect(error.reason).toBe(reason);
    expect(error.message).toContain(`(${status})`);
    expect(error.cause).toBeUndefined();
    expect(`${error.message}${String(error.stack)}`).not.toMatch(/PRIVATE|secret/);
    // Twice as many tries where the server says itself that it is too busy.
    expect(server.requests).toHaveLength(status === 429 ? 3 : status === 500 ? 2 : 1);
  });

  it('waits as Retry-After says and tries again', async () => {
    let calls = 0;
    await using server = await fakeServer((_, response) => {
      calls += 1;
      if (calls < 3) response.writeHead(429, { 'retry-after': '0' }).end();
      else sendJson(response, { ok: true });
    });
    expect(await createServerClient({ baseUrl: server.baseUrl }).post('x', {})).toEqual({ ok: true });
  });

  it.each(['1e9', '59', '99999999999999999999', 'Fri, 31 Dec 9999 23:59:59 GMT', '-1', 'soon'])(
    'waits no longer than its patience after Retry-After: %s',
    async (after) => {
      await using server = await fakeServer((_, response) => {
        response.writeHead(429, { 'retry-after': after }).end();
      });
      const start = performance.now();
      const options = { baseUrl: server.baseUrl, patienceMs: 200, maxRetries: 9 };
      expect((await failureOf(createServerClient(options).post('x', {}))).reason).toBe('engine-failed');
      expect(performance.now() - start).toBeLessThan(1000);
      expect(server.requests.length).toBeLessThan(4);
    },
  );

  it('asks again what broke, never came, or was cut, and says how often it did in vain', async () => {
    const faults: ((response: Writes) => unknown)[] = [
      (response) => response.writeHead(502).end(),
      () => undefined,
      (response) => (response.writeHead(200, { 'content-length': '99' }).write('{"a":'), response.destroy()),
      (response) => response.destroy(),
    ];
    let calls = 0;
    await using server = await fakeServer((_, response) => {
      const fault = faults[calls++];
      if (fault === undefined) sendJson(response, 'at last');
      else fault(response);
    });
    const options = { baseUrl: server.baseUrl, timeoutMs: 100 };
    expect(await createServerClient(options).post('x', {})).toBe('at last');
    calls = 0;
    const error = await failureOf(createServerClient({ ...options, maxRetries: 1 }).post('x', {}));
    expect(error.message).toContain('did not answer in time, asked 2 times');
  });

  it('has all calls to a server wait when it refuses one, whoever makes them', async () => {
    let answeredAtMs = 0;
    await using server = await fakeServer(({ url }, response) => {
      if (url === '/v1/first' && answeredAtMs === 0) {
        answeredAtMs = performance.now();
        response.writeHead(429, { 'retry-after-ms': '400' }).end();
      } else sendJson(response, performance.now() - answeredAtMs);
    });
    const [one, other] = [server, server].map(({ baseUrl }) => createServerClient({ baseUrl }));
    const first = one!.post('first', {});
    while (answeredAtMs === 0) await sleep(1);
    // The refusal has to come before another call is made.
    await sleep(50);
    expect(await other!.post('second', {})).toBeGreaterThan(390);
    expect(await first).toBeGreaterThan(390);
  });

  it('does not wait for what is longer than its patience, and tells how long the server wants to be left alone', async () => {
    await using server = await fakeServer((_, response) => {
      response.writeHead(429, { 'retry-after': '3300' }).end();
    });
    const error = await failureOf(createServerClient({ baseUrl: server.baseUrl }).post('x', {}));
    expect(error.message).toContain('wants to be left alone for 55 min');
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['is slow to begin', () => undefined, 'in time'],
    ['is slow to end', (r: Writes) => r.writeHead(200).write('{"a":'), 'in time'],
    [
      'is cut',
      (r: Writes) => (r.writeHead(200, { 'content-length': '99' }).write('{"a":'), r.destroy()),
      'cut off|reached',
    ],
    ['is no JSON', (r: Writes) => r.end('<html>'), 'no JSON'],
    ['is empty', (r: Writes) => r.end(), 'no JSON'],
    ['is huge', (r: Writes) => r.end(`"${'a'.repeat(20_000)}"`), 'too long'],
  ])('fails with a sentence when the answer %s', async (_, answer: (r: Writes) => unknown, sentence) => {
    await using server = await fakeServer((_, response) => {
      answer(response);
    });
    const options = { baseUrl: server.baseUrl, timeoutMs: 300, maxReplyBytes: 10_000, maxRetries: 0 };
    const error = await failureOf(createServerClient(options).post('x', {}));
    expect(error.reason).toBe('engine-failed');
    expect(error.message).toMatch(new RegExp(sentence));
  });

  it('says that nobody answers', async () => {
    const client = createServerClient({ baseUrl: 'http://127.0.0.1:1/v1', maxRetries: 0 });
    expect((await failureOf(client.post('x', {}))).message).toContain('cannot be reached');
  });

  it('rejects with the reason of the signal, also while it waits', async () => {
    await using server = await fakeServer(() => undefined);
    const client = createServerClient({ baseUrl: server.baseUrl, concurrency: 1 });
    const first = new AbortController();
    const second = new AbortController();
    const settled = Promise.allSettled([client.post('x', {}, first.signal), client.post('x', {}, second.signal)]);
    second.abort('second');
    await sleep(20);
    first.abort('first');
    expect((await settled).map((result) => result.status === 'rejected' && (result.reason as unknown))).toEqual([
      'first',
      'second',
    ]);
  });

  it('ends what is under way when it is closed, and starts again', async () => {
    await using server = await fakeServer(({ url }, response) => {
      if (url === '/v1/quick') sendJson(response, 1);
    });
    const client = createServerClient({ baseUrl: server.baseUrl });
    const failure = failureOf(client.post('x', {}));
    await sleep(20);
    client.close();
    expect((await failure).message).toContain('closed');
    expect(await client.post('quick', {})).toBe(1);
  });

  it('runs no more at once than allowed, all clients of a server together', async () => {
    let running = 0;
    let most = 0;
    await using server = await fakeServer((_, response) => {
      most = Math.max(most, ++running);
      setTimeout(() => {
        running -= 1;
        sendJson(response, null);
      }, 10);
    });
    const client = createServerClient({ baseUrl: server.baseUrl, concurrency: 2 });
    const other = createServerClient({ baseUrl: server.baseUrl });
    await Promise.all(Array.from({ length: 7 }, (_, at) => (at % 2 === 0 ? client : other).post('x', {})));
    expect(most).toBe(2);
  });

  it.each(['', 'localhost:80', 'ftp://a/', 'http://user:pass@a/', 'http://a/v1?key=1'])('refuses %s', (baseUrl) => {
    expect(() => createServerClient({ baseUrl })).toThrow(CandorError);
  });
});

interface Writes {
  writeHead(status: number, headers?: Record<string, string>): Writes;
  write(text: string): boolean;
  end(text?: string): unknown;
  destroy(): unknown;
}
