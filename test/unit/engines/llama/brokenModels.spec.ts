import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { createLlamaProcess } from '../../../../src/engines/llama/llamaProcess.ts';
import { CHILD_URL, randomGguf } from '../../../support/randomGgufFile.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';
import { isAlive } from './childWatch.ts';
import { ggufPlaces, METADATA_COUNT_AT, TENSOR_COUNT_AT, type GgufPlaces } from './ggufPlaces.ts';

/** Model files that are broken in one place each, given to the real child. */
const modelPath = randomGguf({ width: 32, layers: 1, heads: 2, feedForward: 32, context: 128 });
const LANES = 3;
const DEADLINE_MS = 100_000;
/** Several times what the whole model needs. */
const MOST_CHILD_BYTES = 1 << 30;

interface Mutation {
  readonly name: string;
  /** Changes the bytes in place, or returns others. */
  readonly change: (file: Buffer, places: GgufPlaces) => Buffer | undefined;
}

function cut(name: string, lengthOf: (file: Buffer, places: GgufPlaces) => number): Mutation {
  return { name: `ends ${name}`, change: (file, places) => file.subarray(0, lengthOf(file, places)) };
}

function number(name: string, bytes: 4 | 8, value: number | bigint, placeOf: (places: GgufPlaces) => number): Mutation {
  const change = (file: Buffer, places: GgufPlaces): undefined => {
    if (bytes === 4) file.writeUInt32LE(Number(value), placeOf(places));
    else file.writeBigUInt64LE(BigInt(value), placeOf(places));
  };
  return { name: `${name} ${value}`, change };
}

function text(name: string, key: string, value: string): Mutation {
  const change = (file: Buffer, { metadata }: GgufPlaces): undefined => {
    const { value: at, end } = metadata.get(key)!;
    file.fill(' ', at + 8, end).write(value.slice(0, end - at - 8), at + 8);
  };
  return { name: `${name} ${value}`, change };
}

const ofKey =
  (key: string, part: 'key' | 'type' | 'value', plus = 0) =>
  ({ metadata }: GgufPlaces): number =>
    metadata.get(key)![part] + plus;
const ofTensor =
  (index: number, part: 'name' | 'dimensions' | 'type' | 'offset', plus = 0) =>
  ({ tensors }: GgufPlaces): number =>
    tensors[index]![part] + plus;
const TOKENS = 'tokenizer.ggml.tokens';
const MERGES = 'tokenizer.ggml.merges';

