import { NO_LINE, splitLines, type Line, type LineState } from './splitLines.ts';
import { MOST_EVENT_UNITS, TOO_LONG, type StreamEvent } from './streamEvent.ts';

/** Reads a stream of JSON values, one a line (NDJSON), piece by piece. Empty lines are passed over. */
export type JsonLinesState = LineState;

export const JSON_LINES_START: JsonLinesState = NO_LINE;

/** The lines that end in a piece of the stream. A longer one than `mostUnits` is skipped, and nothing of it is kept. */
export function readJsonLines(
  state: JsonLinesState,
  piece: string,
  mostUnits = MOST_EVENT_UNITS,
): { readonly state: JsonLinesState; readonly events: readonly StreamEvent[] } {
  const split = splitLines(state, piece, mostUnits);
  return { state: split.state, events: split.lines.flatMap(eventsOf) };
}

/** The line that the stream's end cut off, if any. */
export function endJsonLines({ rest }: JsonLinesState): readonly StreamEvent[] {
  return eventsOf(rest);
}

function eventsOf(line: Line): readonly StreamEvent[] {
  if (line === null) return [TOO_LONG];
  return line.trim() === '' ? [] : [{ kind: 'data', name: null, data: line }];
}
