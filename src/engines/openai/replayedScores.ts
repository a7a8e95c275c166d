import type { ScoredText } from '../../core/scoredText.ts';
import { scoredTextFromRows } from '../../core/scoredTextFromRows.ts';
import type { Source } from '../../core/words.ts';
import type { WireRow } from '../../wire/wirePart.ts';

/** Rows that are off by more are not of the same distribution; servers' digits differ by less. */
const TOLERANCE_NATS = 0.1;

/** The first token, and pieces of characters, may be unscored; a server that scores a text leaves out no more. */
const LEAST_SCORED_SHARE = 0.7;

/** Only for comparing: nothing that is scored under it is kept. */
const SOURCE: Source = {
  engine: 'openai',
  model: 'measured',
  tokenizer: 'measured',
  distribution: { kind: 'raw' },
  vocabulary: { kind: 'full' },
  mode: 'teacher-forced',
  contextPolicy: 'measured',
};

/** What a server wrote after a text, with the numbers that it gave while it wrote. */
export interface Continuation {
  readonly text: string;
  readonly rows: readonly WireRow[];
}

/**
 * Whether rows really score a text: nearly all of it is scored, and what the server had written itself, which is the
 * text's end, has the numbers that it had then.
 */
export function replaysScores(text: string, rows: readonly WireRow[], written?: Continuation): boolean {
  const scored = scoredTextFromRows({ text, source: SOURCE, rows });
  if (scoredUnits(scored) < LEAST_SCORED_SHARE * text.length) return false;
  if (written === undefined) return true;
  const first = scoredTextFromRows({ text: written.text, source: SOURCE, rows: written.rows });
  const before = scoresByPlace(first, text.length - written.text.length);
  const again = scoresByPlace(scored, 0);
  const shared = [...before].filter(([place]) => again.has(place));
  // The same text may be cut into other tokens; where none is the same, nothing contradicts.
  return shared.every(([place, nats]) => Math.abs((again.get(place) ?? nats) - nats) <= TOLERANCE_NATS);
}

function scoredUnits(scored: ScoredText): number {
  return [...scored.tokens()].reduce(
    (sum, { start, end, logprobNats }) => sum + (logprobNats === undefined ? 0 : end - start),
    0,
  );
}

/** The log-probabilities of the scored tokens, by where they begin and end. */
function scoresByPlace(scored: ScoredText, offset: number): ReadonlyMap<string, number> {
  return new Map(
    [...scored.tokens()].flatMap(({ start, end, logprobNats }): [string, number][] =>
      logprobNats === undefined ? [] : [[`${start + offset} ${end + offset}`, logprobNats]],
    ),
  );
}
