import { firstParentLandings, type FileChange, type Landing } from '../../history/firstParentLandings.ts';
import { isFix } from '../../history/isFix.ts';
import { isProductCode } from '../../history/isProductCode.ts';
import { openObjectReader } from '../../history/objectReader.ts';
import type { Repository } from '../../history/openRepository.ts';
import { lineIndexOf, positionAt } from '../../core/lineIndex.ts';
import { detectLanguage } from '../../syntax/detectLanguage.ts';
import { findRegions, type FoundRegion } from '../../syntax/findRegions.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import type { CodeLeaves } from '../../syntax/codeLeaves.ts';
import { cutText, type LocalisationItem } from '../localisation/localisationItem.ts';
import { shuffled } from '../shuffled.ts';
import { createHistoryTexts, type HistoryTexts } from '../survival/historyTexts.ts';
import { fixedLines } from './fixedLines.ts';

/** `inserted`: nothing was wrong but that something was missing before the line. */
export type FixKind = 'changed' | 'inserted';

/** A small fix in one function, with the function as it was before. */
export interface Fix {
  readonly item: LocalisationItem;
  readonly kind: FixKind;
  /** The landing that fixed it, and the one before. */
  readonly landing: string;
  readonly parent: string;
  readonly path: string;
}

export interface FindFixesTools {
  readonly repository: Repository;
  readonly parser: ParserPool;
}

export interface FindFixesOptions {
  /** What ids and groups begin with. */
  readonly name: string;
  readonly ref: string;
  /** A whole number: the same one draws the same fixes from the same history. */
  readonly seed: number;
  /** Of each kind at most. */
  readonly most: Readonly<Record<FixKind, number>>;
  readonly onProgress?: (activity: string, done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** A fix is of so few lines, before and after; a longer one changes more than a fault. */
const MOST_FIXED_LINES = 5;

/** Lines of code of the function before, and of those what nobody fixed. */
const [FEWEST_LINES, MOST_LINES] = [5, 80];
const FEWEST_SOUND_LINES = 3;

/**
 * Draws small bug fixes from a history: landings whose subject says that they fix something (`isFix`) and that changed, of the
 * product's code, one to five lines in one function of one file. Tests and documents may have changed beside. The line that was
 * changed or deleted is the fault, and the item is the function as it was before. What was only inserted is of a kind of its
 * own, `inserted`, with the line before which it came as the fault: no line was wrong there.
 *
 * Messages are all that tells a fix: some of these changed what was not wrong, and many fixes are missed.
 *
 * @returns oldest first
 * @throws CandorError `unsupported` or `bad-call` where git cannot read the repository or the ref; the signal's reason when
 *   aborted
 */
export async function findFixes(
  { repository, parser }: FindFixesTools,
  { name, ref, seed, most, onProgress, signal }: FindFixesOptions,
): Promise<readonly Fix[]> {
  const objects = openObjectReader(repository, signal);
  try {
    const texts = createHistoryTexts(objects, parser);
    const landings = await firstParentLandings(repository, ref);
    const candidates = landings.flatMap((landing, place) => {
      const change = isFix(landing.message) ? theChange(landing) : null;
      return change === null ? [] : [{ landing, place, change }];
    });
    const found: { readonly fix: Fix; readonly place: number }[] = [];
    const isFull = (kind: FixKind): boolean => found.filter(({ fix }) => fix.kind === kind).length >= most[kind];
    for (const [done, { landing, place, change }] of shuffled(candidates, seed).entries()) {
      if (isFull('changed') && isFull('inserted')) break;
      signal?.throwIfAborted();
      const fix = await fixOf(name, landing, change, texts);
      if (fix !== null && !isFull(fix.kind)) found.push({ fix, place });
      onProgress?.('finding fixes', done + 1, candidates.length);
    }
    return found.sort((one, other) => one.place - other.place).map(({ fix }) => fix);
  } finally {
    await objects.close();
  }
}

interface ChangedFile {
  readonly path: string;
  readonly oldBlob: string;
  readonly newBlob: string;
}

/** The one file of the product's code that a landing changed; null where it changed none, or several, or moved one. */
function theChange({ parent, changes }: Landing): ChangedFile | null {
  const isCode = ({ path, oldPath }: FileChange): boolean =>
    [path, oldPath ?? path].some((one) => isProductCode(one) && detectLanguage(one) !== null);
  const [change, ...others] = changes.filter(isCode);
  if (change === undefined || others.length > 0 || parent === null) return null;
  const { path, oldPath, oldBlob, newBlob } = change;
  return oldBlob === null || newBlob === null || oldPath !== undefined ? null : { path, oldBlob, newBlob };
}

async function fixOf(
  name: string,
  { hash, parent }: Landing,
  { path, oldBlob, newBlob }: ChangedFile,
  texts: HistoryTexts,
): Promise<Fix | null> {
  const language = detectLanguage(path);
  const [before, after] = [await texts.leaves(path, oldBlob), await texts.leaves(path, newBlob)];
  if (before === null || after === null || language === null || parent === null) return null;
  const { changed, insertedBefore, fresh, touched } = fixedLines(before, after);
  const kind: FixKind = changed.size > 0 ? 'changed' : 'inserted';
  const faults = kind === 'changed' ? changed : insertedBefore;
  if (faults.size < 1 || faults.size > MOST_FIXED_LINES || fresh.size > MOST_FIXED_LINES) return null;
  const region = functionWith(before, touched);
  if (region === null) return null;
  const lines = codeLineCount(before, region);
  if (lines < FEWEST_LINES || lines > MOST_LINES || lines - faults.size < FEWEST_SOUND_LINES) return null;
  const cut = cutText(before.text, region, faults);
  if (cut.faults.length !== faults.size) return null;
  const item = { id: `${name} ${hash} ${path}`, language, ...cut, group: `${name} ${hash}`, path };
  return { item, kind, landing: hash, parent, path };
}

/** The function that all these leaves lie in; null where there is none. */
function functionWith({ text, spans, ordinals }: CodeLeaves, leaves: ReadonlySet<number>): FoundRegion | null {
  const touched = Array.from(leaves, (leaf) => ordinals[leaf] ?? -1);
  const isWhole = ({ kind, firstLeaf, endLeaf }: FoundRegion): boolean =>
    kind === 'function' && touched.every((ordinal) => firstLeaf <= ordinal && ordinal < endLeaf);
  return findRegions(spans, text).find(isWhole) ?? null;
}

function codeLineCount({ text, spans }: CodeLeaves, { firstLeaf, endLeaf }: FoundRegion): number {
  const index = lineIndexOf(text);
  const leaves = spans.leaves.subarray(firstLeaf, endLeaf);
  return new Set(leaves.map((span) => positionAt(index, spans.starts[span] ?? 0).line)).size;
}
