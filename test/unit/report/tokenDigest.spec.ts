import { expect, it } from 'vitest';
import { ScoredText } from '../../../src/core/scoredText.ts';
import { tokenDigest, type DigestedText } from '../../../src/report/tokenDigest.ts';
import { alignTokens } from '../../../src/syntax/alignTokens.ts';
import { inProcessParser } from '../../support/inProcessParser.ts';
import { someSource } from '../core/someSource.ts';

const CODE = 'if a < b: c(1) # why\n';
const CHANCES: Readonly<Record<string, number>> = {
  if: 0.9,
  '<': 1 / 4096,
  '1': 0.5,
  why: 0.01,
  c: 0.25,
  '(': Number.NaN,
};

async function digested(code: string): Promise<DigestedText> {
  const tokens = Array.from(code.matchAll(/\w+|\s+|[^\w\s]/gu));
  const scored = ScoredText.of({
    text: code,
    source: someSource,
    tokenEnds: Uint32Array.from(tokens, (token) => token.index + token[0].length),
    measures: { logprobsNats: Float64Array.from(tokens, ([text]) => Math.log(CHANCES[text] ?? 1)) },
  });
  const spans = await inProcessParser.spans(code, 'python');
  if ('skipped' in spans) throw new Error('not parsed');
  return { scored, spans, alignment: alignTokens(spans, code, scored.tokenEnds) };
}

it('counts the tokens of code by their chance, and their surprisal by syntax', async () => {
  expect(tokenDigest([await digested(CODE)])).toBe(
    [
      'Chance that the engine gave to each of 8 tokens of code',
      '  50 % or more        6   75 %  ███████████████████████',
      '  10 % to 50 %        1   13 %  ████',
      '  1 % to 10 %         0    0 %',
      '  0.1 % to 1 %        0    0 %',
      '  less                1   13 %  ████',
      '',
      'Surprisal by syntax',
      '  category         tokens  share  bits a token',
      '  operators             1   79 %          12.0',
      '  identifiers           3   13 %           0.7',
      '  literals              1    7 %           1.0',
      '  decisions             2    1 %           0.1',
      '  calls                 1    0 %           0.0',
      '',
      'Not scored: 1.',
    ].join('\n'),
  );
});

it('says so where no token was scored', async () => {
  const unscored = await digested('(');
  expect(tokenDigest([unscored])).toBe('No token of its code was scored.');
});
