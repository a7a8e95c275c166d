import { expect } from 'vitest';
import type { ScoredText } from '../../src/core/scoredText.ts';
import type { LlamaHttpModel } from './llamaHttpModel.ts';

/** How far two ways to one number may lie apart. */
export const TOLERANCE_NATS = 1e-3;

/** A token with its place: null where it is unscored. */
export interface PlacedToken {
  readonly start: number;
  readonly end: number;
  readonly logprobNats: number | null;
}

export function placed(scored: ScoredText): PlacedToken[] {
  return Array.from(scored.tokens(), ({ start, end, logprobNats }) => ({
    start,
    end,
    logprobNats: logprobNats ?? null,
  }));
}

/**
 * Holds tokens to those of a reference. One may stand for several of the reference (a server that spells the pieces of
 * characters with U+FFFD does not tell where one character ends): then its number is their sum, by the chain rule.
 *
 * @param mayLack whether a stretch that the reference scored may be unscored; so may none, unless it says so
 * @returns how many scored tokens were compared
 */
export function expectSameScores(
  actual: readonly PlacedToken[],
  reference: readonly PlacedToken[],
  mayLack: (start: number, end: number) => boolean = () => false,
): number {
  let compared = 0;
  let next = 0;
  for (const { start, end, logprobNats } of actual) {
    const parts: PlacedToken[] = [];
    for (let part = reference[next]; part !== undefined && part.end <= end; part = reference[++next]) parts.push(part);
    expect([parts.at(0)?.start, parts.at(-1)?.end], 'the places of a token').toEqual([start, end]);
    const isScored = parts.every((part) => part.logprobNats !== null);
    if (logprobNats === null) {
      if (isScored && !mayLack(start, end)) expect.fail(`${start} to ${end} is unscored`);
      continue;
    }
    if (!isScored) expect.fail(`${start} to ${end} has a number that the model did not give`);
    const sum = parts.reduce((total, part) => total + (part.logprobNats ?? 0), 0);
    expect(Math.abs(sum - logprobNats), `${start} to ${end}`).toBeLessThan(TOLERANCE_NATS);
    compared += 1;
  }
  expect(next, 'tokens of the reference').toBe(reference.length);
  return compared;
}

/** Whether a stretch of a text holds a character that is more than one token of the model. */
export function splitsCharacter(model: LlamaHttpModel, text: string): (start: number, end: number) => boolean {
  const bytes = Buffer.from(text);
  const inside = new Set<number>();
  let at = 0;
  for (const id of model.tokenize(text)) {
    at += model.bytesOf(id).length;
    if (((bytes[at] ?? 0) & 0xc0) === 0x80) inside.add(at);
  }
  return (start, end) => {
    const [from, to] = [Buffer.byteLength(text.slice(0, start)), Buffer.byteLength(text.slice(0, end))];
    return [...inside].some((place) => place > from && place < to);
  };
}
