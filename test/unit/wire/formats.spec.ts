import { describe, expect, it } from 'vitest';
import { slotsSpeculate } from '../../../src/wire/llamaServer.ts';
import { readBody } from '../../../src/wire/readBody.ts';
import type { WirePart } from '../../../src/wire/wirePart.ts';
import {
  fixture,
  jsonLineEvents,
  partOf,
  partOfChunks,
  partOfEvents,
  promptTokensOf,
  scoredPart,
  sseEvents,
  tokensOf,
  units,
} from './replay.ts';

const TOKENS = [
  ['return', -0.12],
  [' "', -0.7],
  ['é', -1.5],
  ['"', -0.03],
];

function whole(name: string): WirePart {
  return partOf(JSON.parse(fixture(name)));
}

function streamed(name: string): WirePart {
  const events = name.endsWith('.sse') ? sseEvents([fixture(name)]) : jsonLineEvents([fixture(name)]);
  return partOfEvents(events)!;
}

const STREAMS = [
  ['openaiChat', 'sse', 'openai-choices'],
  ['openaiCompletion', 'sse', 'openai-choices'],
  ['openaiResponse', 'sse', 'openai-responses'],
  ['llamaServer', 'sse', 'llama-server'],
  ['ollamaGenerate', 'ndjson', 'ollama'],
  ['ollamaChat', 'ndjson', 'ollama'],
  ['sglang', 'sse', 'sglang'],
] as const;

describe.each(STREAMS)('%s', (name, extension, format) => {
  it('is known by its shape, and its tokens arrive', () => {
    const part = whole(`${name}.json`);
    expect(part.format).toBe(format);
    expect(tokensOf(part)).toEqual(TOKENS);
    expect(part.generatedTokens).toBe(4);
    expect(part.promptTokens).toBe(name === 'sglang' ? 3 : 12);
    expect(part.draftedTokens).toBeNull();
  });

  it('names the other choices of each token', () => {
    const scored = scoredPart(whole(`${name}.json`));
    expect(scored.token(2).alternatives).toEqual([
      { text: 'é', logprobNats: -1.5 },
      { text: 'e', logprobNats: -1.9 },
    ]);
    expect([...scored.alternatives.keys()]).toEqual([0, 1, 2, 3]);
  });

  it('says the same as a stream', () => {
    const fromStream = streamed(`${name}.${extension}`);
    const fromBody = whole(`${name}.json`);
    expect(tokensOf(fromStream)).toEqual(TOKENS);
    expect({ ...fromStream, section: '', isWhole: true }).toEqual({ ...fromBody, section: '', isWhole: true });
  });

  it('says the same, wherever the stream is split', () => {
    const stream = fixture(`${name}.${extension}`);
    const events = extension === 'sse' ? sseEvents : jsonLineEvents;
    const unsplit = events([stream]);
    expect(events(units(stream))).toEqual(unsplit);
    for (let at = 0; at <= stream.length; at++) {
      expect(events([stream.slice(0, at), stream.slice(at)])).toEqual(unsplit);
    }
  });

  it('stays the same with CR LF', () => {
    const events = extension === 'sse' ? sseEvents : jsonLineEvents;
    const stream = fixture(`${name}.${extension}`);
    expect(events(units(stream.replaceAll('\n', '\r\n')))).toEqual(events([stream]));
  });
});

