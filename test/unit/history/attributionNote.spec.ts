import { describe, expect, it } from 'vitest';
import { parseAttributionNote } from '../../../src/history/attributionNote.ts';

const range = (firstLine: number, endLine: number): object => ({ firstLine, endLine });

describe('parseAttributionNote', () => {
  it('takes the lines of models, by path', () => {
    const note = [
      'src/main.rs',
      '  s_c9883b05a2487d::t_9f8e7d6c5b4a32 1-10,15',
      '  c9883b05a2487d6d 20,22-23',
      '  h_a1b2c3d4e5f678 30-31',
      '"a b/ü.py"',
      '  s_c9883b05a2487d::t_a1b2c3d4e5f678 1',
      'none.ts',
      '  h_a1b2c3d4e5f678 1-3',
      '---',
      '{ "schema_version": "authorship/3.0.0" }',
    ];
    for (const end of ['\n', '\r\n']) {
      expect(parseAttributionNote(note.join(end))).toEqual(
        new Map([
          ['src/main.rs', [range(0, 10), range(14, 15), range(19, 20), range(21, 23)]],
          ['a b/ü.py', [range(0, 1)]],
          ['none.ts', []],
        ]),
      );
    }
  });

  it('says of a commit of people alone that no line is a model’s', () => {
    expect(parseAttributionNote('---\n{}\n')).toEqual(new Map());
  });

  it.each(['', 'Reviewed by A.\n', '{ "version": 3 }', '  s_1 1-2\n---\n{}', 'a.ts\n  words about it\n---\n'])(
    'takes %j for no such note',
    (note) => {
      expect(parseAttributionNote(note)).toBeNull();
    },
  );
});
