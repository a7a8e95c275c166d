import { describe, expect, it } from 'vitest';
import type { JudgedFile, Report } from '../../../src/audit/report.ts';
import type { Assessment, Judgement } from '../../../src/core/words.ts';
import { sarifReport } from '../../../src/report/sarifReport.ts';
import { SARIF_RULES } from '../../../src/report/sarifRules.ts';
import { sarifFaults } from '../../support/sarifSchema.ts';
import { judgedFile, reportOf } from '../../support/someReport.ts';
import { SILENCE, silencedFile } from '../../support/silencedFile.ts';

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly kind?: string;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly rank: number;
  readonly partialFingerprints: Record<string, string>;
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: object; readonly region: object };
  }[];
  readonly properties: object;
}

interface Run {
  readonly results: readonly Result[];
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
  readonly invocations: readonly { readonly toolExecutionNotifications: readonly object[] }[];
}

/** The one run of a report, which must fit the schema. */
function runOf(report: Report): Run {
  const document = JSON.parse(sarifReport(report)) as { readonly version: string; readonly runs: readonly [Run] };
  expect(sarifFaults(document)).toEqual([]);
  expect(document.version).toBe('2.1.0');
  return document.runs[0];
}

const TEXT = '// 😀\nfunction f(a, b) {\n  return "😀" + (a <= b);\n}\n';
const TARGET = { event: 'sound', horizon: { days: 60 }, unit: 'region', definition: 1 } as const;

function judgement(p: number): Judgement {
  const basis = { target: TARGET, authors: 'ai', riskModel: '', prior: '', outcomeCount: 1, commitCount: 1 } as const;
  return { p, low: p / 2, high: 1, basis };
}

/** A file of one region that has a finding on `<=`. */
function someFile(path: string, change: Partial<Assessment> = {}, alternative = '<'): JudgedFile {
  const file = judgedFile(path, TEXT, [{ words: '<=' }], 'f');
  const [assessment] = file.assessments;
  const [span] = assessment!.spans;
  const finding = {
    kind: 'expectedOther',
    start: span!.start,
    end: span!.end,
    numbers: { chance: 0.03, bestChance: 0.64 },
    alternatives: [{ text: alternative, logprobNats: -0.4 }],
  } as const;
  return { ...file, assessments: [{ ...assessment!, spans: [{ ...span!, finding }], ...change }] };
}

