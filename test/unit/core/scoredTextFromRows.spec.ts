import { describe, expect, it } from 'vitest';
import { LEAST_LOGPROB_NATS, type ScoredRow } from '../../../src/core/scoredRow.ts';
import { scoredTextFromRows } from '../../../src/core/scoredTextFromRows.ts';
import { encodeUtf8 } from '../../../src/core/utf8.ts';
import { someSource } from './someSource.ts';

/** A token as [text, log-probability], or [text] where it is unscored. */
function tokensOf(text: string, rows: readonly ScoredRow[], alternativesRequested?: number): [string, number?][] {
  const scored = scoredTextFromRows({
    text,
    source: someSource,
    rows,
    ...(alternativesRequested === undefined ? {} : { alternativesRequested }),
  });
  return [...scored.tokens()].map(({ text, logprobNats }) =>
    logprobNats === undefined ? [text] : [text, logprobNats],
  );
}

function row(text: string, logprobNats?: number | null, ...alternatives: [string, number][]): ScoredRow {
  return {
    text,
    ...(logprobNats === undefined ? {} : { logprobNats }),
    alternatives: alternatives.map(([text, logprobNats]) => ({ text, logprobNats })),
  };
}

function byteRow(bytes: number[], logprobNats: number): ScoredRow {
  return { bytes, logprobNats };
}

describe('rows that equal the text', () => {
  it('give one token a row', () => {
    expect(tokensOf('a = b\r\n', [row('a', -1), row(' =', -2), row(' b', -3), row('\r\n', -4)])).toEqual([
      ['a', -1],
      [' =', -2],
      [' b', -3],
      ['\r\n', -4],
    ]);
  });

  it('are matched by bytes, and positions converted to UTF-16', () => {
    const scored = scoredTextFromRows({
      text: '漢😀x',
      source: someSource,
      rows: ['漢', '😀', 'x'].map((text) => ({ bytes: encodeUtf8(text), logprobNats: -1 })),
    });
    expect([...scored.tokenEnds]).toEqual([1, 3, 4]);
  });

  it('join the pieces of a character into one token with the sum of their log-probabilities', () => {
    const rows = [row('"', -1), byteRow([0xf0, 0x9f], -2), byteRow([0x98], -3), byteRow([0x80, 0x22], -4)];
    expect(tokensOf('"😀"', rows)).toEqual([
      ['"', -1],
      ['😀"', -9],
    ]);
  });

  it('leave a character unscored when one of its pieces is', () => {
    expect(tokensOf('😀', [byteRow([0xf0, 0x9f], -2), { bytes: [0x98, 0x80] }])).toEqual([['😀']]);
  });

  it('leave a character unscored when one of its pieces is missing', () => {
    expect(tokensOf('a😀bc', [row('a', -1), byteRow([0xf0, 0x9f], -2), row('bc', -3)])).toEqual([
      ['a', -1],
      ['😀'],
      ['bc', -3],
    ]);
    expect(tokensOf('a😀bc', [row('a', -1), byteRow([0x98, 0x80], -2), row('bc', -3)])).toEqual([
      ['a', -1],
      ['😀'],
      ['bc', -3],
    ]);
  });
});

describe('alternatives', () => {
  it('stay with a token of one row, most likely first', () => {
    const scored = scoredTextFromRows({
      text: 'ab',
      source: someSource,
      rows: [row('a', -2, ['x', -3], ['a', -2], ['y', -0.5]), row('b', -1)],
    });
    expect(scored.token(0).alternatives).toEqual([
      { text: 'y', logprobNats: -0.5 },
      { text: 'a', logprobNats: -2 },
      { text: 'x', logprobNats: -3 },
    ]);
    expect(scored.token(1).alternatives).toBeUndefined();
  });

  it('are dropped for a token of several rows: those of a piece are none of the whole', () => {
    const piece = (bytes: number[]): ScoredRow => ({
      bytes,
      logprobNats: -1,
      alternatives: [{ bytes: [0xf0], logprobNats: -1 }],
    });
    const scored = scoredTextFromRows({
      text: '😀',
      source: someSource,
      rows: [piece([0xf0, 0x9f]), piece([0x98, 0x80])],
    });
    expect(scored.alternatives.size).toBe(0);
  });

  it('are read from their bytes where these say more than the text', () => {
    const alternatives = [
      { text: '', bytes: encodeUtf8('漢'), logprobNats: -1 },
      { bytes: [0xf0, 0x9f], logprobNats: -2 },
    ];
    const scored = scoredTextFromRows({
      text: 'a',
      source: someSource,
      rows: [{ text: 'a', logprobNats: -3, alternatives }],
    });
    expect(scored.token(0).alternatives?.map(({ text }) => text)).toEqual(['漢', '\ufffd']);
  });

  it('are clamped like log-probabilities, and left out without one', () => {
    const rows = [row('a', -1, ['b', -9999], ['c', Number.NaN])];
    const scored = scoredTextFromRows({ text: 'a', source: someSource, rows });
    expect(scored.token(0).alternatives).toEqual([{ text: 'b', logprobNats: LEAST_LOGPROB_NATS }]);
  });
});

