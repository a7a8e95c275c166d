import { describe, expect, it } from 'vitest';
import { cutDoubtful, type JudgedCompletion } from '../../../../src/app/completions/cutDoubtful.ts';
import { judgeCompletion } from '../../../../src/app/completions/judgeCompletion.ts';
import type { Calibration } from '../../../../src/core/risk/calibration.ts';
import { ScoredText } from '../../../../src/core/scoredText.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { someCalibration } from '../../../support/someCalibration.ts';
import { someSource } from '../../core/someSource.ts';
import { tokensOf } from './writingEngine.ts';

const calibration = someCalibration(someSource);
const BEFORE = 'export function total(prices: number[]): number {\n  ';
const AFTER = '\n}\n';
const WRITTEN =
  'let sum = 0;\n  for (const price of prices) sum += price;\n  const all = odd(sum) + odd(price);\n  return all + sum;';

/** The statements that are written, with a model that is sure of all but one word. */
function judge(
  written: string,
  known: Calibration | null,
  language = 'typescript' as 'typescript' | 'lines',
): Promise<JudgedCompletion> {
  const tokens = tokensOf(written);
  let end = 0;
  const scored = ScoredText.of({
    text: written,
    source: someSource,
    tokenEnds: Uint32Array.from(tokens, (token) => (end += token.length)),
    measures: { logprobsNats: Float64Array.from(tokens, (token) => (token === 'odd' ? -6 : -0.4)) },
  });
  const place = { path: 'a.ts', language, text: BEFORE + AFTER, offset: BEFORE.length };
  const assessor = { parser: inProcessParser, salt: 's', calibrationOf: () => known };
  return judgeCompletion(assessor, place, { text: written, scored }, new AbortController().signal);
}

describe('a completion is judged', () => {
  it('statement by statement, each with its share of the risk', async () => {
    const { statements, band } = await judge(WRITTEN, calibration);
    expect(statements.map(({ start, end }) => WRITTEN.slice(start, end))).toEqual([
      'let sum = 0;',
      'for (const price of prices) sum += price;',
      'const all = odd(sum) + odd(price);',
      'return all + sum;',
    ]);
    const chances = statements.map(({ p }) => p ?? Number.NaN);
    expect(chances.every((p) => p > 0 && p < 1)).toBe(true);
    expect(Math.min(...chances)).toBe(chances[2]);
    expect(['trust', 'check', 'doubt']).toContain(band);
  });

  it('so that it can be cut before the doubtful one', async () => {
    const judged = await judge(WRITTEN, calibration);
    const [, second, third] = judged.statements;
    const settings = { holdBackDoubtful: false, cutDoubtful: true };
    const leastP = (third?.p ?? 0) + 1e-9;
    expect(cutDoubtful(judged, WRITTEN.length, settings, leastP)).toBe(second?.end);
  });

  it('as a whole where it is one statement', async () => {
    const statement = `return prices.length${' + sum(prices)'.repeat(4)} + odd(prices);`;
    const one = await judge(statement, calibration);
    const parts = await judge(statement, { ...calibration, model: { ...calibration.model, parts: null } });
    expect(one.statements).toHaveLength(1);
    expect(one.statements[0]?.p).toBeGreaterThan(0);
    expect(parts.statements[0]?.p).toBeCloseTo(one.statements[0]?.p ?? Number.NaN, 6);
  });

  it('without a chance where nothing is calibrated', async () => {
    const { statements, band } = await judge(WRITTEN, null);
    expect(band).toBe('unknown');
    expect(statements.map(({ p }) => p)).toEqual([null, null, null, null]);
    const settings = { holdBackDoubtful: true, cutDoubtful: true };
    expect(cutDoubtful({ band, statements }, WRITTEN.length, settings)).toBe(WRITTEN.length);
  });

  it('and so it is without a grammar', async () => {
    const { band, statements } = await judge('x y z', calibration, 'lines');
    expect(band).toBe('unknown');
    expect(statements.map(({ p }) => p)).toEqual([null]);
  });
});
