import { LEVELS, type Mark } from './mark.ts';

/** The editor slows down with more. */
const MOST_DRAWN = 500;

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * The marks to draw: those in view first, then those of the earlier levels, up to what the editor bears.
 * @param visible the stretches of the text that are in view
 */
export function marksToDraw(
  marks: readonly Mark[],
  visible: readonly Stretch[],
  most: number = MOST_DRAWN,
): readonly Mark[] {
  if (marks.length <= most) return marks;
  const isInView = (mark: Mark): boolean => visible.some(({ start, end }) => mark.start < end && start < mark.end);
  const urgency = (mark: Mark): number => (isInView(mark) ? -1 : LEVELS.indexOf(mark.level));
  return marks
    .map((mark) => ({ mark, urgency: urgency(mark) }))
    .sort((a, b) => a.urgency - b.urgency)
    .slice(0, most)
    .map(({ mark }) => mark);
}
