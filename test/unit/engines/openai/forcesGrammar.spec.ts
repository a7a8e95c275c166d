import { expect, it } from 'vitest';
import { forcesGrammar } from '../../../../src/engines/openai/forcesGrammar.ts';
import { createServerClient } from '../../../../src/engines/openai/serverClient.ts';
import { fakeServer, sendJson } from './fakeServers.ts';

it.each([
  ['writes the tokens that it must', [8, 9], true],
  ['passes over the grammar', [5, 6], false],
])('tells whether a server %s', async (_, tokens, expected) => {
  await using server = await fakeServer(({ url }, response) => {
    const rows = tokens.map((id) => ({ id, token: ' a', bytes: [32, 97], logprob: -2, top_logprobs: [] }));
    const written = { content: ' a a', tokens, stop: true, completion_probabilities: rows };
    sendJson(response, url === '/tokenize' ? { tokens: [7, 8, 9] } : written);
  });
  expect(await forcesGrammar(createServerClient({ baseUrl: server.baseUrl }))).toBe(expected);
  expect(server.requests[1]?.body.grammar).toBe('root ::= <[8]> <[9]>');
});
