import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { projectBits } from '../../../../../model/bundled/evaluation/projectBits.ts';
import { ScoredText } from '../../../../../src/core/scoredText.ts';
import type { BytePairEngine } from '../../../../../src/engines/mixture/mixWithNgram.ts';
import { bytePairDigest } from '../../../../../src/engines/tokenizer/bytePairs.ts';
import { PRE_TOKENIZER_NAME } from '../../../../../src/engines/tokenizer/preTokenize.ts';
import { scriptedEngine } from '../../../../support/scriptedEngine.ts';
import { someSource } from '../../../core/someSource.ts';

/** Of single bytes. */
const bytePairs = { preTokenizer: PRE_TOKENIZER_NAME, merges: [] };
const source = { ...someSource, tokenizer: bytePairDigest(bytePairs) };

/** A model that gives each byte the same probability. */
function flatModel(probability: number): BytePairEngine {
  return {
    ...scriptedEngine({ logprobNats: () => 0 }),
    source,
    bytePairs,
    score: ({ text }) =>
      Promise.resolve(
        ScoredText.of({
          text,
          source,
          tokenEnds: Uint32Array.from(text, (_, index) => index + 1),
          measures: { logprobsNats: new Float64Array(text.length).fill(Math.log(probability)) },
        }),
      ),
  };
}

const file = (path: string, text: string, language = 'go') => ({ project: 'p', language, path, text });
const text = Array.from({ length: 20 }, (_, line) => `line ${line * line} of a text\n`).join('');

describe('projectBits', () => {
  it('counts the bits of each predictor', async () => {
    const [scored] = await projectBits([file('a.go', text)], flatModel(1 / 4), 1);
    expect(scored).toMatchObject({ language: 'go', bytes: text.length });
    expect(scored!.bits.model).toBeCloseTo(2 * text.length, 6);
    expect(scored!.bits['gzip -9']).toBe(8 * gzipSync(text, { level: 9 }).length);
    expect(scored!.bits.mixture).toBeGreaterThan(0);
  });

  it('knows the other files and not the file itself', async () => {
    const alone = await projectBits([file('a.go', text)], flatModel(1 / 4), 1);
    const learnedTwice = await projectBits([file('a.go', text), file('b.go', 'package b\n')], flatModel(1 / 4), 1);
    const withCopy = await projectBits([file('a.go', text), file('b.go', text)], flatModel(1 / 4), 1);
    const [own = 0, other = 0, copied = 0] = [alone, learnedTwice, withCopy].map((files) => files[0]!.bits['n-gram']);
    expect(copied).toBeLessThan(0.3 * own);
    expect(other).toBeGreaterThan(0.9 * own);
  });

  it('scores files of each language until there are enough bytes, and no huge ones', async () => {
    const huge = file('huge.go', 'x'.repeat(40_001));
    const files = [
      huge,
      file('a.go', 'aaaa'),
      file('b.go', 'bbb'),
      file('c.go', 'c'),
      file('d.ts', 'dd', 'typescript'),
    ];
    const scored = await projectBits(files, flatModel(1 / 2), 5);
    expect(scored.map(({ language, bytes }) => [language, bytes])).toEqual([
      ['go', 4],
      ['go', 3],
      ['typescript', 2],
    ]);
  });

  it('refuses models that cannot be compared', async () => {
    await expect(projectBits([file('a.go', text)], flatModel(Number.NaN), 1)).rejects.toThrow(/unscored/);
    const foreign = { ...flatModel(1 / 4), bytePairs: null };
    await expect(projectBits([file('a.go', text)], foreign, 1)).rejects.toThrow(/tokens/);
  });
});
