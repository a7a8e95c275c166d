import { lineIndexOf, positionAt } from '../../core/lineIndex.ts';
import type { SpanTable } from '../../core/spanTable.ts';
import { findRegions, type FoundRegion } from '../../syntax/findRegions.ts';
import type { LanguageId } from '../../syntax/languages.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import type { FaultRow } from './faultRow.ts';
import { keyedRandom } from './keyedRandom.ts';
import { plantFault, type PlantedFault } from './plantFault.ts';

/** A file in which slips are to be planted. */
export interface FaultyFile {
  readonly path: string;
  readonly text: string;
  readonly language: LanguageId;
}

export interface PlantFaultsOptions {
  /** A whole number: the same one gives the same rows for the same files. */
  readonly seed: number;
  readonly parser: ParserPool;
  /** What the rows say they come from. */
  readonly repository?: string;
  /**
   * Asked for each function whether to plant a slip in it, with its *draw*: a number from 0 to below 1 that depends on the
   * seed, the path and which function of the file it is, and on nothing else.
   */
  readonly wants?: (draw: number) => boolean;
  readonly signal?: AbortSignal;
}

/** A row, and the draw of its function. */
export interface DrawnRow {
  readonly draw: number;
  readonly row: FaultRow;
}

/** Shorter functions leave nothing to rank. */
const FEWEST_CODE_LINES = 5;

/**
 * Plants a slip in each function of at least five lines of code, as far as one is possible there; a row for each. What a
 * function gets depends on the seed, its path, its place among the file's functions and the file alone, not on what other
 * files there are. Files that the parser gives up on give no rows.
 *
 * @throws CandorError as `ParserPool.spans`; the signal's reason when aborted
 */
export async function* plantFaults(
  files: Iterable<FaultyFile> | AsyncIterable<FaultyFile>,
  { seed, parser, repository, wants = () => true, signal }: PlantFaultsOptions,
): AsyncGenerator<DrawnRow> {
  for await (const file of files) {
    signal?.throwIfAborted();
    const spans = await parser.spans(file.text, file.language, signal);
    signal?.throwIfAborted();
    if (isSkipped(spans)) continue;
    for (const [ordinal, region] of longFunctions(spans, file.text).entries()) {
      const random = keyedRandom(seed, file.path, ordinal);
      const draw = random();
      if (!wants(draw)) continue;
      const fault = await plantFault({ ...file, spans, region }, parser, random, signal);
      if (fault !== null) yield { draw, row: rowOf(file, region, fault, repository) };
    }
  }
}

function longFunctions(spans: SpanTable, text: string): readonly FoundRegion[] {
  const lines = lineIndexOf(text);
  return findRegions(spans, text).filter(({ kind, firstLeaf, endLeaf }) => {
    if (kind !== 'function') return false;
    const leaves = spans.leaves.subarray(firstLeaf, endLeaf);
    return new Set(leaves.map((span) => positionAt(lines, spans.starts[span] ?? 0).line)).size >= FEWEST_CODE_LINES;
  });
}

function rowOf(file: FaultyFile, region: FoundRegion, fault: PlantedFault, repository: string | undefined): FaultRow {
  const { start, before, after, text, faults, kind } = fault;
  return {
    id: `${file.path}:${region.start}`,
    language: file.language,
    text,
    faults,
    kind,
    ...(repository !== undefined && { repository }),
    path: file.path,
    ...(region.name !== undefined && { name: region.name }),
    function: { start: region.start, end: region.end + after.length - before.length },
    slip: { start, end: start + after.length },
    before,
  };
}
