import { describe, expect, it } from 'vitest';
import { createRefusalMemory } from '../../../../src/capture/recorder/refusalMemory.ts';
import { post, recorderBefore, scriptedUpstream } from '../../../support/recorderHarness.ts';

const REPLY = JSON.stringify({ model: 'm', choices: [{ index: 0, message: { content: 'return a + b;' } }] });
const JSON_TYPE = { 'content-type': 'application/json' };

describe('an upstream that refuses log-probabilities', () => {
  it.each([400, 403, 422, 501])('with %i is sent the original once, and not asked again', async (status) => {
    await using server = await scriptedUpstream(({ json }, response) => {
      if (json?.logprobs === true) response.writeHead(status, JSON_TYPE).end('{"error":{}}');
      else response.writeHead(200, JSON_TYPE).end(REPLY);
    });
    await using between = await recorderBefore(server.rootUrl);
    const body = '{ "model": "m",  "seed": 12345678901234567890 }';
    for (let at = 0; at < 3; at++) {
      expect(await post(`${between.address}/chat/completions`, body)).toMatchObject({ status: 200, text: REPLY });
    }
    expect(server.requests.map(({ json }) => json?.logprobs === true)).toStrictEqual([true, false, false, false]);
    for (const { body: sent } of server.requests.slice(1)) expect(sent.toString()).toBe(body);
    expect(between.recorder.counts).toMatchObject({ recorded: 0, unscored: 3 });
    expect(between.generations[0]?.scored.tokenCount).toBe(1);
  });

  it('is still asked for other models, routes and shapes of requests', async () => {
    await using server = await scriptedUpstream(({ json }, response) => {
      const isRefused = json?.logprobs === true && json.tools !== undefined;
      response.writeHead(isRefused ? 400 : 200, JSON_TYPE).end(isRefused ? '{}' : REPLY);
    });
    await using between = await recorderBefore(server.rootUrl);
    const tools: readonly unknown[] = [];
    const bodies = [{ tools }, {}, { tools, model: 'other' }, { tools, stream: true }, { tools }];
    for (const body of bodies) await post(`${between.address}/chat/completions`, body);
    const asked = server.requests.map(({ json }) => json?.logprobs === true);
    expect(asked).toStrictEqual([true, false, true, true, false, true, false, false]);
  });

  it('whose client is at fault says so, and is asked again', async () => {
    await using server = await scriptedUpstream(({ json }, response) => {
      response.writeHead(400, JSON_TYPE).end(JSON.stringify({ error: json?.logprobs ?? 'too long' }));
    });
    await using between = await recorderBefore(server.rootUrl);
    for (let at = 0; at < 2; at++) {
      expect(await post(`${between.address}/chat/completions`, {})).toMatchObject({
        status: 400,
        text: '{"error":"too long"}',
      });
    }
    expect(server.requests).toHaveLength(4);
  });

  it.each([401, 404, 429, 500])('is not asked twice where it answers %i', async (status) => {
    await using server = await scriptedUpstream((_, response) => void response.writeHead(status, JSON_TYPE).end('{}'));
    await using between = await recorderBefore(server.rootUrl);
    expect(await post(`${between.address}/chat/completions`, {})).toMatchObject({ status, text: '{}' });
    expect(server.requests).toHaveLength(1);
  });

  it('is asked once where the client asks itself: it gets the refusal', async () => {
    await using server = await scriptedUpstream((_, response) => void response.writeHead(400, JSON_TYPE).end('{}'));
    await using between = await recorderBefore(server.rootUrl);
    expect(await post(`${between.address}/chat/completions`, { logprobs: true })).toMatchObject({ status: 400 });
    expect(server.requests).toHaveLength(1);
  });
});

describe('what is remembered', () => {
  it('is forgotten after an hour', () => {
    let nowMs = 0;
    const memory = createRefusalMemory(() => nowMs);
    memory.add('a');
    nowMs = 3_599_999;
    expect(memory.has('a')).toBe(true);
    nowMs = 3_600_000;
    expect(memory.has('a')).toBe(false);
  });

  it('is bounded, and the latest is kept', () => {
    const memory = createRefusalMemory(() => 0);
    for (let at = 0; at < 1000; at++) memory.add(String(at));
    expect(Array.from({ length: 1000 }, (_, at) => memory.has(String(at))).filter(Boolean)).toHaveLength(256);
    expect(memory.has('999')).toBe(true);
    expect(memory.has('0')).toBe(false);
  });
});