// The numbers are those of the table of known server faults that the alignment was designed against.
describe('known faults of servers', () => {
  it('1a: llama-server keeps back the pieces of a character and sends it whole with the last one', () => {
    // A client that sees the gaps in the token ids puts in rows without text and log-probability for them.
    const rows = [row('"', -1), { text: '' }, { bytes: encodeUtf8('😀'), logprobNats: -2 }, row('"', -3)];
    expect(tokensOf('"😀"', rows)).toEqual([['"', -1], ['😀'], ['"', -3]]);
    // Whole in one row it reads as one token.
    expect(tokensOf('😀', [{ bytes: encodeUtf8('😀'), logprobNats: -2 }])).toEqual([['😀', -2]]);
  });

  it('1b: llama-server sends an empty row while a stop string may begin, and its text with the next row', () => {
    const rows = [row('x', -1), row('', -2), row('\n\ny', -3), row('z', -4)];
    expect(tokensOf('x\n\nyz', rows)).toEqual([
      ['x', -1],
      ['\n\ny', -5],
      ['z', -4],
    ]);
  });

  it('2: llama-server removes too many rows after a stop string', () => {
    expect(tokensOf('f(x)', [row('f', -1), row('(', -2)])).toEqual([['f', -1], ['(', -2], ['x)']]);
  });

  it('2: llama-server removes too few rows after a stop string', () => {
    const rows = [row('f', -1), row('(', -2), row(')', -3), row('\n', -4), row('\n', -5), row('def', -6)];
    expect(tokensOf('f()', rows)).toEqual([
      ['f', -1],
      ['(', -2],
      [')', -3],
    ]);
  });

  it('2: a token that the stop string cut is unscored', () => {
    expect(tokensOf('f()', [row('f', -1), row('(', -2), row(')\n\n', -3)])).toEqual([['f', -1], ['(', -2], [')']]);
  });

  it('2: the row of the end token is sent, or not', () => {
    expect(tokensOf('f()', [row('f', -1), row('()', -2), row('<|im_end|>', -3)])).toEqual([
      ['f', -1],
      ['()', -2],
    ]);
    expect(tokensOf('f()', [row('f', -1), row('()', -2), row('', -3)])).toEqual([
      ['f', -1],
      ['()', -2],
    ]);
  });

  it('3a: the text is cut at the first byte that is not UTF-8, and the bytes are complete', () => {
    const rows: ScoredRow[] = [
      { text: 'a', bytes: [0x61, 0xf0, 0x9f], logprobNats: -1 },
      { text: '', bytes: [0x98, 0x80], logprobNats: -2 },
      { text: 'b', bytes: [0x62], logprobNats: -3 },
    ];
    expect(tokensOf('a😀b', rows)).toEqual([
      ['a😀', -3],
      ['b', -3],
    ]);
  });

  it('3b: Ollama makes the bytes from the cut text, with U+FFFD', () => {
    const broken = { text: '\ufffd', bytes: [239, 191, 189], logprobNats: -2 };
    expect(tokensOf('"😀" + c', [row('"', -1), broken, broken, row('"', -3), row(' + c', -4)])).toEqual([
      ['"', -1],
      ['😀', -4],
      ['"', -3],
      [' + c', -4],
    ]);
  });

  it('3b: a row may hold both a broken character and text', () => {
    const rows = [row('x', -1), row(' \ufffd', -2), row('\ufffd;', -3), row('\n', -4)];
    expect(tokensOf('x 好;\n', rows)).toEqual([
      ['x', -1],
      [' 好;', -5],
      ['\n', -4],
    ]);
  });

  it('3b: rows with U+FFFD score only what fragments of characters can have been', () => {
    // What was not decoded is not ASCII, and two fragments are not eight bytes, nor four fragments two.
    expect(tokensOf('abc;', [row('\ufffd', -1), row('c;', -2)])).toEqual([['ab'], ['c;', -2]]);
    expect(tokensOf('好好é;', [row('\ufffd', -1), row('\ufffd', -1), row(';', -2)])).toEqual([['好好é'], [';', -2]]);
    expect(tokensOf('é;', Array.from({ length: 4 }, () => row('\ufffd', -1)).concat(row(';', -2)))).toEqual([
      ['é'],
      [';', -2],
    ]);
  });

  it('3b: a single fragment is no whole character: the others are missing', () => {
    expect(tokensOf('aéb', [row('a', -1), row('\ufffd', -2), row('b', -3)])).toEqual([['a', -1], ['é'], ['b', -3]]);
    expect(tokensOf('aéb', [row('a', -1), row('', -2), row('b', -3)])).toEqual([['a', -1], ['é'], ['b', -3]]);
  });

  it('3b: a text that really holds U+FFFD is matched as it is', () => {
    expect(tokensOf('a\ufffdb', [row('a', -1), row('\ufffd', -2), row('b', -3)])).toEqual([
      ['a', -1],
      ['\ufffd', -2],
      ['b', -3],
    ]);
  });

  it('3b: a broken character that is followed by the same one whole', () => {
    expect(tokensOf('哈哈!', [row('\ufffd', -1), row('\ufffd', -2), row('哈', -3), row('!', -4)])).toEqual([
      ['哈', -3],
      ['哈', -3],
      ['!', -4],
    ]);
  });

  it('3c: vLLM decodes with errors replaced, in bytes as well', () => {
    const rows = [
      row('# ', -1),
      { text: '\ufffd', bytes: [0xef, 0xbf, 0xbd], logprobNats: -2 },
      { text: '\ufffd\ufffd', bytes: [0xef, 0xbf, 0xbd, 0xef, 0xbf, 0xbd], logprobNats: -3 },
      row('\n', -4),
      row('x', -5),
    ];
    expect(tokensOf('# 漢\nx', rows)).toEqual([
      ['# ', -1],
      ['漢', -5],
      ['\n', -4],
      ['x', -5],
    ]);
  });

  it('3c: vLLM sends empty strings for the pieces of a character', () => {
    expect(tokensOf('a漢b', [row('a', -1), row('', -2), row('', -3), row('b', -4)])).toEqual([
      ['a', -1],
      ['漢', -5],
      ['b', -4],
    ]);
    const rows: ScoredRow[] = [row('a', -1), { text: '', bytes: [], logprobNats: -2 }, row('漢', -3), row('b', -4)];
    expect(tokensOf('a漢b', rows)).toEqual([
      ['a', -1],
      ['漢', -5],
      ['b', -4],
    ]);
  });

  it('3c: empty bytes, or none, beside a text say nothing', () => {
    const rows: ScoredRow[] = [
      { text: 'a', bytes: [], logprobNats: -1 },
      { text: 'b', bytes: null, logprobNats: -2 },
    ];
    expect(tokensOf('ab', rows)).toEqual([
      ['a', -1],
      ['b', -2],
    ]);
  });

  it('4: a probability of zero is clamped', () => {
    expect(tokensOf('abcd', [row('a', -9999), row('b', -3.4e38), row('c', -Infinity), row('d', -99)])).toEqual([
      ['a', LEAST_LOGPROB_NATS],
      ['b', LEAST_LOGPROB_NATS],
      ['c', LEAST_LOGPROB_NATS],
      ['d', -99],
    ]);
  });

  it('7: rows that speculative decoding filled in are unscored, never certain', () => {
    const rows = [row('a', -1, ['b', -2]), row('b', 0), row('c', 0), row('d', -1, ['e', -2])];
    expect(tokensOf('abcd', rows, 5)).toEqual([['a', -1], ['b'], ['c'], ['d', -1]]);
  });

  it('7: a single certain row, one with alternatives, and rows without any asked for are scored', () => {
    expect(tokensOf('ab', [row('a', 0), row('b', -1, ['c', -2])], 5)).toEqual([
      ['a', 0],
      ['b', -1],
    ]);
    const certain = [row('a', 0, ['b', -30]), row('b', -0, ['c', -30])];
    expect(tokensOf('ab', certain, 1)).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
    expect(tokensOf('ab', [row('a', 0), row('b', 0)], 0)).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
    expect(tokensOf('ab', [row('a', 0), row('b', 0)])).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
  });

  it('7: a run at the very end is found', () => {
    expect(tokensOf('abc', [row('a', -1, ['x', -1]), row('b', 0), row('c', 0)], 1)).toEqual([['a', -1], ['b'], ['c']]);
  });

  it('8: Ollama copies the probability into the field: above 0 is unscored, and so is its list', () => {
    const scored = scoredTextFromRows({
      text: 'abc',
      source: someSource,
      rows: [row('a', 0.98, ['b', -4]), row('b', Infinity), row('c', -1, ['c', 1], ['d', -9])],
    });
    expect([...scored.tokens()]).toEqual([
      { text: 'a', start: 0, end: 1 },
      { text: 'b', start: 1, end: 2 },
      { text: 'c', start: 2, end: 3, logprobNats: -1 },
    ]);
  });

  it('12: rows that came several at a time are rows all the same', () => {
    const chunks = [[row('re', -1), row('turn', -2)], [], [row(' x', -3)]];
    expect(tokensOf('return x', chunks.flat())).toEqual([
      ['re', -1],
      ['turn', -2],
      [' x', -3],
    ]);
  });

  it('13: no rows, or rows without log-probabilities, make an unscored text', () => {
    expect(tokensOf('f()', [])).toEqual([['f()']]);
    expect(tokensOf('f()', [row('f'), row('()', null)])).toEqual([['f'], ['()']]);
    expect(tokensOf('f()', [row('f', Number.NaN), {}])).toEqual([['f'], ['()']]);
    expect(tokensOf('', [row('a', -1)])).toEqual([]);
    expect(tokensOf('', [])).toEqual([]);
  });
});