const MUTATIONS: readonly Mutation[] = [
  ...[0, 3, 4, 7, 8, 15, 16, 23, 24, 31, 40, 100].map((length) => cut(`after ${length} bytes`, () => length)),
  ...[0.001, 0.1, 0.5, 0.9, 0.999].map((share) =>
    cut(`after ${share} of its head`, (_, { headEnd }) => Math.floor(share * headEnd)),
  ),
  cut('after its head', (_, { headEnd }) => headEnd),
  ...[0.5, 0.9].map((share) => cut(`after ${share} of its bytes`, ({ length }) => Math.floor(share * length))),
  cut('one byte too soon', ({ length }) => length - 1),

  { name: 'another magic', change: (file) => void file.write('GGML') },
  { name: 'magic in reverse', change: (file) => void file.write('FUGG') },
  ...[0, 1, 99, 0x0300_0000].map((version) => number('version', 4, version, () => 4)),
  ...[0n, 5n, 1n << 40n, (1n << 63n) - 1n].map((count) => number('tensor count', 8, count, () => TENSOR_COUNT_AT)),
  ...[0n, 5n, 1n << 40n, 1n << 63n].map((count) => number('metadata count', 8, count, () => METADATA_COUNT_AT)),

  ...[0n, 1n << 31n, 1n << 40n, (1n << 64n) - 1n].map((length) =>
    number('key length', 8, length, ofKey('llama.block_count', 'key')),
  ),
  ...[1n << 30n, 1n << 33n, 1n << 62n].map((length) =>
    number('string length', 8, length, ofKey('general.name', 'value')),
  ),
  ...[0n, 300n, 1n << 28n, 1n << 40n, 1n << 63n].map((count) =>
    number('token count', 8, count, ofKey(TOKENS, 'value', 4)),
  ),
  ...[0n, 1n << 40n].map((count) => number('merge count', 8, count, ofKey(MERGES, 'value', 4))),
  number('length of the first token', 8, 1n << 31n, ofKey(TOKENS, 'value', 12)),
  number('type of tokens', 4, 4, ofKey(TOKENS, 'value')),
  number('tokens as an array of arrays:', 4, 9, ofKey(TOKENS, 'value')),

  ...['llama.context_length', 'llama.attention.head_count', 'tokenizer.ggml.model'].flatMap((key) =>
    [6, 99].map((type) => number(`type of ${key}`, 4, type, ofKey(key, 'type'))),
  ),
  ...[0, 0xffff_ffff].map((value) => number('context length', 4, value, ofKey('llama.context_length', 'value'))),
  ...[0x8000_0000].map((value) => number('width', 4, value, ofKey('llama.embedding_length', 'value'))),
  ...[0, 0x7fff_ffff].map((value) => number('layers', 4, value, ofKey('llama.block_count', 'value'))),
  ...[0, 3].map((value) => number('heads', 4, value, ofKey('llama.attention.head_count', 'value'))),
  number('dimensions that turn', 4, 7, ofKey('llama.rope.dimension_count', 'value')),
  number('feed-forward', 4, 0xffff_ffff, ofKey('llama.feed_forward_length', 'value')),
  number('start token', 4, 0x7fff_ffff, ofKey('tokenizer.ggml.bos_token_id', 'value')),
  number('middle sign', 4, 99_999, ofKey('tokenizer.ggml.fim_mid_token_id', 'value')),
  text('architecture', 'general.architecture', 'nope'),
  text('tokenizer', 'tokenizer.ggml.model', 'bert'),
  text('pre-tokenizer', 'tokenizer.ggml.pre', 'nonsense'),

  ...[0, 5, 0x7fff_ffff].map((count) => number('dimensions of a tensor', 4, count, ofTensor(0, 'dimensions'))),
  ...[0n, 1n << 62n].map((size) => number('size of a tensor', 8, size, ofTensor(2, 'dimensions', 4))),
  ...[999].map((type) => number('type of a tensor', 4, type, ofTensor(2, 'type'))),
  ...[7n, 1n << 40n].map((offset) => number('offset of a tensor', 8, offset, ofTensor(3, 'offset'))),
  number('length of a tensor name', 8, 1n << 50n, ofTensor(1, 'name')),
  { name: 'a tensor of another name', change: (file, { tensors }) => void file.write('x', tensors[2]!.name + 8) },

  ...Array.from({ length: 6 }, (_, seed) => ({
    name: `flipped bytes ${seed}`,
    change: (file: Buffer, { headEnd, metadata }: GgufPlaces): undefined => {
      const random = randomNumbers(seed);
      // The lists of tokens fill most of the head; what is around them is flipped as often.
      const end = seed % 2 === 0 ? headEnd : metadata.get(TOKENS)!.value;
      for (let flips = 0; flips < 3; flips++) {
        const at = 4 + Math.floor(random() * (end - 4));
        file[at] = (file[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      }
    },
  })),
];

describe('a model file that is broken', () => {
  it(`in one of ${MUTATIONS.length} ways gives a typed error, or an answer`, { timeout: 600_000 }, async () => {
    const whole = readFileSync(modelPath());
    const places = ggufPlaces(whole);
    expect(places.tensors).toHaveLength(12);
    const folder = temporaryFolder();
    const left = [...MUTATIONS];
    const endings: { readonly name: string; readonly ending: string; readonly ms: number; readonly bytes: number }[] =
      [];
    const lane = async (number: number): Promise<void> => {
      for (let mutation = left.shift(); mutation !== undefined; mutation = left.shift()) {
        const path = join(folder, `${number}.gguf`);
        const changed = Buffer.from(whole);
        writeFileSync(path, mutation.change(changed, places) ?? changed);
        endings.push({ name: mutation.name, ...(await endOf(path)) });
        rmSync(path);
      }
    };
    await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
    expect(endings.filter(({ ending }) => !['answered', 'corrupt', 'engine-failed'].includes(ending))).toEqual([]);
    expect(endings.filter(({ ms }) => ms > DEADLINE_MS)).toEqual([]);
    expect(endings.filter(({ bytes }) => bytes > MOST_CHILD_BYTES)).toEqual([]);
    // Most are recognised for what they are; few break the process down, and few are harmless.
    const count = (wanted: string): number => endings.filter(({ ending }) => ending === wanted).length;
    expect(count('corrupt')).toBeGreaterThan(0.6 * endings.length);
  });
});

/** Asks for a score and a few tokens with such a model. */
async function endOf(path: string): Promise<{ ending: string; ms: number; bytes: number }> {
  const load = { modelPath: path, threads: 1, contextTokens: 128 };
  const limits = { loadMs: 60_000, silenceMs: 20_000, backOffMs: 1 };
  const child = createLlamaProcess({ childUrl: CHILD_URL, load, limits });
  const began = performance.now();
  let bytes = 0;
  const scored = child.ask({ kind: 'score', text: 'x = [1, 2]\n' });
  const written = child.ask({ kind: 'generate', generate: { prefix: 'x', suffix: 'y', maxTokens: 4, topK: 2 } });
  const pid = child.pid ?? 0;
  const watching = (async () => {
    while (isAlive(pid)) {
      bytes = Math.max(bytes, peakBytes(pid));
      await sleep(20);
    }
  })();
  const ends = await Promise.allSettled([scored, written]);
  const ms = performance.now() - began;
  await child.close();
  await watching;
  const failures = ends.filter((end) => end.status === 'rejected').map(({ reason }): unknown => reason);
  const kinds = failures.map((failure) => (CandorError.is(failure) ? failure.reason : String(failure)));
  return { ending: kinds.length === 0 ? 'answered' : [...new Set(kinds)].join(', '), ms, bytes };
}

/** Most memory that a process ever held; 0 where the system does not say. */
function peakBytes(pid: number): number {
  try {
    const [, kilobytes = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return 1024 * Number(kilobytes);
  } catch {
    return 0;
  }
}
