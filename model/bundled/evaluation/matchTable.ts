import { COMPLETED, type Completion } from './completions.ts';
import { markdownTable } from './markdownTable.ts';
import { wilsonInterval } from './wilsonInterval.ts';

/** Exact match in percent, by language and, with its interval, over all places. */
export function matchTable(completions: readonly Completion[]): string {
  const languages = [...Map.groupBy(completions, ({ language }) => language)];
  return markdownTable(
    ['language', 'lines', 'rest of line, %', 'statements', 'statement filled in, %'],
    [
      ...languages.map(([language, own]) => [
        language,
        ...cellsOf(own, ({ hits, count }) => (count === 0 ? '-' : percent(hits / count))),
      ]),
      [
        'all (95 % interval)',
        ...cellsOf(completions, ({ hits, count }) => {
          const { low, high } = wilsonInterval(hits, count);
          return count === 0 ? '-' : `${percent(hits / count)} (${percent(low)} to ${percent(high)})`;
        }),
      ],
    ],
  );
}

function cellsOf(
  completions: readonly Completion[],
  shown: (matches: { readonly hits: number; readonly count: number }) => string,
): readonly string[] {
  return COMPLETED.flatMap((kind) => {
    const own = completions.filter((completion) => completion.kind === kind);
    const hits = own.filter(({ isExact }) => isExact).length;
    return [String(own.length), shown({ hits, count: own.length })];
  });
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
