import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { Corpus } from '../../../../src/engines/ngram/corpus.ts';
import { scoreTokens } from '../../../../src/engines/ngram/scoreTokens.ts';
import { loadSnapshot, saveSnapshot } from '../../../../src/engines/ngram/snapshotFile.ts';
import type { NgramShape } from '../../../../src/engines/ngram/tokenIndex.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const shape: NgramShape = { order: 4, vocabularySize: 6, endOfText: 5 };
const TOKENIZER = 'tokenizer-1';
const HASH_BYTES = 32;

const someTexts = fc.dictionary(
  fc.constantFrom('a.ts', 'lib/b.ts', 'lib/名前 "x".ts', 'c\n.ts'),
  fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 9 }),
);

function corpusOf(texts: Readonly<Record<string, readonly number[]>>): Corpus {
  const corpus = new Corpus(shape);
  for (const [path, tokens] of Object.entries(texts)) corpus.learn(path, Uint16Array.from(tokens));
  return corpus;
}

const small = (): Corpus => corpusOf({ 'a.ts': [1, 2, 3, 1, 2], 'lib/b.ts': [1, 2, 4] });

/** The bytes of a saved snapshot, and where they lie. */
async function saved(corpus = small()): Promise<{ path: string; bytes: Buffer }> {
  const path = join(temporaryFolder(), 'snapshot');
  await saveSnapshot(path, corpus, TOKENIZER);
  return { path, bytes: readFileSync(path) };
}

