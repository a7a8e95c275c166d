import { describe, expect, it } from 'vitest';
import { LEAST_LOGPROB_NATS } from '../../../src/core/scoredRow.ts';
import { encodeUtf8 } from '../../../src/core/utf8.ts';
import {
  fixture,
  partOf,
  partOfChunks,
  partOfEvents,
  promptTokensOf,
  scoredPart,
  sseEvents,
  tokensOf,
  type ShownToken,
} from './replay.ts';

/** A row as most servers write it. */
function row(token: string, logprob: number | null, more: object = {}): object {
  return { token, bytes: [...encodeUtf8(token)], logprob, top_logprobs: [{ token, logprob }], ...more };
}

/** A row of a speculative step. */
function drafted(token: string, more: object = {}): object {
  return row(token, 0, { top_logprobs: [], ...more });
}

function llama(content: string, rows: readonly object[], more: object = {}): object {
  return {
    content,
    tokens_predicted: rows.length,
    stop: true,
    stop_type: 'eos',
    ...more,
    completion_probabilities: rows,
  };
}

function chat(content: string, rows: readonly object[] | null, more: object = {}): object {
  return { choices: [{ index: 0, message: { content }, logprobs: rows && { content: rows } }], ...more };
}

function ollama(response: string, logprobs: readonly object[]): object {
  return { model: 'm', response, done: true, logprobs };
}

