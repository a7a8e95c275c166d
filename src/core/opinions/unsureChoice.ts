import { CandorError } from '../candorError.ts';
import type { UnsureCosts } from './unsureCosts.ts';

/**
 * A run of marked parts, from `start` up to `end`, counted from 0. Where both are equal it has no length and lies in the
 * gap before that part (after the last one, where they are the number of parts): code may be missing here.
 */
export interface UnsureRegion {
  readonly start: number;
  readonly end: number;
}

/**
 * A marking as one choice a gap, from the one before the first part to the one after the last:
 *
 *     gap 0 | part 0 | gap 1 | part 1 | gap 2
 *
 * each settles whether the part after it is marked, and whether the gap is a region of its own. A region without length
 * at the edge of a longer one says nothing new and costs, so there is no choice for it.
 */
export type UnsureChoice = (typeof UNSURE_CHOICES)[keyof typeof UNSURE_CHOICES];

export const UNSURE_CHOICES = {
  /** The part after is SURE. */
  sure: 0,
  /** The part after is SURE, and the gap is marked: code may be missing here. Only after a SURE part. */
  gap: 1,
  /** The part after is UNSURE. */
  unsure: 2,
} as const;

/** After a SURE part, and after an UNSURE one. */
export const CHOICES_AFTER_SURE: readonly UnsureChoice[] = [
  UNSURE_CHOICES.sure,
  UNSURE_CHOICES.gap,
  UNSURE_CHOICES.unsure,
];
export const CHOICES_AFTER_UNSURE: readonly UnsureChoice[] = [UNSURE_CHOICES.sure, UNSURE_CHOICES.unsure];

/** What a choice pays for a region that it opens. */
export function openingCost(choice: UnsureChoice, isAfterUnsure: boolean, costs: UnsureCosts): number {
  const opens = choice === UNSURE_CHOICES.gap || (choice === UNSURE_CHOICES.unsure && !isAfterUnsure);
  return opens ? costs.region : 0;
}

/** What an edit that starts in the gap pays: less where a region holds the gap or has it as its edge. */
export function startCost(choice: UnsureChoice, isAfterUnsure: boolean, costs: UnsureCosts): number {
  return isAfterUnsure || choice !== UNSURE_CHOICES.sure ? costs.unsureStart : costs.sureStart;
}

/** @throws CandorError `bad-call` on regions that are no marking of so many parts */
export function choicesOfRegions(regions: readonly UnsureRegion[], partCount: number): UnsureChoice[] {
  const choices = new Array<UnsureChoice>(partCount + 1).fill(UNSURE_CHOICES.sure);
  let free = 0;
  for (const { start, end } of regions) {
    const isRun = Number.isSafeInteger(start) && Number.isSafeInteger(end) && start >= free && start <= end;
    if (!isRun || end > partCount) {
      throw new CandorError('bad-call', 'Regions rise, lie within the parts, and do not touch: merge those that do.');
    }
    if (start === end) choices[start] = UNSURE_CHOICES.gap;
    else choices.fill(UNSURE_CHOICES.unsure, start, end);
    free = end + 1;
  }
  return choices;
}

/** The regions that the choices mark, in rising order. */
export function regionsOfChoices(choices: readonly UnsureChoice[]): UnsureRegion[] {
  const regions: UnsureRegion[] = [];
  let opened: number | null = null;
  for (const [gap, choice] of choices.entries()) {
    if (choice === UNSURE_CHOICES.unsure) opened ??= gap;
    else if (opened !== null) {
      regions.push({ start: opened, end: gap });
      opened = null;
    }
    if (choice === UNSURE_CHOICES.gap) regions.push({ start: gap, end: gap });
  }
  return regions;
}
