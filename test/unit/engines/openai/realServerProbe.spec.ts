import { describe, expect, it } from 'vitest';
import { openOpenaiEngine } from '../../../../src/engines/openai/openOpenaiEngine.ts';
import { probedServer } from '../../../../src/engines/openai/probedServer.ts';
import { createServerClient } from '../../../../src/engines/openai/serverClient.ts';
import { expectSameScores, placed, splitsCharacter } from '../../../support/llamaHttpCompare.ts';
import { startLlamaHttpServer, type FaceName } from '../../../support/llamaHttpServer.ts';
import { llamaHttpSetup } from '../../../support/llamaHttpSetup.ts';

/** What the probe finds out about a real model behind the protocol of each kind of server. */
const EXPECTED = {
  'llama-server': {
    generation: 'llama-server',
    distribution: 'raw',
    promptScoring: 'forced-grammar',
    fillInTheMiddle: 'infill',
  },
  vllm: { generation: 'completions', distribution: 'raw', promptScoring: 'prompt-logprobs', fillInTheMiddle: 'none' },
  // Its completions echo the prompt's rows, which is as good as its own route.
  sglang: {
    distribution: 'scaled',
    promptScoring: expect.stringMatching(/^(echo|sglang)$/) as unknown,
    fillInTheMiddle: 'none',
  },
  ollama: {
    distribution: 'raw',
    promptScoring: 'none',
    fillInTheMiddle: expect.stringMatching(/^(suffix|ollama)$/) as unknown,
  },
};

const SCORE = { 'llama-server': 'step-by-step', vllm: 'prefill', sglang: 'prefill', ollama: 'none' };

describe.each([
  ['adds no start token', false],
  ['adds a start token', true],
])('a server that %s', (_, addsStart) => {
  const setup = llamaHttpSetup({ hasStart: addsStart });

  it.each(Object.keys(EXPECTED) as FaceName[])('is measured: %s', { timeout: 60_000 }, async (face) => {
    const { model, embedded } = setup();
    await using server = await startLlamaHttpServer(model, face, { addsStart });
    const client = createServerClient({ baseUrl: server.baseUrl, maxRetries: 0 });
    const { abilities, identity, findings } = await probedServer(client, 'random', null);
    expect(identity.kind).toBe(face);
    expect(abilities, JSON.stringify(findings, null, 1)).toMatchObject(EXPECTED[face]);
    expect(abilities.vocabulary).toEqual({ kind: 'full' });
    expect(abilities.maxTopK).toBe(20);
    expect(findings.filter(({ trial }) => trial === 'speculative decoding')).toMatchObject([{ found: false }]);

    const engine = await openOpenaiEngine({ baseUrl: server.baseUrl, maxRetries: 0 });
    expect(engine.capabilities).toMatchObject({ score: SCORE[face], generate: true });
    const text = 'def area(r):\n    return 3.14 * r ** 2  # 円\n';
    if (SCORE[face] === 'none') {
      await expect(engine.score({ text, path: 'a.py' })).rejects.toMatchObject({ reason: 'unsupported' });
    } else {
      const scored = await engine.score({ text, path: 'a.py' });
      const expected = placed(await embedded.score({ text, path: 'a.py' }));
      expect(expectSameScores(placed(scored), expected, splitsCharacter(model, text))).toBeGreaterThan(10);
    }
    await engine.close();
  });

  it.each(Object.keys(EXPECTED) as FaceName[])(
    "is written with so that each number is the model's, or none: %s",
    { timeout: 60_000 },
    async (face) => {
      const { model, embedded } = setup();
      const [prefix, writes] = ['class A:\n    def add(', 'self, 名): # 👩‍👧 ok\n'];
      await using server = await startLlamaHttpServer(model, face, { addsStart, writes });
      const engine = await openOpenaiEngine({ baseUrl: server.baseUrl, maxRetries: 0 });
      const written = await engine.generate({ prefix, path: 'a.py', maxTokens: 40, topK: 2 });
      expect(written.text).toBe(writes);
      const whole = placed(await embedded.score({ text: prefix + writes, path: 'a.py' }));
      const said = whole.flatMap(({ start, end, logprobNats }) =>
        start < prefix.length ? [] : [{ start: start - prefix.length, end: end - prefix.length, logprobNats }],
      );
      expect(expectSameScores(placed(written), said, () => true)).toBeGreaterThan(5);
      await engine.close();
    },
  );
});
