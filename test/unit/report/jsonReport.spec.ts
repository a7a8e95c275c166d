import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditWorkspace } from '../../../src/app/auditWorkspace.ts';
import { findCode } from '../../../src/app/findCode.ts';
import { createWorkspaceLearner } from '../../../src/app/workspaceLearner.ts';
import { NgramEngine } from '../../../src/engines/ngram/ngramEngine.ts';
import { jsonReport } from '../../../src/report/jsonReport.ts';
import { inProcessParser } from '../../support/inProcessParser.ts';
import { sampleFolder, sampleTexts, tokenizer } from '../../support/sampleWorkspace.ts';
import { faultsOf } from '../../support/schemas.ts';
import { judgedFile, reportOf } from '../../support/someReport.ts';
import type { Report } from '../../../src/audit/report.ts';
import { SILENCE, silencedFile } from '../../support/silencedFile.ts';

interface Place {
  readonly line: number;
  readonly character: number;
}

interface Document {
  readonly summary: Record<string, number> & {
    readonly bands: Record<string, number>;
    readonly skipped: Record<string, number>;
  };
  readonly files: readonly {
    readonly path: string;
    readonly skipped?: string;
    readonly regions: readonly {
      readonly id: string;
      readonly name?: string;
      readonly start: Place;
      readonly end: Place;
      readonly spans: readonly {
        readonly start: Place;
        readonly end: Place;
        readonly alternatives: readonly unknown[];
      }[];
    }[];
  }[];
}

const parsed = (report: Report): Document => JSON.parse(jsonReport(report)) as Document;

/** The offset of a place in a text as an editor counts. */
function offsetOf(text: string, { line, character }: Place): number {
  let start = 0;
  for (const end of text.matchAll(/\r\n|\r|\n/g)) {
    if (line === 0) break;
    line--;
    start = end.index + end[0].length;
  }
  return start + character;
}

