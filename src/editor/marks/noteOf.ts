import { chanceInWords } from '../chanceInWords.ts';
import type { Mark } from './mark.ts';

/** What is said of a line's marks at its end, in a few words; empty without marks. No word of it is the model's or the file's. */
export function noteOf(marks: readonly Mark[]): string {
  return marks
    .map(({ assessment, span }) => {
      const { minimumLogprob } = span.signals;
      const chance = minimumLogprob === undefined ? 'not scored' : chanceInWords(minimumLogprob);
      // The band speaks of the region; `check` would be said of nearly all.
      const band = assessment.band === 'trust' || assessment.band === 'doubt' ? `${assessment.band} · ` : '';
      return `${band}${span.category ?? span.type}: ${chance}`;
    })
    .join(' · ');
}