describe('damaged rows', () => {
  const words = 'export function add(left: number, right: number): number { return left + right; }'.split(/(?<=\W)/);
  const text = words.join('');
  const rows = words.map((word, index) => row(word, -1 - index));
  const whole = words.map((word, index): [string, number] => [word, -1 - index]);

  it('a lost row leaves its own text unscored, and no other', () => {
    for (const lost of words.keys()) {
      const expected = whole.map(([word, logprob], index) => (index === lost ? [word] : [word, logprob]));
      expect(tokensOf(text, rows.toSpliced(lost, 1))).toEqual(expected);
    }
  });

  it('a row of garbage leaves its own text unscored, and no other', () => {
    for (const lost of words.keys()) {
      const expected = whole.map(([word, logprob], index) => (index === lost ? [word] : [word, logprob]));
      expect(tokensOf(text, rows.with(lost, row('§garbage§', -1)))).toEqual(expected);
    }
  });

  it('a row too many is left out', () => {
    for (const place of [...words.keys(), words.length]) {
      expect(tokensOf(text, rows.toSpliced(place, 0, row('<|fim_middle|>', -1)))).toEqual(whole);
    }
  });

  it('merged rows make one token', () => {
    const merged = rows.toSpliced(2, 2, row(`${words[2]}${words[3]}`, -7));
    expect(tokensOf(text, merged)).toEqual(whole.toSpliced(2, 2, [`${words[2]}${words[3]}`, -7]));
  });

  it('a row that lies does not carry the alignment far ahead', () => {
    // The row `}` has its like only at the end of the text.
    const lying = rows.with(3, row('}', -99));
    const expected = whole.map(([word, logprob], index) => (index === 3 ? [word] : [word, logprob]));
    expect(tokensOf(text, lying)).toEqual(expected);
  });

  it('text that was trimmed at its start does not matter', () => {
    expect(tokensOf('x = 1', [row('\n', -1), row('  x', -2), row(' =', -3), row(' 1', -4)])).toEqual([
      ['x'],
      [' =', -3],
      [' 1', -4],
    ]);
  });

  it('a long stretch without rows ends the alignment', () => {
    const long = '#'.repeat(5000);
    expect(tokensOf(`a${long}return`, [row('a', -1), row('return', -2)])).toEqual([['a', -1], [`${long}return`]]);
  });

  it('rows of another text score nothing, or next to nothing', () => {
    const other = 'SELECT name FROM users WHERE id = 7 ORDER BY created_at'
      .split(/(?<= )/)
      .map((word) => row(word, -1));
    const scored = tokensOf(text, other).filter(([, logprob]) => logprob !== undefined);
    expect(scored).toEqual([]);
  });
});