// The numbers are those of the tests of core/scoredTextFromRows, and of docs/wire.md.
describe('known faults of servers, from the bytes to the tokens', () => {
  const smile = [...encodeUtf8('😀')];
  const smileRows = [
    row('"', -1, { id: 1 }),
    { ...row('😀', -0.01, { id: 73 }), bytes: smile },
    row('"', -3, { id: 1 }),
  ];
  const unscoredSmile: ShownToken[] = [['"', -1], ['😀'], ['"', -3]];

  it('1a: llama-server sends no row for the first pieces of a character: their ids show it', () => {
    expect(tokensOf(partOf(llama('"😀"', smileRows, { tokens: [1, 70, 71, 73, 1] })))).toEqual(unscoredSmile);
    // A row too many at the end hides nothing.
    const ended = [...smileRows, row('', -1, { id: 2 })];
    expect(tokensOf(partOf(llama('"😀"', ended, { tokens: [1, 70, 73, 1] })))).toEqual(unscoredSmile);
    // Nothing is missing where the ids are those of the rows.
    expect(tokensOf(partOf(llama('"😀"', smileRows, { tokens: [1, 73, 1] })))).toEqual([
      ['"', -1],
      ['😀', -0.01],
      ['"', -3],
    ]);
  });

  it('1a: in a stream the count of what was written shows it', () => {
    const chunk = (content: string, index: number, tokens_predicted: number): object => ({
      content,
      tokens_predicted,
      stop: false,
      completion_probabilities: [smileRows[index]],
    });
    const end = { content: '', tokens_predicted: 6, stop: true, stop_type: 'eos' };
    const chunks = [chunk('"', 0, 1), chunk('😀', 1, 4), chunk('"', 2, 5), end];
    expect(tokensOf(partOfChunks(chunks))).toEqual(unscoredSmile);
    expect(tokensOf(partOfChunks([chunk('"', 0, 1), chunk('😀', 1, 2), chunk('"', 2, 3), end]))).toEqual([
      ['"', -1],
      ['😀', -0.01],
      ['"', -3],
    ]);
  });

  it('1b: llama-server sends an empty row while a stop string may begin, and its text with the next row', () => {
    const part = partOf(llama('x\n\ny', [row('x', -1), row('', -2), row('\n\ny', -3)]));
    expect(tokensOf(part)).toEqual([
      ['x', -1],
      ['\n\ny', -5],
    ]);
  });

  it('2: llama-server removes as many rows as the stop string alone has tokens', () => {
    const rows = [row('f', -1), row('(', -2)];
    expect(tokensOf(partOf(llama('f(x)', rows, { stop_type: 'word', stopping_word: '\n\n' })))).toEqual([
      ['f', -1],
      ['(', -2],
      ['x)'],
    ]);
  });

  it('2: a stream keeps the rows of the stop string, and may lack that of the end', () => {
    const chunks = [row('f', -1), row('()', -2), row('\n\n', -3)].map((item, at) => ({
      content: ['f', '()', ''][at],
      completion_probabilities: [item],
    }));
    expect(tokensOf(partOfChunks(chunks))).toEqual([
      ['f', -1],
      ['()', -2],
    ]);
  });

  it('2: a token that the stop string cut is unscored', () => {
    expect(tokensOf(partOf(llama('f()', [row('f', -1), row('(', -2), row(')\n\n', -3)])))).toEqual([
      ['f', -1],
      ['(', -2],
      [')'],
    ]);
  });

  it('3a: llama-server cuts the text at the first byte that is not UTF-8; the bytes are complete', () => {
    const rows = [row('a', -1, { bytes: [0x61, 0xf0, 0x9f] }), row('', -2, { bytes: [0x98, 0x80] }), row('b', -3)];
    expect(tokensOf(partOf(llama('a😀b', rows)))).toEqual([
      ['a😀', -3],
      ['b', -3],
    ]);
  });

  it('3b: Ollama makes the bytes from the cut text, with U+FFFD', () => {
    const broken = row('\ufffd', -2, { bytes: [239, 191, 189] });
    expect(tokensOf(partOf(ollama('"😀" + c', [row('"', -1), broken, broken, row('"', -3), row(' + c', -4)])))).toEqual(
      [
        ['"', -1],
        ['😀', -4],
        ['"', -3],
        [' + c', -4],
      ],
    );
  });

  it('3c: vLLM decodes with errors replaced, and once sent empty strings', () => {
    const broken = row('\ufffd', -2, { bytes: [239, 191, 189] });
    const rows = [row('# ', -1), broken, broken, row('\n', -4)];
    const tokens: ShownToken[] = [
      ['# ', -1],
      ['漢', -4],
      ['\n', -4],
    ];
    expect(tokensOf(partOf(chat('# 漢\n', rows)))).toEqual(tokens);
    const empty = row('', -2, { bytes: [] });
    expect(tokensOf(partOf(chat('# 漢\n', [row('# ', -1), empty, empty, row('\n', -4)])))).toEqual(tokens);
  });

  it('4: llama.cpp and OpenAI write a probability of zero as a very small number', () => {
    const rows = [row('a', -3.4e38), row('b', -9999), row('c', -1)];
    const tokens: ShownToken[] = [
      ['a', LEAST_LOGPROB_NATS],
      ['b', LEAST_LOGPROB_NATS],
      ['c', -1],
    ];
    expect(tokensOf(partOf(llama('abc', rows)))).toEqual(tokens);
    expect(tokensOf(partOf(chat('abc', rows)))).toEqual(tokens);
  });

  it('5: old builds of llama.cpp spell a token and its alternative differently: the id is one', () => {
    const top_logprobs = [
      { id: 9, token: 'x', bytes: [120], logprob: -1 },
      { id: 8, token: 'y', bytes: [121], logprob: -2 },
    ];
    const part = partOf(llama(' x', [row(' x', -1, { id: 9, top_logprobs })]));
    expect(scoredPart(part).token(0)).toMatchObject({
      text: ' x',
      alternatives: [{ text: ' x' }, { text: 'y' }],
    });
  });

  it('6: vLLM sends no rows when it was asked without a number of alternatives', () => {
    expect(tokensOf(partOf(chat('f()', null)))).toEqual([['f()']]);
    expect(tokensOf(partOf(chat('a', [{ token: 'a', logprob: -1, top_logprobs: null }])))).toEqual([['a', -1]]);
  });

  it('7: rows of speculative steps are unscored, even where nobody says how many alternatives were asked for', () => {
    const rows = [row('a', -1), drafted('b'), drafted('c'), row('d', -2), drafted('e')];
    const tokens: ShownToken[] = [['a', -1], ['b'], ['c'], ['d', -2], ['e']];
    expect(tokensOf(partOf(llama('abcde', rows)))).toEqual(tokens);
    // After sampling the placeholder is a probability of 1.
    const scaled = [
      { token: 'a', prob: 1, top_probs: [{ token: 'a', prob: 1 }] },
      { token: 'b', prob: 1, top_probs: [] },
    ];
    expect(tokensOf(partOf(llama('ab', scaled)))).toEqual([['a', 0], ['b']]);
  });

  it('7: in the shape of a chat the count of drafts tells, or a run of such rows', () => {
    const rows = [row('a', -1), drafted('b'), row('c', -2), drafted('d'), drafted('e')];
    const timings = { predicted_n: 5, draft_n: 6, draft_n_accepted: 2 };
    expect(tokensOf(partOf(chat('abcde', rows, { timings })))).toEqual([['a', -1], ['b'], ['c', -2], ['d'], ['e']]);
    expect(tokensOf(partOf(chat('abcde', rows)), 'abcde', 5)).toEqual([['a', -1], ['b', 0], ['c', -2], ['d'], ['e']]);
  });

  it('7: in a stream the count comes last, and holds for all that came before it', () => {
    const chunk = (content: string, rows: readonly object[], more: object = {}): object => ({
      choices: [{ index: 0, delta: { content }, logprobs: { content: rows } }],
      ...more,
    });
    const end = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], timings: { draft_n: 4 } };
    const part = partOfChunks([chunk('a', [drafted('a')]), chunk('b', [row('b', -1)]), end]);
    expect(part.draftedTokens).toBe(4);
    expect(tokensOf(part)).toEqual([['a'], ['b', -1]]);
  });

  it('8: Ollama copies the probability into the field: above 0 is unscored', () => {
    expect(tokensOf(partOf(ollama('ab', [row('a', 0.98), row('b', -1)])))).toEqual([['a'], ['b', -1]]);
  });

  it('9: vLLM may give up on scoring a prompt: no rows, or an answer cut short', () => {
    const answer = { choices: [{ text: '', logprobs: null, prompt_logprobs: null }] };
    expect(promptTokensOf(partOf(answer), 'f()')).toEqual([['f()']]);
    const own = { 7: { logprob: -1, rank: 1, decoded_token: 'f' } };
    expect(promptTokensOf(partOf({ ...answer, prompt_logprobs: [own] }), 'f()')).toEqual([['f', -1], ['()']]);
  });

  it('10: llama.cpp with a cached prompt answers nearly, not exactly, the same', () => {
    const [once, again] = [-1.2345678, -1.2345921].map((logprob) => tokensOf(partOf(llama('a', [row('a', logprob)]))));
    expect(once?.[0]?.[1]).toBeCloseTo(again?.[0]?.[1] ?? 0, 3);
  });

  it('11: llama.cpp answers legacy completions with the rows of a chat, Together a chat with columns', () => {
    const content = [row('a', -1), row('b', -2)];
    const columns = { tokens: ['a', 'b'], token_logprobs: [-1, -2] };
    const tokens: ShownToken[] = [
      ['a', -1],
      ['b', -2],
    ];
    expect(tokensOf(partOf({ choices: [{ text: 'ab', logprobs: { content } }] }))).toEqual(tokens);
    expect(tokensOf(partOf({ choices: [{ message: { content: 'ab' }, logprobs: columns }] }))).toEqual(tokens);
  });

  it('12: one chunk of vLLM may hold several tokens', () => {
    const part = partOfEvents(sseEvents([fixture('vllmChat.sse')]))!;
    expect(tokensOf(part)).toEqual([
      ['return', -0.12],
      [' "', -0.7],
      ['é', -1.5],
      ['"', -0.03],
    ]);
  });

  it('13: OpenRouter and LM Studio leave the rows out, or send none, without a word', () => {
    for (const logprobs of [undefined, null, {}, { content: null }, { content: [] }, []]) {
      expect(tokensOf(partOf({ choices: [{ message: { content: 'f()' }, logprobs }] }))).toEqual([['f()']]);
    }
    const empty = { type: 'output_text', text: 'f()', logprobs: [] };
    expect(tokensOf(partOf({ object: 'response', output: [{ type: 'message', content: [empty] }] }))).toEqual([
      ['f()'],
    ]);
  });
});
