import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoredTextFromRows } from '../../../src/core/scoredTextFromRows.ts';
import { joinParts } from '../../../src/wire/joinParts.ts';
import { parseJson } from '../../../src/wire/jsonReaders.ts';
import { slotsSpeculate } from '../../../src/wire/llamaServer.ts';
import { readBody } from '../../../src/wire/readBody.ts';
import type { WirePart } from '../../../src/wire/wirePart.ts';
import { someSource } from '../core/someSource.ts';
import { fixture, scoredPart, sseEvents } from './replay.ts';

const BODIES: readonly unknown[] = [
  'openaiChat.json',
  'openaiCompletion.json',
  'openaiResponse.json',
  'llamaServer.json',
  'vllmChat.json',
  'vllmCompletion.json',
  'ollamaGenerate.json',
  'ollamaChat.json',
  'sglang.json',
].map((name) => parseJson(fixture(name)));

const STREAMS: readonly (readonly unknown[])[] = [
  'openaiChat.sse',
  'openaiResponse.sse',
  'llamaServer.sse',
  'sglang.sse',
].map((name) => sseEvents([fixture(name)]).flatMap((event) => (event.kind === 'data' ? [parseJson(event.data)] : [])));

const FIELDS = ['choices', 'logprobs', 'content', 'token', 'tokens', 'top_logprobs', 'completion_probabilities'];
const MORE_FIELDS = ['prompt_logprobs', 'meta_info', 'output', 'message', 'type', '__proto__', 'constructor', 'done'];

/** Arbitrary JSON, of the fields that formats know. */
const anyJson = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    fc.constantFrom<unknown>(
      null,
      true,
      0,
      1,
      -1,
      -1e999,
      1e999,
      0.5,
      -9999,
      'NaN',
      '-Infinity',
      '',
      'response.x',
      'a',
    ),
    fc.string(),
    fc.double({ noNaN: true }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.constantFrom(...FIELDS, ...MORE_FIELDS), tie('value'), { maxKeys: 6 }),
  ),
})).value;

/** What a mutation puts in the place of a value. */
const REPLACEMENTS: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  1,
  -1,
  1e308,
  -1e999,
  2 ** 53,
  'NaN',
  '-Infinity',
  '\ud83d',
  '\ufffd',
  {},
  [],
  [null],
  Array.from({ length: 3000 }, () => 255),
  Array.from({ length: 3000 }, () => ({ token: 'a', logprob: 'NaN' })),
];

interface Mutation {
  readonly at: number;
  readonly by: number;
}

const mutations = fc.array(fc.record({ at: fc.nat(400), by: fc.nat(REPLACEMENTS.length + 3) }), { maxLength: 6 });

/** The body with the value at a place, counted depth first, replaced, cut or repeated. */
function mutate(body: unknown, { at, by }: Mutation): unknown {
  let place = at;
  const walk = (value: unknown): unknown => {
    if (place-- === 0) {
      if (by < REPLACEMENTS.length) return REPLACEMENTS[by];
      if (typeof value === 'string') return value.slice(0, Math.floor(value.length / 2));
      if (Array.isArray(value)) return [...(value as unknown[]), ...(value as unknown[])].slice(by % 3);
      return [value];
    }
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item)]));
  };
  return walk(body);
}

function expectTiles(part: WirePart | undefined): void {
  if (part === undefined) return;
  for (const text of [part.text, 'return "é"']) {
    for (const rows of [part.rows, part.promptRows]) {
      const scored = scoredTextFromRows({ text, source: someSource, rows, alternativesRequested: 2 });
      expect([...scored.tokens()].map((token) => token.text).join('')).toBe(text);
    }
  }
}