/** A file with this header before the rest of a true snapshot, and the hash that fits. */
function withHeader(bytes: Buffer, change: (header: Record<string, unknown>) => string): Buffer {
  const headerEnd = 4 + bytes.readUInt32LE(0);
  const header = JSON.parse(bytes.toString('utf8', 4, headerEnd)) as Record<string, unknown>;
  const text = Buffer.from(change(header));
  const padded = Buffer.concat([text, Buffer.alloc((4 - (text.length % 4)) % 4, ' ')]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(padded.length);
  return sealed(Buffer.concat([length, padded, bytes.subarray(headerEnd, -HASH_BYTES)]));
}

function sealed(body: Buffer): Buffer {
  return Buffer.concat([body, createHash('sha256').update(body).digest()]);
}

/** What loading gives: the identity of the corpus, null, or the reason of the error; any other error fails the test. */
async function loading(path: string, tokenizer = TOKENIZER, expectedShape = shape): Promise<string | null> {
  try {
    return (await loadSnapshot(path, expectedShape, tokenizer))?.identity ?? null;
  } catch (error) {
    if (CandorError.is(error)) return error.reason;
    throw error;
  }
}

describe('saveSnapshot and loadSnapshot', () => {
  it('give back a corpus that has the same identity and scores the same, and goes on learning', async () => {
    const path = join(temporaryFolder(), 'snapshot');
    await fc.assert(
      fc.asyncProperty(someTexts, fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 9 }), async (texts, text) => {
        const corpus = corpusOf(texts);
        await saveSnapshot(path, corpus, TOKENIZER);
        const loaded = (await loadSnapshot(path, shape, TOKENIZER))!;
        for (let round = 0; round < 2; round++) {
          expect(loaded.identity).toBe(corpus.identity);
          expect(loaded.tokenCount).toBe(corpus.tokenCount);
          expect(loaded.paths).toEqual(corpus.paths);
          for (const asked of ['a.ts', 'lib/b.ts', 'lib/new.ts']) {
            const [own, other] = [loaded, corpus].map((one) =>
              scoreTokens(Uint16Array.from(text), one.scopesFor(asked), shape),
            );
            expect(own).toEqual(other);
          }
          for (const one of [loaded, corpus]) one.learn('a.ts', Uint16Array.of(3, 3, 1));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leave one file, which nobody but the user may read', async () => {
    const { path } = await saved();
    expect(readdirSync(join(path, '..'))).toEqual(['snapshot']);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('replace an older snapshot, and make it private', async () => {
    const path = join(temporaryFolder({ snapshot: 'old' }), 'snapshot');
    await saveSnapshot(path, small(), TOKENIZER);
    expect(await loading(path)).toBe(small().identity);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('leave nothing behind where the file cannot be put in its place', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'snapshot', 'inner'), { recursive: true });
    await expect(saveSnapshot(join(folder, 'snapshot'), small(), TOKENIZER)).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['snapshot']);
  });

  it('end with a whole snapshot when two are saved at the same time', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'snapshot');
    const corpora = [small(), corpusOf({ 'c.ts': [4, 4, 4, 4, 4, 4, 4, 4] })];
    await Promise.all(corpora.map((corpus) => saveSnapshot(path, corpus, TOKENIZER)));
    expect(corpora.map((corpus) => corpus.identity)).toContain(await loading(path));
    expect(readdirSync(folder)).toEqual(['snapshot']);
  });
});

describe('loadSnapshot', () => {
  it('gives null where there is no file', async () => {
    expect(await loading(join(temporaryFolder(), 'none'))).toBeNull();
  });

  it('gives null for another tokenizer or another shape', async () => {
    const { path } = await saved();
    expect(await loading(path, 'tokenizer-2')).toBeNull();
    expect(await loading(path, TOKENIZER, { ...shape, order: 5 })).toBeNull();
    expect(await loading(path, TOKENIZER, { ...shape, vocabularySize: 7 })).toBeNull();
    expect(await loading(path, TOKENIZER, { ...shape, endOfText: 4 })).toBeNull();
  });

  it('calls a folder in its place unreadable', async () => {
    expect(await loading(temporaryFolder())).toBe('unreadable');
  });

  it('calls a file corrupt wherever it is cut off', async () => {
    const { path, bytes } = await saved();
    for (let length = 0; length < bytes.length; length++) {
      writeFileSync(path, bytes.subarray(0, length));
      expect([length, await loading(path)]).toEqual([length, 'corrupt']);
    }
  });

  it('calls a file corrupt whichever bit is flipped', async () => {
    const { path, bytes } = await saved();
    for (let at = 0; at < bytes.length; at++) {
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      writeFileSync(path, flipped);
      expect([at, await loading(path)]).toEqual([at, 'corrupt']);
    }
  });

  it.each([
    ['a text', Buffer.from('#!/bin/sh\necho this is no snapshot, but it is longer than a hash\n')],
    ['zeros', Buffer.alloc(200)],
    ['random bytes', createHash('sha512').update('x').digest()],
  ])('calls %s corrupt', async (_, bytes) => {
    const path = join(temporaryFolder({ snapshot: bytes }), 'snapshot');
    expect(await loading(path)).toBe('corrupt');
  });

  it('gives null for a whole file of another version', async () => {
    const { path, bytes } = await saved();
    writeFileSync(
      path,
      withHeader(bytes, (header) => JSON.stringify({ ...header, format: 'candor-ngram-999' })),
    );
    expect(await loading(path)).toBeNull();
  });

  it.each<[string, (header: Record<string, unknown>) => string]>([
    ['is no JSON', () => '{"format":'],
    ['is no object', () => '[]'],
    ['is null', () => 'null'],
    ['counts more tokens than there are', (header) => JSON.stringify({ ...header, tokenCount: 1_000_000 })],
    ['counts fewer tokens than there are', (header) => JSON.stringify({ ...header, tokenCount: 2 })],
    ['counts less than nothing', (header) => JSON.stringify({ ...header, tokenCount: -4 })],
    ['counts with a word', (header) => JSON.stringify({ ...header, tokenCount: 'ten' })],
    ['has no shape', (header) => JSON.stringify({ ...header, shape: null })],
    ['has no documents', (header) => JSON.stringify({ ...header, documents: null })],
    ['has documents that are none', (header) => JSON.stringify({ ...header, documents: [1, null] })],
    ['has documents of other lengths', (header) => JSON.stringify({ ...header, documents: [['a.ts', 500]] })],
    [
      'has documents of negative lengths',
      (header) =>
        JSON.stringify({
          ...header,
          documents: [
            ['a.ts', -3],
            ['b', 11],
          ],
        }),
    ],
  ])('does not believe a header that %s', async (_, change) => {
    const { path, bytes } = await saved();
    writeFileSync(path, withHeader(bytes, change));
    expect([null, 'corrupt']).toContain(await loading(path));
  });

  it('does not believe a length of the header that reaches out of the file', async () => {
    const { path, bytes } = await saved();
    const body = Buffer.from(bytes.subarray(0, -HASH_BYTES));
    body.writeUInt32LE(0xffff_fff0, 0);
    writeFileSync(path, sealed(body));
    expect(await loading(path)).toBe('corrupt');
  });

  it('does not believe an order of suffixes that points out of the tokens', async () => {
    const { path, bytes } = await saved();
    const body = Buffer.from(bytes.subarray(0, -HASH_BYTES));
    // The order is followed by one byte for each of the 10 tokens, padded to 12.
    body.writeUInt32LE(0xffff_fff0, body.length - 12 - 4);
    writeFileSync(path, sealed(body));
    expect(await loading(path)).toBe('corrupt');
  });
});
