import { describe, expect, it } from 'vitest';
import { assessText, type Assessor } from '../../../src/assess/assessText.ts';
import { explainRegion } from '../../../src/assess/explainRegion.ts';
import { inProcessParser } from '../../support/inProcessParser.ts';
import { engineThatLearned } from '../../support/sampleWorkspace.ts';
import { scriptedEngine } from '../../support/scriptedEngine.ts';

const TEXT = 'function big(total, limit) {\n  return total <= limit;\n}\n';
const request = { text: TEXT, path: 'a.js', language: 'javascript' } as const;

/** An assessor to which one token is a surprise, and that knows these alternatives to it: of 1 nat, 1.5, 2, ... */
function assessorOf(
  odd: string,
  alternatives: readonly string[],
  { parser = inProcessParser, oddNats = 6 } = {},
): Assessor {
  const engine = scriptedEngine({
    logprobNats: (token) => (token === odd ? -oddNats : -0.1),
    alternatives: (leaf) =>
      leaf.startsWith(odd) ? alternatives.map((text, place) => ({ text, logprobNats: -1 - place / 2 })) : [],
  });
  return { engine, parser, salt: 's' };
}

async function alternativesTo(
  odd: string,
  alternatives: readonly string[],
  { text = TEXT, oddNats = 6 } = {},
): Promise<readonly string[]> {
  const assessor = assessorOf(odd, alternatives, { oddNats });
  const assessed = await assessText(assessor, { ...request, text });
  const { spans } = await explainRegion(assessor, assessed, 0);
  return spans[0]?.alternatives.map((alternative) => alternative.text) ?? [];
}

describe('explainRegion', () => {
  it('drops alternatives that do not parse, and keeps the order of the others', async () => {
    expect(await alternativesTo('<', ['<', ')', '===', '}', '>='])).toEqual(['<', '===', '>=']);
  });

  it('drops alternatives that are no likelier than what stands there', async () => {
    // The leaf, `<` and `=`, costs 3.1 nats, `>` 3 and `==` 3.5.
    expect(await alternativesTo('<', [')', ')', ')', ')', '>', '=='], { oddNats: 3 })).toEqual(['>']);
  });

  it('drops alternatives that have less than one chance in a hundred', async () => {
    // A chance of 1 in 100 costs 4.6 nats, `>` 4.5 and `==` 5.
    expect(await alternativesTo('<', [')', ')', ')', ')', ')', ')', ')', '>', '=='], { oddNats: 9 })).toEqual(['>']);
  });

  it('names the whole span with the other leaf in it', async () => {
    expect(
      await alternativesTo('odd', ['even'], { text: 'check(odd);\nlet [a, b, c, d, e, f, g, h, i, j, k] = l;\n' }),
    ).toEqual(['even']);
    expect(
      await alternativesTo('odd', ['even'], { text: '-odd;\nlet [a, b, c, d, e, f, g, h, i, j, k] = l;\n' }),
    ).toEqual(['-even']);
  });

  it('explains what a comment keeps quiet too, and keeps it apart', async () => {
    const engine = engineThatLearned([['b.js', TEXT.replace('<=', '<').repeat(3)]]);
    const assessor = { engine, parser: inProcessParser, salt: 's' };
    const text = `// candor-ignore: looked at\n${TEXT}`;
    const explained = await explainRegion(assessor, await assessText(assessor, { ...request, text }), 0);
    const quiet = explained.silenced?.find(({ finding }) => finding?.kind === 'expectedOther');
    expect(quiet?.finding?.start).toBe(text.indexOf('<='));
    expect(quiet?.finding?.alternatives.map((one) => one.text)).toEqual(['<']);
    expect(quiet?.silence).toEqual({ reason: 'looked at', start: 0, end: 27 });
    expect(explained.spans).toEqual([]);
  });

  it('shows three at most', async () => {
    expect(await alternativesTo('limit', ['a', 'b', 'c', 'd', 'e'])).toEqual(['a', 'b', 'c']);
  });

  it('asks for none where the leaf is free text', async () => {
    expect(await alternativesTo('Hello', ['x'], { text: 'const greeting = "Hello there, you";\n' })).toEqual([]);
  });

  it('asks for none where there is no grammar to parse by', async () => {
    const assessor = assessorOf('odd', ['x']);
    const assessed = await assessText(assessor, { ...request, text: 'odd\n', language: 'lines' });
    expect((await explainRegion(assessor, assessed, 0)).spans[0]?.alternatives).toEqual([]);
  });

  it('shows none where the parser gave up on trying them', async () => {
    const parser = { ...inProcessParser, keepsParsing: () => Promise.resolve({ skipped: 'too-slow' as const }) };
    const assessor = assessorOf('<', ['>'], { parser });
    const assessed = await assessText(assessor, request);
    expect((await explainRegion(assessor, assessed, 0)).spans[0]?.alternatives).toEqual([]);
  });

  it('says the same of the region as before, and more of its spans', async () => {
    const engine = engineThatLearned([['b.js', TEXT.replace('<=', '<').repeat(3)]]);
    const assessor = { engine, parser: inProcessParser, salt: 's' };
    const assessed = await assessText(assessor, request);
    const before = assessed.regions[0]!.assessment;
    const explained = await explainRegion(assessor, assessed, 0);
    expect({ ...explained, spans: [] }).toEqual({ ...before, spans: [] });
    expect(explained.spans.map(({ start, end, share }) => [start, end, share])).toEqual(
      before.spans.map(({ start, end, share }) => [start, end, share]),
    );
    const names = Object.keys(explained.spans[0]!.signals);
    expect(names).toEqual(expect.arrayContaining(['highestEntropies', 'meanLogRank', 'topTwoMargin']));
    expect(Object.keys(before.spans[0]!.signals)).not.toContain('meanLogRank');
    const operator = explained.spans.find((span) => TEXT.slice(span.start, span.end).includes('<='));
    expect(operator?.alternatives[0]?.text).toBe('<');
  });

  it('says what was expected in the place of a span, of the very leaf', async () => {
    const engine = engineThatLearned([['b.js', TEXT.replace('<=', '<').repeat(3)]]);
    const assessor = { engine, parser: inProcessParser, salt: 's' };
    const explained = await explainRegion(assessor, await assessText(assessor, request), 0);
    const finding = explained.spans.flatMap((span) => span.finding ?? []).find(({ kind }) => kind === 'expectedOther');
    expect(finding).toMatchObject({ start: TEXT.indexOf('<='), end: TEXT.indexOf('<=') + 2 });
    expect(finding?.alternatives.map(({ text }) => text)).toEqual(['<']);
    expect(finding?.numbers.bestChance).toBeGreaterThan(0.5);
    expect(finding?.numbers.chance).toBeLessThan(0.1);
  });

  it('refuses a region that there is not', async () => {
    const assessor = assessorOf('<', []);
    await expect(explainRegion(assessor, await assessText(assessor, request), 7)).rejects.toThrow(RangeError);
  });
});
