import { isJudged, type FileReport, type JudgedFile, type Report } from '../audit/report.ts';
import { positionAt, type LineIndex } from '../core/lineIndex.ts';
import { readingOrder } from '../core/readingOrder.ts';
import { peakBitsOf } from '../core/signals/peakBitsOf.ts';
import { CANDOR_VERSION } from '../core/version.ts';
import type { Assessment, Finding, RiskySpan } from '../core/words.ts';
import { calibrationNote, chanceInNumbers, eventInWords } from './calibrationWords.ts';
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
 * to read first as what wants a review. Lines and columns count from 1, columns in UTF-16.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os.html
 */
export function sarifReport(report: Report): string {
  const { source, calibration, files } = report;
  const run = {
    tool: { driver: { name: 'Candor', version: CANDOR_VERSION, semanticVersion: CANDOR_VERSION, rules: rules() } },
    invocations: [
      { executionSuccessful: true, toolExecutionNotifications: files.flatMap((file) => notificationsOf(file)) },
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
  const judged = files.filter(isJudged);
  const ranks = ranksOf(judged, source.engine);
  const toRead = new Set(riskiest.map(({ assessment }) => assessment));
  return judged.flatMap((file) => {
    const fingerprintOf = fingerprintsIn(file);
    return file.assessments.flatMap((assessment) => {
      const { region, band, spans } = assessment;
      const result = (rule: SarifRule, part: Part, text: string, properties: object): object => ({
        ruleId: rule.id,
        ruleIndex: SARIF_RULES.indexOf(rule),
        // What is not a fault is for review, and has no level by the standard.
        ...(rule.level === 'none' ? { kind: 'review', level: 'none' } : { level: rule.level }),
        message: { text },
        locations: [{ physicalLocation: physicalLocation(file, part) }],
        partialFingerprints: { [FINGERPRINT_NAME]: fingerprintOf(rule.id, region, part) },
        rank: ranks.get(assessment) ?? 0,
        properties: { ...numbersOf(assessment), ...properties },
      });
      const rule = band === 'doubt' ? DOUBT : toRead.has(assessment) ? READING_ORDER : null;
      const { signals } = assessment.evidence;
      const whole = rule === null ? [] : [result(rule, region, regionInWords(assessment), { signals })];
      const findings = spans.flatMap((span) =>
        span.finding === undefined
          ? []
          : [result(FINDING_RULES[span.finding.kind], span.finding, inWords(file.lines, span.finding), shareOf(span))],
      );
      return [...whole, ...findings];
    });
  });
}

/**
 * How soon each region is to be read, from 0 to 100: by its chance to go bad where it is judged, by its place in the reading order
 * where it is not.
 */
function ranksOf(files: readonly JudgedFile[], engine: string): ReadonlyMap<Assessment, number> {
  const inOrder = files.flatMap(({ assessments }) => assessments).sort(readingOrder(engine));
  return new Map(
    inOrder.map((assessment, place) => [
      assessment,
      100 * (assessment.judgement === null ? 1 - place / inOrder.length : 1 - assessment.judgement.p),
    ]),
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

function shareOf({ share, signals, category, type }: RiskySpan): object {
  return { share, category: category ?? type, signals };
}

function regionInWords({ region, target, judgement, evidence }: Assessment): string {
  const name = region.name === undefined ? 'These statements' : quoted(region.name);
  if (judgement !== null && target !== null) {
    return `${name}: the chance that this ${eventInWords(target)} is ${chanceInNumbers(judgement)}.`;
  }
  const peakBits = peakBitsOf(evidence.signals);
  const unusual = peakBits === null ? '' : ` The least likely token has ${peakBits.toFixed(1)} bits.`;
  return `${name}: among the first to read.${unusual}`;
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
      level: 'note',
      message: { text: `Left out: ${file.skipped}.` },
      locations: [{ physicalLocation: { artifactLocation: { uri: relativeUri(file.path), uriBaseId: ROOT } } }],
    },
  ];
}
