import { describe, expect, it } from 'vitest';
import { SOUND_TARGET } from '../../../../src/capture/following/editorTargets.ts';
import { factsOf, type RegionFacts } from '../../../../src/capture/following/seeDocument.ts';
import { agoInWords, regionHover } from '../../../../src/editor/hover/regionHover.ts';
import { someLedgerAssessment } from '../../../support/someLedgerAssessment.ts';

const PLACE = { document: 'file:///a%20(b).ts', start: 3, end: 40 };

const ARRIVED_MS = 1_000_000;

function hover(given: Partial<RegionFacts>, afterMs = 0): string {
  return regionHover({ ...factsOf(someLedgerAssessment({ atMs: ARRIVED_MS })), ...given }, PLACE, ARRIVED_MS + afterMs);
}

describe('the hover of code that a model wrote', () => {
  it('says who wrote it and when, and that nothing is known of how such code ends', () => {
    const text = hover({ tool: 'some.tool', judgement: null, band: 'unknown' }, 125_000);
    expect(text).toContain('**AI-written code** by some&#46;tool, 2 minutes ago');
    expect(text).toContain('there are too few outcomes');
    expect(hover({ tool: null })).toContain('**AI-written code**, just now');
  });

  it('says the chance, its interval, and what it rests on', () => {
    const basis = {
      target: SOUND_TARGET,
      authors: 'ai',
      riskModel: 'm',
      prior: 'weak',
      outcomeCount: 40,
      commitCount: 21,
    } as const;
    const text = hover({ judgement: { p: 0.82, low: 0.71, high: 0.9, basis }, band: 'check' });
    expect(text).toContain('Chance that it shows no error within 10 minutes: **82 % (71 to 90 %)**');
    expect(text).toContain('40 outcomes of 21 commits');
  });

  it('has links for the words of a person, whose argument nothing in a path can end', () => {
    const links = Array.from(hover({}).matchAll(/\[(It is \w+)\]\(command:([\w.]+)\?([^)]*)\)/g));
    expect(links.map(([, label, command]) => [label, command])).toEqual([
      ['It is fine', 'candor.sayFine'],
      ['It is wrong', 'candor.sayWrong'],
      ['It is mine', 'candor.declareMine'],
    ]);
    for (const [, , , argument = ''] of links) {
      expect(JSON.parse(decodeURIComponent(decodeURIComponent(argument)))).toEqual(PLACE);
    }
  });

  it('lets no name act as Markdown', () => {
    expect(hover({ tool: '[x](command:y) **z**' })).not.toMatch(/\[x\]|\*\*z/);
  });
});

it.each([
  [0, 'just now'],
  [59_999, 'just now'],
  [60_000, '1 minute ago'],
  [3_599_999, '59 minutes ago'],
  [7_200_000, '2 hours ago'],
  [86_400_000, '1 day ago'],
])('%i ms are %s', (elapsedMs, words) => {
  expect(agoInWords(elapsedMs)).toBe(words);
});
