import type { ScoredText } from '../core/scoredText.ts';
import { NO_CATEGORY, type SpanTable } from '../core/spanTable.ts';
import { CATEGORIES } from '../core/words.ts';

/** A text that was scored, laid on its syntax. */
export interface DigestedText {
  readonly scored: ScoredText;
  readonly spans: SpanTable;
  readonly alignment: {
    /** By token: ordinal, in `spans.leaves`, of the leaf that answers for it; -1: none (`alignTokens`). */
    readonly chargedLeaves: Int32Array;
  };
}

/** Bounds of chance between which tokens are counted, from above. */
const CLASSES = [
  { name: '50 % or more', least: 0.5 },
  { name: '10 % to 50 %', least: 0.1 },
  { name: '1 % to 10 %', least: 0.01 },
  { name: '0.1 % to 1 %', least: 0.001 },
  { name: 'less', least: 0 },
] as const;

const BAR_COLUMNS = 30;

interface Tally {
  tokens: number;
  bits: number;
}

/**
 * How sure the engine was, in two tables of plain text: tokens by their chance, and surprisal by the syntax that they stand
 * in. Comments and layout are masked, and what was not scored is counted apart.
 */
export function tokenDigest(texts: readonly DigestedText[]): string {
  const counts = CLASSES.map(() => 0);
  const categories = new Map<string, Tally>();
  let unscored = 0;
  for (const text of texts) {
    const { scored, spans, alignment } = text;
    alignment.chargedLeaves.forEach((leaf, token) => {
      if (leaf < 0) return;
      const logprobNats = scored.measures.logprobsNats[token] ?? Number.NaN;
      if (Number.isNaN(logprobNats)) {
        unscored++;
        return;
      }
      const place = CLASSES.findIndex(({ least }) => Math.exp(logprobNats) >= least);
      counts[place] = (counts[place] ?? 0) + 1;
      const category = categoryOf(spans, spans.leaves[leaf] ?? 0);
      const tally = categories.get(category) ?? { tokens: 0, bits: 0 };
      tally.tokens++;
      tally.bits -= logprobNats / Math.LN2;
      categories.set(category, tally);
    });
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  const tables = [chanceTable(counts, total), categoryTable(categories)];
  if (unscored > 0) tables.push(`Not scored: ${unscored}.`);
  return total === 0 ? 'No token of its code was scored.' : tables.join('\n\n');
}

function chanceTable(counts: readonly number[], total: number): string {
  const rows = CLASSES.map(({ name }, place) => {
    const share = (counts[place] ?? 0) / total;
    const bar = '█'.repeat(Math.round(share * BAR_COLUMNS));
    return `  ${name.padEnd(14)}${String(counts[place] ?? 0).padStart(7)}${percent(share)}  ${bar}`.trimEnd();
  });
  return [`Chance that the engine gave to each of ${total.toLocaleString('en')} tokens of code`, ...rows].join('\n');
}

function categoryTable(categories: ReadonlyMap<string, Tally>): string {
  const tallies = [...categories].sort(([, a], [, b]) => b.bits - a.bits);
  const total = tallies.reduce((sum, [, { bits }]) => sum + bits, 0);
  const rows = tallies.map(([name, { tokens, bits }]) => {
    const mean = (bits / tokens).toFixed(1);
    return `  ${name.padEnd(16)}${String(tokens).padStart(7)}${percent(total === 0 ? 0 : bits / total)}${mean.padStart(14)}`;
  });
  return [
    'Surprisal by syntax',
    `  ${'category'.padEnd(16)}${'tokens'.padStart(7)}${'share'.padStart(7)}${'bits a token'.padStart(14)}`,
    ...rows,
  ].join('\n');
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`.padStart(7);
}

/** The category of the nearest node that has one, from the leaf upwards. */
function categoryOf(spans: SpanTable, leaf: number): string {
  for (let span = leaf; ; span = spans.parents[span] ?? 0) {
    const category = spans.categories[span] ?? NO_CATEGORY;
    if (category !== NO_CATEGORY) return CATEGORIES[category] ?? 'other';
    if (span === 0) return 'other';
  }
}
