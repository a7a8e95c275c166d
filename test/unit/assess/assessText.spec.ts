import { describe, expect, it } from 'vitest';
import { assessText, type AssessedText, type TextToAssess } from '../../../src/assess/assessText.ts';
import { inProcessParser } from '../../support/inProcessParser.ts';
import { scriptedEngine, type Script } from '../../support/scriptedEngine.ts';

const SNIPPETS: readonly (TextToAssess & { readonly odd: string })[] = [
  {
    path: 'a.ts',
    language: 'typescript',
    text: '/** Adds. oddity */\nexport function total(prices: number[]): number {\n  let sum = 0; // oddity\n  for (const price of prices) sum += price;\n  return odd + sum;\n}\n',
    odd: 'odd',
  },
  {
    path: 'a.py',
    language: 'python',
    text: '# oddity\ndef total(prices):\n    # oddity of oddity\n    amount = 0\n    for price in prices:\n        amount += price\n    return odd + amount\n',
    odd: 'odd',
  },
  {
    path: 'a.go',
    language: 'go',
    text: 'package p\n\n// oddity\nfunc total(prices []int) int {\n\tsum := 0 /* oddity */\n\tfor _, price := range prices {\n\t\tsum += price\n\t}\n\treturn odd + sum\n}\n',
    odd: 'odd',
  },
];

async function assess(request: TextToAssess, logprobNats: Script['logprobNats']): Promise<AssessedText> {
  return assessText({ engine: scriptedEngine({ logprobNats }), parser: inProcessParser, salt: 's' }, request);
}

/** All that an assessment says, without the identity that is new each time. */
const said = ({ regions }: AssessedText): unknown => regions.map(({ assessment }) => ({ ...assessment, id: '' }));

