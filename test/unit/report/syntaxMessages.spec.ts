import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readKeptState,
  readMessageFromPage,
  readMessageToPage,
  type MessageFromPage,
  type MessageToPage,
} from '../../../src/report/syntaxMessages.ts';

const shown: MessageToPage = {
  kind: 'show',
  page: {
    kind: 'region',
    id: 'a',
    document: 'file:///a.js',
    title: 'big',
    place: 'a.js, lines 1 to 3',
    note: 'worth little',
    measure: 'risk',
    stale: '',
    rows: [
      {
        level: 1,
        what: 'sign <=',
        category: 'operators',
        code: '<=',
        where: 'line 2',
        share: 0.4,
        shareInWords: '40 %',
        tokens: [{ text: '<', chance: '1 %', rank: '2', entropy: '', alternatives: [{ text: '>', chance: '9 %' }] }],
        moreTokens: 3,
      },
    ],
  },
  selected: 0,
  isFocused: true,
};

describe('readMessageToPage', () => {
  it.each<MessageToPage>([
    shown,
    { kind: 'show', page: { kind: 'nothing', why: 'nothing yet' }, selected: null, isFocused: false },
    { kind: 'select', row: 4 },
  ])('reads what the editor says: $kind', (message) => {
    expect(readMessageToPage(structuredClone(message))).toEqual(message);
  });

  it('drops fields that it does not know', () => {
    expect(readMessageToPage({ kind: 'select', row: 1, html: '<b>' })).toEqual({ kind: 'select', row: 1 });
  });
});

describe('readMessageFromPage', () => {
  it.each<MessageFromPage>([
    { kind: 'ready' },
    { kind: 'leave' },
    { kind: 'select', id: 'a', row: 0 },
    { kind: 'open', id: 'a', row: 3 },
  ])('reads what the page says: $kind', (message) => {
    expect(readMessageFromPage(structuredClone(message))).toEqual(message);
  });

  it.each([
    null,
    'ready',
    [],
    {},
    { kind: 'run' },
    { kind: 'select', id: 'a' },
    { kind: 'select', id: 'a', row: -1 },
    { kind: 'select', id: 'a', row: 1.5 },
    { kind: 'open', id: 7, row: 1 },
  ])('reads nothing in %j', (json) => {
    expect(readMessageFromPage(json)).toBeNull();
  });
});

it('neither reader breaks on what a stranger sends', () => {
  fc.assert(
    fc.property(fc.anything(), (json) => {
      readMessageFromPage(json);
      readMessageToPage(json);
      readMessageToPage({ ...shown, page: json });
    }),
  );
});

describe('readKeptState', () => {
  const kept = { id: 'a', document: 'file:///a.js', selected: 2, closed: [1, 4] };

  it('takes back what was kept', () => {
    expect(readKeptState(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });

  it('takes nothing else, such as what an earlier Candor kept', () => {
    const earlier = { ...kept, document: undefined };
    for (const other of [
      null,
      undefined,
      'a',
      [],
      {},
      earlier,
      { ...kept, closed: [-1] },
      { ...kept, selected: '2' },
    ]) {
      expect(readKeptState(other)).toBeNull();
    }
  });
});
