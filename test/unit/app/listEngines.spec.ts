import { describe, expect, it } from 'vitest';
import { assetsIn } from '../../../src/app/assets.ts';
import { listEngines, type EngineListing } from '../../../src/app/listEngines.ts';
import { fakeModelServer, fakeServer, sendJson } from '../engines/openai/fakeServers.ts';

function list(baseUrls: readonly string[], abortSignal?: AbortSignal): Promise<EngineListing> {
  const folder = new URL('../../../model/tokenizer/', import.meta.url);
  const localPorts = baseUrls.map((baseUrl) => Number(new URL(baseUrl).port));
  const request = { choice: { engine: 'ngram' as const }, localPorts, assets: assetsIn(folder) };
  return listEngines({ ...request, onProgress: () => undefined, ...(abortSignal && { abortSignal }) });
}

describe('listEngines', () => {
  it('finds the servers that answer where one may be, and passes over the rest', async () => {
    await using server = await fakeModelServer();
    await using other = await fakeServer((_, response) => {
      sendJson(response, { error: 'this is something else' }, 404);
    });
    await using page = await fakeServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>hello</html>');
    });
    const listing = await list(['http://127.0.0.1:9/v1', other.baseUrl, server.baseUrl, page.baseUrl]);
    expect(listing.embedded.map(({ name }) => name)).toEqual(['ngram']);
    expect(listing.servers.map(({ baseUrl, models }) => ({ baseUrl, models }))).toEqual([
      { baseUrl: server.baseUrl, models: ['tiny'] },
    ]);
    expect(listing.servers[0]!.probed?.abilities.promptScoring).toBe('prompt-logprobs');
  });

  it('goes on when a server answers and cannot be measured', async () => {
    await using server = await fakeServer(({ url }, response) => {
      if (url === '/v1/models') sendJson(response, { data: [{ id: 'tiny' }] });
      else sendJson(response, {}, 500);
    });
    const [listing] = (await list([server.baseUrl])).servers;
    expect(listing).toMatchObject({ models: ['tiny'], probed: null });
    expect(listing!.failure).toMatch(/broke down/);
  }, 30_000);

  it('rejects with the reason of the signal', async () => {
    await using server = await fakeServer(() => undefined);
    await expect(list([server.baseUrl], AbortSignal.abort('enough'))).rejects.toBe('enough');
  });
});
