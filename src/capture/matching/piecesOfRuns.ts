import type { Stretch } from '../following/carryStretches.ts';
import type { Run } from './equalRuns.ts';
import { isOfWord, isWhite, type Lexemes } from './lexemes.ts';
import type { Piece } from './match.ts';

/**
 * Pieces of characters for runs of lexemes: the white space between is taken along where both texts have the same.
 *
 *     recorded   ↵····return·x        what stands before a lexeme goes with it,
 *     text       ↵··return·x          what is left with the one before: [↵] [··return·x]
 *
 * At the edge of either text a word that was cut off, as by who accepts a suggestion in part, is taken as far as it goes.
 *
 * @param runs rising in both
 * @param bounds what of the text may be taken; all lexemes of the runs lie in it
 */
export function piecesOfRuns(
  text: Lexemes,
  recorded: Lexemes,
  runs: readonly Run[],
  bounds: Stretch,
): readonly Piece[] {
  const pieces: Piece[] = [];
  const take = (start: number, end: number, from: number): void => {
    if (start >= end) return;
    const last = pieces.at(-1);
    if (last?.end === start && last.from + last.end - last.start === from) {
      pieces[pieces.length - 1] = { ...last, end };
    } else pieces.push({ start, end, from });
  };
  for (const { at, from, length } of runs) {
    for (let index = 0; index < length; index++) {
      const start = text.starts[at + index] ?? 0;
      const end = text.ends[at + index] ?? 0;
      const origin = recorded.starts[from + index] ?? 0;
      // Two lexemes of one hash are hardly ever different, but a piece promises equal characters.
      if (recorded.ends[from + index] !== origin + end - start) continue;
      if (!recorded.text.startsWith(text.text.slice(start, end), origin)) continue;
      const last = pieces.at(-1);
      const floor = { at: last?.end ?? bounds.start, from: last === undefined ? 0 : last.from + last.end - last.start };
      const cutOff = pieces.length > 0 ? 0 : cutOffBefore(text, recorded, at + index, from + index);
      const head = start - cutOff < bounds.start ? 0 : cutOff;
      const space = head > 0 ? 0 : whiteBefore(text.text, recorded.text, start, origin, floor);
      if (last !== undefined) {
        const behind = whiteBehind(text.text, recorded.text, floor, start - space, origin - space);
        take(floor.at, floor.at + behind, floor.from);
      }
      take(start - space - head, end, origin - space - head);
    }
  }
  takeTail(text, recorded, runs, pieces, bounds.end, take);
  return pieces;
}

type Take = (start: number, end: number, from: number) => void;
interface Place {
  readonly at: number;
  readonly from: number;
}

function takeTail(
  text: Lexemes,
  recorded: Lexemes,
  runs: readonly Run[],
  pieces: readonly Piece[],
  most: number,
  take: Take,
): void {
  const run = runs.at(-1);
  const last = pieces.at(-1);
  if (run === undefined || last === undefined) return;
  const place = { at: last.end, from: last.from + last.end - last.start };
  const white = whiteBehind(text.text, recorded.text, place, most, recorded.text.length);
  take(place.at, place.at + white, place.from);
  const at = run.at + run.length;
  const from = run.from + run.length;
  if (at !== text.count - 1 && from !== recorded.count - 1) return;
  const [start, origin] = [text.starts[at], recorded.starts[from]];
  if (start === undefined || origin === undefined || !isWordAt(text, at) || !isWordAt(recorded, from)) return;
  if (start !== place.at + white || origin !== place.from + white) return;
  const length = Math.min((text.ends[at] ?? 0) - start, (recorded.ends[from] ?? 0) - origin);
  if (start + length > most || !recorded.text.startsWith(text.text.slice(start, start + length), origin)) return;
  const isCutOff = start + length === text.text.length || origin + length === recorded.text.length;
  if (isCutOff) take(start, start + length, origin);
}

/** How much of a cut off word, with the white space behind it, stands before the first lexemes that are equal. */
function cutOffBefore(text: Lexemes, recorded: Lexemes, at: number, from: number): number {
  if (at !== 1 && from !== 1) return 0;
  if (at < 1 || from < 1 || !isWordAt(text, at - 1) || !isWordAt(recorded, from - 1)) return 0;
  const [start, origin] = [text.starts[at] ?? 0, recorded.starts[from] ?? 0];
  const [end, originEnd] = [text.ends[at - 1] ?? 0, recorded.ends[from - 1] ?? 0];
  const white = start - end;
  if (origin - originEnd !== white || text.text.slice(end, start) !== recorded.text.slice(originEnd, origin)) return 0;
  const most = Math.min(end - (text.starts[at - 1] ?? 0), originEnd - (recorded.starts[from - 1] ?? 0));
  const isCutOff = at === 1 ? end === most : originEnd === most;
  const isSame = recorded.text.slice(originEnd - most, originEnd) === text.text.slice(end - most, end);
  return isCutOff && isSame ? most + white : 0;
}

function isWordAt({ text, starts }: Lexemes, index: number): boolean {
  return isOfWord(text.charCodeAt(starts[index] ?? 0));
}

/** Length of the equal white space right before two places, down to a floor. */
function whiteBefore(text: string, recorded: string, at: number, from: number, floor: Place): number {
  let length = 0;
  while (at - length > floor.at && from - length > floor.from) {
    const unit = text.charCodeAt(at - length - 1);
    if (!isWhite(unit) || unit !== recorded.charCodeAt(from - length - 1)) break;
    length++;
  }
  return length;
}

/** Length of the equal white space right behind a place, up to two ends. */
function whiteBehind(text: string, recorded: string, { at, from }: Place, atEnd: number, fromEnd: number): number {
  let length = 0;
  while (at + length < atEnd && from + length < fromEnd) {
    const unit = text.charCodeAt(at + length);
    if (!isWhite(unit) || unit !== recorded.charCodeAt(from + length)) break;
    length++;
  }
  return length;
}
