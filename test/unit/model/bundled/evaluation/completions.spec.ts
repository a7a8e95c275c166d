import { describe, expect, it } from 'vitest';
import { completions } from '../../../../../model/bundled/evaluation/completions.ts';
import { ScoredText } from '../../../../../src/core/scoredText.ts';
import { loadTokenizer } from '../../../../../src/engines/tokenizer/loadTokenizer.ts';
import { createTextParser } from '../../../../../src/syntax/parseText.ts';
import { grammarsFolder } from '../../../../grammarsFolder.ts';
import { scriptedEngine } from '../../../../support/scriptedEngine.ts';
import { someSource } from '../../../core/someSource.ts';

const tokenizer = loadTokenizer(new URL('../../../../../model/tokenizer/merges.txt', import.meta.url));
const parser = createTextParser(grammarsFolder());

const file = (language: string, path: string) => ({
  project: 'p',
  language,
  path,
  text: Array.from({ length: 9 }, (_, line) => `compute(value, ${line})\n`).join(''),
});

/** Fills in the same statement wherever it is asked. */
const engine = {
  ...scriptedEngine({ logprobNats: () => -1 }),
  generate: () => {
    const text = 'compute(value, 4)';
    const measures = { logprobsNats: Float64Array.of(-1) };
    return Promise.resolve(
      ScoredText.of({ text, source: someSource, tokenEnds: Uint32Array.of(text.length), measures }),
    );
  },
};

describe('completions', () => {
  it('spreads lines and statements evenly over the languages, in their order', async () => {
    const files = [file('ruby', 'a.rb'), file('lua', 'a.lua'), file('python', 'a.py')];
    const completed = await completions(files, 5, { engines: [engine, engine], tokenizer, parser });
    const counts = Map.groupBy(completed, ({ language, kind }) => `${language} ${kind}`);
    expect([...counts].map(([key, own]) => [key, own.length])).toEqual([
      ['lua line', 1],
      ['lua statement', 1],
      ['python line', 2],
      ['python statement', 2],
      ['ruby line', 2],
      ['ruby statement', 2],
    ]);
  });

  it('says which of them the engine wrote as they were', async () => {
    const files = [4, 5].map((value) => ({ ...file('python', `${value}.py`), text: `compute(value, ${value})\n` }));
    const completed = await completions(files, 2, { engines: [engine], tokenizer, parser });
    const statements = completed.filter(({ kind }) => kind === 'statement');
    expect(statements.map(({ isExact }) => isExact)).toEqual([true, false]);
  });
});
