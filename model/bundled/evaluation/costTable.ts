import type { EngineCost } from './engineCost.ts';
import { markdownTable } from './markdownTable.ts';

/** What a model costs, in the units that people compare. */
export function costTable({ fileBytes, loadMs, peakBytes, speeds }: EngineCost): string {
  const table = markdownTable(
    ['cost', ''],
    [
      ['file, MB', (fileBytes / 1e6).toFixed(1)],
      ['loading, s (median of 3)', (loadMs / 1000).toFixed(2)],
      ...(peakBytes === null ? [] : [['memory of its process at most, MB', (peakBytes / 1e6).toFixed(0)]]),
      ...speeds.map(({ threads, tokensPerSecond }) => [
        `tokens scored a second, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
        tokensPerSecond.toFixed(0),
      ]),
    ],
  );
  return peakBytes === null
    ? `${table}\n\nMemory was not measured: this system does not tell that of a process.`
    : table;
}