describe('finish reasons', () => {
  it.each([
    ['openaiChat', 'stop'],
    ['openaiResponse', 'completed'],
    ['llamaServer', 'eos'],
    ['ollamaChat', 'stop'],
    ['sglang', 'stop'],
  ])('%s: %s', (name, reason) => {
    expect(whole(`${name}.json`).finishReason).toBe(reason);
  });

  it('are found in the three fields of older llama-servers, and in a cut response', () => {
    expect(partOf({ content: '', tokens_predicted: 1, stopped_limit: true }).finishReason).toBe('limit');
    const cut = { object: 'response', status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
    expect(partOf({ ...cut, output: [] }).finishReason).toBe('max_output_tokens');
  });
});

describe('several answers', () => {
  it('are told apart by their index', () => {
    const answer = (index: number, text: string): unknown => ({ index, text, logprobs: null });
    const body = { choices: [answer(1, 'b'), answer(0, 'a')] };
    expect([0, 1, 2].map((choice) => partOf(body, choice).text)).toEqual(['a', 'b', '']);
  });

  it('come as a list from llama-server and SGLang', () => {
    const llama = ['a', 'b'].map((content, index) => ({ index, content, tokens_predicted: 1 }));
    expect(partOf(llama, 1).text).toBe('b');
    expect(
      partOf(
        ['a', 'b'].map((text) => ({ text, meta_info: {} })),
        1,
      ).text,
    ).toBe('b');
  });
});

describe('OpenAI', () => {
  it('legacy: a prompt that is echoed is part of the text, its first token unscored', () => {
    const logprobs = {
      tokens: ['x', ' =', ' 1'],
      token_logprobs: [null, -1, -2],
      top_logprobs: [null, { ' =': -1 }, { ' 1': -2, '1': -3 }],
      text_offset: [0, 1, 3],
    };
    const part = partOf({ choices: [{ index: 0, text: 'x = 1', logprobs, finish_reason: 'length' }] });
    expect(tokensOf(part)).toEqual([['x'], [' =', -1], [' 1', -2]]);
  });

  it('legacy: pieces of characters are written as escapes', () => {
    const logprobs = {
      tokens: ['bytes: \\xf0\\x9f', 'bytes:\\x98', 'bytes:\\x80', ' bytes:'],
      token_logprobs: [-1, -2, -3, -4],
    };
    const part = partOf({ choices: [{ text: ' 😀 bytes:', logprobs }] });
    expect(tokensOf(part)).toEqual([
      [' 😀', -6],
      [' bytes:', -4],
    ]);
  });

  it('responses: sections follow one another, and a repetition that lost its rows takes nothing away', () => {
    const delta = (output_index: number, delta: string, logprob: number): unknown => ({
      type: 'response.output_text.delta',
      output_index,
      content_index: 0,
      delta,
      logprobs: [{ token: delta, logprob }],
    });
    const part = partOfChunks([
      delta(0, 'a', -1),
      delta(1, 'b', -2),
      delta(0, 'c', -3),
      { type: 'response.output_text.done', output_index: 0, content_index: 0, text: 'ac', logprobs: [] },
      { type: 'response.completed', response: { status: 'completed', output: [] } },
    ]);
    expect(tokensOf(part)).toEqual([
      ['a', -1],
      ['c', -3],
      ['b', -2],
    ]);
    expect(part.finishReason).toBe('completed');
  });

  it('reasoning that comes in chunks of its own leaves no rows', () => {
    const chunk = (delta: object, token: string): unknown => ({
      choices: [{ delta, logprobs: { content: [{ token, logprob: -1 }] } }],
    });
    const part = partOfChunks([chunk({ reasoning_content: 'x' }, 'x'), chunk({ content: 'x' }, 'x')]);
    expect(part.rows.length).toBe(1);
  });
});

describe('llama-server', () => {
  const row = { id: 5, token: 'a', bytes: [97] };

  it('after sampling: probabilities, of a scaled distribution', () => {
    const top_probs = [
      { ...row, prob: 0.5 },
      { id: 6, token: 'b', bytes: [98], prob: 0 },
    ];
    const part = partOf({ content: 'a', completion_probabilities: [{ ...row, prob: 0.5, top_probs }] });
    expect(part.distribution).toBe('scaled');
    expect(tokensOf(part)).toEqual([['a', Math.log(0.5)]]);
    expect(scoredPart(part).token(0).alternatives).toEqual([
      { text: 'a', logprobNats: Math.log(0.5) },
      { text: 'b', logprobNats: -100 },
    ]);
  });

  it('builds before December 2024: the probability is found by the text, if that is one', () => {
    const probs = [
      { tok_str: 'a', prob: 0.25 },
      { tok_str: 'b', prob: 0.5 },
    ];
    const list = [
      { content: 'a', probs },
      { content: 'c', probs },
      { content: 'b', probs: [...probs, ...probs] },
    ];
    const part = partOf({ content: 'acb', stop: true, slot_id: 0, completion_probabilities: list });
    expect(part.distribution).toBe('scaled');
    expect(tokensOf(part)).toEqual([['a', Math.log(0.25)], ['c'], ['b']]);
  });

  it('says raw where it gives log-probabilities, and nothing where it gives none', () => {
    expect(whole('llamaServer.json').distribution).toBe('raw');
    expect(partOf({ content: 'a', tokens_predicted: 1 }).distribution).toBeNull();
  });

  it('tells of speculation in its slots', () => {
    expect(
      slotsSpeculate([
        { id: 0, speculative: false },
        { id: 1, speculative: true },
      ]),
    ).toBe(true);
    expect(slotsSpeculate([{ id: 0, speculative: 'yes' }])).toBe(false);
    expect(slotsSpeculate({ error: 501 })).toBe(false);
  });
});

describe('vLLM', () => {
  it('scores a prompt: the own token is the one that is too many', () => {
    const part = whole('vllmCompletion.json');
    expect(promptTokensOf(part, 'x = ')).toEqual([['x'], [' =', -3.5], [' ', -0.4]]);
    expect(part.promptRows[0]?.alternatives.map(({ text }) => text)).toEqual([',', ' =']);
    expect(tokensOf(part)).toEqual(TOKENS);
  });

  it('scores a prompt: the own token is told by its id', () => {
    const part = whole('vllmChat.json');
    expect(promptTokensOf(part, 'x = ')).toEqual([['x'], [' =', -1.2], [' ', -0.4]]);
    expect(part.tokenIds).toEqual([693, 330, 963, 1]);
  });

  it('scores a prompt: where nothing tells the own token, it is unscored', () => {
    const body = JSON.parse(fixture('vllmChat.json')) as object;
    expect(promptTokensOf(partOf({ ...body, prompt_token_ids: null }), 'x = ')).toEqual([['x = ']]);
  });

  it('scores a prompt: where another entry shows how many were asked for, the one too many is the own token', () => {
    const likeliest = { logprob: -0.1, rank: 1, decoded_token: 'a' };
    const prompt_logprobs = [{ 5: likeliest }, { 2: { logprob: -2, rank: 2, decoded_token: 'b' }, 5: likeliest }];
    expect(promptTokensOf(partOf({ choices: [], prompt_logprobs }), 'ab')).toEqual([
      ['a', -0.1],
      ['b', -2],
    ]);
  });

  it('scores a prompt: a rank beyond the list tells the own token', () => {
    const entry = {
      1: { logprob: -1, rank: 1, decoded_token: 'a' },
      2: { logprob: -2, rank: 2, decoded_token: 'b' },
      3: { logprob: -7, rank: 40, decoded_token: 'c' },
    };
    expect(promptTokensOf(partOf({ choices: [], prompt_logprobs: [entry] }), 'c')).toEqual([['c', -7]]);
  });

  it('writes ids in the place of texts when asked to: the rows keep them, and no text is invented', () => {
    const row = {
      token: 'token_id:42',
      bytes: [116],
      logprob: -1,
      top_logprobs: [{ token: 'token_id:7', logprob: -2 }],
    };
    const part = partOf({ choices: [{ message: { content: 'a' }, logprobs: { content: [row] }, token_ids: [42] }] });
    expect(part.rows[0]).toMatchObject({
      tokenId: 42,
      text: '',
      bytes: null,
      alternatives: [{ tokenId: 7, text: '' }],
    });
    expect(tokensOf(part)).toEqual([['a']]);
  });
});

describe('SGLang', () => {
  it('scores a prompt, raw, and what it writes, scaled', () => {
    const part = whole('sglang.json');
    expect(promptTokensOf(part, 'x = ')).toEqual([['x'], [' =', -1.2], [' ', -0.4]]);
    expect(part.distribution).toBe('scaled');
  });

  it('gives ids alone unless texts are asked for', () => {
    const meta_info = {
      output_token_logprobs: [[-1, 5, null]],
      input_token_logprobs: [
        [null, 1, null],
        [-2, 2, null],
      ],
    };
    const part = partOf({ text: 'a', meta_info });
    expect(part.rows[0]).toMatchObject({ tokenId: 5, text: '', logprobNats: -1 });
    expect(part.promptRows.map(({ tokenId }) => tokenId)).toEqual([2]);
    expect(tokensOf(part)).toEqual([['a']]);
  });

  it('streams additions only, where the server was started so', () => {
    const chunk = (text: string, completion_tokens: number): unknown => ({
      text,
      meta_info: { completion_tokens, output_token_logprobs: [[-completion_tokens, 5, text]] },
    });
    expect(tokensOf(partOfChunks([chunk('a', 1), chunk('a', 2), chunk('b', 3)]))).toEqual([
      ['a', -1],
      ['a', -2],
      ['b', -3],
    ]);
  });
});

describe('what no format knows', () => {
  it.each([null, 1, 'text', [], {}, { error: { message: 'no' } }, { type: 'ping' }, [[]], { content: 'a' }])(
    '%j',
    (body) => {
      expect(readBody(body)).toBeUndefined();
    },
  );
});
