import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectSameScores, placed } from '../../../support/llamaHttpCompare.ts';
import { askServer, ASKINGS, FACE_NAMES, repliesUrl, type ReplyFile } from '../../../support/llamaHttpReplies.ts';
import type { Exchange } from '../../../support/llamaHttpServer.ts';
import { fakeServer, type FakeServer } from './fakeServers.ts';

/**
 * Replies that a real model gave behind the protocol of each kind of server, byte for byte, read by the engine as from a
 * live one, and held to what the model says of the same tokens.
 */

/** Answers a route with the reply recorded for the same request, else with the next one recorded for the route. */
function cannedServer(exchanges: readonly Exchange[]): Promise<FakeServer> {
  const left = [...exchanges];
  return fakeServer(({ url, body }, response) => {
    const asked = JSON.stringify(body);
    const ofRoute = left.filter(({ route }) => route === url);
    const exchange = ofRoute.find((other) => JSON.stringify(other.body) === asked) ?? ofRoute[0];
    if (exchange === undefined) {
      response.writeHead(404).end();
      return;
    }
    left.splice(left.indexOf(exchange), 1);
    response.writeHead(exchange.status, { 'content-type': exchange.type }).end(exchange.reply);
  });
}

describe.each(FACE_NAMES)('recorded replies of %s', (face) => {
  const file = JSON.parse(readFileSync(repliesUrl(face), 'utf8')) as ReplyFile;
  const askings = ASKINGS.filter((asking) => asking.face === face);

  it.each(askings)('give the numbers of the model: $name', async (asking) => {
    const recorded = file.cases.find(({ name }) => name === asking.name)!;
    await using server = await cannedServer(recorded.exchanges);
    const scored = await askServer(server.baseUrl, asking);
    const { text, tokens } = recorded.expected;
    expect(scored.text).toBe(text);
    // What a server does not tell exactly (pieces of characters) may be unscored, but is never another number.
    const hasPieces = (start: number, end: number): boolean => /[^\x00-\x7f]/.test(text.slice(start, end));
    expect(expectSameScores(placed(scored), tokens, hasPieces)).toBeGreaterThan(0.6 * scored.tokenCount);
  });

  it('are small, and hold all that is asked', () => {
    expect(readFileSync(repliesUrl(face)).length).toBeLessThan(60_000);
    expect(file.cases.map(({ name }) => name)).toEqual(askings.map(({ name }) => name));
  });
});
