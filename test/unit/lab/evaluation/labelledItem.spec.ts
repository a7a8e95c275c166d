import { describe, expect, it } from 'vitest';
import { parseLabelledItem, type LabelledItem } from '../../../../src/lab/evaluation/labelledItem.ts';

const ITEM = { id: 'a', language: 'python', prefix: 'x = ', completion: 'foo(1)', label: 1 };

const parse = (change: object): LabelledItem => parseLabelledItem(JSON.stringify({ ...ITEM, ...change }), 7);

describe('a line of labelled data', () => {
  it('needs an id, a language, a prefix, a completion and a label', () => {
    expect(parse({})).toEqual({
      ...ITEM,
      suffix: '',
      group: 'a',
      repository: null,
      commit: null,
      atMs: null,
      tokens: null,
    });
  });

  it('goes with its group, or else its repository', () => {
    expect(parse({ repository: 'o/r' }).group).toBe('o/r');
    expect(parse({ repository: 'o/r', group: 'g' }).group).toBe('g');
  });

  it('has a date as a number or a text', () => {
    expect(parse({ at: 5 }).atMs).toBe(5);
    expect(parse({ at: '1970-01-02T00:00:00Z' }).atMs).toBe(86_400_000);
  });

  it('may bring the tokens of its generator, whose offsets count from the completion', () => {
    const tokens = [
      { text: 'foo', start: 4, end: 7, logprobNats: -0.5, alternatives: [{ text: 'bar', logprobNats: -1 }] },
      { text: '(1)', start: 7, end: 10 },
    ];
    expect(parse({ tokens }).tokens).toEqual([
      { text: 'foo', start: 0, end: 3, logprobNats: -0.5, alternatives: [{ text: 'bar', logprobNats: -1 }] },
      { text: '(1)', start: 3, end: 6 },
    ]);
  });

  it.each([
    ['no JSON', 'nothing', 'is no JSON object'],
    ['a list', '[1]', 'is no JSON object'],
    ['no label', JSON.stringify({ ...ITEM, label: undefined }), 'has no "label" of 0 or 1'],
    ['another label', JSON.stringify({ ...ITEM, label: true }), 'has no "label" of 0 or 1'],
    ['a number for a text', JSON.stringify({ ...ITEM, prefix: 1 }), 'has no "prefix" that is a text'],
    ['an empty completion', JSON.stringify({ ...ITEM, completion: '' }), 'has an empty "completion"'],
    ['an odd date', JSON.stringify({ ...ITEM, at: 'soon' }), 'has an "at" that is no date'],
    ['an odd group', JSON.stringify({ ...ITEM, group: 3 }), 'has a "group" that is no text'],
    ['tokens of another text', JSON.stringify({ ...ITEM, tokens: [{ text: 'bar' }] }), 'has tokens that joined'],
    ['a probability above 1', JSON.stringify({ ...ITEM, tokens: [{ text: 'foo(1)', logprobNats: 0.1 }] }), 'above 0'],
  ])('with %s is refused by its number', (_, line, what) => {
    expect(() => parseLabelledItem(line, 7)).toThrow(
      expect.objectContaining({
        reason: 'bad-input',
        message: expect.stringMatching(/^Line 7 of the data /) as string,
      }),
    );
    expect(() => parseLabelledItem(line, 7)).toThrow(what);
  });
});
