import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { post, recorderBefore, scriptedUpstream, until } from '../../../support/recorderHarness.ts';

const rowOf = (token: string) => ({
  token,
  logprob: -0.5,
  bytes: [...Buffer.from(token)],
  top_logprobs: [{ token, logprob: -0.5 }],
});

function chatOf(content: string, asks: boolean): string {
  const logprobs = asks ? { content: [rowOf(content)] } : null;
  const choice = { index: 0, message: { role: 'assistant', content }, logprobs, finish_reason: 'stop' };
  return JSON.stringify({ id: 'c', model: 'tiny', choices: [choice] });
}

function chunkOf(content: string, asks: boolean): string {
  const logprobs = asks ? { content: [rowOf(content)] } : null;
  return `data: ${JSON.stringify({ model: 'tiny', choices: [{ index: 0, delta: { content }, logprobs, finish_reason: null }] })}\n\n`;
}

const CODE = 'const total = sum(items);';
const JSON_TYPE = { 'content-type': 'application/json' };
const EVENTS_TYPE = { 'content-type': 'text/event-stream' };

describe('what passes', () => {
  it('methods, paths, queries, bodies and headers; keys reach the upstream', async () => {
    await using server = await scriptedUpstream(({ body }, response) => {
      response.writeHead(201, 'Made', { 'x-of-server': 'yes', 'set-cookie': ['a=1', 'b=2'] }).end(body);
    });
    await using between = await recorderBefore(`${server.rootUrl}/base`);
    const headers = { authorization: 'Bearer key-1', 'x-api-key': 'key-2', 'x-of-client': 'yes', te: 'trailers' };
    const response = await fetch(`${between.address}/files?x=%20y`, { method: 'PUT', headers, body: 'bytes \0 here' });
    expect(response.status).toBe(201);
    expect(response.statusText).toBe('Made');
    expect(response.headers.get('x-of-server')).toBe('yes');
    expect(response.headers.getSetCookie()).toStrictEqual(['a=1', 'b=2']);
    expect(await response.text()).toBe('bytes \0 here');
    expect(server.requests).toMatchObject([
      {
        method: 'PUT',
        url: '/base/files?x=%20y',
        headers: {
          authorization: 'Bearer key-1',
          'x-api-key': 'key-2',
          'x-of-client': 'yes',
          host: new URL(server.rootUrl).host,
        },
      },
    ]);
    expect(server.requests[0]?.headers.te).toBeUndefined();
    expect(between.generations).toHaveLength(0);
  });

  it('a body in pieces, and one with a length', async () => {
    await using server = await scriptedUpstream(({ body }, response) => void response.end(String(body.length)));
    await using between = await recorderBefore(server.rootUrl);
    for (const method of ['POST', 'DELETE']) {
      const request = httpRequest(`${between.address}/upload`, { method, headers: { 'transfer-encoding': 'chunked' } });
      request.write('a'.repeat(1000));
      request.end('b');
      const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
      response.resume();
      await once(response, 'end');
    }
    expect(server.requests.map(({ body }) => body.length)).toStrictEqual([1001, 1001]);
  });

  it('what is no JSON, as it comes', async () => {
    const audio = Buffer.from(Array.from({ length: 5000 }, (_, at) => at % 256));
    await using server = await scriptedUpstream((_, response) => {
      response.writeHead(200, { 'content-type': 'audio/mpeg', 'content-encoding': 'odd' }).end(audio);
    });
    await using between = await recorderBefore(server.rootUrl);
    const reply = await new Promise<Buffer>((resolve) => {
      const request = httpRequest(`${between.address}/chat/completions`, { method: 'POST' }, (response) => {
        const pieces: Buffer[] = [];
        response
          .on('data', (piece: Buffer) => pieces.push(piece))
          .on('end', () => {
            resolve(Buffer.concat(pieces));
          });
      });
      request.end('{}');
    });
    expect(reply).toStrictEqual(audio);
  });

  it.each([
    ['no JSON', 'no json', 'application/json'],
    ['JSON that breaks off', '{"choices":[{"message"', 'application/json'],
    ['a number', '5', 'application/json'],
    ['nothing', '', 'application/json'],
    ['a list', '[[[[]]]]', 'application/json'],
    ['an odd choice', '{"choices":{"0":5},"logprobs":{}}', 'application/json'],
    ['bytes that are no UTF-8', '{"choices":[{"message":{"content":"\xff\xfe"}}]}', 'application/json'],
    ['an error among events', 'data: {"error":{"message":"no"}}\n\ndata: x\n\n: c\n\n', 'text/event-stream'],
    ['an event that breaks off', 'data: {"choices":[', 'text/event-stream'],
  ])('a reply that is malformed: %s', async (_, reply, type) => {
    const bytes = Buffer.from(reply, 'latin1');
    await using server = await scriptedUpstream((__, response) => {
      response.writeHead(200, { 'content-type': type }).end(bytes);
    });
    await using between = await recorderBefore(server.rootUrl);
    const response = await fetch(`${between.address}/chat/completions`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(200);
    expect(Buffer.from(await response.arrayBuffer())).toStrictEqual(bytes);
    expect(between.problems).toHaveLength(0);
  });

  it.each(['no json', '5', '[1]', '', '{"a":'])(
    'a request that is malformed, for the server to judge: %s',
    async (body) => {
      await using server = await scriptedUpstream(
        (_, response) => void response.writeHead(400, JSON_TYPE).end('{"error":{}}'),
      );
      await using between = await recorderBefore(server.rootUrl);
      expect(await post(`${between.address}/chat/completions`, body)).toMatchObject({
        status: 400,
        text: '{"error":{}}',
      });
      expect(server.requests.map((request) => request.body.toString())).toStrictEqual([body]);
    },
  );
});

describe('what does not pass', () => {
  it('the way to another place, and the door for pages', async () => {
    await using server = await scriptedUpstream((_, response) => {
      response
        .writeHead(307, {
          location: 'http://evil.example/v1',
          'alt-svc': 'h2="evil.example:443"',
          'access-control-allow-origin': '*',
        })
        .end('moved');
    });
    await using between = await recorderBefore(server.rootUrl);
    for (const path of ['/models', '/chat/completions']) {
      const { status, headers, text } = await post(`${between.address}${path}`, {});
      expect(status).toBe(307);
      expect(text).toBe('moved');
      for (const name of ['location', 'alt-svc', 'access-control-allow-origin']) expect(headers.get(name)).toBeNull();
    }
    expect(server.requests).toHaveLength(2);
  });

  it('headers of one connection', async () => {
    await using server = await scriptedUpstream((_, response) => void response.end());
    await using between = await recorderBefore(server.rootUrl);
    const headers = {
      connection: 'close, x-private',
      'x-private': '1',
      'proxy-authorization': 'Basic x',
      'x-public': '1',
    };
    const request = httpRequest(`${between.address}/models`, { headers });
    request.end();
    const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
    response.resume();
    const [sent] = server.requests;
    expect(sent?.headers['x-public']).toBe('1');
    expect(sent?.headers['x-private']).toBeUndefined();
    expect(sent?.headers['proxy-authorization']).toBeUndefined();
  });
});

describe('compressed replies', () => {
  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('are read although they were not asked for: %s', async (coding, compress) => {
    await using server = await scriptedUpstream(({ json, headers }, response) => {
      expect(headers['accept-encoding']).toBe('identity');
      const reply = chatOf(CODE, json?.logprobs === true);
      response.writeHead(200, { ...JSON_TYPE, 'content-encoding': coding }).end(compress(reply));
    });
    await using between = await recorderBefore(server.rootUrl);
    const { text, headers } = await post(`${between.address}/chat/completions`, {});
    expect(headers.get('content-encoding')).toBeNull();
    expect(text).toBe(chatOf(CODE, false));
    expect(between.generations[0]?.scored.text).toBe(CODE);
  });

  it('that unfold to too much end in an error', async () => {
    const bomb = gzipSync(Buffer.alloc(3_000_000, 32));
    await using server = await scriptedUpstream((_, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(bomb);
    });
    await using between = await recorderBefore(server.rootUrl, { limits: { mostDecodedBytes: 1_000_000 } });
    const { status, text } = await post(`${between.address}/chat/completions`, {});
    expect(status).toBe(502);
    expect(JSON.parse(text)).toMatchObject({ error: { type: 'candor_recorder' } });
    expect(between.problems).toStrictEqual([{ route: '/chat/completions', status: 502 }]);
  });

  it('that are damaged as well', async () => {
    await using server = await scriptedUpstream((_, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end('no gzip at all');
    });
    await using between = await recorderBefore(server.rootUrl);
    expect(await post(`${between.address}/chat/completions`, {})).toMatchObject({ status: 502 });
  });
});

describe('limits', () => {
  it('a request that is too large goes as it is, unrecorded', async () => {
    await using server = await scriptedUpstream(({ json }, response) => {
      response.writeHead(200, JSON_TYPE).end(chatOf(CODE, json?.logprobs === true));
    });
    await using between = await recorderBefore(server.rootUrl, { limits: { mostRequestBytes: 1000 } });
    const body = JSON.stringify({ messages: 'x'.repeat(200_000) });
    const { text } = await post(`${between.address}/chat/completions`, body);
    expect(text).toBe(chatOf(CODE, false));
    expect(server.requests[0]?.body.toString()).toBe(body);
    expect(between.generations).toHaveLength(0);
  });

  it('a reply that is too large passes, unrecorded', async () => {
    const reply = chatOf('x'.repeat(300_000), true);
    await using server = await scriptedUpstream((_, response) => void response.writeHead(200, JSON_TYPE).end(reply));
    await using between = await recorderBefore(server.rootUrl, { limits: { mostReplyBytes: 100_000 } });
    expect((await post(`${between.address}/chat/completions`, {})).text === reply).toBe(true);
    expect(between.generations).toHaveLength(0);
  });

  it('of a stream that is too long the beginning is recorded, and all of it is edited', async () => {
    await using server = await scriptedUpstream(({ json }, response) => {
      response.writeHead(200, EVENTS_TYPE);
      for (let at = 0; at < 200; at++) response.write(chunkOf(`line ${at};\n`, json?.logprobs === true));
      response.end('data: [DONE]\n\n');
    });
    await using between = await recorderBefore(server.rootUrl, { limits: { mostReplyBytes: 10_000 } });
    const { text } = await post(`${between.address}/chat/completions`, { stream: true });
    const whole = Array.from({ length: 200 }, (_, at) => chunkOf(`line ${at};\n`, false));
    expect(text).toBe(`${whole.join('')}data: [DONE]\n\n`);
    const recorded = between.generations[0]?.scored.text ?? '';
    expect(recorded.startsWith('line 0;\nline 1;\n')).toBe(true);
    expect(recorded.length).toBeLessThan(1500);
  });

  it('an event that is too long passes as it is, and the rest is recorded', async () => {
    const long = chunkOf('y'.repeat(50_000), true);
    await using server = await scriptedUpstream((_, response) => {
      response.writeHead(200, EVENTS_TYPE).end(`${chunkOf(CODE, true)}${long}${chunkOf(' // end', true)}`);
    });
    await using between = await recorderBefore(server.rootUrl, { limits: { mostEventBytes: 10_000 } });
    const { text } = await post(`${between.address}/chat/completions`, { stream: true });
    // Not by toBe, which would print it.
    expect(text === `${chunkOf(CODE, false)}${long}${chunkOf(' // end', false)}`).toBe(true);
    expect(between.generations[0]?.scored.text).toBe(`${CODE} // end`);
  });

  it('a client that does not read holds the upstream back', async () => {
    let sent = 0;
    await using server = await scriptedUpstream((_, response) => {
      const event = chunkOf('z'.repeat(60_000), true);
      response.writeHead(200, EVENTS_TYPE);
      Readable.from(
        (function* () {
          for (; sent < 4000; sent++) yield event;
        })(),
      )
        .on('error', () => undefined)
        .pipe(response);
    });
    await using between = await recorderBefore(server.rootUrl);
    const request = httpRequest(`${between.address}/chat/completions`, { method: 'POST' });
    request.on('error', () => undefined).end('{"stream":true}');
    const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
    response.pause();
    let before = -1;
    while (sent !== before) {
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    // Of the 500 MB that the upstream has to say, what buffers of the system hold.
    expect(sent).toBeLessThan(400);
    request.destroy();
    await until(() => server.abandoned() === 1);
  });
});

describe('what breaks off', () => {
  it('a client that hangs up ends the request upstream; what it has is recorded', async () => {
    await using server = await scriptedUpstream((_, response) => {
      response.writeHead(200, EVENTS_TYPE).write(chunkOf(CODE, true));
    });
    await using between = await recorderBefore(server.rootUrl);
    const leaving = new AbortController();
    const asked = { method: 'POST', body: '{"stream":true}', signal: leaving.signal };
    const response = await fetch(`${between.address}/chat/completions`, asked);
    await response.body?.getReader().read();
    leaving.abort();
    await until(() => server.abandoned() === 1);
    await until(() => between.generations.length === 1);
    expect(between.generations[0]?.scored.text).toBe(CODE);
    expect(between.problems).toHaveLength(0);
  });

  it('a client that hangs up while it waits', async () => {
    await using server = await scriptedUpstream(() => undefined);
    await using between = await recorderBefore(server.rootUrl);
    const leaving = new AbortController();
    const asking = fetch(`${between.address}/chat/completions`, { method: 'POST', body: '{}', signal: leaving.signal });
    await until(() => server.requests.length === 1);
    leaving.abort();
    await expect(asking).rejects.toThrow();
    await until(() => server.abandoned() === 1);
    expect(between.problems).toHaveLength(0);
  });

  it('a client that hangs up before it has said all', async () => {
    await using server = await scriptedUpstream((_, response) => void response.end());
    await using between = await recorderBefore(server.rootUrl);
    for (const path of ['/chat/completions', '/upload']) {
      const head = `POST /${between.secret}${path} HTTP/1.1\r\nHost: localhost:${between.port}\r\nContent-Length: 100\r\n\r\n{`;
      const socket = connect(between.port, '127.0.0.1');
      socket.write(head);
      await until(() => between.recorder.counts.requests === (path === '/upload' ? 2 : 1));
      socket.destroy();
    }
    await post(`${between.address}/after`, {});
    expect(between.problems).toHaveLength(0);
    expect(server.requests.map(({ url }) => url)).toStrictEqual(['/after']);
  });

  it('an upstream that dies mid-stream: the client sees that it broke off', async () => {
    await using server = await scriptedUpstream((_, response) => {
      response.writeHead(200, EVENTS_TYPE).write(chunkOf(CODE, true), () => {
        setTimeout(() => response.destroy(), 20);
      });
    });
    await using between = await recorderBefore(server.rootUrl);
    const response = await fetch(`${between.address}/chat/completions`, { method: 'POST', body: '{"stream":true}' });
    await expect(response.text()).rejects.toThrow();
    expect(between.problems).toStrictEqual([{ route: '/chat/completions', status: 502 }]);
    expect(between.generations[0]?.scored.text).toBe(CODE);
  });

  it('so little that nobody would know it again is not recorded', async () => {
    await using server = await scriptedUpstream((_, response) => {
      response.writeHead(200, EVENTS_TYPE).write(chunkOf('if', true), () => response.destroy());
    });
    await using between = await recorderBefore(server.rootUrl);
    const response = await fetch(`${between.address}/chat/completions`, { method: 'POST', body: '{"stream":true}' });
    await expect(response.text()).rejects.toThrow();
    expect(between.generations).toHaveLength(0);
  });

  it.each(['/chat/completions', '/models'])('an upstream that dies in the middle of a body: %s', async (path) => {
    await using server = await scriptedUpstream((_, response) => {
      response.writeHead(200, { ...JSON_TYPE, 'content-length': 1000 }).write('{"choices":', () => response.destroy());
    });
    await using between = await recorderBefore(server.rootUrl);
    const reading = post(`${between.address}${path}`, {});
    if (path === '/models') await expect(reading).rejects.toThrow();
    else expect(await reading).toMatchObject({ status: 502 });
    expect(between.problems).toHaveLength(1);
  });

  it('an upstream that is not there', async () => {
    await using between = await recorderBefore('http://127.0.0.1:1/v1');
    for (const path of ['/chat/completions', '/models']) {
      const { status, text } = await post(`${between.address}${path}`, { messages: ['private'] });
      expect(status).toBe(502);
      expect(JSON.parse(text)).toMatchObject({ error: { message: expect.stringContaining('reached') as string } });
      expect(text).not.toContain('private');
    }
    expect(between.problems.map(({ route }) => route)).toStrictEqual(['/v1/chat/completions', '/v1/models']);
  });

  it('a connection that the upstream had closed is no error', async () => {
    const reply = chatOf(CODE, true);
    let connections = 0;
    // Takes one request of each connection, and resets it when a second one comes.
    const server = createServer((socket) => {
      connections++;
      let requests = 0;
      socket
        .on('error', () => undefined)
        .on('data', () => {
          if (requests++ > 0) socket.resetAndDestroy();
          else
            socket.write(
              `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${reply.length}\r\n\r\n${reply}`,
            );
        });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    await using between = await recorderBefore(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    for (let at = 0; at < 2; at++) {
      expect(await post(`${between.address}/chat/completions`, {})).toMatchObject({ status: 200 });
    }
    expect(connections).toBe(2);
    expect(between.problems).toHaveLength(0);
    server.close();
  });

  it('a recorder that is stopped', async () => {
    await using server = await scriptedUpstream((_, response) => {
      response.writeHead(200, EVENTS_TYPE).write(chunkOf(CODE, true));
    });
    const between = await recorderBefore(server.rootUrl);
    const response = await fetch(`${between.address}/chat/completions`, { method: 'POST', body: '{"stream":true}' });
    await between.recorder.close();
    await expect(response.text()).rejects.toThrow();
    await until(() => server.abandoned() === 1);
  });
});
