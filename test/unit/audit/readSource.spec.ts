import { mkdirSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSource, skipReasonOfText, type SourceFile } from '../../../src/audit/readSource.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

async function read(content: string | Uint8Array): Promise<SourceFile> {
  return readSource(join(temporaryFolder({ file: content }), 'file'));
}

const text = (content: string): SourceFile => ({ kind: 'text', text: content });
const skipped = (reason: string): unknown => ({ kind: 'skipped', reason });

function utf16(content: string, isBigEndian: boolean): Buffer {
  const bytes = Buffer.from(`\uFEFF${content}`, 'utf16le');
  return isBigEndian ? bytes.swap16() : bytes;
}

describe('readSource', () => {
  it('reads UTF-8, with or without a byte order mark', async () => {
    expect(await read('a = "é漢😀"\r\n')).toEqual(text('a = "é漢😀"\r\n'));
    expect(await read('\uFEFFa = 1\n')).toEqual(text('a = 1\n'));
  });

  it.each([false, true])('reads UTF-16 with a byte order mark (big-endian: %s)', async (isBigEndian) => {
    expect(await read(utf16('let é = "漢😀";\n', isBigEndian))).toEqual(text('let é = "漢😀";\n'));
  });

  it('shows bytes that are no UTF-8 as an editor shows them', async () => {
    expect(await read(Buffer.from('a = "caf\xe9"\n', 'latin1'))).toEqual(text('a = "caf\uFFFD"\n'));
  });

  it.each([
    ['nothing', ''],
    ['blanks', ' \n\t\r\n'],
    ['a byte order mark', '\uFEFF\n'],
  ])('skips a file of %s as empty', async (_, content) => {
    expect(await read(content)).toEqual(skipped('empty'));
  });

  it('skips a file with a NUL in its first 8,000 bytes as binary', async () => {
    const line = 'let a = 1;\n';
    const before = line.repeat(Math.ceil(8_000 / line.length)).slice(0, 7_999);
    expect(await read(`${before}\0`)).toEqual(skipped('binary'));
    expect(await read(`${before}\n\0\n`)).toEqual(text(`${before}\n\0\n`));
  });

  it('skips UTF-16 without a byte order mark as binary', async () => {
    expect(await read(Buffer.from('let a = 1;\n', 'utf16le'))).toEqual(skipped('binary'));
  });

  it('skips a file of more than a million bytes, not one of a million', async () => {
    const line = `${'x'.repeat(99)}\n`;
    const folder = temporaryFolder({ million: line.repeat(10_000), more: `${line.repeat(10_000)}y` });
    expect(await readSource(join(folder, 'million'))).toMatchObject({ kind: 'text' });
    expect(await readSource(join(folder, 'more'))).toEqual(skipped('over 1 MB'));
    truncateSync(join(folder, 'more'), 2 ** 40);
    expect(await readSource(join(folder, 'more'))).toEqual(skipped('over 1 MB'));
  });

  it('skips what a tool wrote: one line too long, or all of them long', async () => {
    expect(await read(`let a = 1;\n${'x'.repeat(20_000)}\nlet b = 2;\n${'y\n'.repeat(1_000)}`)).toMatchObject({
      kind: 'text',
    });
    expect(await read(`let a = 1;\n${'x'.repeat(20_001)}\nlet b = 2;\n${'y\n'.repeat(1_000)}`)).toEqual(
      skipped('minified'),
    );
    expect(await read(`${'x'.repeat(260)}\n`.repeat(10))).toEqual(skipped('minified'));
    expect(await read(`${'x'.repeat(249)}\n`.repeat(10))).toMatchObject({ kind: 'text' });
  });

  it('takes a short text of one line, however long for a line', async () => {
    expect(await read('x'.repeat(2_000))).toMatchObject({ kind: 'text' });
    expect(await read('x'.repeat(2_001))).toEqual(skipped('minified'));
  });

  it('counts lines however they end', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      expect(await read(`let answer = 42;${end}`.repeat(2_000))).toMatchObject({ kind: 'text' });
    }
  });

  it('says of what cannot be read that it cannot be read', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder'));
    expect(await readSource(join(folder, 'missing'))).toEqual(skipped('not readable'));
    expect(await readSource(join(folder, 'folder'))).toEqual(skipped('not readable'));
  });
});

describe('skipReasonOfText', () => {
  it.each([
    ['let a = 1;\n', null],
    ['', 'empty'],
    [' \n', 'empty'],
    ['x'.repeat(20_001), 'minified'],
    [`${'x'.repeat(99)}\n`.repeat(10_000), null],
    [`${'x'.repeat(99)}\n`.repeat(10_000) + 'y', 'over 1 MB'],
    // Three bytes each in UTF-8.
    [`${'漢'.repeat(99)}\n`.repeat(3_355), null],
    [`${'漢'.repeat(99)}\n`.repeat(3_355) + '漢'.repeat(71), 'over 1 MB'],
    // A surrogate that stands alone is written as U+FFFD.
    ['\uD800', null],
  ])('says why a text is none to judge (%#)', (content, reason) => {
    expect(skipReasonOfText(content)).toBe(reason);
  });

  it('says of a text what it says of a file that holds it', async () => {
    for (const content of ['let a = 1;\n', '\n\n', `${'x'.repeat(260)}\n`.repeat(10), 'y\n'.repeat(500_001)]) {
      const source = await read(content);
      expect(source.kind === 'skipped' ? source.reason : null).toBe(skipReasonOfText(content));
    }
  });
});