describe('jsonReport', () => {
  it('lists what comments keep quiet, with their reasons', () => {
    const document = parsed(reportOf([silencedFile('a.ts', { silence: SILENCE }), judgedFile('b.ts', 'let b;', [])]));
    expect(faultsOf('audit', document)).toEqual([]);
    expect(document.summary.quietPlaces).toBe(2);
    const silence = {
      reason: SILENCE.reason,
      start: { line: 0, character: 0 },
      end: { line: 0, character: SILENCE.end },
    };
    const [quiet, open] = document.files.map(({ regions: [region] }) => region);
    expect(quiet).toMatchObject({ spans: [], silence, silenced: [{ silence, finding: {} }, { silence }] });
    expect(open).not.toHaveProperty('silence');
    expect(open).not.toHaveProperty('silenced');
  });

  it('fits its schema, and keeps its numbers straight, on a real workspace', async () => {
    const engine = new NgramEngine(tokenizer);
    const tools = {
      engine,
      learner: createWorkspaceLearner(engine),
      parser: inProcessParser,
      salt: 's',
      onProgress: () => undefined,
    };
    const code = await findCode(sampleFolder, [sampleFolder]);
    const report = await auditWorkspace({ ...tools, workspace: sampleFolder, code, top: 3 });
    const document = parsed(report);
    expect(faultsOf('audit', document)).toEqual([]);
    const regions = document.files.flatMap((file) => file.regions);
    expect(document.summary).toMatchObject({
      files: sampleTexts.size,
      judgedFiles: sampleTexts.size,
      regions: regions.length,
      unscoredRegions: 0,
    });
    expect(document.summary.bands).toEqual({ trust: 0, check: 0, doubt: 0, unknown: regions.length });
    // Pieces of one character are learned apart, and scored as one token.
    expect(document.summary.learnedTokens).toBeGreaterThanOrEqual(document.summary.tokens!);
    expect(document.summary.learnedTokens).toBeLessThan(1.001 * document.summary.tokens!);
    expect(document.files.map((file) => file.path)).toEqual([...sampleTexts.keys()]);
    // Three regions were explained: no other has alternatives.
    expect(
      regions.filter((region) => region.spans.some((span) => span.alternatives.length > 0)).length,
    ).toBeLessThanOrEqual(3);
    expect(regions.some((region) => region.spans.some((span) => span.alternatives.length > 0))).toBe(true);
    for (const file of document.files) {
      const text = sampleTexts.get(file.path)!;
      let end = 0;
      for (const region of file.regions) {
        expect(offsetOf(text, region.start)).toBeGreaterThanOrEqual(end);
        end = offsetOf(text, region.end);
        for (const span of region.spans) {
          expect(offsetOf(text, span.start)).toBeGreaterThanOrEqual(offsetOf(text, region.start));
          expect(offsetOf(text, span.end)).toBeLessThanOrEqual(end);
        }
      }
    }
  });

  it('counts positions as an editor does', () => {
    const text = '// 😀é\r\nlet 漢 = "😀😀" + odd;\rlast';
    const [file] = parsed(
      reportOf([
        judgedFile('a.ts', text, [{ words: 'odd' }, { words: '"😀😀"' }, { words: '漢 = "😀😀" + odd;\rlast' }]),
      ]),
    ).files;
    expect(file!.regions[0]!.start).toEqual({ line: 0, character: 0 });
    expect(file!.regions[0]!.end).toEqual({ line: 2, character: 4 });
    expect(file!.regions[0]!.spans.map(({ start, end }) => [start, end])).toEqual([
      [
        { line: 1, character: 17 },
        { line: 1, character: 20 },
      ],
      [
        { line: 1, character: 8 },
        { line: 1, character: 14 },
      ],
      [
        { line: 1, character: 4 },
        { line: 2, character: 4 },
      ],
    ]);
  });

  it('counts what was skipped by its reason', () => {
    const skipped = (['binary', 'binary', 'empty'] as const).map((reason, place) => ({
      path: `${place}`,
      language: null,
      skipped: reason,
    }));
    const document = parsed(reportOf(skipped, { otherFileCount: 4 }));
    expect(faultsOf('audit', document)).toEqual([]);
    expect(document.summary).toMatchObject({
      files: 3,
      judgedFiles: 0,
      otherFiles: 4,
      skipped: { binary: 2, empty: 1 },
      regions: 0,
    });
    expect(document.files[0]).toMatchObject({ path: '0', skipped: 'binary', regions: [] });
  });

  it('says of a region that it is unscored', () => {
    const file = judgedFile('a.ts', 'let a;', []);
    const assessment = {
      ...file.assessments[0]!,
      unscored: 'none of its tokens was scored',
      evidence: { version: 2, features: {}, levels: {}, signals: {} },
    };
    const document = parsed(reportOf([{ ...file, assessments: [assessment] }]));
    expect(faultsOf('audit', document)).toEqual([]);
    expect(document.summary.unscoredRegions).toBe(1);
  });

  it('carries any name and any text through unharmed', () => {
    const hostile = fc.string({ unit: 'binary', minLength: 1 }).map((text) => text.toWellFormed());
    fc.assert(
      fc.property(hostile, hostile, hostile, (path, name, words) => {
        const document = parsed(
          reportOf([judgedFile(path, `let ${words} = 1;`, [{ words, name, alternatives: [words, '"}]'] }], name)]),
        );
        expect(faultsOf('audit', document)).toEqual([]);
        expect(document.files[0]).toMatchObject({
          path,
          regions: [{ name, spans: [{ name, alternatives: [{ text: words }, { text: '"}]' }] }] }],
        });
      }),
    );
  });

  it('ends with a line end, and is the same for the same report', () => {
    const report = reportOf([judgedFile('a.ts', 'let a;', [])]);
    expect(jsonReport(report)).toMatch(/\}\n$/);
    expect(jsonReport(report)).toBe(jsonReport(report));
  });
});