describe('bodies that a server may send', () => {
  it('whatever the JSON, nothing throws and tokens tile', () => {
    fc.assert(
      fc.property(fc.array(anyJson, { maxLength: 4 }), fc.nat(2), (bodies, choice) => {
        const parts = bodies.map((body) => readBody(body, choice));
        parts.forEach(expectTiles);
        expectTiles(joinParts(parts.filter((part) => part !== undefined)));
        bodies.forEach(slotsSpeculate);
      }),
      { numRuns: 500 },
    );
  });

  it('whatever the text, parsing does not throw', () => {
    expect(parseJson('[NaN]')).toBeUndefined();
    expect(parseJson('')).toBeUndefined();
    expect(() => readBody(parseJson('['.repeat(100_000) + ']'.repeat(100_000)))).not.toThrow();
    fc.assert(fc.property(fc.string(), (text) => readBody(parseJson(text)) === undefined));
  });

  it('a damaged body: nothing throws, tokens tile', () => {
    fc.assert(
      fc.property(fc.constantFrom(...BODIES), mutations, (body, changes) => {
        expectTiles(readBody(changes.reduce(mutate, body)));
      }),
      { numRuns: 500 },
    );
  });

  it('a damaged stream: nothing throws, tokens tile', () => {
    fc.assert(
      fc.property(fc.constantFrom(...STREAMS), mutations, fc.nat(8), (chunks, changes, dropped) => {
        const damaged = changes.reduce<unknown>(mutate, chunks.toSpliced(dropped, 1));
        const parts = Array.isArray(damaged) ? damaged.map((chunk) => readBody(chunk)) : [];
        expectTiles(joinParts(parts.filter((part) => part !== undefined)));
      }),
      { numRuns: 300 },
    );
  });

  it('no mutation of a speculative answer makes its rows look certain', () => {
    const rows = ['a', 'b', 'c'].map((token) => ({ token, logprob: 0, top_logprobs: [] }));
    const body = { content: 'abc', tokens_predicted: 3, completion_probabilities: rows, timings: { draft_n: 3 } };
    fc.assert(
      fc.property(mutations, (changes) => {
        const harmless = changes.filter(({ by }) => REPLACEMENTS[by] === undefined || REPLACEMENTS[by] === null);
        const part = readBody(harmless.reduce(mutate, body));
        expect(part?.rows.every(({ logprobNats }) => logprobNats === null) ?? true).toBe(true);
      }),
    );
  });
});

describe('time in proportion to size', () => {
  const row = { token: 'ab ', bytes: [97, 98, 32], logprob: -1, top_logprobs: [{ token: 'x', logprob: -2 }] };
  const repeated = (count: number): unknown[] => Array.from({ length: count }, () => row);
  const cases: readonly [string, (count: number) => readonly unknown[]][] = [
    ['whole bodies', (count) => [{ choices: [{ text: 'ab '.repeat(count), logprobs: { content: repeated(count) } }] }]],
    [
      'ids that are found nowhere',
      (count) => [
        {
          content: 'ab '.repeat(count),
          tokens: Array.from({ length: 2 * count }, () => 1),
          completion_probabilities: repeated(count).map(() => ({ ...row, id: 2 })),
        },
      ],
    ],
    [
      'chunks that take turns with repetitions',
      (count) =>
        Array.from({ length: count }, (_, at) => ({
          type: at % 2 === 0 ? 'response.output_text.delta' : 'response.output_text.done',
          delta: 'ab ',
          text: '',
          logprobs: [row],
        })),
    ],
    [
      'tokens in the notation of bytes',
      (count) => [
        { choices: [{ text: 'a', logprobs: { tokens: [`bytes:${'\\x20'.repeat(count)}é`], token_logprobs: [-1] } }] },
      ],
    ],
    [
      'rows without a text',
      (count) => [
        { text: 'a', meta_info: { output_token_logprobs: Array.from({ length: count }, () => [-1, 5, null]) } },
      ],
    ],
  ];

  it.each(cases)('%s', (_name, bodiesOf) => {
    const timeOf = (count: number): number => {
      const bodies = bodiesOf(count);
      const start = process.cpuUsage();
      const part = joinParts(bodies.flatMap((body) => readBody(body) ?? []))!;
      scoredPart(part);
      // Of the processor: other programs must not count.
      return process.cpuUsage(start).user / 1000;
    };
    // Of three, for the collection of garbage takes its time as well.
    const shortestOf = (count: number): number => Math.min(timeOf(count), timeOf(count), timeOf(count));
    timeOf(2000);
    expect(shortestOf(40_000)).toBeLessThan(32 * Math.max(2, shortestOf(5000)));
  });
});
