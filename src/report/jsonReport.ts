import { isJudged, type FileReport, type JudgedFile, type Report } from '../audit/report.ts';
import { positionAt, type LineIndex, type Position } from '../core/lineIndex.ts';
import { showsChance } from '../core/risk/calibration.ts';
import { CANDOR_VERSION } from '../core/version.ts';
import type { Assessment, RiskySpan } from '../core/words.ts';
import { verdictInWords } from './calibrationWords.ts';
import { countBy } from './countBy.ts';

/** The report as `docs/audit.schema.json` describes it. */
export function jsonReport(report: Report): string {
  const { source, calibration, orderedBy, files, learnedTokenCount, otherFileCount } = report;
  const judged = files.filter(isJudged);
  const assessments = judged.flatMap((file) => file.assessments);
  const skipped = countBy(files, (file) => (isJudged(file) ? null : file.skipped));
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
      files: files.length,
      judgedFiles: judged.length,
      otherFiles: otherFileCount,
      skipped,
      regions: assessments.length,
      unscoredRegions: assessments.filter((one) => one.unscored !== undefined).length,
      engines: countBy(assessments, (one) => one.source.engine),
      bands: { trust: 0, check: 0, doubt: 0, unknown: 0, ...countBy(assessments, (one) => one.band) },
      tokens: judged.reduce((sum, file) => sum + file.tokenCount, 0),
      learnedTokens: learnedTokenCount,
    },
    files: files.map(fileObject),
  };
  return `${JSON.stringify(document)}\n`;
}

function fileObject(file: FileReport): object {
  const { path, language } = file;
  if (!isJudged(file)) return { path, language, skipped: file.skipped, regions: [] };
  return { path, language, regions: file.assessments.map((assessment) => regionObject(file, assessment)) };
}

function regionObject({ lines }: JudgedFile, assessment: Assessment): object {
  const { region, source, target, judgement, band, evidence, spans, unscored } = assessment;
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

function range(
  lines: LineIndex,
  part: { readonly start: number; readonly end: number },
): { start: Position; end: Position } {
  return { start: positionAt(lines, part.start), end: positionAt(lines, part.end) };
}
