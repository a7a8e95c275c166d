import { describe, expect, it } from 'vitest';
import { assessText } from '../../../src/assess/assessText.ts';
import { syntaxOfRegion, type SyntaxNode } from '../../../src/assess/syntaxOfRegion.ts';
import { inProcessParser } from '../../support/inProcessParser.ts';
import { engineThatLearned } from '../../support/sampleWorkspace.ts';
import { scriptedEngine } from '../../support/scriptedEngine.ts';

const TEXT = 'function big(total, limit) {\n  return total <= limit;\n}\n';
const request = { text: TEXT, path: 'a.js', language: 'javascript' } as const;

function assessorOf(odd: (token: string, start: number) => boolean, nats = 8): Parameters<typeof assessText>[0] {
  const engine = scriptedEngine({ logprobNats: (token, start) => (odd(token, start) ? -nats : -0.1) });
  return { engine, parser: inProcessParser, salt: 's' };
}

const allOf = (root: SyntaxNode): readonly SyntaxNode[] => [root, ...root.children.flatMap(allOf)];
const endsOf = (root: SyntaxNode): readonly SyntaxNode[] => allOf(root).filter(({ children }) => children.length === 0);

describe('syntaxOfRegion', () => {
  it('gives a region as its function, its risky leaf and the tokens of that', async () => {
    const assessed = await assessText(
      assessorOf((_, start) => start === TEXT.indexOf('<=')),
      request,
    );
    const { assessment, text, root } = await syntaxOfRegion(assessed, 0, true);
    expect(assessment).toBe(assessed.regions[0]!.assessment.id);
    expect(text).toBe(TEXT.trimEnd());
    expect(root).toMatchObject({ type: 'function_declaration', name: 'big', share: 1, isPart: false, start: 0 });
    const [end, ...more] = endsOf(root);
    expect(more).toEqual([]);
    expect(end).toMatchObject({ type: '<=', isNamed: false, category: 'operators', moreTokens: 0 });
    expect(TEXT.slice(end!.start, end!.end)).toBe('<=');
    expect(end!.tokens).toEqual([
      { text: '<', logprobNats: -8, alternatives: [] },
      { text: '=', logprobNats: -0.1, alternatives: [] },
    ]);
  });

  it('has the shares that the spans of the assessment have', async () => {
    const engine = engineThatLearned([['b.js', TEXT.replace('<=', '<').repeat(3)]]);
    const assessed = await assessText({ engine, parser: inProcessParser, salt: 's' }, request);
    const { root } = await syntaxOfRegion(assessed, 0, true);
    const shares = new Map(allOf(root).map(({ start, end, share }) => [`${start} ${end}`, share]));
    const { spans } = assessed.regions[0]!.assessment;
    expect(spans.length).toBeGreaterThan(0);
    for (const { start, end, share } of spans) expect(shares.get(`${start} ${end}`)).toBe(share);
  });

  it('names what was also likely, where it is asked for', async () => {
    const engine = engineThatLearned([['b.js', TEXT.replace('<=', '<').repeat(3)]]);
    const assessed = await assessText({ engine, parser: inProcessParser, salt: 's' }, request);
    const tokens = async (isDetailed: boolean): Promise<SyntaxNode['tokens']> =>
      endsOf((await syntaxOfRegion(assessed, 0, isDetailed)).root).flatMap((end) => end.tokens);
    const detailed = await tokens(true);
    expect(detailed.some(({ alternatives }) => alternatives.length > 0)).toBe(true);
    expect(detailed.every(({ rank, entropyNats }) => rank! >= 1 && entropyNats! >= 0)).toBe(true);
    expect(detailed.every(({ text, alternatives }) => alternatives.every((other) => other.text !== text))).toBe(true);
    const plain = await tokens(false);
    expect(plain.map(({ logprobNats }) => logprobNats)).toEqual(detailed.map(({ logprobNats }) => logprobNats));
    expect(plain.every((token) => token.rank === undefined && token.alternatives.length === 0)).toBe(true);
  });

  it('leaves the likeliest of many tokens out', async () => {
    const words = Array.from({ length: 40 }, (_, index) => `a${index}`);
    const text = `// why\ncall(${words.join(', ')});\n`;
    const assessed = await assessText(
      assessorOf((token) => token === 'a7', 0.9),
      { ...request, text },
    );
    const ends = endsOf((await syntaxOfRegion(assessed, 0, true)).root);
    const [long] = ends.filter(({ moreTokens }) => moreTokens > 0);
    expect(ends.every(({ tokens }) => tokens.length <= 16)).toBe(true);
    expect(ends.flatMap(({ tokens }) => tokens.map((token) => token.text))).toContain('a7');
    expect(ends.flatMap(({ tokens }) => tokens.map((token) => token.text))).not.toContain('//');
    expect(long).toBeDefined();
  });

  it('says of what does not parse that it does not', async () => {
    const text = 'function big(total) {\n  return total <= ;;) limit;\n}\n';
    const assessed = await assessText(
      assessorOf((token) => token === ')' || token === 'limit' || token === ';'),
      { ...request, text },
    );
    const nodes = assessed.regions.map(async (_, index) => allOf((await syntaxOfRegion(assessed, index, true)).root));
    expect((await Promise.all(nodes)).flat().some(({ isError }) => isError)).toBe(true);
  });

  it('takes part of a function for what it is', async () => {
    const at = TEXT.indexOf('total <=');
    const within = { origin: 'diff', ranges: [{ start: at, end: at + 'total <= limit;'.length }] } as const;
    const assessed = await assessText(
      assessorOf((token) => token === 'limit'),
      { ...request, within },
    );
    const { root, text } = await syntaxOfRegion(assessed, 0, true);
    expect(text).toBe('total <= limit;');
    expect(root.isPart).toBe(true);
  });

  it('refuses a region that there is not', async () => {
    const assessed = await assessText(
      assessorOf(() => false),
      request,
    );
    await expect(syntaxOfRegion(assessed, 7, true)).rejects.toThrow(RangeError);
  });
});
