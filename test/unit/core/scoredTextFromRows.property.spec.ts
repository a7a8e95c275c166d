import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScoredRow } from '../../../src/core/scoredRow.ts';
import type { ScoredText } from '../../../src/core/scoredText.ts';
import { scoredTextFromRows } from '../../../src/core/scoredTextFromRows.ts';
import { decodeUtf8, encodeUtf8 } from '../../../src/core/utf8.ts';
import { someSource } from './someSource.ts';

const anyText = fc.string({
  unit: fc.constantFrom(
    'a',
    'b',
    ' ',
    '\r\n',
    '\n',
    '(',
    'é',
    '漢',
    '😀',
    '👩‍💻',
    '\ud83d',
    '\ude00',
    '\ufffd',
    'return',
  ),
  maxLength: 40,
});

/** Rows that cut a text's bytes anywhere, each with a log-probability. */
function rowsOf(text: string): fc.Arbitrary<ScoredRow[]> {
  const bytes = encodeUtf8(text);
  return fc
    .tuple(
      fc.uniqueArray(fc.nat(bytes.length), { maxLength: 30 }),
      fc.array(fc.double({ min: -100, max: 0, noNaN: true }), { minLength: 32, maxLength: 32 }),
    )
    .map(([cuts, logprobs]) => {
      const ends = [...new Set([0, ...cuts, bytes.length])].sort((a, b) => a - b);
      return ends.slice(1).map((end, index): ScoredRow => ({
        bytes: bytes.slice(ends[index], end),
        logprobNats: logprobs[index] ?? null,
      }));
    });
}

const textAndRows = anyText.chain((text) => fc.record({ text: fc.constant(text), rows: rowsOf(text) }));

