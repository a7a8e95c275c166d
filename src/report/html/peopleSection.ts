import type { RegionLabel } from '../../audit/report.ts';
import { chancesOfBeingAsked } from '../../core/sums/chancesOfBeingAsked.ts';
import { designBasedMean } from '../../core/sums/designBasedMean.ts';
import { suspectLabels } from '../../core/sums/suspectLabels.ts';
import type { Target } from '../../core/words.ts';
import { eventInWords, percent } from '../calibrationWords.ts';
import { plural } from '../whatWasJudged.ts';
import { html, type Markup } from './markup.ts';
import { placeLink, type LinkOf } from './placeLink.ts';
import { judgementFor, type ReportRegions, type SummedRegion } from './reportRegions.ts';
import { table } from './table.ts';
import { meanInWords, shareInWords } from './words.ts';

/** Fewer words, and of fewer files, tell of chance. */
const LEAST_WORDS = 10;
const LEAST_FILES = 5;

const MOST_SUSPECTS = 20;

/** A region that has a chance, and what a person said of it. */
interface SpokenRegion {
  readonly region: SummedRegion;
  readonly p: number;
  /** null: nobody spoke of it. */
  readonly isFine: boolean | null;
}

/** What people said of the code: how much of all they would call fine, and which of their words look wrong. */
export function peopleSection(
  labels: readonly RegionLabel[] | null | undefined,
  { regions, target }: ReportRegions,
  linkOf: LinkOf,
): Markup {
  if (labels === null || labels === undefined) {
    return html`<p>
      What people said of code is kept in Candor’s ledger, and none could be read for this report: no word of a person
      is in it.
    </p>`;
  }
  if (labels.length === 0) {
    return html`<p>
      Nobody has said of code in these files that it is fine or wrong. “Candor: This code is fine” and “Candor: This
      code is wrong” say so in the editor, of code that a model wrote.
    </p>`;
  }
  const words = new Map(labels.map((label) => [keyOf(label.path, label.region), label.isFine]));
  const wordOn = ({ file, assessment }: SummedRegion): boolean | null =>
    words.get(keyOf(file.path, assessment.region.id)) ?? null;
  const spoken = regions.filter((region) => wordOn(region) !== null);
  const judged = regions.flatMap((region): readonly SpokenRegion[] => {
    const judgement = judgementFor(region, target);
    return judgement === null ? [] : [{ region, p: judgement.p, isFine: wordOn(region) }];
  });
  const fine = spoken.filter((region) => wordOn(region) === true).length;
  const gone = labels.length - spoken.length;
  return html`<p>
      People spoke of ${plural(spoken.length, 'region')} here, and called ${fine.toLocaleString('en')}
      fine.${gone === 0 ? '' : ` ${plural(gone, 'more word')} ${gone === 1 ? 'is' : 'are'} about code that is no region here as it was then.`}
    </p>
    ${target === null ? html`<p>Nothing was judged here, so nothing tells how the rest would fare.</p>` : html`${accuracy(judged, target)} ${suspects(judged, target, linkOf)}`}`;
}

/** How much of all that was judged people would call fine: few words of people, and the chances of all. */
function accuracy(judged: readonly SpokenRegion[], target: Target): Markup {
  const spoken = judged.filter(({ isFine }) => isFine !== null);
  const files = new Set(spoken.map(({ region }) => region.file.path)).size;
  const chances = chancesOfBeingAsked(judged.map(({ p, isFine }) => ({ p, isAsked: isFine !== null })));
  if (chances === null || spoken.length < LEAST_WORDS || files < LEAST_FILES) {
    return html`<p>
      Of judged regions they spoke of ${spoken.length.toLocaleString('en')}, in ${plural(files, 'file')}: it takes
      ${LEAST_WORDS} in ${LEAST_FILES} files to say how much of all they would call fine.
    </p>`;
  }
  const mean = designBasedMean(
    judged.map(({ region, p, isFine }, index) => ({
      group: region.file.path,
      machine: p,
      human: isFine === null ? null : Number(isFine),
      samplingProbability: chances[index] ?? 1,
    })),
  );
  if (mean === null) return html``;
  const { corrected, machineMean, humanLabels } = mean;
  return html`<dl class="sums">
      <div>
        <dt>Would be called fine</dt>
        <dd class="big">${shareInWords(corrected.mean)}</dd>
        <dd class="small">
          ${meanInWords(corrected, shareInWords).replace(/^[^(]*\(?|\)$/g, '')}, of
          ${plural(judged.length, 'judged region')}, by ${plural(humanLabels, 'word')} of people
        </dd>
      </div>
      <div>
        <dt>Mean p of the same</dt>
        <dd class="big">${percent(machineMean)}</dd>
        <dd class="small">the chance that a region ${eventInWords(target)}, for comparison</dd>
      </div>
    </dl>
    <p>
      p was said of all of them, and a person’s word corrects it where there is one (design-based supervised learning),
      so the share is right on average even where p is wrong. It rests on this: that chance chose which of the regions
      with about the same p people spoke of. They choose themselves, and are asked about code of models alone; where
      what they passed over is better or worse than what they spoke of, the share is off, and the range does not show
      it. ${hasLearned(target) ? 'p has learned from such words, which makes the range a little too narrow.' : null}
    </p>`;
}

/** Words that a model which did not hear them finds unlikely. */
function suspects(judged: readonly SpokenRegion[], target: Target, linkOf: LinkOf): Markup | null {
  const spoken = judged.flatMap(({ region, p, isFine }) => (isFine === null ? [] : [{ region, p, good: isFine }]));
  if (spoken.length === 0) return null;
  const title = html`<h3>Words that look wrong</h3>`;
  if (hasLearned(target)) {
    return html`${title}
      <p>p has learned from these very words, so it cannot be held against them.</p>`;
  }
  const found = suspectLabels(spoken);
  if (found === null) {
    return html`${title}
      <p>All words are the same, so there is nothing to hold them against.</p>`;
  }
  if (found.length === 0) {
    return html`${title}
      <p>None: each fits what regions of such a p were called.</p>`;
  }
  const more = found.length - MOST_SUSPECTS;
  return html`${title}
    <p>
      For a second look: a person said one thing of these regions, and p says the other as clearly as it does where
      people agree with it. The word may be right, and p wrong (confident learning).
    </p>
    ${table(
      'Words for a second look',
      [{ head: 'region' }, { head: 'was called' }, { head: 'chance of that by p', isNumber: true }],
      found.slice(0, MOST_SUSPECTS).map(({ item: { region, good }, chanceOfLabel }) => ({
        cells: [
          html`${placeLink(region.file.path, region.line, linkOf)}
            <span class="name">${region.assessment.region.name ?? 'statements'}</span>`,
          good ? 'fine' : 'wrong',
          percent(chanceOfLabel),
        ],
      })),
    )}
    ${more > 0 ? html`<p>${more.toLocaleString('en')} more are left out.</p>` : null}`;
}

/** A model that was fitted to people's words has heard these. */
function hasLearned({ event }: Target): boolean {
  return event === 'correct';
}

function keyOf(path: string, region: string): string {
  return JSON.stringify([path, region]);
}
