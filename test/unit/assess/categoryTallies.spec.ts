import { describe, expect, it } from 'vitest';
import { assessText, readRegions, type TextToAssess } from '../../../src/assess/assessText.ts';
import { categoryTallies } from '../../../src/assess/categoryTallies.ts';
import type { CategoryTallies } from '../../../src/core/sums/categoryTallies.ts';
import { inProcessParser } from '../../support/inProcessParser.ts';
import { scriptedEngine } from '../../support/scriptedEngine.ts';

const TEXT = '// oddity\nconst total = pick(prices); // oddity\n\nfunction f(a: Price) {\n  if (a) return 7;\n}\n';
const REQUEST: TextToAssess = { path: 'a.ts', language: 'typescript', text: TEXT };

/** A half for each token, and an eighth for `7`. */
const engine = scriptedEngine({ logprobNats: (token) => Math.log(token === '7' ? 1 / 8 : 1 / 2) });

const countsOf = ({ categories }: CategoryTallies): unknown =>
  Object.fromEntries(Object.entries(categories).map(([category, { count }]) => [category, count]));

describe('categoryTallies', () => {
  it('counts each token of code once, in the smallest part of a category around it', async () => {
    const assessed = await assessText({ engine, parser: inProcessParser, salt: 's' }, REQUEST);
    const [tallies, ...others] = categoryTallies(assessed);
    expect(others).toEqual([]);
    expect(tallies!.source).toEqual(assessed.scored.source);
    expect(countsOf(tallies!)).toEqual({
      // `if` and the brackets of its condition.
      decisions: 3,
      // `function`, `return` and its `;`, and the brackets of the parameters.
      functions: 5,
      // The brackets of the call.
      calls: 2,
      literals: 1,
      // total, pick, prices, f, a, a
      identifiers: 6,
      // `:` and `Price`
      types: 2,
      // `const`, the `;` of its declaration, and the brackets of the body.
      scope: 4,
      // `=`
      operators: 1,
    });
    expect(tallies!.leftOut).toBe(0);
    const counted = Object.values(tallies!.categories).reduce((sum, { count }) => sum + count, 0);
    const tokens = assessed.regions.map(({ assessment }) => assessment.evidence.signals.tokenCount ?? 0);
    expect(counted).toBe(tokens.reduce((sum, count) => sum + count, 0));
    expect(tallies!.categories.literals?.probability).toBeCloseTo(1 / 8, 12);
    expect(tallies!.categories.literals?.logprobNats).toBeCloseTo(Math.log(1 / 8), 12);
    expect(tallies!.categories.calls?.probability).toBeCloseTo(1, 12);
  });

  it('leaves out what nobody scored, and what is no syntax', async () => {
    const blind = scriptedEngine({ logprobNats: (token) => (token === 'pick' ? Number.NaN : -1) });
    const [tallies] = categoryTallies(await assessText({ engine: blind, parser: inProcessParser, salt: 's' }, REQUEST));
    expect(tallies!.categories.identifiers?.count).toBe(5);
    const lines = await assessText({ engine, parser: inProcessParser, salt: 's' }, { ...REQUEST, language: 'lines' });
    const [ofLines] = categoryTallies(lines);
    expect(ofLines!.categories).toEqual({});
    expect(ofLines!.leftOut).toBeGreaterThan(10);
  });

  it('keeps what two engines read apart, and counts nothing twice', async () => {
    const looked = await assessText({ engine, parser: inProcessParser, salt: 's' }, REQUEST);
    const [whole] = categoryTallies(looked);
    const other = scriptedEngine({ name: 'other', logprobNats: () => -3 });
    const read = await readRegions({ engine: other }, looked, new Set([looked.regions[1]!.assessment]));
    const both = categoryTallies(read);
    expect(both.map(({ source }) => source.engine)).toEqual(['scripted', 'other']);
    const sums = both.map((one) => Object.values(one.categories).reduce((sum, { count }) => sum + count, 0));
    const all = Object.values(whole!.categories).reduce((sum, { count }) => sum + count, 0);
    expect(sums[0]! + sums[1]!).toBe(all);
    expect(both[1]!.categories.literals?.logprobNats).toBe(-3);
    expect(both[0]!.categories.literals).toBeUndefined();
  });
});
