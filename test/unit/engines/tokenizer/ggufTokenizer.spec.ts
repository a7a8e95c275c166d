import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { getLlama, LlamaLogLevel, type LlamaModel } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ggufBytePairs, ggufTokenizerDigest } from '../../../../src/engines/tokenizer/ggufTokenizer.ts';
import { BYTE_OF_ID, toAlphabet } from '../../../../src/engines/tokenizer/byteAlphabet.ts';
import { loadTokenizer } from '../../../../src/engines/tokenizer/loadTokenizer.ts';
import { createTokenizer, type Tokenizer } from '../../../../src/engines/tokenizer/tokenizer.ts';
import { randomGguf } from '../../../support/randomGgufFile.ts';
import { anyOldText } from './anyText.ts';

const ROOT = new URL('../../../../', import.meta.url);
const MERGES = new URL('model/tokenizer/merges.txt', ROOT);

const bytes = Array.from(BYTE_OF_ID, (byte) => toAlphabet(Uint8Array.of(byte)));
const small = {
  model: 'gpt2',
  pre: 'gpt-2',
  tokens: [...bytes, 'ab', 'abc', '<|end|>'],
  token_type: [...bytes, 'ab', 'abc'].map(() => 1).concat(3),
  merges: ['a b', 'ab c'],
};

describe('how a GGUF file says that text is cut', () => {
  it('is byte-pair encoding where nothing else comes before it', () => {
    expect(ggufBytePairs(small)).toEqual({ preTokenizer: 'gpt-2', merges: small.merges });
    expect(ggufTokenizerDigest(small)).toBe(createTokenizer({ preTokenizer: 'gpt-2', merges: small.merges }).digest);
  });

  it.each([
    ['another kind of model', { model: 'llama' }],
    ['no pre-tokenizer', { pre: undefined }],
    ['no merges', { merges: undefined }],
    ['tokens that a person defined', { token_type: small.token_type.with(-1, 4) }],
    ['no token for a byte', { tokens: small.tokens.slice(1) }],
    ['no token for what a merge makes', { tokens: bytes }],
    ['a merge of what is not made yet', { merges: ['ab c', 'a b'] }],
    ['a merge twice', { merges: ['a b', 'a b', 'ab c'] }],
  ])('is foreign with %s', (_, change) => {
    const foreign = { ...small, ...change } as typeof small;
    expect(ggufBytePairs(foreign)).toBeNull();
    expect(ggufTokenizerDigest(foreign)).toMatch(/^[0-9a-f]{64}$/);
    expect(ggufTokenizerDigest(foreign)).not.toBe(ggufTokenizerDigest(small));
  });

  it('has one digest whatever the numbers and the specials are', () => {
    const { tokens, token_type: types } = small;
    const other = { ...small, tokens: ['<|sep|>', ...tokens.toReversed()], token_type: [3, ...types.toReversed()] };
    expect(ggufTokenizerDigest(other)).toBe(ggufTokenizerDigest(small));
  });

  it('has another digest where another list cuts text otherwise', () => {
    const digests = [
      small,
      { ...small, pre: 'starcoder' },
      { ...small, merges: ['a b'] },
      { ...small, model: 'llama', scores: small.tokens.map(() => 0) },
      { ...small, model: 'llama', scores: small.tokens.map(() => 1) },
    ].map(ggufTokenizerDigest);
    expect(new Set(digests).size).toBe(digests.length);
  });
});

const KNOWN = ['deepseek-coder', 'gpt-2', 'phi-2', 'mellum', 'starcoder', 'refact', 'smollm', 'codeshell'];

describe.each(KNOWN)('a tokenizer made of a model that cuts as %s', (pre) => {
  const modelPath = randomGguf({ width: 32, layers: 1, heads: 1, feedForward: 32, preTokenizer: pre });
  let model: LlamaModel;
  let tokenizer: Tokenizer;

  beforeAll(async () => {
    const options = { gpu: false, build: 'never', progressLogs: false, logLevel: LlamaLogLevel.disabled } as const;
    const llama = await getLlama({ ...options, maxThreads: 1 });
    model = await llama.loadModel({ modelPath: modelPath() });
    tokenizer = createTokenizer(ggufBytePairs(model.fileInfo.metadata.tokenizer.ggml)!);
  }, 60_000);

  afterAll(async () => {
    await model.dispose();
  });

  it("has the digest of the model's, and of our own where the merges and the pre-tokenizer are ours", () => {
    expect(ggufTokenizerDigest(model.fileInfo.metadata.tokenizer.ggml)).toBe(tokenizer.digest);
    expect(tokenizer.digest === loadTokenizer(MERGES).digest).toBe(pre === 'deepseek-coder');
  });

  it('gives the tokens of llama.cpp for code', () => {
    const files = ['src/engines/tokenizer/preTokenize.ts', 'docs/measurements.md', 'test/fixtures/syntax/broken.rs'];
    for (const path of files) {
      const text = readFileSync(new URL(path, ROOT), 'utf8').slice(0, 20_000);
      expect([...tokenizer.encode(text).ids]).toEqual(model.tokenize(text));
    }
  });

  it('gives the tokens of llama.cpp for any text of characters that both know', () => {
    fc.assert(
      fc.property(anyOldText, (text) => {
        expect([...tokenizer.encode(text).ids]).toEqual(model.tokenize(text));
      }),
      { numRuns: 200 },
    );
  });
});
