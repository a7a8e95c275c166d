import type { Stretch } from '../following/carryStretches.ts';
import type { RecordedGeneration } from '../recordedGeneration.ts';
import { candidatesOf, cutCandidate, isWhole, type Candidate } from './candidate.ts';
import { certaintyOf } from './certaintyOf.ts';
import { equalRuns } from './equalRuns.ts';
import { createFingerprintTable } from './fingerprintTable.ts';
import { fingerprintsOf } from './fingerprints.ts';
import { isWhite, lexemesOf, type Lexemes } from './lexemes.ts';
import type { Match, Piece } from './match.ts';
import { piecesOfRuns } from './piecesOfRuns.ts';
import type { Recorded } from './recorded.ts';
import { writtenParts } from './writtenParts.ts';

export interface IndexLimits {
  /** At least 1. */
  readonly mostGenerations: number;
  /** Most UTF-16 units of text that all have together. */
  readonly mostUnits: number;
}

/** What models wrote lately, and where it turns up. */
export interface GenerationIndex {
  /** Takes a generation in. Beyond the limits the oldest are dropped; one of the same text is replaced: the newest counts. */
  add(generation: RecordedGeneration): void;
  /**
   * Which stretches of a text were recorded; rising, not overlapping. The text is what was inserted, or a whole file that
   * somebody wrote to disk. Takes time in proportion to the text and what is like it, not to what is recorded.
   */
  match(text: string): readonly Match[];
  /** How many generations it holds. */
  readonly size: number;
}

/** Of the generations that share fingerprints with a text, those that share most are laid on it: so many, and more for a long text. */
const MOST_LAID = 12;
const LEXEMES_FOR_ONE_MORE = 100;

/**
 * Finds candidates by the fingerprints that a text shares with what was recorded, lays it on each by lexemes, and lets
 * the one that explains most have its stretch, then the next one of the rest.
 */
export function createGenerationIndex({ mostGenerations, mostUnits }: IndexLimits): GenerationIndex {
  const table = createFingerprintTable();
  const recorded = new Map<number, Recorded>();
  const numbers = new Map<string, number>();
  let nextNumber = 0;
  let units = 0;

  function drop(number: number): void {
    const dropped = recorded.get(number);
    if (dropped === undefined) return;
    recorded.delete(number);
    numbers.delete(dropped.generation.scored.text);
    table.remove(number, dropped.fingerprints);
    units -= dropped.generation.scored.text.length;
  }

  function add(generation: RecordedGeneration): void {
    const { text } = generation.scored;
    // It would only drive out all others.
    if (text.length > mostUnits) return;
    const same = numbers.get(text);
    if (same !== undefined) drop(same);
    const lexemes = lexemesOf(text, writtenParts(generation));
    const fingerprints = fingerprintsOf(lexemes);
    const number = nextNumber++;
    recorded.set(number, { number, generation, lexemes, fingerprints });
    numbers.set(text, number);
    table.add(number, fingerprints);
    units += text.length;
    for (const oldest of recorded.keys()) {
      if (recorded.size <= mostGenerations && units <= mostUnits) break;
      drop(oldest);
    }
  }

  function match(text: string): readonly Match[] {
    const lexemes = lexemesOf(text);
    const shared = [...table.lookUp(fingerprintsOf(lexemes))].sort(
      ([a, left], [b, right]) => right.weight - left.weight || b - a,
    );
    const most = MOST_LAID + Math.floor(lexemes.count / LEXEMES_FOR_ONE_MORE);
    const candidates = shared.slice(0, most).flatMap(([number, { anchors }]) => {
      const one = recorded.get(number);
      return one === undefined ? [] : candidatesOf(lexemes, one, equalRuns(lexemes, one.lexemes, anchors));
    });
    const claims = claimsOf(lexemes, candidates);
    const matches: Match[] = [];
    for (const [index, claim] of claims.entries()) {
      const next = claims[index + 1];
      const bounds = { start: matches.at(-1)?.end ?? 0, end: next ? (lexemes.starts[next.first] ?? 0) : text.length };
      const found = matchOf(lexemes, claim, bounds, candidates);
      if (found !== null) matches.push(found);
    }
    return matches;
  }

  return {
    add,
    match,
    get size() {
      return recorded.size;
    },
  };
}

/** The candidates that win, in the order of the text. */
function claimsOf(text: Lexemes, candidates: readonly Candidate<Recorded>[]): readonly Candidate<Recorded>[] {
  const won: Candidate<Recorded>[] = [];
  let open = candidates;
  while (open.length > 0) {
    const best = open.reduce((a, b) => (isBetter(b, a) ? b : a));
    won.push(best);
    open = open.filter((one) => one !== best).flatMap((one) => cutCandidate(text, one, best));
  }
  return won.sort((a, b) => a.first - b.first);
}

/** Whether a candidate explains more; of two that explain as much one that is there as a whole counts, then the newest. */
function isBetter(a: Candidate<Recorded>, b: Candidate<Recorded>): boolean {
  if (a.explained !== b.explained) return a.explained > b.explained;
  return isWhole(a) === isWhole(b) ? a.recorded.number > b.recorded.number : isWhole(a);
}

function matchOf(
  lexemes: Lexemes,
  claim: Candidate<Recorded>,
  bounds: Stretch,
  candidates: readonly Candidate<Recorded>[],
): Match | null {
  const pieces = piecesOfRuns(lexemes, claim.recorded.lexemes, claim.runs, bounds);
  const [first] = pieces;
  const last = pieces.at(-1);
  if (first === undefined || last === undefined) return null;
  const [start, end] = [first.start, last.end];
  const coverage = coverageOf(lexemes.text, pieces, start, end);
  const certainty = certaintyOf(lexemes, claim, candidates);
  return { generation: claim.recorded.generation, pieces, start, end, coverage, certainty };
}

function coverageOf(text: string, pieces: readonly Piece[], start: number, end: number): number {
  const inPieces = pieces.reduce((sum, piece) => sum + visibleUnits(text, piece.start, piece.end), 0);
  return inPieces / visibleUnits(text, start, end);
}

function visibleUnits(text: string, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) if (!isWhite(text.charCodeAt(at))) count++;
  return count;
}
