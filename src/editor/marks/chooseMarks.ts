import { peakBitsOf } from '../../core/signals/peakBitsOf.ts';
import type { Assessment, RiskySpan } from '../../core/words.ts';
import type { Level, Mark } from './mark.ts';

/** One mark in so many lines on average, so that what is marked stands out; a short text may have this many. */
const LINES_PER_MARK = 16;
const FEWEST_ALLOWED = 4;
const MOST_ALLOWED = 2000;

/** No more in one region, or one odd string takes all. */
const MOST_PER_REGION = 3;

/** What had a chance of 1 in 128 or better is no surprise. */
const LEAST_PEAK_BITS = 7;

/** Parts of the marks, the most surprising first, that are of the first two levels. */
const FIRST_PART = 0.2;
const NEXT_PART = 0.5;

/**
 * The few spans to mark in a text: those that carry most surprisal. The levels say where a mark stands in the order of
 * its file; nothing is calibrated, so they claim no more than that (`docs/decisions/marks.md`).
 *
 * @param lineCount lines that were judged
 * @param engine name of the one whose marks come first, for numbers of two engines do not compare
 * @returns in order of the text; marks do not overlap
 */
export function chooseMarks(assessments: readonly Assessment[], lineCount: number, engine: string): readonly Mark[] {
  const isOther = ({ source }: Assessment): number => Number(source.engine !== engine);
  const allowed = Math.min(MOST_ALLOWED, Math.max(FEWEST_ALLOWED, Math.ceil(lineCount / LINES_PER_MARK)));
  const chosen = assessments
    .flatMap((assessment) =>
      assessment.spans
        .filter(isSurprising)
        .slice(0, MOST_PER_REGION)
        .map((span) => ({ assessment, span })),
    )
    .sort((a, b) => isOther(a.assessment) - isOther(b.assessment) || surprisalOf(b.span) - surprisalOf(a.span))
    .slice(0, allowed);
  return chosen
    .map(({ assessment, span }, place): Mark => {
      const { start, end } = span;
      return { start, end, level: levelOf(place / chosen.length), assessment, span };
    })
    .sort((a, b) => a.start - b.start);
}

/** Whether a span is unlikely enough to be marked. */
export function isSurprising({ signals }: RiskySpan): boolean {
  return (peakBitsOf(signals) ?? 0) >= LEAST_PEAK_BITS;
}

function surprisalOf(span: RiskySpan): number {
  return span.signals.totalSurprisal ?? 0;
}

function levelOf(part: number): Level {
  if (part < FIRST_PART) return 'first';
  return part < NEXT_PART ? 'next' : 'later';
}
