import { NO_LINE, splitLines, type Line, type LineState } from './splitLines.ts';
import { MOST_EVENT_UNITS, TOO_LONG, type StreamEvent } from './streamEvent.ts';

/**
 * Reads a stream of server-sent events piece by piece, as the HTML Standard defines it (section 9.2, event streams):
 * comments are passed over, several lines of data are one event, and an event ends with an empty line. `[DONE]`, with
 * which OpenAI ends its streams, is an event of its own kind.
 */

/** What is carried from one piece to the next. */
export interface SseState {
  readonly line: LineState;
  readonly isFirstLine: boolean;
  readonly name: string | null;
  /** The data of the event that has not ended yet, each line with a line feed before it; null: too long. */
  readonly data: Line;
}

const NO_EVENT = { name: null, data: '' };

export const SSE_START: SseState = { line: NO_LINE, isFirstLine: true, ...NO_EVENT };

/** The events that end in a piece of the stream. A longer one than `mostUnits` is skipped, and nothing of it is kept. */
export function readSse(
  state: SseState,
  piece: string,
  mostUnits = MOST_EVENT_UNITS,
): { readonly state: SseState; readonly events: readonly StreamEvent[] } {
  const split = splitLines(state.line, piece, mostUnits);
  const events: StreamEvent[] = [];
  let { isFirstLine, name, data } = state;
  for (const given of split.lines) {
    const line = isFirstLine && given?.startsWith('\ufeff') ? given.slice(1) : given;
    isFirstLine = false;
    if (line === '') {
      if (data !== '') events.push(eventOf(name, data));
      ({ name, data } = NO_EVENT);
    } else if (line === null) {
      data = null;
    } else {
      const { field, value } = fieldOf(line);
      if (field === 'event') name = value;
      if (field === 'data' && data !== null) {
        data = data.length + value.length > mostUnits ? null : `${data}\n${value}`;
      }
    }
  }
  return { state: { line: split.state, isFirstLine, name, data }, events };
}

/** The event that the stream's end cut off, if any. Some servers leave out the last empty line. */
export function endSse(state: SseState, mostUnits = MOST_EVENT_UNITS): readonly StreamEvent[] {
  return readSse({ ...state, line: { ...state.line, afterReturn: false } }, '\n\n', mostUnits).events;
}

function eventOf(name: string | null, data: Line): StreamEvent {
  if (data === null) return TOO_LONG;
  const text = data.slice(1);
  return text === '[DONE]' ? { kind: 'done' } : { kind: 'data', name, data: text };
}

function fieldOf(line: string): { readonly field: string; readonly value: string } {
  const colon = line.indexOf(':');
  if (colon < 0) return { field: line, value: '' };
  return { field: line.slice(0, colon), value: line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1) };
}