const hostileRow: fc.Arbitrary<ScoredRow> = fc.record(
  {
    text: fc.oneof(anyText, fc.string({ unit: 'binary', maxLength: 5 })),
    bytes: fc.array(fc.integer({ min: -10, max: 300 }), { maxLength: 6 }),
    logprobNats: fc.oneof(fc.double(), fc.constantFrom(0, 1, -9999, -3.4e38, null)),
    alternatives: fc.array(
      fc.record(
        { text: anyText, bytes: fc.uint8Array({ maxLength: 4 }), logprobNats: fc.double() },
        { requiredKeys: ['logprobNats'] },
      ),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
);

type Damage = (rows: readonly ScoredRow[], at: number, garbage: ScoredRow) => readonly ScoredRow[];
const damages: Record<string, Damage> = {
  drop: (rows, at) => rows.toSpliced(at, 1),
  empty: (rows, at) => rows.with(at, { text: '', logprobNats: -1 }),
  unscore: (rows, at) => rows.with(at, { ...rows[at], logprobNats: null }),
  decode: (rows, at) => rows.with(at, { text: decodeUtf8(Uint8Array.from(rows[at]?.bytes ?? [])), logprobNats: -1 }),
  duplicate: (rows, at) => rows.toSpliced(at, 0, rows[at] ?? {}),
  merge: (rows, at) =>
    rows.toSpliced(at, 2, { bytes: rows.slice(at, at + 2).flatMap((row) => [...(row.bytes ?? [])]), logprobNats: -1 }),
  replace: (rows, at, garbage) => rows.with(at, garbage),
  insert: (rows, at, garbage) => rows.toSpliced(at, 0, garbage),
};

const damage = fc.record({
  kind: fc.constantFrom(...Object.keys(damages)),
  place: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  garbage: hostileRow,
});

function expectTiled(scored: ScoredText, text: string): void {
  const tokens = [...scored.tokens()];
  expect(tokens.map((token) => token.text).join('')).toBe(text);
  expect(scored.text).toBe(text);
  for (const { text: piece, logprobNats } of tokens) {
    expect(piece).not.toBe('');
    if (logprobNats !== undefined) expect(logprobNats).toBeLessThanOrEqual(0);
  }
  for (const end of scored.tokenEnds) {
    const splitsPair = /^[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(end - 1, end + 1));
    expect(splitsPair).toBe(false);
  }
}

describe('scoredTextFromRows', () => {
  it('keeps all that undamaged rows say: each token has the sum of the rows that wrote it', () => {
    fc.assert(
      fc.property(textAndRows, ({ text, rows }) => {
        const scored = scoredTextFromRows({ text, source: someSource, rows });
        expectTiled(scored, text);
        const queue = [...rows];
        for (const token of scored.tokens()) {
          let left = encodeUtf8(token.text).length;
          let sum = 0;
          while (left > 0) {
            const row = queue.shift();
            left -= row?.bytes?.length ?? 0;
            sum += row?.logprobNats ?? Number.NaN;
          }
          expect(left).toBe(0);
          expect(token.logprobNats).toBe(sum);
        }
        expect(queue).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('tiles the text whatever happened to the rows', () => {
    fc.assert(
      fc.property(textAndRows, fc.array(damage, { maxLength: 6 }), fc.nat(5), ({ text, rows }, damagesDone, asked) => {
        let damaged: readonly ScoredRow[] = rows;
        for (const { kind, place, garbage } of damagesDone) {
          if (damaged.length > 0)
            damaged = damages[kind]?.(damaged, Math.floor(place * damaged.length), garbage) ?? damaged;
        }
        expectTiled(
          scoredTextFromRows({ text, source: someSource, rows: damaged, alternativesRequested: asked }),
          text,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('tiles the text for rows that have nothing to do with it', () => {
    fc.assert(
      fc.property(anyText, fc.array(hostileRow, { maxLength: 12 }), fc.nat(2), (text, rows, alternativesRequested) => {
        expectTiled(scoredTextFromRows({ text, source: someSource, rows, alternativesRequested }), text);
      }),
      { numRuns: 1000 },
    );
  });

  it('never scores a lost row, nor lets it take many others with it', () => {
    // Rows that differ from all others, so that it is known which token each of them wrote.
    const rows = Array.from({ length: 60 }, (_, index): ScoredRow => ({
      text: ` name${index};`,
      logprobNats: -index - 1,
    }));
    const text = rows.map((row) => row.text).join('');
    const fate = fc.constantFrom('kept', 'kept', 'kept', 'kept', 'lost', 'garbled', 'doubled');
    fc.assert(
      fc.property(fc.array(fate, { minLength: 60, maxLength: 60 }), (fates) => {
        const damaged = rows.flatMap((row, index) => {
          if (fates[index] === 'lost') return [];
          if (fates[index] === 'garbled') return [{ text: '§§§', logprobNats: -0.5 }];
          return fates[index] === 'doubled' ? [row, row] : [row];
        });
        const scored = scoredTextFromRows({ text, source: someSource, rows: damaged });
        for (const token of scored.tokens()) {
          if (token.logprobNats === undefined) continue;
          const row = rows[-token.logprobNats - 1];
          expect(token.text).toBe(row?.text);
        }
        // One or two good rows between bad ones may be too little to believe in; no more than these are lost.
        const bad = fates.filter((one) => one === 'lost' || one === 'garbled').length;
        const scoredCount = [...scored.tokens()].filter((token) => token.logprobNats !== undefined).length;
        expect(scoredCount).toBeGreaterThanOrEqual(60 - 3 * bad);
      }),
      { numRuns: 300 },
    );
  });
});

describe('scoredTextFromRows, with 100,000 rows', () => {
  const count = 100_000;
  const words = Array.from({ length: count }, (_, index) => (index % 7 === 0 ? '\n  ' : ` w${(index * 7919) % 1000}`));
  const text = words.join('');
  const rows = words.map((word): ScoredRow => ({ text: word, logprobNats: -1 }));
  const real: Record<string, readonly ScoredRow[]> = {
    'all good': rows,
    'one in ten lost': rows.filter((_, index) => index % 10 !== 3),
    'one in ten garbage': rows.map((row, index) => (index % 10 === 3 ? { text: '§', logprobNats: -1 } : row)),
    'none with text': rows.map(() => ({ text: '', logprobNats: -1 })),
  };
  const same = (text: string): ScoredRow[] => rows.map(() => ({ text, logprobNats: -1 }));
  const hostile: Record<string, { text: string; rows: readonly ScoredRow[] }> = {
    'all begin as much of the text does': { text, rows: same('wx') },
    'none was decoded': { text, rows: same('\ufffd') },
    'every other is of another place': {
      text,
      rows: rows.map((row, at) => (at % 2 === 0 ? row : (rows[count - at] ?? row))),
    },
    'each is longer than the text': {
      text,
      rows: rows.slice(0, 10).map(() => ({ text: ` ${text}`, logprobNats: -1 })),
    },
    'text of one letter': {
      text: 'a'.repeat(count),
      rows: rows.map((_, at) => ({ text: at % 3 === 0 ? 'aab' : 'a', logprobNats: -1 })),
    },
    'text of blanks': { text: `b${' '.repeat(count)}`, rows: same(' ') },
  };

  /** Processor time, which other programs on the machine do not add to. */
  function cpuMsOf(work: () => void): number {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  }

  it.each(Object.entries(real))('takes less than a second: %s', (_, damaged) => {
    expect(cpuMsOf(() => scoredTextFromRows({ text, source: someSource, rows: damaged }))).toBeLessThan(1000);
  });

  // Were it quadratic, these would take minutes.
  it.each(Object.entries(hostile))('stays linear: %s', (_, { text, rows }) => {
    expect(cpuMsOf(() => scoredTextFromRows({ text, source: someSource, rows }))).toBeLessThan(3000);
  });
});
