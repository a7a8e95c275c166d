import { endJsonLines, JSON_LINES_START, readJsonLines } from '../../wire/jsonLines.ts';
import { endSse, readSse, SSE_START } from '../../wire/serverSentEvents.ts';
import type { StreamEvent } from '../../wire/streamEvent.ts';

/** Server-sent events, or JSON values one a line. */
export type FrameKind = 'events' | 'lines';

/**
 * A piece of a stream that can pass on alone, with all that belongs to it: an event with its comments and the empty line at its end,
 * or a line. Its text is of bytes (latin1), so that joined the frames are the stream, to the byte.
 */
export interface Frame {
  readonly bytes: string;
  /** Whether it is all of an event or line; else it was too long, and is a part of one. */
  readonly isWhole: boolean;
}

export interface FrameCutter {
  /** The frames that end in a piece of the stream. */
  cut(piece: Buffer): readonly Frame[];
  /** What the stream's end cut off. */
  end(): readonly Frame[];
}

const ENDS: Readonly<Record<FrameKind, RegExp>> = { events: /\n\r?\n|\r\r/g, lines: /\n/g };

/** The longest end of a frame, less one: so much of it may have come before the rest. */
const OVERLAP = 2;

export function createFrameCutter(kind: FrameKind, mostBytes: number): FrameCutter {
  const end = ENDS[kind];
  let pending = '';
  let isWhole = true;

  function frame(bytes: string, endsHere: boolean): Frame {
    const whole = { bytes, isWhole: isWhole && endsHere && bytes.length <= mostBytes };
    isWhole = endsHere;
    return whole;
  }

  return {
    cut(piece) {
      const searched = Math.max(0, pending.length - OVERLAP);
      pending += piece.toString('latin1');
      const frames: Frame[] = [];
      let start = 0;
      end.lastIndex = searched;
      while (end.exec(pending) !== null) {
        frames.push(frame(pending.slice(start, end.lastIndex), true));
        start = end.lastIndex;
      }
      pending = pending.slice(start);
      if (!isWhole || pending.length > mostBytes) {
        // The last bytes stay: they may be the beginning of the end.
        const kept = Math.max(0, pending.length - OVERLAP);
        frames.push(frame(pending.slice(0, kept), false));
        pending = pending.slice(kept);
      }
      return frames;
    },
    end() {
      const frames = pending === '' ? [] : [frame(pending, true)];
      pending = '';
      return frames;
    },
  };
}

/** The events of a frame. One that the stream's end cut off is read as if it ended there. */
export function eventsOf(kind: FrameKind, { bytes, isWhole }: Frame): readonly StreamEvent[] {
  if (!isWhole) return [];
  const text = textOfBytes(bytes);
  if (kind === 'events') {
    const { state, events } = readSse(SSE_START, text);
    return [...events, ...endSse(state)];
  }
  const { state, events } = readJsonLines(JSON_LINES_START, text);
  return [...events, ...endJsonLines(state)];
}

/** The bytes of a frame with its data changed; all around the data stays. */
export function editFrame(kind: FrameKind, bytes: string, edit: (data: string) => string): string {
  if (kind === 'lines') {
    const data = bytes.trim();
    const start = bytes.indexOf(data);
    return bytes.slice(0, start) + edit(data) + bytes.slice(start + data.length);
  }
  const lines = bytes.match(/[^\r\n]*(?:\r\n|[\r\n])|[^\r\n]+/g) ?? [];
  const given = lines.flatMap((line) => DATA_LINE.exec(line)?.[2] ?? []).join('\n');
  const edited = edit(given);
  if (edited === given) return bytes;
  // A value that was spelt over several lines may have less of them now: all stand where the first one stood.
  let isPut = false;
  return lines
    .map((line) => {
      const [, field = '', , lineEnd = ''] = DATA_LINE.exec(line) ?? [];
      if (field === '') return line;
      const isFirst = !isPut;
      isPut = true;
      return isFirst ? edited.replace(/^/gm, field).concat(lineEnd) : '';
    })
    .join('');
}

const DATA_LINE = /^(data: ?)([^\r\n]*)([\r\n]*)$/;

/** What bytes say as UTF-8. */
export function textOfBytes(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
