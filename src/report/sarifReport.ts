import { isJudged, judgedFiles, type FileReport, type JudgedFile, type Report } from '../audit/report.ts';
import { positionAt, type LineIndex } from '../core/lineIndex.ts';
import { rankOrder } from '../core/readingOrder.ts';
import { regionRank } from '../core/regionRank.ts';
import { peakBitsOf } from '../core/signals/peakBitsOf.ts';
import { CANDOR_VERSION } from '../core/version.ts';
import type { Assessment, Finding, RiskySpan, Silence } from '../core/words.ts';
import { calibrationNote, chanceInNumbers, eventInWords } from './calibrationWords.ts';
import { failedFiles, isFailure } from './failedFiles.ts';
import { findingInWords } from './findingWords.ts';
import { FINGERPRINT_NAME, fingerprintsIn } from './fingerprint.ts';
import { relativeUri } from './relativeUri.ts';
import { DOUBT, FINDING_RULES, READING_ORDER, SARIF_RULES, type SarifRule } from './sarifRules.ts';
import { visible } from './visible.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

/** Where paths are relative to; whoever reads the report knows where the code is. */
const ROOT = 'SRCROOT';
const MAX_QUOTE_LENGTH = 60;

/**
 * The report as SARIF 2.1.0, one run: a warning for each region in the band `doubt`, a note for each finding, and the other regions
 * to read first as what wants a review. Findings and whole regions that a comment keeps quiet are listed with their suppression. Lines
 * and columns count from 1, columns in UTF-16.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os.html
 */
export function sarifReport(report: Report): string {
  const { source, calibration, files, summary } = report;
  const run = {
    tool: { driver: { name: 'Candor', version: CANDOR_VERSION, semanticVersion: CANDOR_VERSION, rules: rules() } },
    invocations: [
      {
        executionSuccessful: failedFiles(summary).length === 0,
        toolExecutionNotifications: Array.from(files).flatMap((file) => notificationsOf(file)),
      },
    ],
    originalUriBaseIds: { [ROOT]: { description: { text: 'The workspace that was audited.' } } },
    columnKind: 'utf16CodeUnits',
    newlineSequences: ['\r\n', '\n', '\r'],
    results: resultsOf(report),
    properties: { note: calibrationNote(calibration), engine: source },
  };
  return `${JSON.stringify({ $schema: SCHEMA, version: '2.1.0', runs: [run] })}\n`;
}

function rules(): readonly object[] {
  return SARIF_RULES.map(({ id, name, short, full, level }) => ({
    id,
    name,
    shortDescription: { text: short },
    fullDescription: { text: full },
    help: { text: full },
    defaultConfiguration: { level },
  }));
}

/** In order of path, and of the text. */
function resultsOf({ files, riskiest, source }: Report): readonly object[] {
  const ranks = ranksOf(judgedFiles(files), source.engine);
  const toRead = new Set(riskiest.map(({ assessment }) => assessment.id));
  return Array.from(judgedFiles(files)).flatMap((file) => {
    const fingerprintOf = fingerprintsIn(file);
    return file.assessments.flatMap((assessment) => {
      const { region, band, spans, silenced = [], silence } = assessment;
      const result = (rule: SarifRule, part: Part, text: string, properties: object, by?: Silence): object => ({
        ruleId: rule.id,
        ruleIndex: SARIF_RULES.indexOf(rule),
        // What is not a fault is for review, and has no level by the standard.
        ...(rule.level === 'none' ? { kind: 'review', level: 'none' } : { level: rule.level }),
        message: { text },
        locations: [{ physicalLocation: physicalLocation(file, part) }],
        // Of all results of a run or of none, by the standard (3.27.23).
        suppressions: by === undefined ? [] : [suppressionOf(file, by)],
        partialFingerprints: { [FINGERPRINT_NAME]: fingerprintOf(rule.id, region, part) },
        rank: ranks.get(assessment.id) ?? 0,
        properties: { ...numbersOf(assessment), ...properties },
      });
      const isToRead = toRead.has(assessment.id) || silence !== undefined;
      const rule = band === 'doubt' ? DOUBT : isToRead ? READING_ORDER : null;
      const { signals } = assessment.evidence;
      const whole = rule === null ? [] : [result(rule, region, regionInWords(assessment), { signals }, silence)];
      const ofFinding = (span: RiskySpan, by?: Silence): readonly object[] => {
        const { finding } = span;
        if (finding === undefined) return [];
        return [result(FINDING_RULES[finding.kind], finding, inWords(file.lines, finding), shareOf(span), by)];
      };
      const open = spans.flatMap((span) => ofFinding(span));
      return [...whole, ...open, ...silenced.flatMap((span) => ofFinding(span, span.silence))];
    });
  });
}

