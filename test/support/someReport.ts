import { fileSketch } from '../../src/audit/fileSketch.ts';
import type { FileReport, JudgedFile, Report } from '../../src/audit/report.ts';
import { reportSummary } from '../../src/audit/reportSummary.ts';
import { lineIndexOf } from '../../src/core/lineIndex.ts';
import type { Alternative, Assessment, RiskySpan } from '../../src/core/words.ts';
import { someSource } from '../unit/core/someSource.ts';

/** A part of a text, found by its words. */
export interface Part {
  readonly words: string;
  readonly name?: string;
  readonly alternatives?: readonly string[];
}

/** A span over words of a text. */
export function spanOver(text: string, { words, name, alternatives = [] }: Part): RiskySpan {
  const start = text.indexOf(words);
  if (start < 0) throw new Error(`no ${words} in the text`);
  return {
    start,
    end: start + words.length,
    type: 'identifier',
    category: 'identifiers',
    path: [],
    ...(name !== undefined && { name }),
    share: 0.25,
    signals: { totalSurprisal: 3 },
    alternatives: alternatives.map((one): Alternative => ({ text: one, logprobNats: -1 })),
  };
}

/** A file that is one region, with these spans. */
export function judgedFile(path: string, text: string, spans: readonly Part[], name = 'region'): JudgedFile {
  const assessment: Assessment = {
    id: `assessment of ${path}`,
    region: { id: 'f.1', origin: 'file', name, start: 0, end: text.length },
    source: someSource,
    target: null,
    judgement: null,
    band: 'unknown',
    evidence: {
      version: 2,
      features: {},
      levels: {},
      signals: { minimumLogprob: -3 * Math.LN2, lowestLogprobs: -2 * Math.LN2 },
    },
    spans: spans.map((span) => spanOver(text, span)),
  };
  return {
    path,
    language: 'TypeScript',
    lines: lineIndexOf(text),
    tokenCount: 12,
    categories: [],
    assessments: [assessment],
  };
}

/** A report over files; all of their regions are the riskiest, in order. */
export function reportOf(files: readonly FileReport[], change: Partial<Report> = {}): Report {
  return {
    source: someSource,
    calibration: null,
    orderedBy: { regions: 'minimumLogprob', spans: 'totalSurprisal' },
    files,
    summary: reportSummary(files.map(fileSketch)),
    riskiest: files.flatMap((file) =>
      'skipped' in file ? [] : file.assessments.map((assessment) => ({ file, assessment })),
    ),
    learnedTokenCount: 1234,
    otherFileCount: 0,
    ...change,
  };
}
