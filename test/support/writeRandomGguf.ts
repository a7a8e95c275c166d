/**
 * Writes small GGUF files of random weights, so that tests run a real llama.cpp on a model that nobody has to download.
 *
 * The format is version 3 of https://github.com/ggml-org/ggml/blob/master/docs/gguf.md: all numbers little-endian, tensor
 * data aligned to 32 bytes.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { toAlphabet, BYTE_OF_ID } from '../../src/engines/tokenizer/byteAlphabet.ts';
import { PRE_TOKENIZER_NAME } from '../../src/engines/tokenizer/preTokenize.ts';
import { SPECIAL_NAMES } from '../../src/engines/tokenizer/tokenizer.ts';

export interface GgufShape {
  readonly width: number;
  readonly layers: number;
  readonly heads: number;
  readonly feedForward: number;
  readonly context: number;
  readonly seed: number;
  /** How weights are kept: 4 bytes each, or in blocks of 32 bytes with one scale. */
  readonly weights: 'f32' | 'q8_0';
  /** Without a beginning of text the model has no token to start from. */
  readonly hasStart: boolean;
  /** How text is cut before pairs are merged: a name that llama.cpp knows. */
  readonly preTokenizer: string;
}

export const SMALL_SHAPE: GgufShape = {
  width: 64,
  layers: 2,
  heads: 4,
  feedForward: 128,
  context: 512,
  seed: 1,
  weights: 'f32',
  hasStart: true,
  preTokenizer: PRE_TOKENIZER_NAME,
};

/** Number of weights of a model of that shape with our vocabulary. */
export function parameterCount({ width, layers, feedForward }: GgufShape): number {
  return 2 * width * vocabulary().tokens.length + layers * (4 * width * width + 3 * width * feedForward);
}

/** Writes a llama model with our tokenizer's vocabulary; the same shape gives the same file. */
export function writeRandomGguf(path: string, shape: Partial<GgufShape> = {}): void {
  const whole = { ...SMALL_SHAPE, ...shape };
  const tensors = tensorsOf(whole);
  const typeOf = ({ sizes }: TensorShape): 'f32' | 'q8_0' => (sizes.length === 1 ? 'f32' : whole.weights);
  const metadata = metadataOf(whole);
  const head = new GgufBytes();
  head.raw('GGUF').u32(3).u64(tensors.length).u64(metadata.length);
  for (const [key, type, value] of metadata) head.string(key).typed(type, value);
  let offset = 0;
  for (const tensor of tensors) {
    head.string(tensor.name).u32(tensor.sizes.length);
    for (const size of tensor.sizes) head.u64(size);
    head.u32(typeOf(tensor) === 'f32' ? 0 : 8).u64(offset);
    offset = aligned(offset + byteLength(tensor, typeOf(tensor)));
  }
  const file = openSync(path, 'w');
  try {
    writeSync(file, padded(head.bytes()));
    const random = randomNumbers(whole.seed);
    for (const tensor of tensors) {
      const bytes = typeOf(tensor) === 'f32' ? floats(tensor, random) : blocks(tensor, random);
      writeSync(file, padded(bytes));
    }
  } finally {
    closeSync(file);
  }
}

interface TensorShape {
  readonly name: string;
  /** The fastest-moving dimension first. */
  readonly sizes: readonly number[];
  /** Standard deviation of the weights; 0: all are 1. */
  readonly spread: number;
}

