import { evidenceOfRegion } from '../../assess/evidenceOfRegion.ts';
import { leafReadings, type LeafReadings } from '../../assess/leafReadings.ts';
import { signalsOfLeaves } from '../../assess/signalsOfLeaves.ts';
import { lineIndexOf, positionAt, type LineIndex } from '../../core/lineIndex.ts';
import type { LeafEvidence } from '../../core/risk/regionEvidence.ts';
import { LEAST_LOGPROB_NATS } from '../../core/scoredRow.ts';
import type { ScoredText } from '../../core/scoredText.ts';
import { NO_CATEGORY, type SpanTable } from '../../core/spanTable.ts';
import type { TextRange } from '../../engines/engine.ts';
import { alignTokens, type TokenAlignment } from '../../syntax/alignTokens.ts';
import { codeLeavesOf } from '../../syntax/codeLeaves.ts';
import { findRegions } from '../../syntax/findRegions.ts';
import { firstVisible } from '../../syntax/whiteSpace.ts';

/**
 * The hazards of a region's parts by a model of risk: leaf, gap, leaf, ..., leaf, one a leaf of the evidence and one between
 * two; null: it cannot say.
 */
export type HazardsOf = (leaves: LeafEvidence) => ArrayLike<number> | null;

/** A file as an engine read it, and the part of it that is put in order. */
export interface ReadFile {
  readonly text: string;
  readonly spans: SpanTable;
  readonly scored: ScoredText;
  readonly range: TextRange;
}

/** The lines of code of a text, and what each order thinks of them. All arrays are by line, in order of the text. */
export interface LineScores {
  /** Numbers in the file, from 0. */
  readonly lines: readonly number[];
  /** Tokens that are charged to the line: what reading it costs. */
  readonly tokenCounts: readonly number[];
  /** By name of the order: more is read earlier. An order that cannot be had is absent. */
  readonly orders: Readonly<Record<string, readonly number[]>>;
}

/** A line of code, with all that an order may look at. */
interface CodeLine {
  /** UTF-16 units, without the indentation and what ends the line. */
  readonly length: number;
  /** Of the tokens charged to it, scored or not. */
  tokenCount: number;
  /** Of those that were scored, in nats. */
  readonly surprisalsNats: number[];
  /** Of the leaves that lie on it, or of the parts of them that do, by ordinal. */
  readonly leafNats: Map<number, number>;
}

/** Of a leaf without category, such as punctuation; as in the model of risk's features. */
const RELEVANCE_OF_NONE = 0.25;

/** Weight of a line itself beside what comes after it; as in the model of risk's features. */
const OWN_WEIGHT = 0.5;

/**
 * Scores the lines of code of a part of a file. A line of code is one with a leaf, or a part of one, on it: blank lines and
 * comments are in no order and cost nothing. A token goes to the line of its first visible character, if that is in a leaf.
 *
 *     random              the same for all
 *     longestLine         UTF-16 units without indentation
 *     tokenCount          tokens of the line
 *     totalSurprisal      sum over its tokens, in nats
 *     meanSurprisal       mean over its tokens: line entropy (Ray et al., ICSE 2016)
 *     peakToken           the most surprising token
 *     peakLeaf            the most surprising leaf; of one that runs over several lines, the part on this line
 *     relevantSurprisal   mean over its leaves, those of no category at a quarter (token SAR, arXiv 2307.01379)
 *     backwardConfidence  half of the meanSurprisal and half of what the next line has (BCI of FineCE, arXiv 2508.12040)
 *     unseenLeaves        leaves that begin here whose tokens never stood in a row before; where the engine knows it
 *     risk                sum of the hazards of its leaves and of the gaps before them; where `hazardsOf` says so
 *     riskPerToken        the same by the tokens of the line, for what reads cheaply may be read first
 *
 * Tokens that nobody scored count as tokens and nothing else.
 *
 * @returns null for a part without a token of code that was scored
 */
