import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineSpans } from '../../../src/syntax/lineSpans.ts';
import { spanTableBuffers } from '../../../src/syntax/spanTableBuilder.ts';
import { isWhiteSpace } from '../../../src/syntax/whiteSpace.ts';
import { leafTexts } from './samples.ts';
import { brokenPromises } from './spanInvariants.ts';

describe('lineSpans', () => {
  it('makes a leaf of each line that is not blank', () => {
    const text = '# Title\r\n\r\n  two words \n\t\nlast 😀';
    const spans = lineSpans(text);
    expect(spans.language).toBe('lines');
    expect(leafTexts(spans, text)).toEqual(['# Title', 'two words', 'last 😀']);
  });

  it('ends lines as an editor does, at a lone carriage return too', () => {
    const text = 'one\rtwo\r\nthree\nfour';
    expect(leafTexts(lineSpans(text), text)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('keeps every promise of a SpanTable', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', ' ', '\n', '\r\n', '\t', '漢', '\uD83D', '\u2028')), (pieces) => {
        const text = pieces.join('');
        expect(brokenPromises(lineSpans(text), text)).toEqual([]);
      }),
    );
  });
});

describe('spanTableBuffers', () => {
  it('names the buffer of every column once, so that nothing is copied between threads', () => {
    const spans = lineSpans('a\nb');
    const columns = Object.values(spans).filter((value) => ArrayBuffer.isView(value));
    const buffers = spanTableBuffers(spans);
    expect(columns).toHaveLength(11);
    expect(new Set(buffers)).toEqual(new Set(columns.map((column) => column.buffer)));
    expect(buffers).toHaveLength(11);
  });
});

describe('isWhiteSpace', () => {
  it('agrees with \\s for every UTF-16 unit', () => {
    const different = Array.from({ length: 0x10000 }, (_, unit) => unit).filter(
      (unit) => isWhiteSpace(unit) !== /\s/.test(String.fromCharCode(unit)),
    );
    expect(different).toEqual([]);
  });
});
