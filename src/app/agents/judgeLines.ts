import { findCode } from '../findCode.ts';
import type { Tools } from '../openTools.ts';
import { assessText, type AssessedText, type Assessor } from '../../assess/assessText.ts';
import { explainRegion } from '../../assess/explainRegion.ts';
import { orderOf } from '../../audit/auditFiles.ts';
import { fileSketch } from '../../audit/fileSketch.ts';
import { readSource } from '../../audit/readSource.ts';
import type { JudgedFile, Report } from '../../audit/report.ts';
import { reportSummary } from '../../audit/reportSummary.ts';
import { CandorError } from '../../core/candorError.ts';
import { readingOrder } from '../../core/readingOrder.ts';
import type { Assessment } from '../../core/words.ts';
import type { TextRange } from '../../engines/engine.ts';
import { isLanguageId, languageEntry } from '../../syntax/languages.ts';
import { alignTokens } from '../../syntax/alignTokens.ts';
import type { ScoreReport } from '../../report/scoreReport.ts';
import { CALL_LIMITS } from './callLimits.ts';
import type { KnownLines } from './linesAnswer.ts';
import type { Surroundings } from './surroundings.ts';
import { touchedLines, type AskedLines } from './touchedLines.ts';
import type { ToolCall } from './toolCall.ts';

/** Alternatives of each token. */
const TOKEN_ALTERNATIVES = 3;

/** A file, and what is around it. */
export interface FileToJudge {
  readonly around: Surroundings;
  /** Absolute, without links. */
  readonly path: string;
}

/**
 * Judges a file, explains the regions that touch some of its lines, and scores the tokens of the lines.
 * @throws CandorError `unsupported` when the file holds no text to score, `bad-call` for lines that it does not have
 */
export async function judgeLines(
  { engine, learner }: Tools,
  assessor: Assessor,
  { around, path: full }: FileToJudge,
  asked: AskedLines,
  { onProgress, abortSignal }: Pick<ToolCall, 'onProgress' | 'abortSignal'>,
): Promise<KnownLines> {
  const found = (await findCode(around.workspace, [full])).files[0];
  if (found === undefined) throw new CandorError('not-found', 'The file has just gone. Check its path.');
  const { path, language } = found;
  const source = await readSource(full);
  if (source.kind === 'skipped') {
    const message = `${JSON.stringify(path)} cannot be scored: ${source.reason}. Name a file of source code.`;
    throw new CandorError('unsupported', message);
  }
  const { text } = source;
  await learner?.update(
    { workspace: around.workspace, folders: around.folders, first: [path] },
    onProgress,
    abortSignal,
  );
  const assessed = await assessText(assessor, { text, path, language, abortSignal });
  const range = touchedLines(assessed.lines, asked);
  const regions = await touchedRegions(assessor, assessed, range);
  const languageName = isLanguageId(language) ? languageEntry(language).name : null;
  const scored = await engine.score({ text, path, within: [range], detail: detailOf(assessed, range), abortSignal });
  const file: JudgedFile = {
    path,
    language: languageName,
    lines: assessed.lines,
    tokenCount: assessed.scored.tokenCount,
    categories: [],
    assessments: regions.kept,
  };
  const calibration = assessor.calibrationOf?.(engine.source) ?? null;
  const report: Report = {
    source: engine.source,
    calibration,
    orderedBy: orderOf(calibration),
    files: [file],
    summary: reportSummary([fileSketch(file)]),
    riskiest: [],
    learnedTokenCount: learner?.learnedTokenCount ?? 0,
    otherFileCount: 0,
  };
  const { spans } = assessed;
  const score: ScoreReport = {
    path,
    language: languageName,
    scored,
    spans,
    leavesOfTokens: leavesOfTokens(assessed, scored),
  };
  return { report, score, range, leftOut: regions.leftOut };
}

/** The riskiest of the regions that touch a range, explained, in order of the text, with the spans that touch it. */
async function touchedRegions(
  assessor: Assessor,
  assessed: AssessedText,
  range: TextRange,
): Promise<{ readonly kept: readonly Assessment[]; readonly leftOut: KnownLines['leftOut'] }> {
  const touching = assessed.regions.flatMap(({ assessment }, index) =>
    touches(range, assessment.region) ? [{ assessment, index }] : [],
  );
  const inOrder = readingOrder(assessor.engine.name);
  const chosen = touching
    .toSorted((a, b) => inOrder(a.assessment, b.assessment))
    .slice(0, CALL_LIMITS.regions)
    .sort((a, b) => a.index - b.index);
  const kept: Assessment[] = [];
  let leftOutSpans = 0;
  for (const { index } of chosen) {
    const explained = await explainRegion(assessor, assessed, index);
    const spans = explained.spans.filter((span) => touches(range, span));
    leftOutSpans += explained.spans.length - spans.length;
    const silenced = explained.silenced?.filter((span) => touches(range, span));
    kept.push({ ...explained, spans, ...(silenced && { silenced }) });
  }
  return { kept, leftOut: { regions: touching.length - chosen.length, spans: leftOutSpans } };
}

/** Alternatives are dear, so no more are asked for than an answer holds. */
function detailOf({ scored }: AssessedText, range: TextRange): { topK: number; ranges: readonly TextRange[] } {
  let first = 0;
  while (first < scored.tokenCount && scored.tokenEnd(first) <= range.start) first++;
  const last = Math.min(first + CALL_LIMITS.tokens, scored.tokenCount) - 1;
  const end = Math.min(range.end, last < first ? range.start : scored.tokenEnd(last));
  return { topK: TOKEN_ALTERNATIVES, ranges: [{ start: range.start, end }] };
}

function leavesOfTokens(
  { spans, request }: AssessedText,
  { tokenCount, tokenEnds }: ScoreReport['scored'],
): number[][] {
  const { firstTokens, endTokens } = alignTokens(spans, request.text, tokenEnds);
  const leaves = Array.from({ length: tokenCount }, (): number[] => []);
  for (const leaf of spans.leaves) {
    for (let token = firstTokens[leaf] ?? 0; token < (endTokens[leaf] ?? 0); token++) leaves[token]?.push(leaf);
  }
  return leaves;
}

function touches(range: TextRange, part: TextRange): boolean {
  return part.start < range.end && part.end > range.start;
}
