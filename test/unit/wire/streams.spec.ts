import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JSON_LINES_START, readJsonLines } from '../../../src/wire/jsonLines.ts';
import { readSse, SSE_START } from '../../../src/wire/serverSentEvents.ts';
import { jsonLineEvents, sseEvents, units } from './replay.ts';

const data = (text: string, name: string | null = null): object => ({ kind: 'data', name, data: text });
const tooLong = { kind: 'skipped', reason: 'too-long' };

describe('server-sent events', () => {
  it.each([
    ['a line', 'data: a\n\n', [data('a')]],
    ['no space', 'data:a\n\n', [data('a')]],
    ['one space is none of the data', 'data:  a\n\n', [data(' a')]],
    ['several lines', 'data: a\ndata: b\n\n', [data('a\nb')]],
    ['empty data', 'data\n\ndata:\n\n', [data(''), data('')]],
    ['a name', 'event: x\ndata: a\n\ndata: b\n\n', [data('a', 'x'), data('b')]],
    ['a name alone', 'event: x\n\ndata: b\n\n', [data('b')]],
    ['comments', ': ping\n\n: pong\ndata: a\n\n', [data('a')]],
    ['other fields', 'id: 7\nretry: 1\nwhat\ndata: a\n\n', [data('a')]],
    ['CR', 'data: a\r\rdata: b\r\r', [data('a'), data('b')]],
    ['CR LF', 'data: a\r\ndata: b\r\n\r\n', [data('a\nb')]],
    ['the end', 'data: a\n\ndata: [DONE]\n\n', [data('a'), { kind: 'done' }]],
    ['a byte order mark', '\ufeffdata: a\n\n', [data('a')]],
    ['no last empty line', 'data: a\n\ndata: b', [data('a'), data('b')]],
    ['nothing', '', []],
  ])('%s', (_name, stream, expected) => {
    expect(sseEvents([stream])).toEqual(expected);
    expect(sseEvents(units(stream))).toEqual(expected);
    expect(sseEvents(units(stream).flatMap((unit) => ['', unit]))).toEqual(expected);
  });

  it('an event that is too long is skipped, and the next one is read', () => {
    const stream = `data: ${'x'.repeat(50)}\n\ndata: a\n\ndata: ${'y\ndata: '.repeat(30)}\n\n: ${'c'.repeat(9)}\ndata: b\n\n`;
    const expected = [tooLong, data('a'), tooLong, data('b')];
    expect(sseEvents([stream], 30)).toEqual(expected);
    expect(sseEvents(units(stream), 30)).toEqual(expected);
  });

  it('nothing of a long event is kept', () => {
    let { state } = readSse(SSE_START, 'data: ', 30);
    for (let piece = 0; piece < 100; piece++) ({ state } = readSse(state, 'x'.repeat(20), 30));
    expect(JSON.stringify(state).length).toBeLessThan(200);
  });
});

describe('JSON lines', () => {
  it.each([
    ['lines', '{}\n[]\n', [data('{}'), data('[]')]],
    ['no last line end', '{}\n[]', [data('{}'), data('[]')]],
    ['CR LF and empty lines', '{}\r\n\r\n \n[]\r\n', [data('{}'), data('[]')]],
    ['nothing', '', []],
  ])('%s', (_name, stream, expected) => {
    expect(jsonLineEvents([stream])).toEqual(expected);
    expect(jsonLineEvents(units(stream))).toEqual(expected);
  });

  it('a line that is too long is skipped', () => {
    expect(jsonLineEvents(['{}\n', 'x'.repeat(31), '\n[]\n'], 30)).toEqual([data('{}'), tooLong, data('[]')]);
    expect(jsonLineEvents(['x'.repeat(31)], 30)).toEqual([tooLong]);
    expect(readJsonLines(JSON_LINES_START, 'x'.repeat(31), 30).state.rest).toBeNull();
  });
});

describe('any stream', () => {
  const stream = fc
    .array(fc.constantFrom('data', ':', ' ', 'a', '\n', '\r', '\r\n', '\n\n', 'event', '😀', '\ufeff', '[DONE]'))
    .map((parts) => parts.join(''));

  it('says the same, wherever it is split', () => {
    fc.assert(
      fc.property(stream, fc.array(fc.nat(60)), fc.constantFrom(5, 1000), (text, cuts, mostUnits) => {
        const ends = [...cuts, 0, text.length].sort((a, b) => a - b);
        const pieces = ends.map((end, at) => text.slice(at === 0 ? 0 : ends[at - 1], end));
        expect(sseEvents(pieces, mostUnits)).toEqual(sseEvents([text], mostUnits));
        expect(jsonLineEvents(pieces, mostUnits)).toEqual(jsonLineEvents([text], mostUnits));
      }),
    );
  });

  it('takes time in proportion to its length, in whatever pieces it comes', () => {
    const timeOf = (length: number): number => {
      const text = `data: ${'x'.repeat(length)}\n\n`;
      const start = performance.now();
      expect(sseEvents(units(text))).toHaveLength(1);
      return performance.now() - start;
    };
    timeOf(20_000);
    // Eight times the text: a quadratic reader would take sixty-four times as long.
    expect(timeOf(400_000)).toBeLessThan(32 * Math.max(2, timeOf(50_000)));
  });
});
