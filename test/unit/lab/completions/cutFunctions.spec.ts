import { describe, expect, it } from 'vitest';
import { ScoredText } from '../../../../src/core/scoredText.ts';
import type { Engine, GenerateRequest } from '../../../../src/engines/engine.ts';
import { completeCut } from '../../../../src/lab/completions/completeCut.ts';
import { cutFunctions, type Cut } from '../../../../src/lab/completions/cutFunctions.ts';
import { matchesCode } from '../../../../src/lab/completions/matchesCode.ts';
import { isSkipped } from '../../../../src/syntax/skipped.ts';
import type { LanguageId } from '../../../../src/syntax/languages.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { scriptedEngine } from '../../../support/scriptedEngine.ts';
import { someSource } from '../../core/someSource.ts';

const TEXTS: readonly (readonly [LanguageId, string])[] = [
  ['python', 'def f(a):\n    b = a + 1\n    # twice\n    c = b * 2\n    return c\n'],
  ['typescript', 'function f(a: number): number {\n  const b = a + 1;\n  const c = b * 2;\n  return c;\n}\n'],
  ['go', 'package p\n\nfunc f(a int) int {\n\tb := a + 1\n\tc := b * 2\n\treturn c\n}\n'],
  ['java', 'class C {\n  int f(int a) {\n    int b = a + 1;\n    int c = b * 2;\n    return c;\n  }\n}\n'],
  ['rust', 'fn f(a: i32) -> i32 {\n    let b = a + 1;\n    let c = b * 2;\n    return c;\n}\n'],
  ['c', 'int f(int a) {\n  int b = a + 1;\n  int c = b * 2;\n  return c;\n}\n'],
  ['ruby', 'def f(a)\n  b = a + 1\n  c = b * 2\n  c\nend\n'],
];

async function cutsOf(language: LanguageId, text: string): Promise<readonly Cut[]> {
  const spans = await inProcessParser.spans(text, language);
  if (isSkipped(spans)) throw new Error('not parsed');
  return cutFunctions(text, spans);
}

describe.each(TEXTS)('cutFunctions in %s', (language, text) => {
  it('takes out each statement but the first, and those that follow it', async () => {
    const cuts = await cutsOf(language, text);
    expect(cuts.map(({ statements }) => statements)).toEqual([1, 2, 1]);
    for (const { prefix, expected, suffix } of cuts) expect(prefix + expected + suffix).toBe(text);
    expect(cuts[0]!.expected.replace(/^(?:int|let|const) /, '')).toMatch(/^c (?:=|:=) b \* 2;?$/);
    expect(cuts[1]!.expected).toContain('\n');
  });

  it('matches itself, otherwise written or not, and nothing else', async () => {
    const [cut] = await cutsOf(language, text);
    expect(await matchesCode(inProcessParser, language, cut!, cut!.expected)).toBe(true);
    expect(await matchesCode(inProcessParser, language, cut!, cut!.expected.replaceAll(' * ', '  *  '))).toBe(true);
    expect(await matchesCode(inProcessParser, language, cut!, cut!.expected.replace('2', '3'))).toBe(false);
  });
});

/** An engine that writes what it is told, in these tokens or a word at a time. */
function writes(...given: readonly string[]): Engine {
  const written = given.join('');
  const words = given.length > 1 ? given : Array.from(written.matchAll(/\s*\w+|\s*[^\w\s]|\s+$/g), ([word]) => word);
  return {
    ...scriptedEngine({ logprobNats: () => 0 }),
    generate: ({ prefix }: GenerateRequest) => {
      expect(prefix.endsWith('    ')).toBe(true);
      return Promise.resolve(
        ScoredText.of({
          text: written,
          source: someSource,
          tokenEnds: Uint32Array.from(words, (_, index) => words.slice(0, index + 1).join('').length),
          measures: { logprobsNats: new Float64Array(words.length).fill(-0.5) },
        }),
      );
    },
  };
}

describe('completeCut', () => {
  const [language, text] = TEXTS[0]!;
  const place = { path: 'a.py', language };

  it('keeps as many whole statements as were cut out, with the tokens that tile them', async () => {
    const [cut] = await cutsOf(language, text);
    const engine = writes('c = b * 2\n    return c\n');
    const completion = await completeCut({ engine, parser: inProcessParser }, cut!, place);
    expect(completion!.text).toBe('c = b * 2');
    expect(completion!.tokens.map(({ text: token }) => token).join('')).toBe('c = b * 2');
    expect(completion!.tokens.every(({ logprobNats }) => logprobNats === -0.5)).toBe(true);
  });

  it('has no log-probability for a token that goes on beyond the statement', async () => {
    const [cut] = await cutsOf(language, text);
    const engine = writes('c = b', ' * 2\n    re', 'turn c\n');
    const { tokens } = (await completeCut({ engine, parser: inProcessParser }, cut!, place))!;
    expect(tokens).toEqual([
      { text: 'c = b', start: 0, end: 5, logprobNats: -0.5 },
      { text: ' * 2', start: 5, end: 9 },
    ]);
  });

  it('keeps all that was written where it ends inside a statement', async () => {
    const [cut] = await cutsOf(language, text);
    const completion = await completeCut({ engine: writes('c = b * (2 +'), parser: inProcessParser }, cut!, place);
    expect(completion!.text).toBe('c = b * (2 +');
  });

  it('is nothing where nothing was written', async () => {
    const [cut] = await cutsOf(language, text);
    expect(await completeCut({ engine: writes('\n'), parser: inProcessParser }, cut!, place)).toBeNull();
  });
});
