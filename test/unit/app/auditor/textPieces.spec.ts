import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assessText } from '../../../../src/assess/assessText.ts';
import { shiftAssessment } from '../../../../src/app/auditor/shiftAssessment.ts';
import { linesOfRanges, piecesToJudge } from '../../../../src/app/auditor/textPieces.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { SILENCE, silencedFile } from '../../../support/silencedFile.ts';
import { scriptedEngine } from '../../../support/scriptedEngine.ts';

const FILLER = '/* nothing to see in this line */\n'.repeat(30_000);

describe('linesOfRanges', () => {
  it.each<[string, string, string[]]>([
    ['one line', 'a\n[b]c\nd', ['bc\n']],
    ['no width', 'a\nb[]\nc', ['b\n']],
    ['the last line', 'a\nb\nc[d]', ['cd']],
    ['several lines', 'a\nb[b\nc]c\nd', ['bb\ncc\n']],
    ['up to the beginning of a line', 'a\n[b\n]c\n', ['b\n']],
    ['two in a line', '[a]b[c]\nd', ['abc\n']],
    ['neighbouring lines', '[a]\n[b]\nc', ['a\nb\n']],
    ['lines apart', '[a]\nb\n[c]', ['a\n', 'c']],
    ['other line endings', 'a\r\nb[b]\r\nc\rd[d]', ['bb\r\n', 'dd']],
    ['nothing', 'a\nb', []],
  ])('takes the whole lines of %s', (_, marked, expected) => {
    const ranges = Array.from(marked.matchAll(/\[[^\]]*\]/g), (match, index) => {
      const start = match.index - 2 * index;
      return { start, end: start + match[0].length - 2 };
    });
    const text = marked.replaceAll(/[[\]]/g, '');
    expect(linesOfRanges(text, ranges).map(({ start, end }) => text.slice(start, end))).toEqual(expected);
  });
});

describe('piecesToJudge', () => {
  const within = (...ranges: { start: number; end: number }[]) => ({ origin: 'inserted' as const, ranges });

  it('takes a text as it is where it is not too long', () => {
    expect(piecesToJudge('let a;')).toEqual([{ text: 'let a;', offset: 0 }]);
    const parts = within({ start: 4, end: 5 });
    expect(piecesToJudge('let a;', parts)).toEqual([{ text: 'let a;', offset: 0, within: parts }]);
  });

  it('says why there is nothing to judge', () => {
    expect(piecesToJudge('')).toBe('empty');
    expect(piecesToJudge(FILLER)).toBe('over 1 MB');
    expect(piecesToJudge(FILLER, within())).toBe('over 1 MB');
    expect(piecesToJudge(FILLER, within({ start: 0, end: FILLER.length }))).toBe('over 1 MB');
    expect(piecesToJudge(`\n${FILLER}`, within({ start: 0, end: 0 }))).toBe('empty');
  });

  it('gives offsets that lead back into the text, whatever the parts', async () => {
    const engine = scriptedEngine({ logprobNats: (token) => -token.length });
    const assessor = { engine, parser: inProcessParser, salt: 's' };
    const line = fc.constantFrom(
      'let a = f(b, c);\n',
      'function g(x) {\n  return x + 1;\n}\r\n',
      'const s = "😀 漢字";\r',
      '\n',
      'if (a) {\n',
      '}\n',
    );
    const texts = fc.array(line, { minLength: 1, maxLength: 12 }).map((lines) => lines.join(''));
    const stretches = fc.array(fc.tuple(fc.nat(300), fc.nat(80)), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(texts, texts, stretches, async (before, after, cuts) => {
        const text = before + FILLER + after;
        const ranges = cuts.map(([at, length]) => {
          const start =
            at < before.length ? at : Math.min(text.length, before.length + FILLER.length + at - before.length);
          return { start, end: Math.min(text.length, start + length) };
        });
        const pieces = piecesToJudge(text, within(...ranges));
        if (typeof pieces === 'string') return;
        for (const { offset, ...piece } of pieces) {
          expect(text.startsWith(piece.text, offset)).toBe(true);
          expect(piece.within?.origin).toBe('inserted');
          const assessed = await assessText(assessor, { ...piece, path: 'a.js', language: 'javascript' });
          for (const { assessment } of assessed.regions) {
            const shifted = shiftAssessment(assessment, offset);
            const places = [[assessment.region, shifted.region] as const].concat(
              assessment.spans.map((span, index) => [span, shifted.spans[index]!] as never),
            );
            for (const [own, moved] of places) {
              expect(text.slice(moved.start, moved.end)).toBe(piece.text.slice(own.start, own.end));
            }
            const touched = ranges.some(({ start, end }) => shifted.region.start < end && start < shifted.region.end);
            expect(touched).toBe(true);
          }
        }
        const covered = ranges.filter(
          ({ start, end }) =>
            start < end && text.slice(start, end).trim() !== '' && !text.slice(start, end).includes('nothing to see'),
        );
        for (const { start, end } of covered) {
          expect(pieces.some((piece) => piece.offset <= start && end <= piece.offset + piece.text.length)).toBe(true);
        }
      }),
      { numRuns: 40, seed: 11 },
    );
  });
});

describe('shiftAssessment', () => {
  it('moves what is kept quiet, and the comment that keeps it so', () => {
    const [assessment] = silencedFile('a.js', { silence: SILENCE }).assessments;
    const shifted = shiftAssessment(assessment!, 100);
    const [odd] = assessment!.silenced!;
    const { reason, end } = SILENCE;
    expect(shifted.silence).toEqual({ reason, start: 100, end: 100 + end });
    expect(shifted.silenced![0]).toMatchObject({
      start: 100 + odd!.start,
      finding: { start: 100 + odd!.finding!.start },
      silence: { reason, start: 100, end: 100 + end },
    });
  });

  it('moves the region, its spans and what was found on them', async () => {
    const assessor = { engine: scriptedEngine({ logprobNats: () => -3 }), parser: inProcessParser, salt: 's' };
    const { regions } = await assessText(assessor, { text: 'f(a);\n', path: 'a.js', language: 'javascript' });
    const { assessment } = regions[0]!;
    const [span] = assessment.spans;
    const finding = { kind: 'expectedOther', start: 2, end: 3, numbers: {}, alternatives: [] } as const;
    const shifted = shiftAssessment({ ...assessment, spans: [{ ...span!, finding }] }, 100);
    expect(shifted).toMatchObject({
      id: assessment.id,
      region: { start: 100, end: 100 + assessment.region.end },
      spans: [{ start: 100 + span!.start, end: 100 + span!.end, finding: { start: 102, end: 103 } }],
    });
  });
});