function tensorsOf({ width, layers, feedForward }: GgufShape): readonly TensorShape[] {
  const size = vocabulary().tokens.length;
  const norm = (name: string): TensorShape => ({ name, sizes: [width], spread: 0 });
  const matrix = (name: string, from: number, to: number): TensorShape => ({
    name,
    sizes: [from, to],
    spread: 1 / Math.sqrt(from),
  });
  return [
    { name: 'token_embd.weight', sizes: [width, size], spread: 1 },
    norm('output_norm.weight'),
    // Logits of a standard deviation of 3: neither flat nor certain.
    { name: 'output.weight', sizes: [width, size], spread: 3 / Math.sqrt(width) },
    ...Array.from({ length: layers }, (_, layer) => [
      norm(`blk.${layer}.attn_norm.weight`),
      norm(`blk.${layer}.ffn_norm.weight`),
      ...['attn_q', 'attn_k', 'attn_v', 'attn_output'].map((name) =>
        matrix(`blk.${layer}.${name}.weight`, width, width),
      ),
      matrix(`blk.${layer}.ffn_gate.weight`, width, feedForward),
      matrix(`blk.${layer}.ffn_up.weight`, width, feedForward),
      matrix(`blk.${layer}.ffn_down.weight`, feedForward, width),
    ]).flat(),
  ];
}

type MetadataType = 'u32' | 'f32' | 'bool' | 'string' | 'strings' | 'i32s';
type MetadataValue = number | boolean | string | readonly string[] | readonly number[];

function metadataOf(shape: GgufShape): readonly (readonly [string, MetadataType, MetadataValue])[] {
  const { tokens, merges, firstSpecial } = vocabulary();
  const special = (name: (typeof SPECIAL_NAMES)[number]): number => firstSpecial + SPECIAL_NAMES.indexOf(name);
  return [
    ['general.architecture', 'string', 'llama'],
    ['general.name', 'string', 'random'],
    ['llama.context_length', 'u32', shape.context],
    ['llama.embedding_length', 'u32', shape.width],
    ['llama.block_count', 'u32', shape.layers],
    ['llama.feed_forward_length', 'u32', shape.feedForward],
    ['llama.attention.head_count', 'u32', shape.heads],
    ['llama.attention.head_count_kv', 'u32', shape.heads],
    ['llama.rope.dimension_count', 'u32', shape.width / shape.heads],
    ['llama.attention.layer_norm_rms_epsilon', 'f32', 1e-5],
    ['llama.rope.freq_base', 'f32', 10_000],
    ['llama.vocab_size', 'u32', tokens.length],
    ['tokenizer.ggml.model', 'string', 'gpt2'],
    ['tokenizer.ggml.pre', 'string', shape.preTokenizer],
    ['tokenizer.ggml.tokens', 'strings', tokens],
    ['tokenizer.ggml.merges', 'strings', merges],
    ['tokenizer.ggml.token_type', 'i32s', tokens.map((_, id) => (id < firstSpecial ? 1 : 3))],
    ['tokenizer.ggml.add_bos_token', 'bool', false],
    ...(shape.hasStart
      ? ([
          ['tokenizer.ggml.bos_token_id', 'u32', special('<|endoftext|>')],
          ['tokenizer.ggml.eos_token_id', 'u32', special('<|endoftext|>')],
        ] as const)
      : []),
    ['tokenizer.ggml.fim_pre_token_id', 'u32', special('<|fim_prefix|>')],
    ['tokenizer.ggml.fim_mid_token_id', 'u32', special('<|fim_middle|>')],
    ['tokenizer.ggml.fim_suf_token_id', 'u32', special('<|fim_suffix|>')],
  ];
}

interface VocabularyLists {
  readonly tokens: readonly string[];
  readonly merges: readonly string[];
  readonly firstSpecial: number;
}

let known: VocabularyLists | undefined;

/** Our tokenizer's vocabulary as GGUF keeps it: strings in the byte alphabet. */
function vocabulary(): VocabularyLists {
  if (known !== undefined) return known;
  const lines = readFileSync(new URL('../../model/tokenizer/merges.txt', import.meta.url), 'utf8').split('\n');
  const merges = lines.filter((line) => line !== '' && !line.startsWith('#version'));
  const bytes = Array.from(BYTE_OF_ID, (byte) => toAlphabet(Uint8Array.of(byte)));
  const learned = [...bytes, ...merges.map((merge) => merge.replace(' ', ''))];
  return (known = { tokens: [...learned, ...SPECIAL_NAMES], merges, firstSpecial: learned.length });
}

