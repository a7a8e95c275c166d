import { describe, expect, it } from 'vitest';
import { isJudged, type RegionLabel } from '../../../../src/audit/report.ts';
import { peopleSection } from '../../../../src/report/html/peopleSection.ts';
import { reportRegions } from '../../../../src/report/html/reportRegions.ts';
import { someLargeReport } from '../../../support/someLargeReport.ts';

const report = someLargeReport();
const sums = reportRegions(report);
const judged = report.files
  .flatMap((file) =>
    isJudged(file) ? file.assessments.map(({ region, judgement }) => ({ file, region, judgement })) : [],
  )
  .flatMap(({ file, region, judgement }) =>
    judgement === null ? [] : [{ path: file.path, region: region.id, p: judgement.p }],
  );

/** Each so many are spoken of. */
const everyThird = (isFine: (p: number, index: number) => boolean): readonly RegionLabel[] =>
  judged
    .filter((_, index) => index % 3 === 0)
    .map(({ path, region, p }, index) => ({ path, region, isFine: isFine(p, index) }));

function wordsOf(labels: readonly RegionLabel[] | null | undefined, of = sums): string {
  return peopleSection(labels, of, (path, line) => `x:${path}:${line}`)
    .markup.replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&#(\d+);/g, (_all, code: string) => String.fromCharCode(Number(code)))
    .replaceAll(/\s+/g, ' ');
}

describe('peopleSection', () => {
  it('says so where no word can be read, and how to say one where there is none', () => {
    expect(wordsOf(null)).toContain('none could be read');
    expect(wordsOf(undefined)).toContain('none could be read');
    expect(wordsOf([])).toContain('“Candor: This code is wrong” say so in the editor');
  });

  it('corrects the chances by what people said, with the assumption in words', () => {
    const labels = everyThird((_, index) => index % 4 !== 0);
    const words = wordsOf(labels);
    const fine = labels.filter(({ isFine }) => isFine).length;
    expect(words).toContain(`People spoke of ${labels.length} regions here, and called ${fine} fine.`);
    const [, said = ''] = /Would be called fine (\d+) %/.exec(words) ?? [];
    // Three in four, whatever p says of them; drawn evenly, so the words alone tell as much.
    expect(Math.abs(Number(said) - 75)).toBeLessThan(6);
    expect(words).toMatch(/\d+ % to \d+ %, of \d+ judged regions, by \d+ words of people Mean p of the same \d+ %/);
    expect(words).toContain('chance chose which of the regions with about the same p people spoke of');
  });

  it('says nothing of all by a few words, or by those of a few files', () => {
    expect(wordsOf(everyThird(() => true).slice(0, 9))).toContain('it takes 10 in 5 files');
    const inOne = judged.filter(({ path }) => path === judged[0]!.path);
    expect(wordsOf(inOne.map(({ path, region }) => ({ path, region, isFine: true })))).toContain(
      'it takes 10 in 5 files',
    );
  });

  it('lists the words that look wrong, each with its place', () => {
    const highest = judged.filter((_, index) => index % 3 === 0).sort((a, b) => b.p - a.p)[0]!;
    const labels = everyThird((p) => p > 0.75 && p !== highest.p);
    const words = wordsOf(labels);
    expect(words).toMatch(new RegExp(`chance of that by p ${highest.path}:\\d+ step\\d wrong [0-9]+ %`));
    expect(peopleSection(labels, sums, () => 'y:1').markup).toContain('href="y:1"');
    expect(wordsOf(everyThird(() => true))).toContain('All words are the same');
  });

  it('does not hold a model against the words that it has learned from', () => {
    const target = { event: 'correct', unit: 'region', definition: 1 } as const;
    const regions = sums.regions.map((region) => ({
      ...region,
      assessment: { ...region.assessment, target: region.assessment.target && target },
    }));
    const words = wordsOf(
      everyThird((p) => p > 0.7),
      { ...sums, regions, target },
    );
    expect(words).toContain('p has learned from these very words');
    expect(words).toContain('the chance that a region is correct');
  });

  it('leaves out words on code that is another by now, and says so', () => {
    const gone = { path: judged[0]!.path, region: 'another.1', isFine: false };
    expect(wordsOf([gone])).toContain('People spoke of 0 regions here, and called 0 fine. 1 more word is about code');
    expect(wordsOf([{ ...gone, path: 'elsewhere.ts', region: judged[0]!.region }])).toContain('1 more word is about');
  });

  it('counts words where nothing is judged, and adds nothing up', () => {
    const unjudged = reportRegions(someLargeReport({ isJudged: false }));
    expect(
      wordsOf(
        everyThird(() => true),
        unjudged,
      ),
    ).toContain('Nothing was judged here');
  });
});