describe.each(SNIPPETS)('assessText on $language', (snippet) => {
  const { text, odd } = snippet;
  const odds = (token: string): number => (token === odd ? -5 : -0.1);

  it('puts the surprising leaf first', async () => {
    const { regions } = await assess(snippet, odds);
    const region = regions.find(({ found }) => text.slice(found.start, found.end).includes(`return ${odd}`))!;
    const [span] = region.assessment.spans;
    expect(text.slice(span!.start, span!.end)).toBe(odd);
    expect(span!.category).toBe('identifiers');
    expect(span!.signals).toMatchObject({ totalSurprisal: 5, tokenCount: 1 });
    expect(region.assessment.region.name).toBe('total');
  });

  it('judges nothing while nothing is calibrated', async () => {
    const { regions } = await assess(snippet, odds);
    expect(regions.length).toBeGreaterThan(0);
    for (const { assessment } of regions) {
      expect(assessment).toMatchObject({ target: null, judgement: null, band: 'unknown', region: { origin: 'file' } });
      expect(assessment.unscored).toBeUndefined();
    }
    const ids = regions.map(({ assessment }) => assessment.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('masks comments: whatever they cost, nothing changes', async () => {
    const calm = await assess(snippet, odds);
    const inComment = (start: number): boolean =>
      [...text.matchAll(/\/\*.*?\*\/|\/\/.*|#.*/g)].some(
        ({ 0: comment, index }) => index <= start && start < index + comment.length,
      );
    const loud = await assess(snippet, (token, start) => (inComment(start) ? -50 : odds(token)));
    expect(said(loud)).toEqual(said(calm));
    // And this is no accident of a text without comments.
    expect([...loud.scored.measures.logprobsNats]).toContain(-50);
  });

  it('masks layout', async () => {
    const calm = await assess(snippet, odds);
    expect(said(await assess(snippet, (token) => (token.trim() === '' ? -50 : odds(token))))).toEqual(said(calm));
  });

  it("sums up a region: its leaves, and nobody else's", async () => {
    const { regions, scored, alignment, spans } = await assess(snippet, (_, start) => -1 - start / 1000);
    let inRegions = 0;
    for (const { assessment, found } of regions) {
      const own = Array.from(scored.tokens(), (token, index) => ({
        token,
        leaf: alignment.chargedLeaves[index]!,
      })).filter(({ leaf }) => leaf >= found.firstLeaf && leaf < found.endLeaf);
      inRegions += own.length;
      expect(assessment.evidence.signals.tokenCount).toBe(own.length);
      expect(assessment.evidence.signals.totalSurprisal).toBeCloseTo(
        own.reduce((sum, { token }) => sum - token.logprobNats!, 0),
        9,
      );
      for (const { token } of own) {
        expect(token.start).toBeGreaterThanOrEqual(found.start);
        expect(token.end).toBeLessThanOrEqual(found.end);
      }
    }
    expect(inRegions).toBe(alignment.chargedLeaves.filter((leaf) => leaf >= 0).length);
    expect(spans.leaves.length).toBe(regions.at(-1)!.found.endLeaf);
  });

  it('says that a text is unscored, and shows no number for it', async () => {
    const { regions } = await assess(snippet, () => Number.NaN);
    for (const { assessment } of regions) {
      expect(assessment.unscored).toBe('none of its tokens was scored');
      expect(assessment).toMatchObject({ evidence: { signals: {} }, spans: [], band: 'unknown', judgement: null });
    }
  });

  it('counts only the tokens that were scored', async () => {
    const { regions } = await assess(snippet, (token) => (token === 'return' ? Number.NaN : odds(token)));
    for (const { assessment } of regions) {
      expect(assessment.unscored).toBeUndefined();
      expect(Object.values(assessment.evidence.signals).every(Number.isFinite)).toBe(true);
    }
  });
});

describe('assessText within parts of a text', () => {
  const text = 'import a from "a";\nfunction f(x) {\n  const odd = x;\n  return odd + 1;\n}\nfunction g() {}\n';
  const request = { path: 'a.js', language: 'javascript', text } as const;
  const odds = (token: string): number => (token === 'odd' ? -5 : -0.1);
  const lineThree = { start: text.indexOf('  const'), end: text.indexOf('  return') };

  it('judges those alone, each as a region of the origin that was given', async () => {
    const within = { origin: 'diff', ranges: [{ start: 0, end: 1 }, lineThree] } as const;
    const { regions } = await assess({ ...request, within }, odds);
    expect(regions.map(({ assessment: { region } }) => region)).toMatchObject([
      { origin: 'diff', start: 0, end: 6 },
      { origin: 'diff', start: lineThree.start + 2, end: lineThree.end - 1, name: 'f' },
    ]);
    const inside = regions[1]!.assessment;
    expect(inside.evidence.signals).toMatchObject({ tokenCount: 5 });
    expect(inside.spans.map((span) => text.slice(span.start, span.end))).toEqual(['odd']);
    expect(regions[0]!.assessment.spans).toEqual([]);
  });

  it('scores the whole text, as without them', async () => {
    const asked: string[] = [];
    const engine = scriptedEngine({ logprobNats: odds });
    const score: typeof engine.score = (of) => {
      asked.push(of.text);
      return engine.score(of);
    };
    const assessor = { engine: { ...engine, score }, parser: inProcessParser, salt: 's' };
    const within = { origin: 'inserted', ranges: [lineThree] } as const;
    const { scored } = await assessText(assessor, { ...request, within });
    expect(asked).toEqual([text]);
    expect(scored.tokenCount).toBe((await assess(request, odds)).scored.tokenCount);
  });

  it('says of all of the text what it says without parts, but for the origin', async () => {
    const within = { origin: 'file', ranges: [{ start: 0, end: text.length }] } as const;
    expect(said(await assess({ ...request, within }, odds))).toEqual(said(await assess(request, odds)));
  });

  it('judges nothing where no code is asked for', async () => {
    for (const ranges of [[], [{ start: 18, end: 19 }]]) {
      expect((await assess({ ...request, within: { origin: 'diff', ranges } }, odds)).regions).toEqual([]);
    }
  });
});

describe('assessText', () => {
  const [typescript] = SNIPPETS;

  it('takes lines for syntax where there is no grammar', async () => {
    const { regions, spans } = await assess(
      { path: 'a.lua', language: 'lines', text: 'local x = 1\n\nreturn odd\n-- a\n-- b\n-- c\n' },
      (token) => (token === 'odd' ? -9 : -0.1),
    );
    expect(spans.language).toBe('lines');
    expect(regions[0]?.assessment.spans[0]).toMatchObject({ start: 13, end: 23, type: 'line', category: null });
  });

  it('takes lines where the parser gives up', async () => {
    const parser = { ...inProcessParser, spans: () => Promise.resolve({ skipped: 'too-slow' as const }) };
    const { spans } = await assessText(
      { engine: scriptedEngine({ logprobNats: () => -1 }), parser, salt: 's' },
      typescript!,
    );
    expect(spans.language).toBe('lines');
  });

  it('finds nothing in a text of comments alone', async () => {
    const { regions } = await assess(
      { path: 'a.ts', language: 'typescript', text: '// nothing\n/* here */\n' },
      () => -9,
    );
    expect(regions).toEqual([]);
  });

  it('names the declaration that a span is', async () => {
    const { regions } = await assess(
      { path: 'a.ts', language: 'typescript', text: 'class Basket { total = 1 }\nlet [a, b, c, d, e, f] = g;' },
      (_, start) => (start < 26 ? -3 : 0),
    );
    expect(regions[0]?.assessment.spans.map((span) => span.name)).toContain('Basket');
  });

  it('rejects with the reason of the signal when aborted', async () => {
    const reason = new Error('enough');
    const request = { ...typescript!, abortSignal: AbortSignal.abort(reason) };
    await expect(assess(request, () => -1)).rejects.toBe(reason);
  });

  it('rejects when it is aborted while the parser works', async () => {
    const reason = new Error('enough');
    const controller = new AbortController();
    const parser = {
      ...inProcessParser,
      spans: async () => {
        await Promise.resolve();
        controller.abort(reason);
        return { skipped: 'cancelled' as const };
      },
    };
    const request = { ...typescript!, abortSignal: controller.signal };
    await expect(
      assessText({ engine: scriptedEngine({ logprobNats: () => -1 }), parser, salt: 's' }, request),
    ).rejects.toBe(reason);
  });
});

it('names no span that a comment with a reason silences', async () => {
  const code = 'function f(a) {\n  first(odd);\n  second(odd);\n}\n';
  const namedIn = async (text: string): Promise<readonly string[]> => {
    const odds = (token: string): number => (token === 'odd' ? -5 : -0.1);
    const { regions } = await assess({ path: 'a.js', language: 'javascript', text }, odds);
    return regions.flatMap(({ assessment }) =>
      assessment.spans.map(({ start }) => text.slice(0, start).split('\n').at(-1) ?? ''),
    );
  };
  expect(await namedIn(code)).toEqual(expect.arrayContaining(['  first(', '  second(']));
  const silenced = await namedIn(code.replace('  second', '  // candor-ignore: looked at\n  second'));
  expect(silenced).toContain('  first(');
  expect(silenced).not.toContain('  second(');
  expect(await namedIn(`// candor-ignore-file: not ours\n${code}`)).toEqual([]);
});

it('keeps what a comment silences apart, with its reason, and says so of a whole region', async () => {
  const odds = (token: string): number => (token === 'odd' ? -5 : -0.1);
  const code = 'function f(a) {\n  first(odd);\n  // candor-ignore: looked at\n  second(odd);\n}\n';
  const comment = { start: code.indexOf('//'), end: code.indexOf(' at') + 3 };
  const [region] = (await assess({ path: 'a.js', language: 'javascript', text: code }, odds)).regions;
  const silenced = region!.assessment.silenced!.filter(({ signals }) => signals.totalSurprisal! >= 5);
  expect(silenced.map(({ start, end }) => code.slice(start, end))).toEqual(['odd']);
  expect(silenced[0]!.start).toBeGreaterThan(code.indexOf('second'));
  expect(silenced[0]!.silence).toEqual({ reason: 'looked at', ...comment });
  expect(region!.assessment.silence).toBeUndefined();
  expect(region!.silencedChoices).toHaveLength(region!.assessment.silenced!.length);

  const text = `// candor-ignore: all of it\n${code}\nfunction g(a) {\n  return odd;\n}\n`;
  const [quiet, open] = (await assess({ path: 'a.js', language: 'javascript', text }, odds)).regions;
  expect(quiet!.assessment.silence).toEqual({ reason: 'all of it', start: 0, end: 27 });
  expect(quiet!.assessment.spans).toEqual([]);
  expect(open!.assessment).not.toHaveProperty('silence');
  expect(open!.assessment).not.toHaveProperty('silenced');
});

describe('assessText and docstrings', () => {
  const odds = (token: string): number => (token === 'odd' ? -5 : -0.1);
  const asPython = (text: string): TextToAssess => ({ path: 'a.py', language: 'python', text });
  const body = 'def total(prices):\n    "Adds the odd prices."\n    amount = odd\n    return amount\n';

  it('go by what the code costs, whatever its documentation does', async () => {
    const calm = await assess(asPython(body), odds);
    const inText = (start: number): boolean => start >= body.indexOf('"') && start <= body.lastIndexOf('"');
    const loud = await assess(asPython(body), (token, start) => (inText(start) ? -50 : odds(token)));
    expect([...loud.scored.measures.logprobsNats]).toContain(-50);
    expect(said(loud)).toEqual(said(calm));
    expect(loud.regions[0]!.assessment.evidence.signals.totalSurprisal).toBeLessThan(10);
  });

  it('find nothing to judge in documentation alone', async () => {
    expect((await assess(asPython('"""What odd package this is."""\n'), odds)).regions).toEqual([]);
    const { regions } = await assess(asPython(`"""Odd."""\n\n\n${body}`), odds);
    expect(regions.map(({ assessment }) => assessment.region.name)).toEqual(['total']);
    const ranges = [{ start: body.indexOf('"'), end: body.lastIndexOf('"') + 1 }];
    expect((await assess({ ...asPython(body), within: { origin: 'diff', ranges } }, odds)).regions).toEqual([]);
  });
});