export function lineScores(file: ReadFile, hazardsOf: HazardsOf = () => null): LineScores | null {
  const { text, spans, scored } = file;
  const alignment = alignTokens(spans, text, scored.tokenEnds);
  const index = lineIndexOf(text);
  const leaves = leavesIn(file);
  const code = codeLines(file, alignment, index, leaves);
  if (!Array.from(code.values()).some(({ surprisalsNats }) => surprisalsNats.length > 0)) return null;

  const numbers = [...code.keys()].sort((one, other) => one - other);
  const all = numbers.map((number) => code.get(number)).filter((line) => line !== undefined);
  const by = (score: (line: CodeLine) => number): readonly number[] => all.map(score);
  const readings = leafReadings(scored, alignment, spans);
  const tokenCounts = by(({ tokenCount }) => tokenCount);
  const means = by(({ surprisalsNats }) => sumOf(surprisalsNats) / Math.max(1, surprisalsNats.length));
  const unseen = unseenByLine(file, readings, index, leaves);
  const risks = risksByLine(file, alignment, readings, index, leaves, hazardsOf);
  const inOrder = (values: ReadonlyMap<number, number>): readonly number[] =>
    numbers.map((number) => values.get(number) ?? 0);
  return {
    lines: numbers,
    tokenCounts,
    orders: {
      random: by(() => 0),
      longestLine: by(({ length }) => length),
      tokenCount: tokenCounts,
      totalSurprisal: by(({ surprisalsNats }) => sumOf(surprisalsNats)),
      meanSurprisal: means,
      peakToken: by(({ surprisalsNats }) => Math.max(0, ...surprisalsNats)),
      peakLeaf: by(({ leafNats }) => Math.max(0, ...leafNats.values())),
      relevantSurprisal: by((line) => relevantSurprisal(line, spans)),
      backwardConfidence: backwardMeans(means),
      ...(unseen && { unseenLeaves: inOrder(unseen) }),
      ...(risks && {
        risk: inOrder(risks),
        riskPerToken: inOrder(risks).map((risk, line) => risk / Math.max(1, tokenCounts[line] ?? 1)),
      }),
    },
  };
}

/** The line of code at which a fault shows: its own, or the next one, or, behind the last, that. As an index. */
export function codeLineOf(lines: readonly number[], fault: number): number {
  const next = lines.findIndex((line) => line >= fault);
  return next === -1 ? lines.length - 1 : next;
}

/** Ordinals firstLeaf .. endLeaf-1. */
interface Leaves {
  readonly firstLeaf: number;
  readonly endLeaf: number;
}

/** The leaves that begin in the range. */
function leavesIn({ spans: { leaves, starts }, range }: ReadFile): Leaves {
  const from = (offset: number): number => {
    const found = leaves.findIndex((span) => (starts[span] ?? 0) >= offset);
    return found === -1 ? leaves.length : found;
  };
  return { firstLeaf: from(range.start), endLeaf: from(range.end) };
}

function codeLines(
  file: ReadFile,
  { chargedLeaves }: TokenAlignment,
  index: LineIndex,
  { firstLeaf, endLeaf }: Leaves,
): ReadonlyMap<number, CodeLine> {
  const { text, spans, scored } = file;
  const lines = new Map<number, CodeLine>();
  const lineWith = (ordinal: number, offset: number): CodeLine => {
    const { line } = positionAt(index, offset);
    const known = lines.get(line) ?? emptyLine(file, index, line);
    lines.set(line, known);
    if (!known.leafNats.has(ordinal)) known.leafNats.set(ordinal, 0);
    return known;
  };
  for (let ordinal = firstLeaf; ordinal < endLeaf; ordinal++) {
    const span = spans.leaves[ordinal] ?? 0;
    const end = spans.ends[span] ?? 0;
    // From line to line, for a leaf may run over many.
    let at = spans.starts[span] ?? 0;
    while (at < end) {
      lineWith(ordinal, at);
      at = firstVisible(text, index.lineStarts[positionAt(index, at).line + 1] ?? end, end);
    }
  }
  for (const [token, ordinal] of chargedLeaves.entries()) {
    if (ordinal < firstLeaf || ordinal >= endLeaf) continue;
    const visible = firstVisible(text, scored.tokenStart(token), scored.tokenEnd(token));
    const line = lineWith(ordinal, visible);
    line.tokenCount++;
    const logprobNats = scored.measures.logprobsNats[token] ?? Number.NaN;
    if (Number.isNaN(logprobNats)) continue;
    // Clamped as in the signals, so that what an engine calls impossible does not drown all else.
    const nats = -Math.max(logprobNats, LEAST_LOGPROB_NATS);
    line.surprisalsNats.push(nats);
    line.leafNats.set(ordinal, (line.leafNats.get(ordinal) ?? 0) + nats);
  }
  return lines;
}

