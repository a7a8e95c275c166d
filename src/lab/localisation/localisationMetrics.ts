import { CandorError } from '../../core/candorError.ts';
import type { LocalisationMetrics } from '../../core/metrics/localisation.ts';

/** The lines of one text, in the same order in each array. */
export interface OrderedLines {
  /** The highest is read first. */
  readonly scores: ArrayLike<number>;
  /** Tokens of each line: what reading it costs. Whole numbers from 0, not all of them 0. */
  readonly tokenCounts: ArrayLike<number>;
  /** 1: the line is faulty. At least one is. */
  readonly faulty: ArrayLike<number>;
}

/** Lines of one score, any order of which is as good as any other. */
interface Tie {
  readonly lines: readonly number[];
  /** How many lines, and tokens, come before all of them. */
  readonly linesBefore: number;
  readonly tokensBefore: number;
}

/**
 * Measures one order of one text's lines. Lines with the same score count as read in random order, and what is given is the
 * expected value over all such orders: never the luck of one draw, nor of the order of the input. So a score that is the
 * same for all lines measures the random order.
 *
 * A line is *reached* when all that is read before it has been read, so the first line of an order costs no effort. The
 * curve of cost-effectiveness (Arisholm et al. 2010; Ray et al., ICSE 2016) is that of the share of the text's faulty lines
 * reached by the share of its tokens read. It is taken text by text, for a reviewer reads one function at a time, and the
 * area up to a budget is divided by that of the best order: the faulty lines first, the short ones before the long ones. In
 * short functions 5 % is less than a line, and `aucec5` says little more than `top1`.
 *
 * @throws CandorError `bad-call` where lengths differ, a score is NaN, nothing is faulty, or there are no tokens
 */
export function localisationMetrics(lines: OrderedLines): LocalisationMetrics {
  const { tokenCounts, faulty } = lines;
  check(lines);
  const tokens = sumOf(tokenCounts);
  const ties = tiesOf(lines);
  const first = ties.find((tie) => tie.lines.some((line) => faulty[line] === 1));
  if (first === undefined) throw new CandorError('bad-call', 'No line is faulty. Give texts with a fault.');
  const chances = firstFaultyPlaces(first.lines.length, faultyIn(first, faulty).length);
  const top = (places: number): number => Math.min(1, sumOf(chances.slice(0, Math.max(0, places - first.linesBefore))));
  const area = (share: number): number =>
    Math.min(1, areaOf(ties, lines, share * tokens) / bestArea(lines, share * tokens));
  return {
    top1: top(1),
    top3: top(3),
    top5: top(5),
    mrr: chances.reduce((sum, chance, place) => sum + chance / (first.linesBefore + place + 1), 0),
    effort: tokensToFirst(first, lines) / tokens,
    aucec5: area(0.05),
    aucec20: area(0.2),
  };
}

function check({ scores, tokenCounts, faulty }: OrderedLines): void {
  const isWhole = scores.length === tokenCounts.length && scores.length === faulty.length;
  if (!isWhole || Array.from(scores).some(Number.isNaN)) {
    throw new CandorError('bad-call', 'Each line needs a score, its tokens and whether it is faulty. Give all three.');
  }
  if (!Array.from(tokenCounts).every((count) => Number.isSafeInteger(count) && count >= 0) || !sumOf(tokenCounts)) {
    throw new CandorError('bad-call', 'Tokens are counted from 0, and a text has at least one. Give whole numbers.');
  }
}

function tiesOf({ scores, tokenCounts }: OrderedLines): readonly Tie[] {
  const order = Array.from({ length: scores.length }, (_, line) => line).sort((one, other) =>
    compare(scores[other] ?? 0, scores[one] ?? 0),
  );
  const ties: Tie[] = [];
  let [linesBefore, tokensBefore] = [0, 0];
  for (const lines of Map.groupBy(order, (line) => scores[line] ?? 0).values()) {
    ties.push({ lines, linesBefore, tokensBefore });
    linesBefore += lines.length;
    tokensBefore += sumOf(lines.map((line) => tokenCounts[line] ?? 0));
  }
  return ties;
}