/**
 * How soon each region is to be read, from 0 to 100: by its chance to go bad where it is judged, by its place in the reading order
 * where it is not.
 */
function ranksOf(files: Iterable<JudgedFile>, engine: string): ReadonlyMap<string, number> {
  const byRank = rankOrder(engine);
  const inOrder = Array.from(files)
    .flatMap(({ assessments }) =>
      assessments.map((assessment) => ({ id: assessment.id, rank: regionRank(assessment) })),
    )
    .sort((a, b) => byRank(a.rank, b.rank));
  return new Map(
    inOrder.map(({ id, rank: { p } }, place) => [id, 100 * (p === null ? 1 - place / inOrder.length : 1 - p)]),
  );
}

interface Part {
  readonly start: number;
  readonly end: number;
}

function numbersOf({ judgement, band, source, region }: Assessment): object {
  const { name, origin } = region;
  return {
    band,
    ...(judgement !== null && { p: judgement.p, low: judgement.low, high: judgement.high }),
    engine: source.engine,
    origin,
    ...(name !== undefined && { region: name }),
  };
}

/** The comment that keeps a result quiet (3.35). */
function suppressionOf(file: JudgedFile, { reason, ...comment }: Silence): object {
  return {
    kind: 'inSource',
    status: 'accepted',
    justification: visible(reason),
    location: { physicalLocation: physicalLocation(file, comment) },
  };
}

function shareOf({ share, signals, category, type }: RiskySpan): object {
  return { share, category: category ?? type, signals };
}

function regionInWords({ region, target, judgement, evidence, silence }: Assessment): string {
  const name = region.name === undefined ? 'These statements' : quoted(region.name);
  if (judgement !== null && target !== null) {
    return `${name}: the chance that this ${eventInWords(target)} is ${chanceInNumbers(judgement)}.`;
  }
  const peakBits = peakBitsOf(evidence.signals);
  const unusual = peakBits === null ? '' : ` The least likely token has ${peakBits.toFixed(1)} bits.`;
  return `${name}: ${silence === undefined ? 'among the first to read' : 'kept quiet by a comment'}.${unusual}`;
}

function inWords({ text }: LineIndex, finding: Finding): string {
  return findingInWords(finding, text.slice(finding.start, finding.end), quoted);
}

/** Strange words in a message, in which brackets make links and braces are places to fill in (3.11.5 and 3.11.6). */
function quoted(text: string): string {
  const shown = visible(text.length <= MAX_QUOTE_LENGTH ? text : `${text.slice(0, MAX_QUOTE_LENGTH)}…`);
  return `"${shown.replaceAll(/[[\]\\]/g, '\\$&').replaceAll(/[{}]/g, '$&$&')}"`;
}

function physicalLocation({ path, lines }: JudgedFile, { start, end }: Part): object {
  const [first, last] = [positionAt(lines, start), positionAt(lines, end)];
  return {
    artifactLocation: { uri: relativeUri(path), uriBaseId: ROOT },
    region: {
      startLine: first.line + 1,
      startColumn: first.character + 1,
      endLine: last.line + 1,
      // The column behind the last.
      endColumn: last.character + 1,
    },
  };
}

/** What was left out of the report, and why. */
function notificationsOf(file: FileReport): readonly object[] {
  if (isJudged(file)) return [];
  return [
    {
      level: isFailure(file.skipped) ? 'error' : 'note',
      message: { text: `Left out: ${file.skipped}.${file.detail === undefined ? '' : ` ${visible(file.detail)}`}` },
      locations: [{ physicalLocation: { artifactLocation: { uri: relativeUri(file.path), uriBaseId: ROOT } } }],
    },
  ];
}
