import type { SpanTable } from '../../core/spanTable.ts';
import type { FoundRegion } from '../../syntax/findRegions.ts';
import type { LanguageId } from '../../syntax/languages.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import { FAULT_KINDS, type FaultKind } from './faultKinds.ts';
import { slippedLines } from './slippedLines.ts';
import { slipPlaces } from './slipPlaces.ts';

/** A function in which a slip is to be planted. */
export interface FaultTarget {
  readonly text: string;
  readonly language: LanguageId;
  /** The spans of `text`. */
  readonly spans: SpanTable;
  readonly region: FoundRegion;
}

/** A slip that was planted: `after` stands where `before` stood. */
export interface PlantedFault {
  readonly kind: FaultKind;
  /** Where both begin, in UTF-16 units. */
  readonly start: number;
  readonly before: string;
  /** Empty where something was left out. */
  readonly after: string;
  /** The whole text with the slip. */
  readonly text: string;
  /** Lines of that text, from 0: those of the slip's leaves or, where it left all out, that of the next leaf. */
  readonly faults: readonly number[];
}

/** As many slips of a kind that break the syntax, or change nothing, are put up with. */
const MOST_TRIES = 8;

/**
 * Plants one realistic slip in a function: of a kind drawn from those that are possible there, at a place drawn from those
 * of the kind. The text with it parses with no more faults than before, has other leaves in the slip and the same ones
 * everywhere else. What it does is not known: it may by chance do the same.
 *
 * A slip that does not hold is drawn again, so a kind of which few slips parse comes a little less often.
 *
 * @param random numbers from 0 to below 1
 * @returns null where no slip is possible, or the parser gave up
 * @throws CandorError as `ParserPool.spans`; the signal's reason when aborted
 */
export async function plantFault(
  target: FaultTarget,
  parser: ParserPool,
  random: () => number,
  signal?: AbortSignal,
): Promise<PlantedFault | null> {
  const { firstSpan, endSpan, start, end } = target.region;
  const source = { ...target, firstSpan, endSpan, start, end };
  const open = FAULT_KINDS.map((kind) => ({ kind, places: [...slipPlaces(source, kind)], tries: MOST_TRIES }));
  const possible = open.filter(({ places }) => places.length > 0);
  while (possible.length > 0) {
    const drawn = draw(possible, random);
    const [place] = drawn.places.splice(indexBelow(drawn.places.length, random), 1);
    if (place !== undefined) {
      const replacement = draw(place.replacements, random);
      const fault = await tryFault(target, drawn.kind, { ...place, replacement }, parser, signal);
      if (fault !== null) return fault;
    }
    drawn.tries--;
    if (drawn.tries === 0 || drawn.places.length === 0) possible.splice(possible.indexOf(drawn), 1);
  }
  return null;
}

async function tryFault(
  { text, language, spans }: FaultTarget,
  kind: FaultKind,
  { start, end, replacement }: { readonly start: number; readonly end: number; readonly replacement: string },
  parser: ParserPool,
  signal: AbortSignal | undefined,
): Promise<PlantedFault | null> {
  const answers = await parser.keepsParsing(text, language, start, end, [replacement], signal);
  signal?.throwIfAborted();
  if (isSkipped(answers) || answers[0] !== true) return null;
  const slipped = text.slice(0, start) + replacement + text.slice(end);
  const after = await parser.spans(slipped, language, signal);
  signal?.throwIfAborted();
  if (isSkipped(after)) return null;
  const faults = slippedLines({
    before: { text, language, spans },
    after: { text: slipped, language, spans: after },
    start,
    end,
    replacement,
  });
  return faults && { kind, start, before: text.slice(start, end), after: replacement, text: slipped, faults };
}

function draw<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[indexBelow(items.length, random)];
  if (item === undefined) throw new RangeError('There is nothing to draw from.');
  return item;
}

function indexBelow(count: number, random: () => number): number {
  return Math.min(Math.floor(random() * count), count - 1);
}
