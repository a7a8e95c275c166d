import { isJudged, type FileReport, type JudgedFile, type Report } from '../audit/report.ts';
import { positionAt, type LineIndex, type Position } from '../core/lineIndex.ts';
import { showsChance } from '../core/risk/calibration.ts';
import { CANDOR_VERSION } from '../core/version.ts';
import type { Assessment, RiskySpan, Silence } from '../core/words.ts';
import { verdictInWords } from './calibrationWords.ts';

/** The report as `docs/audit.schema.json` describes it. */
export function jsonReport(report: Report): string {
  return [...jsonReportParts(report)].join('');
}

/** The same, piece by piece: a file at a time, for all of it may be more than a string holds. */
export function* jsonReportParts(report: Report): IterableIterator<string> {
  const { source, calibration, orderedBy, files, summary, learnedTokenCount, otherFileCount } = report;
  const document = {
    schemaVersion: 1,
    candor: CANDOR_VERSION,
    engine: source,
    calibration: calibration && {
      target: calibration.target,
      origin: calibration.origin,
      showsChance: showsChance(calibration),
      verdict: verdictInWords(calibration),
    },
    orderedBy,
    summary: {
      files: summary.files,
      judgedFiles: summary.judgedFiles,
      otherFiles: otherFileCount,
      skipped: summary.skipped,
      failures: summary.failures,
      regions: summary.regions,
      unscoredRegions: summary.unscoredRegions,
      engines: summary.engines,
      bands: summary.bands,
      quietPlaces: summary.quietPlaces,
      tokens: summary.tokens,
      learnedTokens: learnedTokenCount,
    },
  };
  yield `${JSON.stringify(document).slice(0, -1)},"files":[`;
  let separator = '';
  for (const file of files) {
    yield `${separator}${JSON.stringify(fileObject(file))}`;
    separator = ',';
  }
  yield ']}\n';
}

function fileObject(file: FileReport): object {
  const { path, language } = file;
  if (!isJudged(file)) {
    const { skipped, detail } = file;
    return { path, language, skipped, ...(detail !== undefined && { detail }), regions: [] };
  }
  return { path, language, regions: file.assessments.map((assessment) => regionObject(file, assessment)) };
}

function regionObject({ lines }: JudgedFile, assessment: Assessment): object {
  const { region, source, target, judgement, band, evidence, spans, silenced, silence, unscored } = assessment;
  return {
    id: region.id,
    origin: region.origin,
    ...(region.name !== undefined && { name: region.name }),
    ...range(lines, region),
    source,
    target,
    judgement,
    band,
    signals: evidence.signals,
    spans: spans.map((span) => spanObject(lines, span)),
    ...(silenced && {
      silenced: silenced.map((span) => ({ ...spanObject(lines, span), silence: silenceObject(lines, span.silence) })),
    }),
    ...(silence && { silence: silenceObject(lines, silence) }),
    ...(unscored !== undefined && { unscored }),
  };
}

function spanObject(lines: LineIndex, span: RiskySpan): object {
  const { type, category, name, share, signals, alternatives, finding } = span;
  return {
    ...range(lines, span),
    type,
    category,
    ...(name !== undefined && { name }),
    share,
    signals,
    alternatives,
    ...(finding !== undefined && { finding: { ...finding, ...range(lines, finding) } }),
  };
}

function silenceObject(lines: LineIndex, { reason, ...comment }: Silence): object {
  return { reason, ...range(lines, comment) };
}

function range(
  lines: LineIndex,
  part: { readonly start: number; readonly end: number },
): { start: Position; end: Position } {
  return { start: positionAt(lines, part.start), end: positionAt(lines, part.end) };
}
