import { endJsonLines, JSON_LINES_START, readJsonLines } from '../../wire/jsonLines.ts';
import { endSse, readSse, SSE_START } from '../../wire/serverSentEvents.ts';
import type { StreamEvent } from '../../wire/streamEvent.ts';

/** The events of a streamed answer, as they come: server-sent events, or JSON values one a line, told by how it begins. */
export async function* readEvents(pieces: AsyncIterable<string>): AsyncGenerator<StreamEvent, void, undefined> {
  let reader: EventReader | undefined;
  for await (const piece of pieces) {
    // Blanks before the first event tell nothing, and no event needs them.
    if (reader === undefined && piece.trim() === '') continue;
    reader ??= /^\s*[[{]/.test(piece) ? jsonLinesReader() : sseReader();
    yield* reader.read(piece);
  }
  yield* reader?.end() ?? [];
}

/** The event of an answer that came whole although a stream was asked for. */
export async function* wholeAnswer(pieces: AsyncIterable<string>): AsyncGenerator<StreamEvent, void, undefined> {
  const texts: string[] = [];
  for await (const piece of pieces) texts.push(piece);
  yield { kind: 'data', name: null, data: texts.join('') };
  yield { kind: 'done' };
}

interface EventReader {
  readonly read: (piece: string) => readonly StreamEvent[];
  readonly end: () => readonly StreamEvent[];
}

function sseReader(): EventReader {
  let state = SSE_START;
  const read = (piece: string): readonly StreamEvent[] => {
    const { events, ...next } = readSse(state, piece);
    state = next.state;
    return events;
  };
  return { read, end: () => endSse(state) };
}

function jsonLinesReader(): EventReader {
  let state = JSON_LINES_START;
  const read = (piece: string): readonly StreamEvent[] => {
    const { events, ...next } = readJsonLines(state, piece);
    state = next.state;
    return events;
  };
  return { read, end: () => endJsonLines(state) };
}
