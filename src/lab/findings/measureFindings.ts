import { assessText, type Assessor, type TextToAssess } from '../../assess/assessText.ts';
import { explainRegion } from '../../assess/explainRegion.ts';
import { lineIndexOf, positionAt, type LineIndex } from '../../core/lineIndex.ts';
import type { Finding } from '../../core/words.ts';
import type { TextRange } from '../../engines/engine.ts';
import type { FaultKind } from '../faults/faultKinds.ts';
import { languageOfData } from '../evaluation/languageOfData.ts';
import type { FaultRow } from '../faults/faultRow.ts';
import type { LocalisationItem } from '../localisation/localisationItem.ts';

/** What was found in a function with a slip, and in the same function as it was; free of text. */
export interface MeasuredFindings {
  readonly slip: FaultKind;
  readonly language: string;
  readonly faulty: readonly FoundHere[];
  readonly clean: readonly Pick<Finding, 'kind' | 'numbers'>[];
}

export interface FoundHere extends Pick<Finding, 'kind' | 'numbers'> {
  /** Whether it overlaps the slip. */
  readonly isOnSlip: boolean;
  /** Whether it is on a line of the slip. */
  readonly isOnLine: boolean;
}

/**
 * Lets an engine explain a function with a planted slip, and the same function without it.
 *
 * @throws what the parser and the engine throw; the signal's reason when aborted
 */
export async function measureFindings(
  assessor: Assessor,
  row: FaultRow,
  abortSignal?: AbortSignal,
): Promise<MeasuredFindings> {
  const { text, slip, before, function: range, kind, language, faults } = row;
  const clean = text.slice(0, slip.start) + before + text.slice(slip.end);
  const cleanRange = { start: range.start, end: range.end + clean.length - text.length };
  const lines = lineIndexOf(text);
  const faulty = await findingsIn(assessor, row, text, range, abortSignal);
  return {
    slip: kind,
    language,
    faulty: faulty.map((finding) => ({
      kind: finding.kind,
      numbers: finding.numbers,
      isOnSlip: finding.start < Math.max(slip.end, slip.start + 1) && slip.start < finding.end,
      isOnLine: linesOf(lines, finding).some((line) => faults.includes(line)),
    })),
    clean: (await findingsIn(assessor, row, clean, cleanRange, abortSignal)).map(({ kind: found, numbers }) => ({
      kind: found,
      numbers,
    })),
  };
}

/** What was found in a function as it was before a fix; free of text. */
export interface MeasuredFix {
  readonly language: string;
  readonly found: readonly (Pick<Finding, 'kind' | 'numbers'> & { readonly isOnLine: boolean })[];
  readonly faultyLines: number;
  readonly lines: number;
}

/**
 * Lets an engine explain a function as it was before somebody fixed some of its lines.
 *
 * @throws what the parser and the engine throw; the signal's reason when aborted
 */
export async function measureFix(
  assessor: Assessor,
  { prefix, text, suffix, faults, path, language, id }: LocalisationItem,
  abortSignal?: AbortSignal,
): Promise<MeasuredFix> {
  const place = { path: path ?? id, language: languageOfData(language) };
  const range = { start: prefix.length, end: prefix.length + text.length };
  const lines = lineIndexOf(text);
  const findings = await findingsIn(assessor, place, prefix + text + suffix, range, abortSignal);
  return {
    language,
    found: findings.map(({ kind, numbers, start, end }) => {
      const own = { start: start - prefix.length, end: end - prefix.length };
      return { kind, numbers, isOnLine: linesOf(lines, own).some((line) => faults.includes(line)) };
    }),
    faultyLines: faults.length,
    lines: lines.lineStarts.length,
  };
}

async function findingsIn(
  assessor: Assessor,
  { path, language }: Pick<TextToAssess, 'path' | 'language'>,
  text: string,
  range: TextRange,
  abortSignal: AbortSignal | undefined,
): Promise<readonly Finding[]> {
  const request = { text, path, language, within: { origin: 'file', ranges: [range] } } as const;
  const assessed = await assessText(assessor, { ...request, ...(abortSignal && { abortSignal }) });
  const findings: Finding[] = [];
  for (const index of assessed.regions.keys()) {
    const { spans } = await explainRegion(assessor, assessed, index);
    findings.push(...spans.flatMap(({ finding }) => finding ?? []));
  }
  return findings;
}

function linesOf(lines: LineIndex, { start, end }: TextRange): readonly number[] {
  const [first, last] = [positionAt(lines, start).line, positionAt(lines, end).line];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