/** Not by the difference: of two infinite scores it is no number. */
function compare(one: number, other: number): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function faultyIn({ lines }: Tie, faulty: ArrayLike<number>): readonly number[] {
  return lines.filter((line) => faulty[line] === 1);
}

/**
 * By place, from the first: the chance that the first of `faulty` lines stands there among `lines` in random order.
 *
 *     lines 4, faulty 2      3/6  2/6  1/6
 */
function firstFaultyPlaces(lines: number, faulty: number): readonly number[] {
  let chance = faulty / lines;
  return Array.from({ length: lines - faulty + 1 }, (_, place) => {
    const here = chance;
    chance *= (lines - place - faulty) / (lines - place - 1);
    return here;
  });
}

/** Each sound line of a tie comes before all its f faulty ones once in f + 1 times. */
function tokensToFirst(tie: Tie, { tokenCounts, faulty }: OrderedLines): number {
  const sound = tie.lines.filter((line) => faulty[line] !== 1).map((line) => tokenCounts[line] ?? 0);
  return tie.tokensBefore + sumOf(sound) / (tie.lines.length - sound.length + 1);
}

/** Area up to a budget of tokens: each faulty line adds what is left of it when the line is reached. */
function areaOf(ties: readonly Tie[], { tokenCounts, faulty }: OrderedLines, budget: number): number {
  let area = 0;
  for (const tie of ties) {
    const left = budget - tie.tokensBefore;
    if (left <= 0) break;
    for (const line of faultyIn(tie, faulty)) {
      const others = tie.lines.filter((other) => other !== line).map((other) => tokenCounts[other] ?? 0);
      area += expectedLeft(left, others);
    }
  }
  return area;
}

function bestArea({ tokenCounts, faulty }: OrderedLines, budget: number): number {
  const counts = Array.from(tokenCounts)
    .filter((_, line) => faulty[line] === 1)
    .sort((one, other) => one - other);
  let [area, start] = [0, 0];
  for (const count of counts) {
    area += Math.max(0, budget - start);
    start += count;
  }
  return area;
}

/** In a tie of more lines the others are as good as spread evenly, and the exact way takes the cube of their number. */
const MOST_EXACT = 120;

/**
 * What is expected to be left of a budget when a line is reached that stands at a random place among others, never below 0.
 *
 * The others are put in one after the other. With `before` of `placed` others already before the line, of the placed + 2
 * gaps for the next one before + 1 lie before the line (Polya's urn).
 */
function expectedLeft(budget: number, others: readonly number[]): number {
  if (others.length > MOST_EXACT) {
    const total = sumOf(others);
    return budget >= total ? budget - total / 2 : budget ** 2 / (2 * total);
  }
  // chances[before][tokens]: more tokens than the budget leave nothing, and are not followed.
  const width = Math.ceil(budget);
  const row = (): Float64Array => new Float64Array(width);
  let chances: readonly Float64Array[] = [row().fill(1, 0, 1)];
  for (const [placed, count] of others.entries()) {
    const next = Array.from({ length: placed + 2 }, row);
    for (const [before, sums] of chances.entries()) {
      const goesBefore = (before + 1) / (placed + 2);
      for (const [tokens, chance] of sums.entries()) {
        if (chance === 0) continue;
        addTo(next[before], tokens, chance * (1 - goesBefore));
        addTo(next[before + 1], tokens + count, chance * goesBefore);
      }
    }
    chances = next;
  }
  return sumOf(chances.map((sums) => sums.reduce((left, chance, tokens) => left + chance * (budget - tokens), 0)));
}

function addTo(sums: Float64Array | undefined, index: number, value: number): void {
  if (sums !== undefined && index < sums.length) sums[index] = (sums[index] ?? 0) + value;
}

function sumOf(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0);
}
