import type { CodeLeaves } from '../../syntax/codeLeaves.ts';
import { declaringLeaves } from '../../syntax/versions/declaringLeaves.ts';
import { matchVersions } from '../../syntax/versions/matchVersions.ts';
import { UNMATCHED } from '../../syntax/versions/matchLeaves.ts';

/** A file of a landing in two versions; null where it was not there. */
export interface FileVersions {
  readonly before: CodeLeaves | null;
  readonly after: CodeLeaves | null;
}

/** Where the leaves of one file's earlier version went, one entry a leaf. */
export interface LeafFates {
  /** Index of the file among those of the landing; UNMATCHED: the leaf is gone. */
  readonly files: Int32Array;
  /** Index of the leaf in the later version of that file; UNMATCHED: gone. */
  readonly leaves: Int32Array;
}

/** A shorter run of leaves that appears elsewhere is no proof that it was moved. */
const SHORTEST_MOVE = 12;

const IDENTIFIER = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

/**
 * What became of every leaf in the files of one landing, by the rules of docs/targets.md: a leaf lives on where it is
 * matched with one of the later version of its file, where a run of 12 or more is found again elsewhere in the landing,
 * and where its name was only changed along with a declaration or an import.
 *
 * @returns one entry a file, in the order given; of a file that was not there before, an empty one
 */
export function fatesOfLeaves(files: readonly FileVersions[]): readonly LeafFates[] {
  const fates = files.map(({ before, after }, file): LeafFates => {
    const leaves =
      before !== null && after !== null
        ? matchVersions(before, after)
        : new Int32Array(before?.words.length ?? 0).fill(UNMATCHED);
    return { leaves, files: leaves.map((leaf) => (leaf === UNMATCHED ? UNMATCHED : file)) };
  });
  carryRenames(files, fates);
  carryMoves(files, fates);
  return fates;
}

/** A leaf that stands, alone or in a run of as many leaves, where another one stood. */
interface Substitution {
  readonly file: number;
  readonly before: number;
  readonly after: number;
  /** Both words. */
  readonly key: string;
  readonly isDeclaring: boolean;
}

/** Matches identifiers that were replaced where the same replacement was made at a declaration: not the declaring ones. */
function carryRenames(files: readonly FileVersions[], fates: readonly LeafFates[]): void {
  const all = files.flatMap((versions, file) => [...substitutionsIn(versions, file, fates[file])]);
  const declared = new Set(all.filter(({ isDeclaring }) => isDeclaring).map(({ key }) => key));
  for (const { file, before, after, key, isDeclaring } of all) {
    const fate = fates[file];
    if (isDeclaring || fate === undefined || !declared.has(key)) continue;
    fate.files[before] = file;
    fate.leaves[before] = after;
  }
}

function* substitutionsIn(
  { before, after }: FileVersions,
  file: number,
  fate: LeafFates | undefined,
): Generator<Substitution> {
  if (before === null || after === null || fate === undefined) return;
  const declaring = declaringLeaves(before);
  // before[start .. end-1] is unmatched, and so is after[afterStart .. afterEnd-1].
  let afterStart = 0;
  for (let start = 0; start < before.words.length; start++) {
    const match = fate.leaves[start] ?? UNMATCHED;
    if (match !== UNMATCHED) {
      afterStart = match + 1;
      continue;
    }
    let end = start + 1;
    while (end < before.words.length && fate.leaves[end] === UNMATCHED) end++;
    const afterEnd = fate.leaves[end] ?? after.words.length;
    if (afterEnd - afterStart === end - start) {
      for (let offset = 0; offset < end - start; offset++) {
        const [old = '', now = ''] = [before.words[start + offset], after.words[afterStart + offset]];
        if (!IDENTIFIER.test(old) || !IDENTIFIER.test(now)) continue;
        yield {
          file,
          before: start + offset,
          after: afterStart + offset,
          key: `${old} ${now}`,
          isDeclaring: declaring.has(start + offset),
        };
      }
    }
    start = end - 1;
  }
}

interface Place {
  readonly file: number;
  readonly leaf: number;
}

/** Matches runs that went with the same run that appeared elsewhere; each place is given away once, the first comes first. */
function carryMoves(files: readonly FileVersions[], fates: readonly LeafFates[]): void {
  const taken = files.map(({ after }) => new Uint8Array(after?.words.length ?? 0));
  for (const { files: destinations, leaves } of fates) {
    for (const [index, file] of destinations.entries()) {
      const row = taken[file];
      if (row !== undefined) row[leaves[index] ?? 0] = 1;
    }
  }
  const isFree = (file: number, leaf: number): boolean => taken[file]?.[leaf] === 0;
  const places = new Map<string, Place[]>();
  for (const [file, { after }] of files.entries()) {
    if (after === null) continue;
    for (const leaf of runStarts(after.words.length, (at) => isFree(file, at))) {
      const key = shingleAt(after.words, leaf);
      const found = places.get(key);
      if (found === undefined) places.set(key, [{ file, leaf }]);
      else found.push({ file, leaf });
    }
  }
  if (places.size === 0) return;
  for (const [file, { before }] of files.entries()) {
    const fate = fates[file];
    if (before === null || fate === undefined) continue;
    for (const start of runStarts(before.words.length, (at) => fate.leaves[at] === UNMATCHED)) {
      // A run that was just carried begins no other.
      if (fate.leaves[start] !== UNMATCHED) continue;
      const longest = longestRun(files, before.words, start, fate, places.get(shingleAt(before.words, start)), isFree);
      if (longest === null) continue;
      for (let offset = 0; offset < longest.length; offset++) {
        fate.files[start + offset] = longest.file;
        fate.leaves[start + offset] = longest.leaf + offset;
        const row = taken[longest.file];
        if (row !== undefined) row[longest.leaf + offset] = 1;
      }
    }
  }
}

/** Where SHORTEST_MOVE leaves in a row are free. */
function* runStarts(length: number, isFree: (at: number) => boolean): Generator<number> {
  let free = 0;
  for (let at = 0; at < length; at++) {
    free = isFree(at) ? free + 1 : 0;
    if (free >= SHORTEST_MOVE) yield at - SHORTEST_MOVE + 1;
  }
}

function shingleAt(words: readonly string[], start: number): string {
  return words.slice(start, start + SHORTEST_MOVE).join('\0');
}

function longestRun(
  files: readonly FileVersions[],
  words: readonly string[],
  start: number,
  fate: LeafFates,
  places: readonly Place[] | undefined,
  isFree: (file: number, leaf: number) => boolean,
): (Place & { readonly length: number }) | null {
  let longest: (Place & { readonly length: number }) | null = null;
  for (const { file, leaf } of places ?? []) {
    const after = files[file]?.after?.words ?? [];
    let length = 0;
    while (
      start + length < words.length &&
      fate.leaves[start + length] === UNMATCHED &&
      words[start + length] === after[leaf + length] &&
      isFree(file, leaf + length)
    ) {
      length++;
    }
    if (length >= SHORTEST_MOVE && length > (longest?.length ?? 0)) longest = { file, leaf, length };
  }
  return longest;
}
