import { SPAN_FLAGS } from '../../core/spanTable.ts';
import type { LanguageId } from '../../syntax/languages.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import { indentedEnd } from './indentedEnd.ts';
import { statementEnd, type StatementEnd } from './statementEnd.ts';
import { findRepetition, overlapUnits } from './trimWritten.ts';

type Parser = Pick<ParserPool, 'spans'>;

/** A caret, and all that stands around it. */
interface Place {
  readonly language: LanguageId | 'lines';
  readonly prefix: string;
  readonly suffix: string;
}

/** Code after the caret that it may yet write over: closing brackets and quotes, mostly set by the editor itself. */
const CLOSING = /^[\s)\]}>'"`;,]*$/;

/** Whether nothing that an engine goes on to write would be kept. Syntax is asked at the ends of lines alone. */
export async function isEnough(
  parser: Parser,
  place: Place,
  soFar: string,
  mostLines: number,
  signal: AbortSignal,
): Promise<boolean> {
  const lineEnd = soFar.lastIndexOf('\n') + 1;
  if (lineEnd === 0) return false;
  if (isOneLine(place) || soFar.trimStart().split('\n').length > mostLines) return true;
  const lines = soFar.slice(0, lineEnd);
  if (lines.trim() === '') return false;
  if (findRepetition(place.prefix, lines, place.suffix, false).start < lines.length) return true;
  const { end, isGuess } = await endBySyntax(parser, place, lines, signal);
  return end !== null && !isGuess;
}

/**
 * How much of what was written is worth showing, in units; white space at the end may be part of it.
 * @param written `ranOut`: the engine had no tokens left, so that its last line may not be whole
 */
export async function worthUpTo(
  parser: Parser,
  place: Place,
  { text: written, ranOut }: { readonly text: string; readonly ranOut: boolean },
  mostLines: number,
  signal: AbortSignal,
): Promise<number> {
  const { prefix, suffix } = place;
  if (isOneLine(place)) {
    const line = written.split(/\r?\n/, 1)[0] ?? '';
    return withoutOverlap(parser, place, line, suffix.split(/\r?\n/, 1)[0] ?? '', signal);
  }
  // A line that the engine had no tokens left for is left out, unless it is the only one.
  const lastLine = ranOut ? written.lastIndexOf('\n') : -1;
  const lines = lastLine > 0 ? written.slice(0, lastLine) : written;
  const repetition = findRepetition(prefix, lines, suffix, true);
  const kept = lines.slice(0, repetition.start);
  const { end, wholeEnds } = await endBySyntax(parser, place, kept, signal);
  const upTo = end ?? kept.length;
  const limit = endOfLine(kept, mostLines);
  const lastWhole = wholeEnds.findLast((other) => other <= limit);
  const isUnfinished = repetition.isLoop && end === null;
  const whole = isUnfinished ? (lastWhole ?? 0) : upTo <= limit ? upTo : (lastWhole ?? limit);
  return withoutOverlap(parser, place, kept.slice(0, whole), suffix, signal);
}

/** Offsets in what was written. It is a guess, by indentation, where the parser can make no sense of what there is so far. */
async function endBySyntax(
  parser: Parser,
  { prefix, suffix, language }: Place,
  written: string,
  signal: AbortSignal,
): Promise<StatementEnd & { readonly isGuess: boolean }> {
  const text = prefix + written + suffix;
  const stretch = { start: prefix.length, end: prefix.length + written.length };
  const spans = language === 'lines' ? null : await parser.spans(text, language, signal);
  const byTree = spans === null || isSkipped(spans) ? null : statementEnd(text, spans, stretch);
  const { end, wholeEnds } = byTree ?? indentedEnd(text, stretch);
  const isGuess = byTree === null && language !== 'lines';
  return {
    end: end === null ? null : end - prefix.length,
    // Where the parser sees nothing whole, indentation does not know better.
    wholeEnds: isGuess ? [] : wholeEnds.map((whole) => whole - prefix.length),
    isGuess,
  };
}

/** The length without what stands after the caret anyway, unless the parser makes better sense of the text with both. */
async function withoutOverlap(
  parser: Parser,
  { prefix, suffix, language }: Place,
  written: string,
  after: string,
  signal: AbortSignal,
): Promise<number> {
  const overlap = overlapUnits(written, after);
  const cut = written.length - overlap;
  if (overlap === 0 || language === 'lines') return cut;
  const faultsOf = async (kept: string): Promise<number> => {
    const spans = await parser.spans(prefix + kept + suffix, language, signal);
    if (isSkipped(spans)) return 0;
    return spans.flags.filter((flags) => (flags & (SPAN_FLAGS.error | SPAN_FLAGS.missing)) !== 0).length;
  };
  return (await faultsOf(written)) < (await faultsOf(written.slice(0, cut))) ? written.length : cut;
}

function isOneLine({ suffix }: Place): boolean {
  return !CLOSING.test(suffix.split(/\r?\n/, 1)[0] ?? '');
}

/** Offset of the end of the line of that number, from 1; a line that is blank at the beginning does not count. */
function endOfLine(text: string, line: number): number {
  let end = text.search(/\S/);
  for (let count = 0; count < line; count++) {
    end = text.indexOf('\n', count === 0 ? end : end + 1);
    if (end < 0) return text.length;
  }
  return end;
}
