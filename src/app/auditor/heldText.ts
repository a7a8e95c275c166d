import type { AssessedText, Assessor } from '../../assess/assessText.ts';
import { explainRegion } from '../../assess/explainRegion.ts';
import { syntaxOfRegion, type RegionSyntax, type SyntaxNode } from '../../assess/syntaxOfRegion.ts';
import type { Assessment, Source } from '../../core/words.ts';
import type { Tools } from '../openTools.ts';
import type { TextAudit } from './auditor.ts';
import { shiftAssessment } from './shiftAssessment.ts';

/** A text that was judged, in one piece or in several. */
export interface HeldText {
  readonly request: TextAudit;
  /** Which request it was, counted from 1. */
  readonly number: number;
  /** What it was judged with: nothing else may explain it. */
  readonly tools: Tools;
  readonly pieces: readonly HeldPiece[];
  readonly source: Source;
  readonly learnedTokenCount: number;
}

export interface HeldPiece {
  readonly assessed: AssessedText;
  /** Where it begins in the text. */
  readonly offset: number;
}

/** A region of a held text. */
export interface Place {
  readonly piece: HeldPiece;
  readonly index: number;
}

/** Where the region of an assessment is; undefined where the text has no such assessment. */
export function placeOf({ pieces }: HeldText, { id }: Assessment): Place | undefined {
  for (const piece of pieces) {
    const index = piece.assessed.regions.findIndex(({ assessment }) => assessment.id === id);
    if (index >= 0) return { piece, index };
  }
  return undefined;
}

/** The region explained in full, with offsets in the whole text. */
export async function explainPlace(
  assessor: Assessor,
  { piece: { assessed, offset }, index }: Place,
  abortSignal: AbortSignal,
): Promise<Assessment> {
  const request = { ...assessed.request, abortSignal };
  const explained = await explainRegion(assessor, { ...assessed, request }, index);
  // The parser answers a call that was aborted with nothing.
  abortSignal.throwIfAborted();
  return shiftAssessment(explained, offset);
}

/** The region by its syntax, with offsets in the whole text. */
export async function syntaxOfPlace(
  { piece: { assessed, offset }, index }: Place,
  isDetailed: boolean,
  abortSignal: AbortSignal,
): Promise<RegionSyntax> {
  const request = { ...assessed.request, abortSignal };
  const syntax = await syntaxOfRegion({ ...assessed, request }, index, isDetailed);
  const shift = (node: SyntaxNode): SyntaxNode => ({
    ...node,
    start: node.start + offset,
    end: node.end + offset,
    children: node.children.map(shift),
  });
  return { ...syntax, root: shift(syntax.root) };
}

/** In order of the text, with offsets in the whole of it. */
export function assessmentsOf({ pieces }: HeldText): readonly Assessment[] {
  return pieces.flatMap(({ assessed, offset }) =>
    assessed.regions.map(({ assessment }) => shiftAssessment(assessment, offset)),
  );
}

export function tokenCountOf({ pieces }: HeldText): number {
  return pieces.reduce((sum, { assessed }) => sum + assessed.scored.tokenCount, 0);
}
