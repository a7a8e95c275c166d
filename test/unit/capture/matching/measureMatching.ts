import { createGenerationIndex } from '../../../../src/capture/matching/generationIndex.ts';
import type { Match } from '../../../../src/capture/matching/match.ts';
import type { Edit, PlantedData, PlantedInsertion } from './plantedInsertions.ts';

export interface Judged {
  readonly planted: PlantedInsertion;
  readonly matches: readonly Match[];
  /** Certain matches that name the generation behind the insertion. */
  readonly right: number;
  /** Certain matches that name another one. */
  readonly wrong: number;
  readonly tookMs: number;
}

export interface Tally {
  readonly count: number;
  readonly right: number;
  readonly wrong: number;
  /** Insertions of which the generation behind is named with certainty. */
  readonly found: number;
  /** Insertions about which the best that was said is that it is not sure. */
  readonly unsure: number;
}

export function judgeInsertions({ generations, insertions }: PlantedData): readonly Judged[] {
  const index = createGenerationIndex({ mostGenerations: generations.length, mostUnits: Number.POSITIVE_INFINITY });
  for (const generation of generations) index.add(generation);
  return insertions.map((planted) => {
    const started = performance.now();
    const matches = index.match(planted.text);
    const tookMs = performance.now() - started;
    const certain = matches.filter(({ certainty }) => certainty === 'certain');
    const right = certain.filter(({ generation }) => planted.from.has(generation.id)).length;
    return { planted, matches, right, wrong: certain.length - right, tookMs };
  });
}

export function tallyOf(judged: readonly Judged[]): Tally {
  const count = (test: (one: Judged) => boolean): number => judged.filter(test).length;
  return {
    count: judged.length,
    right: judged.reduce((sum, { right }) => sum + right, 0),
    wrong: judged.reduce((sum, { wrong }) => sum + wrong, 0),
    found: count(({ right }) => right > 0),
    unsure: count(({ right, wrong, matches }) => right + wrong === 0 && matches.length > 0),
  };
}

/** Recall is told of insertions with so many visible characters: about one line of code. */
export const LONG_ENOUGH = 40;

/** Whether there is a generation to be found, and enough of it. Whose lines were shuffled is told apart. */
export function isToBeFound({ planted: { edit, from, visible } }: Judged): boolean {
  const apart: Edit = 'shuffled lines';
  return from.size > 0 && edit !== apart && visible >= LONG_ENOUGH;
}