const ALIGNMENT = 32;
const BLOCK = 32;

function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(aligned(bytes.length));
  whole.set(bytes);
  return whole;
}

function weightCount({ sizes }: TensorShape): number {
  return sizes.reduce((product, size) => product * size, 1);
}

function byteLength(tensor: TensorShape, type: 'f32' | 'q8_0'): number {
  return type === 'f32' ? 4 * weightCount(tensor) : (weightCount(tensor) / BLOCK) * (2 + BLOCK);
}

function floats(tensor: TensorShape, random: () => number): Uint8Array {
  const values = new Float32Array(weightCount(tensor));
  for (let at = 0; at < values.length; at++) values[at] = tensor.spread === 0 ? 1 : tensor.spread * random();
  return new Uint8Array(values.buffer);
}

/** Blocks of a half-precision scale, here a power of two, and 32 signed bytes. */
function blocks(tensor: TensorShape, random: () => number): Uint8Array {
  const values = new DataView(new ArrayBuffer(byteLength(tensor, 'q8_0')));
  const exponent = Math.round(Math.log2(tensor.spread / 64));
  for (let at = 0; at < values.byteLength;) {
    values.setUint16(at, (15 + exponent) << 10, true);
    at += 2;
    for (let inBlock = 0; inBlock < BLOCK; inBlock++) {
      values.setInt8(at++, Math.max(-127, Math.min(127, Math.round((random() * tensor.spread) / 2 ** exponent))));
    }
  }
  return new Uint8Array(values.buffer);
}

/** Numbers of mean 0 and standard deviation 1, near enough to normal: sums of four even ones (xorshift32). */
function randomNumbers(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return () => {
    let sum = 0;
    for (let part = 0; part < 4; part++) {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      sum += (state >>> 0) / 2 ** 32 - 0.5;
    }
    return sum * Math.sqrt(3);
  };
}

const TYPE_IDS = { u32: 4, i32: 5, f32: 6, bool: 7, string: 8, array: 9 };

/** Bytes of a head as they grow. */
class GgufBytes {
  readonly #parts: Buffer[] = [];

  bytes(): Uint8Array {
    return Buffer.concat(this.#parts);
  }

  raw(text: string): this {
    this.#parts.push(Buffer.from(text));
    return this;
  }

  u32(value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    this.#parts.push(bytes);
    return this;
  }

  u64(value: number): this {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    this.#parts.push(bytes);
    return this;
  }

  string(text: string): this {
    const bytes = Buffer.from(text);
    this.u64(bytes.length);
    this.#parts.push(bytes);
    return this;
  }

  typed(type: MetadataType, value: MetadataValue): void {
    if (type === 'strings' && Array.isArray(value)) {
      this.u32(TYPE_IDS.array).u32(TYPE_IDS.string).u64(value.length);
      for (const text of value as readonly string[]) this.string(text);
    } else if (type === 'i32s' && Array.isArray(value)) {
      this.u32(TYPE_IDS.array).u32(TYPE_IDS.i32).u64(value.length);
      this.#parts.push(Buffer.from(Int32Array.from(value as readonly number[]).buffer));
    } else if (type === 'string') {
      this.u32(TYPE_IDS.string).string(String(value));
    } else if (type === 'bool') {
      this.u32(TYPE_IDS.bool).#parts.push(Buffer.of(value === true ? 1 : 0));
    } else if (type === 'f32') {
      const bytes = Buffer.alloc(4);
      bytes.writeFloatLE(Number(value));
      this.u32(TYPE_IDS.f32).#parts.push(bytes);
    } else {
      this.u32(TYPE_IDS.u32).u32(Number(value));
    }
  }
}
