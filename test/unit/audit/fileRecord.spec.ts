import { describe, expect, it } from 'vitest';
import { fileOfRecord, recordOfFile } from '../../../src/audit/fileRecord.ts';
import { isJudged, type JudgedFile } from '../../../src/audit/report.ts';
import { lineIndexOf, offsetAt, positionAt } from '../../../src/core/lineIndex.ts';
import { judgedFile } from '../../support/someReport.ts';

const TEXT = 'let a = 1;\r\n\r\nlet émoji = "😀";\rlet b;\nlast line';

function again(file: JudgedFile, readText: () => string): JudgedFile {
  const back = fileOfRecord(recordOfFile(file), readText);
  if (!isJudged(back)) throw new Error('it was judged');
  return back;
}

describe('recordOfFile and fileOfRecord', () => {
  it('are each other’s inverse, with positions that need no text', () => {
    const file = judgedFile('a.ts', TEXT, [{ words: 'émoji', alternatives: ['b'] }]);
    const { lines, ...known } = again(file, () => {
      throw new Error('nobody quotes');
    });
    const { lines: linesBefore, ...before } = file;
    expect(known).toEqual(before);
    for (let offset = -1; offset <= TEXT.length + 2; offset++) {
      const position = positionAt(linesBefore, offset);
      expect(positionAt(lines, offset)).toEqual(position);
      expect(offsetAt(lines, position)).toBe(offsetAt(linesBefore, position));
    }
  });

  it.each(['', '\n', '\r\n', 'one', 'a\r'])('know the lines of %j', (text) => {
    const { lines } = again({ ...judgedFile('a.ts', 'x', []), lines: lineIndexOf(text) }, () => text);
    const { lineStarts, lineEnds } = lineIndexOf(text);
    expect([lines.lineStarts, lines.lineEnds, lines.text]).toEqual([lineStarts, lineEnds, text]);
  });

  it('read the text once, when it is quoted', () => {
    let reads = 0;
    const { lines } = again(judgedFile('a.ts', TEXT, []), () => `${++reads}`);
    expect(reads).toBe(0);
    expect([lines.text, lines.text, reads]).toEqual(['1', '1', 1]);
  });

  it('keep why a file was left out', () => {
    const skipped = { path: 'a.min.js', language: 'JavaScript', skipped: 'minified' } as const;
    expect(fileOfRecord(recordOfFile(skipped), () => '')).toEqual(skipped);
  });
});
