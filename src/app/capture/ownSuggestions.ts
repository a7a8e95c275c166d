import type { Match } from '../../capture/matching/match.ts';
import type { RecordedGeneration } from '../../capture/recordedGeneration.ts';
import type { TextRange } from '../../engines/engine.ts';

/** A suggestion of Candor's own, and where it was made. */
export interface OwnSuggestion {
  /** URI of the document. */
  readonly document: string;
  /** The text before the caret. */
  readonly before: string;
  readonly generation: RecordedGeneration;
}

/**
 * What Candor suggested, known again by where it arrives. Of what other tools wrote a few characters prove nothing
 * (`generationIndex`); of a suggestion of Candor's own it is known where each of them would stand.
 */
export interface OwnSuggestions {
  add(suggestion: OwnSuggestion): void;
  /** The suggestion of which all of a stretch is a part, in its place; null for none. Offsets are those in the stretch. */
  match(document: string, text: string, stretch: TextRange): Match | null;
}

/** Older ones have hardly been waiting to be taken. */
const MOST_KEPT = 100;

/** So much of what stands before must be as it was. */
const CONTEXT_UNITS = 32;

export function createOwnSuggestions(): OwnSuggestions {
  let kept: readonly OwnSuggestion[] = [];
  return {
    add(suggestion) {
      kept = [{ ...suggestion, before: suggestion.before.slice(-CONTEXT_UNITS) }, ...kept].slice(0, MOST_KEPT);
    },
    match(document, text, { start, end }) {
      const inserted = text.slice(start, end);
      const lead = inserted.length - inserted.trimStart().length;
      const code = inserted.trim();
      if (code === '') return null;
      const standing = text.slice(Math.max(0, start + lead - CONTEXT_UNITS), start + lead);
      for (const suggestion of kept) {
        const from = suggestion.document === document ? placeIn(suggestion, code, standing) : null;
        if (from === null) continue;
        const range = { start: lead, end: lead + code.length };
        const { generation } = suggestion;
        return { generation, pieces: [{ ...range, from }], ...range, coverage: 1, certainty: 'certain' };
      }
      return null;
    },
  };
}

/**
 * Where code begins in a suggestion, behind what stands before it.
 *
 *     before the caret  ...  x = |                 suggested   f(a, b);
 *     standing          ... x = f(                 code            a, b     from 2
 */
function placeIn({ before, generation }: OwnSuggestion, code: string, standing: string): number | null {
  const suggested = generation.scored.text;
  for (let from = suggested.indexOf(code); from >= 0; from = suggested.indexOf(code, from + 1)) {
    if ((before + suggested.slice(0, from)).endsWith(standing)) return from;
  }
  return null;
}