describe('sarifReport', () => {
  it('lists what a comment keeps quiet with its suppression, and says of all else that it has none', () => {
    const [file, quiet] = [silencedFile('a.ts'), silencedFile('b.ts', { silence: SILENCE })];
    const { results } = runOf(reportOf([file, quiet, someFile('c.ts')], { riskiest: [] }));
    const suppressions = [
      {
        kind: 'inSource',
        status: 'accepted',
        justification: '[seen]\uFFFD `here`',
        location: { physicalLocation: { region: { startLine: 1, startColumn: 1, endLine: 1 } } },
      },
    ];
    expect(results).toMatchObject([
      { ruleId: 'expected-other', suppressions },
      {
        ruleId: 'reading-order',
        message: { text: expect.stringContaining('kept quiet by a comment') as string },
        suppressions,
      },
      { ruleId: 'expected-other', suppressions },
      { ruleId: 'expected-other', suppressions: [] },
    ]);
  });

  it('keeps a region in doubt in the report when a comment keeps it quiet', () => {
    const change = { silence: SILENCE, band: 'doubt', target: TARGET, judgement: judgement(0.2) } as const;
    const [result] = runOf(reportOf([silencedFile('a.ts', change)])).results;
    expect(result).toMatchObject({ ruleId: 'doubt', level: 'warning', suppressions: [{ kind: 'inSource' }] });
  });

  it('puts regions to read first and findings where they are, and warns of nothing without a calibration', () => {
    const { results } = runOf(reportOf([someFile('src/ü #1.ts')]));
    expect(results).toMatchObject([
      {
        ruleId: 'reading-order',
        kind: 'review',
        level: 'none',
        message: { text: '"f": among the first to read. The least likely token has 3.0 bits.' },
        rank: 100,
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'src/%C3%BC%20%231.ts', uriBaseId: 'SRCROOT' },
              region: { startLine: 1, startColumn: 1, endLine: 5, endColumn: 1 },
            },
          },
        ],
        properties: { band: 'unknown', signals: { minimumLogprob: -3 * Math.LN2 } },
      },
      {
        ruleId: 'expected-other',
        level: 'note',
        message: { text: 'The engine expected "<" here (64 %); "<=" had a chance of 3 %.' },
        // An emoji has two columns.
        locations: [{ physicalLocation: { region: { startLine: 3, startColumn: 20, endLine: 3, endColumn: 22 } } }],
        properties: { share: 0.25, category: 'identifiers', signals: { totalSurprisal: 3 } },
      },
    ]);
    expect(results.map(({ ruleIndex }) => SARIF_RULES[ruleIndex]?.id)).toEqual(results.map(({ ruleId }) => ruleId));
  });

  it('warns of doubt alone, and ranks by the chance to go bad', () => {
    const files = (
      [
        ['a.ts', 0.2, 'doubt'],
        ['b.ts', 0.95, 'trust'],
        ['c.ts', 0.7, 'check'],
      ] as const
    ).map(([path, p, band]) => someFile(path, { judgement: judgement(p), target: TARGET, band, spans: [] }));
    const report = reportOf(files);
    const { results } = runOf({ ...report, riskiest: report.riskiest.slice(0, 2) });
    expect(results.map(({ ruleId, level, rank }) => [ruleId, level, Math.round(rank)])).toEqual([
      ['doubt', 'warning', 80],
      ['reading-order', 'none', 5],
    ]);
    expect(results[0]).toMatchObject({
      message: { text: '"f": the chance that this needs no fix within 60 days is 20 % (10 to 100 %).' },
      properties: { p: 0.2, low: 0.1, high: 1, band: 'doubt' },
    });
    // A region in doubt is told though it is not among those to show.
    expect(runOf({ ...report, riskiest: [] }).results.map(({ ruleId }) => ruleId)).toEqual(['doubt']);
  });

  it('tells what was left out', () => {
    const { results, invocations } = runOf(
      reportOf([{ path: '../x y.ts', language: null, skipped: 'outside the workspace' }]),
    );
    expect(results).toEqual([]);
    expect(invocations[0]?.toolExecutionNotifications).toMatchObject([
      {
        level: 'note',
        message: { text: 'Left out: outside the workspace.' },
        locations: [{ physicalLocation: { artifactLocation: { uri: '../x%20y.ts' } } }],
      },
    ]);
  });

  it('tells of a file that failed as an error, and that the run was no success', () => {
    const detail = 'It broke.';
    const failed = runOf(
      reportOf([
        { path: 'a.ts', language: null, skipped: 'not scored', detail },
        { path: 'b', language: null, skipped: 'out of time' },
      ]),
    );
    expect(failed.invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          { level: 'error', message: { text: 'Left out: not scored. It broke.' } },
          { level: 'note' },
        ],
      },
    ]);
    expect(runOf(reportOf([someFile('a.ts')])).invocations).toMatchObject([{ executionSuccessful: true }]);
  });

  it('lets no code make a link or a place to fill in of a message', () => {
    const { results } = runOf(reportOf([someFile('a.ts', {}, '[x](1) {0} \u202E\n\\')]));
    expect(results[1]?.message.text).toContain('"\\[x\\](1) {{0}} \uFFFD\uFFFD\\\\"');
  });

  it('holds odd names and no text at all', () => {
    const names = ['a:b.ts', '%41.ts', 'x\ny.ts', '\uD800.ts', "it's (1)!.ts", '漢/字.ts'];
    expect(runOf(reportOf(names.map((name) => someFile(name)))).results).toHaveLength(2 * names.length);
    expect(runOf(reportOf([judgedFile('empty.ts', '', [])])).results).toHaveLength(1);
  });

  it('knows a result again after lines were inserted above', () => {
    const fingerprints = (file: JudgedFile): readonly object[] =>
      runOf(reportOf([file])).results.map((one) => one.partialFingerprints);
    const file = someFile('a.ts');
    const above = '// one\n// two\n';
    const [one] = file.assessments;
    const moved = <Part extends { readonly start: number; readonly end: number }>(part: Part): Part => ({
      ...part,
      start: part.start + above.length,
      end: part.end + above.length,
    });
    const span = one!.spans[0]!;
    const lower: JudgedFile = {
      ...judgedFile('b.ts', above + TEXT, []),
      assessments: [
        { ...one!, region: moved(one!.region), spans: [{ ...moved(span), finding: moved(span.finding!) }] },
      ],
    };
    expect(fingerprints(lower)).toEqual(fingerprints(file));
    expect(fingerprints(file)).toEqual([
      { 'candor/v1': expect.any(String) as string },
      { 'candor/v1': expect.any(String) as string },
    ]);
  });
});
