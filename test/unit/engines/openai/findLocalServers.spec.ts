import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { findLocalServers, USUAL_PORTS, type LocalServer } from '../../../../src/engines/openai/findLocalServers.ts';
import { startLlamaHttpServer, type FaceName } from '../../../support/llamaHttpServer.ts';
import { llamaHttpSetup } from '../../../support/llamaHttpSetup.ts';
import { lmStudioServer } from '../../../support/lmStudioServer.ts';
import { fakeModelServer, fakeServer, sendJson, type FakeServer } from './fakeServers.ts';

const PATIENT_MS = 5000;

function portOf({ baseUrl }: { readonly baseUrl: string }): number {
  return Number(new URL(baseUrl).port);
}

/** What is found on the ports of these servers. Other tests keep the machine busy, so they have some time to answer. */
function find(
  servers: readonly { readonly baseUrl: string }[],
  timeoutMs = PATIENT_MS,
): Promise<readonly LocalServer[]> {
  return findLocalServers({ ports: servers.map(portOf), timeoutMs });
}

describe('findLocalServers', () => {
  const setup = llamaHttpSetup({ hasStart: false });

  it.each<[FaceName, RegExp]>([
    ['llama-server', /^b\d+/],
    ['ollama', /^\d+\.\d+\.\d+$/],
    ['vllm', /^\d+\.\d+/],
    ['sglang', /^\d+\.\d+/],
  ])('finds %s, its version and its model, and sends no text and no key', async (face, version) => {
    await using server = await startLlamaHttpServer(setup().model, face);
    expect(await find([server])).toEqual([
      {
        baseUrl: server.baseUrl,
        identity: { kind: face, version: expect.stringMatching(version) as string },
        models: [expect.stringMatching(/random/) as string],
      },
    ]);
    expect(server.requests.map(({ body }) => body)).toEqual(server.requests.map(() => ({})));
  });

  it('finds LM Studio, which answers every route with something', async () => {
    await using server = await lmStudioServer();
    expect(await find([server])).toMatchObject([{ identity: { kind: 'lm-studio', version: null } }]);
    expect(server.requests.every(({ method, headers }) => method === 'GET' && !('authorization' in headers))).toBe(
      true,
    );
  });

  it('finds Ollama before it has a model', async () => {
    await using server = await fakeServer(({ url }, response) => {
      if (url === '/v1/models') sendJson(response, { object: 'list', data: null });
      else if (url === '/api/version') sendJson(response, { version: '0.13.5' });
      else response.writeHead(404).end('404 page not found');
    });
    expect(await find([server])).toEqual([
      { baseUrl: server.baseUrl, identity: { kind: 'ollama', version: '0.13.5' }, models: [] },
    ]);
  });

  it('keeps the order of the ports, and names each server once', async () => {
    await using one = await fakeModelServer();
    await using two = await lmStudioServer();
    expect((await find([two, one])).map(portOf)).toEqual([portOf(two), portOf(one)]);
  });

  it('finds none where nothing listens', async () => {
    const gone = await fakeModelServer();
    await gone[Symbol.asyncDispose]();
    expect(await find([gone])).toEqual([]);
  });

  it.each<[string, Parameters<typeof fakeServer>[0]]>([
    ['a page for every address', (_, response) => response.writeHead(200).end('<!doctype html><p>hello</p>')],
    [
      'an object for every address',
      (_, response) => {
        sendJson(response, { ok: true });
      },
    ],
    [
      'not found',
      (_, response) => {
        sendJson(response, {}, 404);
      },
    ],
    ['a way to elsewhere', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
    ['garbage', (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('\u0000{{]')],
    [
      'a body without end',
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.on('error', () => undefined);
        const timer = setInterval(() => response.write('[1,'.repeat(50_000)), 1);
        response.on('close', () => {
          clearInterval(timer);
        });
      },
    ],
  ])('passes over what answers with %s', async (_, answer) => {
    await using server = await fakeServer(answer);
    expect(await find([server])).toEqual([]);
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('asks a stranger for nothing but the list of its models', async () => {
    await using server = await fakeServer((_, response) => {
      sendJson(response, {}, 404);
    });
    await find([server]);
    expect(server.requests.map(({ url }) => url)).toEqual(['/v1/models']);
  });

  it('passes over what speaks no HTTP', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await findLocalServers({ ports: [port], timeoutMs: PATIENT_MS })).toEqual([]);
    server.close();
  });

  it('does not wait for one that hangs, nor lets it hide the others', async () => {
    await using hanging = await fakeServer(() => undefined);
    await using dripping = await fakeServer((_, response) => {
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => {
        clearInterval(timer);
      });
    });
    await using server = await fakeModelServer();
    const began = performance.now();
    expect((await find([hanging, server, dripping], 1000)).map(portOf)).toEqual([portOf(server)]);
    expect(performance.now() - began).toBeLessThan(4000);
  });

  it('finds one that lists its models and hangs when asked what it is', async () => {
    await using server = await fakeServer(({ url }, response) => {
      if (url === '/v1/models') sendJson(response, { data: [{ id: 'tiny' }] });
    });
    expect(await find([server], 1000)).toEqual([
      { baseUrl: server.baseUrl, identity: { kind: 'unknown', version: null }, models: ['tiny'] },
    ]);
  });

  it('does not take a moment in which this thread was busy for silence', async () => {
    await using server = await fakeModelServer();
    const finding = find([server], 400);
    setTimeout(() => {
      for (const until = performance.now() + 1000; performance.now() < until;);
    });
    expect((await finding).map(portOf)).toEqual([portOf(server)]);
  });

  it('rejects with the reason of the signal', async () => {
    await using hanging = await fakeServer(() => undefined);
    const controller = new AbortController();
    const finding = findLocalServers({ ports: [portOf(hanging)], timeoutMs: PATIENT_MS }, controller.signal);
    setTimeout(() => {
      controller.abort('enough');
    }, 50);
    await expect(finding).rejects.toBe('enough');
  });

  it('gives no key of the environment to a server that nobody named', async () => {
    await using server: FakeServer = await fakeModelServer();
    process.env.CANDOR_API_KEY = 'a key';
    try {
      await find([server]);
    } finally {
      delete process.env.CANDOR_API_KEY;
    }
    expect(server.requests.length).toBeGreaterThan(0);
    expect(server.requests.every(({ headers }) => !('authorization' in headers))).toBe(true);
  });

  it('looks on few ports, each once', () => {
    const ports = USUAL_PORTS.map(({ port }) => port);
    expect(new Set(ports).size).toBe(ports.length);
    expect(ports.length).toBeLessThan(10);
  });
});