function emptyLine({ text, range }: ReadFile, { lineStarts }: LineIndex, line: number): CodeLine {
  const start = Math.max(range.start, lineStarts[line] ?? 0);
  const end = Math.min(range.end, lineStarts[line + 1] ?? text.length);
  return { length: text.slice(start, end).trim().length, tokenCount: 0, surprisalsNats: [], leafNats: new Map() };
}

function relevantSurprisal({ leafNats }: CodeLine, { leaves, categories }: SpanTable): number {
  let [sum, weights] = [0, 0];
  for (const [ordinal, nats] of leafNats) {
    const weight = categories[leaves[ordinal] ?? 0] === NO_CATEGORY ? RELEVANCE_OF_NONE : 1;
    sum += weight * nats;
    weights += weight;
  }
  return weights === 0 ? 0 : sum / weights;
}

function backwardMeans(means: readonly number[]): readonly number[] {
  const backward = [...means];
  for (let line = means.length - 2; line >= 0; line--) {
    backward[line] = OWN_WEIGHT * (means[line] ?? 0) + (1 - OWN_WEIGHT) * (backward[line + 1] ?? 0);
  }
  return backward;
}

/** null where the engine knows of no leaf whether it was seen. */
function unseenByLine(
  { spans }: ReadFile,
  { wasSeen }: LeafReadings,
  index: LineIndex,
  { firstLeaf, endLeaf }: Leaves,
): ReadonlyMap<number, number> | null {
  const counts = new Map<number, number>();
  let isKnown = false;
  for (let ordinal = firstLeaf; ordinal < endLeaf; ordinal++) {
    const seen = wasSeen(ordinal);
    isKnown ||= seen !== null;
    const { line } = positionAt(index, spans.starts[spans.leaves[ordinal] ?? 0] ?? 0);
    if (seen === false) counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return isKnown ? counts : null;
}

/** A gap counts on the line of the leaf after it, where something may be missing; a leaf where it begins. */
function risksByLine(
  { text, spans, scored, range }: ReadFile,
  alignment: TokenAlignment,
  readings: LeafReadings,
  index: LineIndex,
  leaves: Leaves,
  hazardsOf: HazardsOf,
): ReadonlyMap<number, number> | null {
  const unit = findRegions(spans, text).find(
    ({ firstLeaf, endLeaf }) => firstLeaf <= leaves.firstLeaf && leaves.endLeaf <= endLeaf,
  );
  const part = { kind: unit?.kind ?? 'statements', ...leaves, ...range } as const;
  const signals = signalsOfLeaves(scored, alignment, spans, leaves);
  const reading = evidenceOfRegion(codeLeavesOf(text, spans), index, readings, signals, part, unit ?? leaves);
  const hazards = reading === null ? null : hazardsOf(reading.evidence.leaves);
  if (reading === null || hazards === null) return null;
  const risks = new Map<number, number>();
  for (const [at, ordinal] of reading.ordinals.entries()) {
    const { line } = positionAt(index, spans.starts[spans.leaves[ordinal] ?? 0] ?? 0);
    const own = (hazards[2 * at] ?? 0) + (at === 0 ? 0 : (hazards[2 * at - 1] ?? 0));
    risks.set(line, (risks.get(line) ?? 0) + own);
  }
  return risks;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
