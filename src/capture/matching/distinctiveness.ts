import type { Run } from './equalRuns.ts';
import { isOfWord, type Lexemes } from './lexemes.ts';

/** What in a stretch of a text speaks for who wrote it. */
export interface Distinctiveness {
  /** Visible characters in the runs, those of lines that anybody writes counted in part or not at all. */
  readonly characters: number;
  /** Different words of three characters or more in the runs, those of licences left out. */
  readonly words: number;
  /** Share of the different words of the whole stretch that are in runs, in [0, 1]. */
  readonly wordShare: number;
}

/** What a character counts in an import: files that have nothing to do with each other import the same. */
const WEIGHT_OF_IMPORT = 0.25;

const IMPORT =
  /^(?:import\b|from\s+\S+\s+import\b|export\s+\*|using\s+[\w.]+;|#\s*include\b|package\s|require\b|(?:const|let|var)\s+[^=]+=\s*require\(|use\s+[\w\\:]+|\}\s*from\s)/;
/** Of a line that begins in one, as most languages write them. */
const COMMENT = /^(?:\/\/|\/\*|\*[\s/]|\*$|#|--\s|<!--)/;
const LICENCE = /licen[sc]e|copyright|\(c\)|warrant(?:y|ies)|permission|spdx|@author/i;

const SHORTEST_WORD = 3;

/**
 * Weighs the lexemes of rising runs by the lines of the text that they stand in. Comments count as code does, but for licences: what a
 * comment says is said nowhere else.
 */
export function distinctivenessOf(text: Lexemes, runs: readonly Run[]): Distinctiveness {
  const weights = createLineWeights(text.text);
  let characters = 0;
  const words = new Set<number>();
  const inRuns = new Set<number>();
  for (const { at, length } of runs) {
    for (let index = at; index < at + length; index++) {
      const start = text.starts[index] ?? 0;
      const weight = weights(start);
      // A rule of dashes says no more than a dash.
      if (text.hashes[index] !== text.hashes[index - 1]) characters += weight * ((text.ends[index] ?? 0) - start);
      if (!isLongWord(text, index)) continue;
      inRuns.add(text.hashes[index] ?? 0);
      if (weight > 0) words.add(text.hashes[index] ?? 0);
    }
  }
  const all = new Set<number>();
  const last = runs.at(-1);
  const end = last === undefined ? 0 : last.at + last.length;
  for (let index = runs[0]?.at ?? 0; index < end; index++) {
    if (isLongWord(text, index)) all.add(text.hashes[index] ?? 0);
  }
  return { characters, words: words.size, wordShare: all.size === 0 ? 0 : inRuns.size / all.size };
}

function isLongWord({ text, starts, ends }: Lexemes, index: number): boolean {
  const start = starts[index] ?? 0;
  return (ends[index] ?? 0) - start >= SHORTEST_WORD && isOfWord(text.charCodeAt(start));
}

/** What characters of a line count; asked for rising offsets. */
function createLineWeights(text: string): (offset: number) => number {
  let lineEnd = -1;
  let weight = 1;
  let isAfterLicence = false;
  return (offset) => {
    if (offset < lineEnd) return weight;
    const lineStart = text.lastIndexOf('\n', offset) + 1;
    const newline = text.indexOf('\n', offset);
    lineEnd = newline === -1 ? text.length : newline;
    const line = text.slice(lineStart, Math.min(lineEnd, lineStart + 200)).trimStart();
    // A licence goes on to the end of its comment.
    isAfterLicence = COMMENT.test(line) && (isAfterLicence || LICENCE.test(line));
    weight = IMPORT.test(line) ? WEIGHT_OF_IMPORT : isAfterLicence ? 0 : 1;
    return weight;
  };
}
