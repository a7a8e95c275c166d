import { peakBitsOf } from '../../core/signals/peakBitsOf.ts';
import type { SilencedSpan } from '../../core/words.ts';
import { chanceInWords } from '../chanceInWords.ts';
import { inertText } from '../inertMarkdown.ts';

/**
 * Why a place that would be marked is not, as Markdown.
 * @param line of the comment as it was judged, from 0
 */
export function quietHover({ silence, signals, category }: SilencedSpan, line: number): string {
  const bits = peakBitsOf(signals);
  const chance =
    bits === null ? '' : ` Its least likely token had a chance of ${chanceInWords(-bits * Math.LN2)} to the engine.`;
  return [
    `**Kept quiet** by the comment in line ${line + 1}: ${inertText(silence.reason)}`,
    `Without it this would be marked: ${inertText(category ?? 'code')}.${chance}`,
  ].join('\n\n');
}
