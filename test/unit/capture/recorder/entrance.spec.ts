import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { startRecorder } from '../../../../src/capture/recorder/startRecorder.ts';
import { newSecret } from '../../../../src/capture/recorder/newSecret.ts';
import { upstreamPath } from '../../../../src/capture/recorder/upstreamPath.ts';
import { recorderBefore, scriptedUpstream, sendRaw, type TestRecorder } from '../../../support/recorderHarness.ts';

const NOTHING = /^HTTP\/1\.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\nDate: [^\r\n]+\r\n\r\n$/;

/** A request of a tool, as it stands on the wire. */
function requestTo(
  { port, secret }: TestRecorder,
  change: Partial<Record<'line' | 'host' | 'more', string>> = {},
): string {
  const { line = `GET /${secret}/models HTTP/1.1`, host = `Host: 127.0.0.1:${port}`, more = '' } = change;
  return `${line}\r\n${host}\r\n${more}Connection: close\r\n\r\n`;
}

describe('who gets nothing from a recorder', () => {
  const requests: readonly (readonly [string, (between: TestRecorder) => string])[] = [
    ['another user without the secret', (to) => requestTo(to, { line: 'GET /models HTTP/1.1' })],
    ['a guess', (to) => requestTo(to, { line: `GET /${newSecret()}/models HTTP/1.1` })],
    ['the beginning of the secret', (to) => requestTo(to, { line: `GET /${to.secret.slice(0, -1)}/models HTTP/1.1` })],
    ['the secret in another place', (to) => requestTo(to, { line: `GET /x/${to.secret}/models HTTP/1.1` })],
    ['the secret as a query', (to) => requestTo(to, { line: `GET /?${to.secret} HTTP/1.1` })],
    ['the root', (to) => requestTo(to, { line: 'GET / HTTP/1.1' })],
    ['who follows without the secret', (to) => requestTo(to, { line: 'GET /candor/generations HTTP/1.1' })],
    ['a page by its script', (to) => requestTo(to, { more: 'Origin: https://evil.example\r\n' })],
    ['a page of this machine', (to) => requestTo(to, { more: `Origin: http://127.0.0.1:${to.port}\r\n` })],
    ['a page in a sandbox', (to) => requestTo(to, { more: 'Origin: null\r\n' })],
    ['a page by an image', (to) => requestTo(to, { more: 'Sec-Fetch-Site: cross-site\r\nSec-Fetch-Dest: image\r\n' })],
    ['a page that is opened', (to) => requestTo(to, { more: 'Sec-Fetch-Site: none\r\nSec-Fetch-Dest: document\r\n' })],
    [
      'a page that asks first',
      (to) => requestTo(to, { line: `OPTIONS /${to.secret}/models HTTP/1.1`, more: 'Origin: null\r\n' }),
    ],
    ['a name bound to this machine', (to) => requestTo(to, { host: `Host: evil.example:${to.port}` })],
    ['a forwarded port', (to) => requestTo(to, { host: 'Host: abc-8080.tunnels.example' })],
    ['another port here', (to) => requestTo(to, { host: 'Host: localhost:8080' })],
    ['no port', (to) => requestTo(to, { host: 'Host: 127.0.0.1' })],
    ['an address like ours', (to) => requestTo(to, { host: `Host: 127.0.0.1:${to.port}.evil.example` })],
    ['two hosts', (to) => requestTo(to, { more: 'Host: evil.example\r\n' })],
    ['a forwarded port that says so', (to) => requestTo(to, { more: 'X-Forwarded-Host: abc.example\r\n' })],
    ['what a proxy forwards', (to) => requestTo(to, { more: 'Forwarded: for=10.0.0.1\r\n' })],
    ['what comes by way of a gateway', (to) => requestTo(to, { more: 'Via: 1.1 gateway\r\n' })],
    [
      'an address instead of a path',
      (to) => requestTo(to, { line: `GET http://127.0.0.1:${to.port}/${to.secret}/models HTTP/1.1` }),
    ],
    ['an address elsewhere', (to) => requestTo(to, { line: `GET http://evil.example/${to.secret}/models HTTP/1.1` })],
    ['OPTIONS of all', (to) => requestTo(to, { line: 'OPTIONS * HTTP/1.1' })],
    ['TRACE', (to) => requestTo(to, { line: `TRACE /${to.secret}/models HTTP/1.1` })],
    ['another protocol', (to) => requestTo(to, { more: 'Upgrade: websocket\r\n' })],
    ['steps upwards', (to) => requestTo(to, { line: `GET /${to.secret}/../admin HTTP/1.1` })],
    ['steps upwards in disguise', (to) => requestTo(to, { line: `GET /${to.secret}/a%2f%2E%2e/admin HTTP/1.1` })],
  ];

  it.each(requests)('%s', async (_, requestOf) => {
    await using server = await scriptedUpstream((__, response) => void response.end('secret'));
    await using between = await recorderBefore(`${server.rootUrl}/v1`);
    const reply = await sendRaw(between.port, requestOf(between));
    expect(reply).toMatch(NOTHING);
    expect(server.requests).toHaveLength(0);
    expect(between.recorder.counts).toMatchObject({ requests: 0, refused: 1 });
  });

  it.each([
    ['CONNECT', (to: TestRecorder) => requestTo(to, { line: 'CONNECT evil.example:443 HTTP/1.1' })],
    ['no host at all', (to: TestRecorder) => `GET /${to.secret}/models HTTP/1.1\r\nConnection: close\r\n\r\n`],
    ['no HTTP', () => 'hello\r\n\r\n'],
    [
      'two lengths',
      (to: TestRecorder) => requestTo(to, { more: 'Content-Length: 1\r\nTransfer-Encoding: chunked\r\n' }),
    ],
  ])('%s, which is no request that is understood', async (_, requestOf) => {
    await using server = await scriptedUpstream((__, response) => void response.end('secret'));
    await using between = await recorderBefore(server.rootUrl);
    const reply = await sendRaw(between.port, requestOf(between));
    expect(reply).toMatch(/^(HTTP\/1\.1 400 Bad Request\r\n[^]*)?$/);
    expect(server.requests).toHaveLength(0);
  });

  it('but a tool with the secret gets what it asks for', async () => {
    await using server = await scriptedUpstream((_, response) => void response.end('yes'));
    await using between = await recorderBefore(`${server.rootUrl}/v1`);
    for (const host of ['127.0.0.1', 'localhost']) {
      const reply = await sendRaw(between.port, requestTo(between, { host: `Host: ${host}:${between.port}` }));
      expect(reply).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(reply.endsWith('yes')).toBe(true);
    }
    // Java's client offers HTTP/2, and does not mind.
    expect(await sendRaw(between.port, requestTo(between, { more: 'Upgrade: h2c\r\n' }))).toMatch(/^HTTP\/1\.1 200/);
    // Extensions of the editor may ask by its own browser (electron/electron#36733).
    const ofEditor = 'Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: empty\r\n';
    expect(await sendRaw(between.port, requestTo(between, { more: ofEditor }))).toMatch(/^HTTP\/1\.1 200/);
    expect(server.requests.every(({ url }) => url === '/v1/models')).toBe(true);
    expect(server.requests.at(-2)?.headers.upgrade).toBeUndefined();
  });

  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

  it.skipIf(outside === undefined)('nobody reaches it from another machine', async () => {
    await using between = await recorderBefore('http://127.0.0.1:1');
    const socket = connect(between.port, outside);
    const error = await new Promise<Error>((resolve) => socket.once('error', resolve));
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('paths stay below the path of the upstream', () => {
  it.each([
    ['/v1', '', '/v1'],
    ['', '', '/'],
    ['', '?a=1', '/?a=1'],
    ['/v1', '/models?after=a/../b', '/v1/models?after=a/../b'],
    ['/v1', '/models/org%2Fname', '/v1/models/org%2Fname'],
    ['/v1', '//evil.example/x', '/v1//evil.example/x'],
    ['', '//evil.example/x', '//evil.example/x'],
    ['/v1', '/@evil.example', '/v1/@evil.example'],
    ['/v1', '/a..b/...', '/v1/a..b/...'],
  ])('%s and %s is %s', (base, rest, target) => {
    expect(upstreamPath(base, rest)?.target).toBe(target);
  });

  it.each([
    '/..',
    '/../x',
    '/a/./b',
    '/a/%2e%2e/b',
    '/a/.%2E',
    '/a%2f..%2fb',
    '/a%5c..%5cb',
    '/a\\..\\b',
    '/%252e%252e/b',
    '/%25252e%25252e/b',
    '/..;/b',
    '/a b',
    '/a\nb',
    '/é',
    '/a#b',
    '/%2525252525252525252e',
  ])('%j is refused', (rest) => {
    expect(upstreamPath('/v1', rest)).toBeNull();
  });

  it('whatever a client asks, another host is not asked', async () => {
    await using server = await scriptedUpstream((_, response) => void response.end());
    await using between = await recorderBefore(server.rootUrl);
    await sendRaw(between.port, requestTo(between, { line: `GET /${between.secret}//evil.example/x HTTP/1.1` }));
    expect(server.requests).toMatchObject([
      { url: '//evil.example/x', headers: { host: new URL(server.rootUrl).host } },
    ]);
  });
});

describe('a recorder does not start', () => {
  const options = { port: 0, secret: newSecret(), onGeneration: () => undefined };

  it.each([
    ['no address', { upstream: 'server' }],
    ['another protocol', { upstream: 'file:///etc' }],
    ['a key in the address', { upstream: 'https://user:key@host/v1' }],
    ['a query', { upstream: 'https://host/v1?key=1' }],
    ['a secret that can be guessed', { upstream: 'http://host', secret: 'x' }],
  ])('with %s', async (_, wrong) => {
    await expect(startRecorder({ ...options, ...wrong })).rejects.toMatchObject({ reason: 'bad-call' });
  });

  it('on a port that is taken, which it names', async () => {
    await using between = await recorderBefore('http://127.0.0.1:1');
    const starting = startRecorder({ ...options, upstream: 'http://127.0.0.1:1', port: between.port });
    await expect(starting).rejects.toMatchObject({
      reason: 'bad-call',
      message: expect.stringContaining(String(between.port)) as string,
    });
  });

  it('before itself', async () => {
    await using between = await recorderBefore('http://127.0.0.1:1');
    const { port } = between;
    await between.recorder.close();
    const starting = startRecorder({ ...options, upstream: `http://localhost:${port}/v1`, port });
    await expect(starting).rejects.toMatchObject({ reason: 'bad-call' });
  });
});
