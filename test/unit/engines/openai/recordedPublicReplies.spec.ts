import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { promptRowsOf } from '../../../../src/engines/openai/promptRowsOf.ts';
import { readBody } from '../../../../src/wire/readBody.ts';
import type { WirePart } from '../../../../src/wire/wirePart.ts';
import { tokensOf, type ShownToken } from '../../wire/replay.ts';

/**
 * Replies of real servers that people quoted in public threads: what was cut from them is said in the file. Each is read
 * as from the wire and held to what a person reads in it.
 */
interface PublicReply {
  readonly server: string;
  readonly source: string;
  readonly cut?: string;
  readonly body: unknown;
}

const url = new URL('../../../fixtures/replies/public.json', import.meta.url);
const REPLIES = JSON.parse(readFileSync(url, 'utf8')) as PublicReply[];

function replyOf(server: string): PublicReply {
  const reply = REPLIES.find((other) => other.server === server);
  if (reply === undefined) throw new Error(`no reply of ${server}`);
  return reply;
}

function partOf(server: string): WirePart {
  return readBody(replyOf(server).body)!;
}

/** The tokens of each reply; `null`: in a format that is not read. */
const EXPECTED: Readonly<Record<string, readonly ShownToken[] | null>> = {
  'vLLM 0.16.0, completions with echo': [
    ['The'],
    [' step', -8.818763732910156],
    [' of', -1.552642822265625],
    [' boiling', -13.55989933013916],
    [' water', -2.0115487575531006],
    [' is', -2.2331151962280273],
    [':', -8.53701114654541],
    [' ', -1.2870503664016724],
    ['1', -0.41059786081314087],
  ],
  'vLLM, responses': [
    ['根据', -3.7662811279296875],
    ['.annotation', -11.680919647216797],
    ['.cell', -10.4017972946167],
    ['().'],
  ],
  // Four tokens of a byte each: the sum of -0.0260833, -0.0000832, -0.4043496 and -0.0221568.
  'Ollama, generate, with bytes of a character in pieces': [['😊', -0.452672919651377]],
  'Ollama 0.12.11 while it was made, generate': [['Paris', -0.0820460096001625], ['.']],
  // The logarithms of 0.9665, 0.2765 and 0.5728.
  'llama-server of 2023, completion': [
    [' to', -0.0340710364298354],
    [' be', -1.2853982538797404],
    [' happy', -0.5572638594956865],
  ],
  'llama-server b4501, completions': [[' Ge']],
  'llama-cpp-python, chat': [['The', -0.008244173601269722], [' capital of France is']],
  'SGLang (JAX), generate without texts': [[' Paris. It is located in']],
  'LMDeploy, a chunk of a chat': [['Hello', -0.00005777091791969724]],
  'TGI 1.4.4, chat': [
    ['**', -0.22558594],
    ['Deep', -0.0014877319],
    [' learning', -0.12695312],
    ['**', -0.055664062],
    [' is', -0.00090026855],
    [' a', -0.006072998],
    [' subset', -2.25],
    [' of', -0.00031089783],
    [' machine', -0.091308594],
    [' learning', -0.00002348423],
    [' (ML) that emphasizes the creation of **artificial'],
  ],
  'TGI, its own generate': null,
  'LM Studio 0.4.0, responses': [['Google']],
  'vMLX 1.3.35, completions': [['3']],
};

describe('public replies', () => {
  it('have a source each, and an expectation', () => {
    expect(REPLIES.map(({ server }) => server).sort()).toEqual(Object.keys(EXPECTED).sort());
    for (const { source } of REPLIES)
      expect(source).toMatch(/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+\/(pull|issues)\/\d+$/);
  });

  it.each(Object.entries(EXPECTED))('say what a person reads in them: %s', (server, expected) => {
    const part = readBody(replyOf(server).body);
    const tokens = part === undefined ? null : tokensOf(part);
    expect(tokens?.map(([text]) => text)).toEqual(expected?.map(([text]) => text));
    for (const [at, [, logprobNats]] of (expected ?? []).entries()) {
      if (logprobNats === undefined) expect(tokens?.[at]).toHaveLength(1);
      else expect(tokens?.[at]?.[1]).toBeCloseTo(logprobNats, 9);
    }
  });

  it('of vLLM: an echo scores the prompt, and names five alternatives beside its own', () => {
    const part = partOf('vLLM 0.16.0, completions with echo');
    const rows = promptRowsOf(part);
    expect(rows.map(({ text }) => text).join('')).toBe('The step of boiling water is: ');
    expect(rows.map(({ alternatives }) => alternatives.length)).toEqual([0, 6, 5, 6, 0, 0, 0, 0]);
    expect(rows[2]!.alternatives.map(({ text }) => text)).toEqual([' of', ' in', ' that', ' response', 'wise']);
  });

  it('of SGLang: rows without texts keep their ids, and the prompt is scored from its second token', () => {
    const part = partOf('SGLang (JAX), generate without texts');
    expect(part).toMatchObject({ format: 'sglang', distribution: 'scaled', promptTokens: 5, finishReason: 'length' });
    expect(part.rows.map(({ tokenId }) => tokenId)).toEqual([12095, 13, 1084, 374, 7407, 304]);
    expect(part.promptRows.map(({ tokenId, logprobNats }) => [tokenId, logprobNats])).toEqual([
      [315, -0.58203125],
      [9625, -3.53125],
      [374, -2.84375],
    ]);
    expect(part.promptRows[1]!.alternatives.map(({ tokenId }) => tokenId)).toEqual([279, 9625, 5616]);
  });

  it('of llama-server: probabilities after sampling are another distribution', () => {
    expect(partOf('llama-server of 2023, completion').distribution).toBe('scaled');
  });

  it('of LMDeploy: a token need not be among its own alternatives, which may be spelt in the byte alphabet', () => {
    const [row] = partOf('LMDeploy, a chunk of a chat').rows;
    expect(row!.alternatives.map(({ text }) => text)).toEqual(['Hi', '\u0120Hello']);
  });
});
