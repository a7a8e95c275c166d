import type { RegionFacts } from '../../capture/following/seeDocument.ts';
import { BAND_WORDS, chanceInNumbers, eventInWords, judgementBasis } from '../../report/calibrationWords.ts';
import { inertText } from '../inertMarkdown.ts';
import type { PlaceInDocument } from '../placeInDocument.ts';
import { commandLink } from './commandLink.ts';
import { sourceInWords } from './sourceInWords.ts';

/** Commands that the links of this hover may run. */
export const REGION_COMMANDS = ['candor.sayFine', 'candor.sayWrong', 'candor.declareMine'] as const;

/** What is known of code that a model wrote, as Markdown, with the words that a person may have on it. */
export function regionHover(facts: RegionFacts, place: PlaceInDocument, nowMs: number): string {
  const { atMs, tool, source } = facts;
  const writer = tool === null ? '' : ` by ${inertText(tool)}`;
  return [
    `**AI-written code**${writer}, ${agoInWords(nowMs - atMs)}`,
    ...judgementLines(facts),
    `Scored by ${inertText(sourceInWords(source, 0))}${source.mode === 'generated' ? ', which wrote it' : ''}.`,
    [
      commandLink('It is fine', 'candor.sayFine', place),
      commandLink('It is wrong', 'candor.sayWrong', place),
      commandLink('It is mine', 'candor.declareMine', place),
    ].join(' · '),
  ].join('\n\n');
}

function judgementLines({ judgement, band }: RegionFacts): readonly string[] {
  if (judgement === null)
    return ['How likely it is to stand is not known: there are too few outcomes, or none of code like it.'];
  const { basis } = judgement;
  return [
    `Chance that it ${eventInWords(basis.target)}: **${chanceInNumbers(judgement)}**. ${BAND_WORDS[band]}.`,
    `_From ${inertText(judgementBasis(basis))}._`,
  ];
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** `just now`, `1 minute ago`, `3 hours ago`. */
export function agoInWords(elapsedMs: number): string {
  for (const [unit, lengthMs] of UNITS) {
    const count = Math.floor(elapsedMs / lengthMs);
    if (count > 0) return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
  }
  return 'just now';
}
