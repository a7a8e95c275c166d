import type { ByteString } from './byteString.ts';
import { fragmentLength, fragmentsFill, isFragment, NO_BYTES, plus, type RowBytes } from './rowFragments.ts';

/**
 * Lays the rows of a server's list on the bytes of a text.
 *
 * Rows are matched in order at a cursor. Where nothing was damaged every row matches and that is all. Where the next row
 * does not match, rows or text are missing, and the alignment looks for the nearest *landing*: a row and a place from
 * which they match again.
 *
 *     rows   def | f | x( | ) | : | <|end|>      `x(` lies, and `<|end|>` is no part of the text
 *     text   def   f   .    )   :                .  nobody's: unscored
 */

/** A stretch of the text and the rows that wrote it. A stretch begins where the one before it ends. */
export interface Stretch {
  readonly endByte: number;
  readonly firstRow: number;
  /** After the last row; equal to `firstRow` for a stretch that no row wrote. */
  readonly endRow: number;
}

/** How far ahead of the cursor a landing may lie, in bytes. A longer stretch without rows ends the alignment. */
const LOOK_AHEAD_BYTES = 1024;
/** What leaving out a row costs, against 1 for a byte of text: about the bytes that a token of code has. */
const ROW_COST = 4;
/**
 * A landing needs half as many matching visible bytes as it cost, and never more than this. Of rows of code with one in
 * a hundred damaged, 30 of 68,000 good ones are lost that way; asking for more loses more and errs no less.
 */
const CONFIRMING_BYTES = 8;
/** Steps that may be spent on landings, for each row: hostile input stays linear and loses its tail. */
const STEPS_PER_ROW = 32;

/**
 * Stretches that tile the text's bytes, in order.
 *
 * A row without text writes nothing itself, but a later row may carry its text (held back while a stop string might
 * begin, or while a character was not complete): so it belongs to the row after it. Rows that were not decoded, or came
 * without text, fill the bytes between two matches when these can be the pieces of characters that got lost.
 */
export function alignRows(rows: readonly RowBytes[], target: ByteString): Stretch[] {
  const stretches: Stretch[] = [];
  const budget: Budget = { steps: STEPS_PER_ROW * (rows.length + LOOK_AHEAD_BYTES) };
  let row = 0;
  let at = 0;
  while (at < target.length) {
    const shown = skipTextless(rows, row);
    const length = matchLength(rows[shown], target, at);
    if (length > 0) {
      at += length;
      stretches.push({ endByte: at, firstRow: row, endRow: shown + 1 });
      row = shown + 1;
      continue;
    }
    const landing = findLanding(rows, row, target, at, budget) ?? { row: rows.length, at: target.length };
    if (landing.at > at) {
      const filled = fragmentsFill(rows, row, landing.row, target.slice(at, landing.at));
      stretches.push({ endByte: landing.at, firstRow: row, endRow: filled ? landing.row : row });
      row = landing.row;
    } else {
      row = skipBackTextless(rows, row, landing.row);
    }
    at = landing.at;
  }
  return stretches;
}

interface Landing {
  readonly row: number;
  readonly at: number;
}

interface Budget {
  steps: number;
}

/**
 * The cheapest landing at or after a row and a byte. Its cost is what it leaves out: bytes of text that no fragment can
 * have written, and rows. Looks at each row for as long as a landing there could be cheaper than the best one found.
 */
function findLanding(
  rows: readonly RowBytes[],
  fromRow: number,
  target: ByteString,
  from: number,
  budget: Budget,
): Landing | undefined {
  const ahead = target.slice(from, from + LOOK_AHEAD_BYTES);
  let best: Landing | undefined;
  let bestCost = Infinity;
  let rowsCost = 0;
  let fragments = NO_BYTES;
  for (let row = fromRow; row < rows.length && rowsCost < bestCost && budget.steps-- > 0; row++) {
    const candidate = rows[row];
    if (candidate === undefined || isFragment(candidate)) {
      fragments = plus(fragments, fragmentLength(candidate));
      continue;
    }
    for (const spelling of candidate.spellings) {
      const start = spelling.slice(0, CONFIRMING_BYTES);
      for (let jump = ahead.indexOf(start); jump >= 0 && budget.steps > 0; jump = ahead.indexOf(start, jump + 1)) {
        if (rowsCost + jump - fragments.most >= bestCost) break;
        const cost = rowsCost + Math.max(0, jump - fragments.most, fragments.least - jump);
        if (cost < bestCost && isConfirmed(rows, row, target, from + jump, cost, budget)) {
          best = { row, at: from + jump };
          bestCost = cost;
        }
      }
    }
    rowsCost += ROW_COST;
  }
  return best;
}

/**
 * Whether the rows from `row` on match from `at` on for long enough to believe a landing of that cost, or right to the
 * end of both. Blanks prove nothing: any two indentations match.
 */
function isConfirmed(
  rows: readonly RowBytes[],
  row: number,
  target: ByteString,
  at: number,
  cost: number,
  budget: Budget,
): boolean {
  const needed = Math.min(CONFIRMING_BYTES, Math.ceil(cost / 2));
  let visible = 0;
  while (budget.steps > 0) {
    const shown = skipTextless(rows, row);
    const length = matchLength(rows[shown], target, at);
    budget.steps -= 1 + (shown - row) + (length >> 4);
    if (length === 0) return shown === rows.length && at === target.length;
    const end = at + length;
    for (; at < end; at++) if (target.charCodeAt(at) > SPACE) visible++;
    if (visible >= needed) return true;
    row = shown + 1;
  }
  return false;
}

const SPACE = 0x20;

/** Length of the first of a row's spellings that stands at a byte of the text; 0: none does. */
function matchLength(row: RowBytes | undefined, target: ByteString, at: number): number {
  if (row === undefined) return 0;
  for (const spelling of row.spellings) if (target.startsWith(spelling, at)) return spelling.length;
  return 0;
}

/** The first row at or after `row` that holds text. */
function skipTextless(rows: readonly RowBytes[], row: number): number {
  while (rows[row]?.spellings.length === 0) row++;
  return row;
}

/** The first of the rows without text that lie directly before `row`, at or after `fromRow`: they belong to `row`. */
function skipBackTextless(rows: readonly RowBytes[], fromRow: number, row: number): number {
  while (row > fromRow && rows[row - 1]?.spellings.length === 0) row--;
  return row;
}
