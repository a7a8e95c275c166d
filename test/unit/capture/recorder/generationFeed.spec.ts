import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { followRecorder } from '../../../../src/capture/recorder/followRecorder.ts';
import { createGenerationFeed } from '../../../../src/capture/recorder/generationFeed.ts';
import { generationFromJson, generationToJson } from '../../../../src/capture/recorder/generationJson.ts';
import { startRecorder } from '../../../../src/capture/recorder/startRecorder.ts';
import type { RecordedGeneration } from '../../../../src/capture/recordedGeneration.ts';
import { scoredTextFromRows } from '../../../../src/core/scoredTextFromRows.ts';
import { post, recorderBefore, scriptedUpstream, until } from '../../../support/recorderHarness.ts';

const SOURCE = {
  engine: 'recorder',
  model: 'm@host',
  tokenizer: 'of the model',
  distribution: { kind: 'raw' },
  vocabulary: { kind: 'full' },
  mode: 'generated',
  contextPolicy: 'as the client prompted',
} as const;

function generationOf(id: string, text: string): RecordedGeneration {
  const rows = [{ text: text.slice(0, 3), logprobNats: -0.25, alternatives: [{ text: 'xyz', logprobNats: -2 }] }];
  return { id, atMs: 5, client: null, kind: 'content', scored: scoredTextFromRows({ text, source: SOURCE, rows }) };
}

/** An upstream that says a counted text each time. */
function counting() {
  let count = 0;
  return scriptedUpstream((_, response) => {
    const content = `const total = ${count++};`;
    const reply = JSON.stringify({ model: 'm', choices: [{ index: 0, message: { content } }] });
    response.writeHead(200, { 'content-type': 'application/json' }).end(reply);
  });
}

it('a generation is the same on the other side', () => {
  const generation = generationOf('a', 'def add(a, b): "é👍"');
  expect(generationFromJson(JSON.parse(generationToJson(generation)))).toStrictEqual(generation);
  expect(
    generationFromJson(JSON.parse(generationToJson({ ...generation, client: 'Cline', kind: 'tool-call' }))),
  ).toMatchObject({
    client: 'Cline',
    kind: 'tool-call',
  });
  expect(() => generationFromJson({ id: 'a' })).toThrow();
});

describe('who follows a recorder', () => {
  it('gets what there is, and what comes, once', async () => {
    await using server = await counting();
    await using between = await recorderBefore(server.rootUrl);
    const heard: RecordedGeneration[] = [];
    const ending = new AbortController();
    await post(`${between.address}/chat/completions`, {});
    const following = followRecorder(between.address, {
      onGeneration: (generation) => heard.push(generation),
      signal: ending.signal,
    });
    await until(() => heard.length === 1);
    await post(`${between.address}/chat/completions`, {});
    await until(() => heard.length === 2);
    expect(heard).toStrictEqual(between.generations);
    ending.abort();
    await following;
    await post(`${between.address}/chat/completions`, {});
    expect(heard).toHaveLength(2);
  });

  it('waits for one that is not there, and comes back to one that was away', async () => {
    await using server = await counting();
    const first = await recorderBefore(server.rootUrl);
    const { port, secret, address } = first;
    const heard: string[] = [];
    const ending = new AbortController();
    const following = followRecorder(address, {
      onGeneration: ({ scored }) => heard.push(scored.text),
      signal: ending.signal,
    });
    await post(`${address}/chat/completions`, {});
    await until(() => heard.length === 1);
    await first.recorder.close();
    const second = await startRecorder({ upstream: server.rootUrl, port, secret, onGeneration: () => undefined });
    await post(`${address}/chat/completions`, {});
    await until(() => heard.length === 2);
    expect(heard).toStrictEqual(['const total = 0;', 'const total = 1;']);
    ending.abort();
    await following;
    await second.close();
  });

  it.each(['http://127.0.0.1:1/x', 'no address', 'ftp://127.0.0.1/x'])('never fails: %s', async (address) => {
    const following = followRecorder(address, { onGeneration: () => undefined, signal: AbortSignal.timeout(50) });
    await expect(following).resolves.toBeUndefined();
  });

  it('passes over what it does not understand', async () => {
    const good = generationToJson(generationOf('a', 'return 1;'));
    await using server = await scriptedUpstream((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`: hello\n\ndata: {"id":5}\n\ndata: no json\n\ndata: ${good}\n\ndata: ${good}\n\n`);
    });
    const heard: string[] = [];
    const ending = new AbortController();
    const following = followRecorder(`${server.rootUrl}/secret`, {
      onGeneration: ({ id }) => heard.push(id),
      signal: ending.signal,
    });
    await until(() => heard.length > 0);
    expect(heard).toStrictEqual(['a']);
    expect(server.requests[0]?.url).toBe('/secret/candor/generations');
    ending.abort();
    await following;
  });
});

describe('the feed', () => {
  const long = generationOf('long', 'x'.repeat(5_000_000));

  it('keeps the latest 200, of the last 15 minutes, and no more than fits', async () => {
    let nowMs = 0;
    const feed = createGenerationFeed(() => nowMs);
    await using server = await scriptedUpstream((_, response) => {
      feed.listen(response);
    });
    const idsKept = async (): Promise<readonly string[]> => {
      const [reply] = (await once(get(server.rootUrl), 'response')) as [IncomingMessage];
      reply.setEncoding('utf8');
      const [text] = (await once(reply, 'data')) as [string];
      reply.destroy();
      return [...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id!);
    };
    for (let at = 0; at < 250; at++) feed.add(generationOf(String(at), 'abc'));
    expect((await idsKept()).length).toBeLessThanOrEqual(200);
    nowMs = 10 * 60_000;
    feed.add(generationOf('late', 'abc'));
    nowMs = 15 * 60_000 + 1;
    expect(await idsKept()).toStrictEqual(['late']);
    for (const id of ['a', 'b', 'c']) feed.add({ ...long, id });
    feed.add(generationOf('small', 'abc'));
    const [reply] = (await once(get(server.rootUrl), 'response')) as [IncomingMessage];
    reply.setEncoding('latin1');
    let text = '';
    for await (const piece of reply as AsyncIterable<string>) {
      text += piece;
      if (text.includes('id: small')) break;
    }
    expect([...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id!)).toStrictEqual(['c', 'small']);
    feed.close();
  });

  it('drops who does not listen', async () => {
    const feed = createGenerationFeed();
    await using server = await scriptedUpstream((_, response) => {
      feed.listen(response);
    });
    const request = get(server.rootUrl);
    const [reply] = (await once(request, 'response')) as [IncomingMessage];
    reply.pause();
    const closed = once(reply, 'close').catch(() => undefined);
    for (let at = 0; at < 12; at++) feed.add({ ...long, id: String(at) });
    await until(() => server.abandoned() === 1);
    reply.resume();
    await closed;
    feed.close();
  });
});
