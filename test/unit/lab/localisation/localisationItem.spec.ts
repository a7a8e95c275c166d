import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  cutText,
  parseLocalisationItem,
  type LocalisationItem,
} from '../../../../src/lab/localisation/localisationItem.ts';
import { readLocalisationItems } from '../../../../src/lab/localisation/readLocalisationItems.ts';
import { temporaryFolder } from '../../../support/temporaryFolder.ts';

const ITEM = { id: 'a', language: 'python', text: 'x = 1\ny = 2\n', faults: [1] };

const parse = (change: object): LocalisationItem => parseLocalisationItem(JSON.stringify({ ...ITEM, ...change }), 7);

describe('a text with known faults', () => {
  it('needs an id, a language, a text and faulty lines', () => {
    expect(parse({})).toEqual({ ...ITEM, group: 'a', prefix: '', suffix: '', path: null });
  });

  it('may say its group, its path and what stands around it', () => {
    const more = { group: 'g', path: 'src/a.py', prefix: 'import x\n', suffix: 'z = 3\n' };
    expect(parse(more)).toEqual({ ...ITEM, ...more });
  });

  it('has each faulty line once, in order', () => {
    expect(parse({ faults: [1, 0, 1] }).faults).toEqual([0, 1]);
  });

  it('of a whole file is the function that it names, with the lines counted from there', () => {
    const text = 'import x\ndef f():\n  return 1\ny = 2\n';
    const range = { start: text.indexOf('def'), end: text.indexOf('\ny') };
    expect(parse({ text, faults: [2], function: range, prefix: '#\n' })).toMatchObject({
      prefix: '#\nimport x\n',
      text: 'def f():\n  return 1',
      suffix: '\ny = 2\n',
      faults: [1],
    });
  });

  it.each([
    ['no JSON', 'nothing', 'is no JSON object'],
    ['a list', '[1]', 'is no JSON object'],
    ['no text', JSON.stringify({ ...ITEM, text: undefined }), 'has no "text" that is a text'],
    ['a number for an id', JSON.stringify({ ...ITEM, id: 1 }), 'has no "id" that is a text'],
    ['no faults', JSON.stringify({ ...ITEM, faults: undefined }), 'has no "faults" that is a list'],
    ['an empty list of faults', JSON.stringify({ ...ITEM, faults: [] }), 'has no "faults" that is a list'],
    ['a fault that is no number', JSON.stringify({ ...ITEM, faults: ['1'] }), 'has a fault that is no line'],
    ['a fault before the text', JSON.stringify({ ...ITEM, faults: [-1] }), 'has a fault that is no line'],
    ['a fault behind the text', JSON.stringify({ ...ITEM, faults: [3] }), 'has a fault behind its text of 3 lines'],
    ['an odd group', JSON.stringify({ ...ITEM, group: 3 }), 'has a "group" that is no text'],
    ['an odd function', JSON.stringify({ ...ITEM, function: { start: 3 } }), 'has a "function" that is no part'],
    [
      'a function behind the text',
      JSON.stringify({ ...ITEM, function: { start: 0, end: 13 } }),
      'has a "function" that is no part',
    ],
    [
      'a fault outside its function',
      JSON.stringify({ ...ITEM, function: { start: 0, end: 5 } }),
      'has no fault in its "function"',
    ],
  ])('with %s is refused by its number', (_, line, what) => {
    expect(() => parseLocalisationItem(line, 7)).toThrow(
      expect.objectContaining({
        reason: 'bad-input',
        message: expect.stringMatching(/^Line 7 of the data /) as string,
      }),
    );
    expect(() => parseLocalisationItem(line, 7)).toThrow(what);
  });
});

describe('a part of a file', () => {
  it('keeps what lies in it, and counts from its own first line', () => {
    const file = 'a\r\nb {\r\n  c\r\n}\r\nd\r\n';
    const cut = cutText(file, { start: 3, end: file.indexOf('}') + 1 }, new Set([0, 2, 4]));
    expect(cut).toEqual({ prefix: 'a\r\n', text: 'b {\r\n  c\r\n}', suffix: '\r\nd\r\n', faults: [1] });
    expect(cut.prefix + cut.text + cut.suffix).toBe(file);
  });
});

async function idsIn(path: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { id } of readLocalisationItems(path)) ids.push(id);
  return ids;
}

describe('a file of texts with known faults', () => {
  const read = (content: string): Promise<readonly string[]> => {
    const path = join(temporaryFolder(), 'data.jsonl');
    writeFileSync(path, content);
    return idsIn(path);
  };
  const line = (id: string): string => JSON.stringify({ ...ITEM, id });

  it('is read line by line, with any ends of lines', async () => {
    expect(await read(`${line('a')}\r\n\n${line('b')}`)).toEqual(['a', 'b']);
    expect(await read('')).toEqual([]);
  });

  it('has no id twice, and says where', async () => {
    await expect(read(`${line('a')}\n${line('b')}\n${line('a')}\n`)).rejects.toMatchObject({
      reason: 'bad-input',
      message: expect.stringContaining('Line 3') as string,
    });
  });

  it('must be there, and be a file', async () => {
    const folder = temporaryFolder();
    await expect(idsIn(join(folder, 'none'))).rejects.toMatchObject({ reason: 'not-found' });
    await expect(idsIn(folder)).rejects.toMatchObject({ reason: 'unreadable' });
  });
});
