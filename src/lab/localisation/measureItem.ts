import type { Engine } from '../../engines/engine.ts';
import { isLanguageId, languageEntry } from '../../syntax/languages.ts';
import { lineSpans } from '../../syntax/lineSpans.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import { codeLineOf, lineScores, type HazardsOf } from './lineScores.ts';
import type { LocalisationItem } from './localisationItem.ts';
import type { LocalisationMetrics } from '../../core/metrics/localisation.ts';
import { localisationMetrics } from './localisationMetrics.ts';
import { lineIndexOf, positionAt } from '../../core/lineIndex.ts';
import { languageOfData } from '../evaluation/languageOfData.ts';

export interface LocaliseTools {
  readonly parser: Pick<ParserPool, 'spans'>;
  readonly engine: Engine;
  /** Where code changes, by a model of risk of the engine's Source; absent: nobody knows, and there is no order `risk`. */
  readonly hazardsOf?: HazardsOf;
}

/** How early the faults of a text come in each order: numbers, free of text. */
export interface MeasuredItem {
  readonly id: string;
  readonly group: string;
  /** Lines of code, those at fault, and tokens. */
  readonly lines: number;
  readonly faultyLines: number;
  readonly tokens: number;
  readonly orders: Readonly<Record<string, LocalisationMetrics>>;
}

/**
 * Lets an engine read a text where it stands in its file, and measures each order of its lines. A fault on a line without
 * code is one of the next line of code.
 *
 * @returns null for a text without code, or of which the engine scored nothing
 * @throws what the parser and the engine throw; the signal's reason when aborted
 */
export async function measureItem(
  { parser, engine, hazardsOf }: LocaliseTools,
  item: LocalisationItem,
  signal?: AbortSignal,
): Promise<MeasuredItem | null> {
  const { id, group, prefix, suffix } = item;
  const text = prefix + item.text + suffix;
  const range = { start: prefix.length, end: prefix.length + item.text.length };
  const parsed = await parser.spans(text, languageOfData(item.language), signal);
  signal?.throwIfAborted();
  const spans = isSkipped(parsed) ? lineSpans(text) : parsed;
  const scored = await engine.score({
    text,
    path: pathOf(item),
    within: [range],
    ...(signal && { abortSignal: signal }),
  });
  const read = lineScores({ text, spans, scored, range }, hazardsOf);
  if (read === null) return null;
  const firstLine = positionAt(lineIndexOf(text), range.start).line;
  const faulty = new Uint8Array(read.lines.length);
  for (const fault of item.faults) faulty[codeLineOf(read.lines, firstLine + fault)] = 1;
  const { tokenCounts } = read;
  return {
    id,
    group,
    lines: read.lines.length,
    faultyLines: faulty.reduce((sum, one) => sum + one, 0),
    tokens: tokenCounts.reduce((sum, count) => sum + count, 0),
    orders: Object.fromEntries(
      Object.entries(read.orders).map(([name, scores]) => [name, localisationMetrics({ scores, tokenCounts, faulty })]),
    ),
  };
}

/** Where an engine is to take the text to be. */
function pathOf({ id, language, path }: LocalisationItem): string {
  const known = languageOfData(language);
  if (path !== null) return path;
  return isLanguageId(known) ? `${encodeURIComponent(id)}.${languageEntry(known).extensions[0] ?? ''}` : id;
}
