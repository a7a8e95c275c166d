import { assessText, type Assessor } from '../../assess/assessText.ts';
import { explainRegion } from '../../assess/explainRegion.ts';
import { lineIndexOf, positionAt, type LineIndex } from '../../core/lineIndex.ts';
import type { Finding } from '../../core/words.ts';
import type { TextRange } from '../../engines/engine.ts';
import type { FaultKind } from '../faults/faultKinds.ts';
import type { FaultRow } from '../faults/faultRow.ts';

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

async function findingsIn(
  assessor: Assessor,
  { path, language }: FaultRow,
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
