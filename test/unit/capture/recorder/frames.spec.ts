import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createFrameCutter,
  editFrame,
  eventsOf,
  type Frame,
  type FrameKind,
} from '../../../../src/capture/recorder/frames.ts';

function framesOf(kind: FrameKind, pieces: readonly Buffer[], most = 1000): readonly Frame[] {
  const cutter = createFrameCutter(kind, most);
  return [...pieces.flatMap((piece) => cutter.cut(piece)), ...cutter.end()];
}

const joined = (frames: readonly Frame[]): Buffer => Buffer.from(frames.map(({ bytes }) => bytes).join(''), 'latin1');

describe('a stream cut into frames', () => {
  it.each<[string, FrameKind, string, string[]]>([
    ['events', 'events', 'data: 1\n\ndata: 2\n\n', ['data: 1\n\n', 'data: 2\n\n']],
    [
      'events of Windows',
      'events',
      ': a\r\ndata: 1\r\n\r\ndata: 2\r\n\r\n',
      [': a\r\ndata: 1\r\n\r\n', 'data: 2\r\n\r\n'],
    ],
    ['events of old', 'events', 'data: 1\r\rdata: 2\r\r', ['data: 1\r\r', 'data: 2\r\r']],
    ['an event that is cut off', 'events', 'data: 1\n\ndata: 2', ['data: 1\n\n', 'data: 2']],
    ['lines', 'lines', '{"a":1}\n\n{"b":2}\r\n{', ['{"a":1}\n', '\n', '{"b":2}\r\n', '{']],
  ])('%s', (_, kind, text, expected) => {
    for (const size of [1, 2, 3, 1000]) {
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (__, at) =>
        Buffer.from(text.slice(at * size, (at + 1) * size)),
      );
      expect(framesOf(kind, pieces).map(({ bytes }) => bytes)).toStrictEqual(expected);
    }
  });

  it('is the stream, to the byte, wherever it is cut and however small the limit', () => {
    const anyPiece = fc.oneof(
      fc.uint8Array({ maxLength: 20 }),
      fc
        .constantFrom('\n', '\r', '\n\n', '\r\n\r\n', 'data: {"a":"é"}\n\n', ':\n', '{}\n')
        .map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(
        fc.array(anyPiece),
        fc.constantFrom('events', 'lines'),
        fc.integer({ min: 1, max: 40 }),
        (given, kind, most) => {
          const pieces = given.map((piece) => Buffer.from(piece));
          const frames = framesOf(kind, pieces, most);
          expect(joined(frames)).toStrictEqual(Buffer.concat(pieces));
          for (const { bytes } of frames) expect(editFrame(kind, bytes, (data) => data)).toBe(bytes);
        },
      ),
      { seed: 3, numRuns: 500 },
    );
  });

  it('lets a part of what is too long pass at once, and finds the end of it', () => {
    const cutter = createFrameCutter('events', 10);
    const long = cutter.cut(Buffer.from('data: 12345678'));
    expect(long).toHaveLength(1);
    expect(long[0]?.isWhole).toBe(false);
    const rest = cutter.cut(Buffer.from('9\n\ndata: 1\n\n'));
    expect(rest.map(({ isWhole }) => isWhole)).toStrictEqual([false, true]);
    expect(rest.flatMap((frame) => eventsOf('events', frame))).toStrictEqual([{ kind: 'data', name: null, data: '1' }]);
  });
});

describe('a frame edited', () => {
  const upper = (data: string): string => data.toUpperCase();

  it.each<[string, FrameKind, string, string]>([
    [
      'between comments and names',
      'events',
      ': a\nevent: b\ndata: {"a":1}\nid: c\n\n',
      ': a\nevent: b\ndata: {"A":1}\nid: c\n\n',
    ],
    ['without the blank after the colon', 'events', 'data:{"a":1}\r\n\r\n', 'data:{"A":1}\r\n\r\n'],
    ['over several lines', 'events', 'data: {\ndata: "a":1}\n\n', 'data: {\ndata: "A":1}\n\n'],
    ['without data', 'events', ': ping\n\n', ': ping\n\n'],
    ['a line', 'lines', ' {"a":1} \r\n', ' {"A":1} \r\n'],
  ])('%s', (_, kind, bytes, expected) => {
    expect(editFrame(kind, bytes, upper)).toBe(expected);
  });

  it('may have less lines than before', () => {
    const bytes = 'data: {"a":1,\ndata: "l":[\ndata: 2]}\n\n';
    expect(editFrame('events', bytes, () => '{"a":1}')).toBe('data: {"a":1}\n\n');
  });
});
