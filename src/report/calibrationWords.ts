import type { Bands } from '../core/risk/bands.ts';
import { FEWEST_COMMITS, showsChance, type Calibration, type Standing } from '../core/risk/calibration.ts';
import { isOutOfDate } from '../core/risk/driftEvidence.ts';
import type { SequenceResult } from '../core/risk/fixedSequenceTest.ts';
import type { Authors, Band, Basis, Judgement, Target } from '../core/words.ts';
import { DRIFT_LEVEL } from '../assess/judgeEvidence.ts';

// What a calibration says, in the words in which every face of Candor says it.

/** The good event, as the end of "chance that it ...". */
export function eventInWords({ event, horizon }: Target): string {
  switch (event) {
    case 'sound':
      // In an editor nobody says that he fixes something: there it is the errors that are reported.
      return horizon !== undefined && 'minutes' in horizon
        ? `shows no error${within(horizon)}`
        : `needs no fix${within(horizon)}`;
    case 'survives':
      return `stays unchanged${within(horizon)}`;
    case 'correct':
      return 'is correct';
    case 'matches':
      return 'is the code that was there';
  }
}

function within(horizon: Target['horizon']): string {
  if (horizon === undefined) return '';
  if ('days' in horizon) return horizon.days === 1 ? ' within a day' : ` within ${horizon.days} days`;
  if ('minutes' in horizon) return ` within ${horizon.minutes} minutes`;
  return horizon.commits === 1 ? ' until the next commit' : ` for ${horizon.commits} commits`;
}

/** A chance and its interval: `82 % (71 to 90 %)`. */
export function chanceInNumbers({ p, low, high }: Judgement): string {
  return `${percent(p)} (${(low * 100).toFixed(0)} to ${percent(high)})`;
}

/** Whose code the outcomes were of. */
export function authorsInWords(authors: Authors): string {
  return authors === 'ai' ? 'AI-written code' : 'all added code, whoever wrote it';
}

/** What a number rests on, in a few words. */
export function basisInWords({ origin, model, standing }: Calibration): string {
  const outcomes = `${count(standing.regions, 'region')} of ${count(standing.commits, 'commit')}`;
  const whose = authorsInWords(origin.authors);
  switch (origin.kind) {
    case 'public':
      return `public repositories: ${outcomes}, ${whose}`;
    case 'history':
      return `the history here: ${outcomes}, ${whose}; prior: ${model.prior}`;
    case 'data':
      return `the data given: ${outcomes}; prior: ${model.prior}`;
    case 'editor':
      return `what became of such code in this editor: ${outcomes}; prior: ${model.prior}`;
  }
}

/** Said over every list of regions: what its numbers are worth. */
export function calibrationNote(calibration: Calibration | null): string {
  if (calibration === null) {
    return 'Nothing is calibrated yet: a reading order, not a verdict. What is least usual comes first, new things too.';
  }
  if (!showsChance(calibration)) return `A reading order, not a verdict. ${verdictInWords(calibration)}`;
  const outOfDate = isOutOfDate(calibration.drift, DRIFT_LEVEL) ? ` ${verdictInWords(calibration)}` : '';
  return `p is the chance that a region ${eventInWords(calibration.target)}, by ${basisInWords(calibration)}.${outOfDate}`;
}

/** What a judgement rests on, in a few words: `400 outcomes of 200 commits here; prior: 29 public repositories`. */
export function judgementBasis({ authors, prior, outcomeCount, commitCount }: Basis): string {
  const own =
    outcomeCount === 0
      ? 'no outcome of your own yet'
      : `${count(outcomeCount, 'outcome')} of ${count(commitCount, 'commit')}, ${authorsInWords(authors)}`;
  return `${own}; prior: ${prior}`;
}

/** What a band says of a region; `unknown` says nothing. */
export const BAND_WORDS: Readonly<Record<Band, string>> = {
  trust: 'trust: of regions like it few enough go bad, as outcomes have shown',
  check: 'check: neither trusted nor doubted',
  doubt: 'doubt: of regions like it many go bad, as outcomes have shown',
  unknown: 'unknown: it was not judged',
};

/** Whether a chance is shown and, if not, why; one sentence. */
export function verdictInWords(calibration: Calibration): string {
  const { standing, drift } = calibration;
  if (showsChance(calibration)) {
    return isOutOfDate(drift, DRIFT_LEVEL)
      ? 'This calibration is out of date: what happened since does not fit its numbers. Calibrate again.'
      : `It knows more than ${standing.against}: chances are shown.`;
  }
  const why =
    standing.commits < FEWEST_COMMITS
      ? `Of ${count(standing.commits, 'commit')} the outcome is known, and it takes ${FEWEST_COMMITS} to tell whether it knows more than ${standing.against}`
      : `It is not shown to know more than ${standing.against}`;
  return `${why}: code is put in order, and no chance is shown.`;
}

/** What the bands are, or why there are none; one sentence each. */
export function bandsInWords({ bands }: Pick<Calibration, 'bands'>): readonly string[] {
  if (bands === null) return ['No band was tested: none is trusted, none is doubted.'];
  return [bandInWords(bands, 'trust', bands.trust), bandInWords(bands, 'doubt', bands.doubt)];
}

function bandInWords({ rules }: Bands, band: 'trust' | 'doubt', result: SequenceResult): string {
  const promise =
    band === 'trust' ? `at most ${percent(rules.trustRate)} go bad` : `at least ${percent(rules.doubtRate)} go bad`;
  switch (result.outcome) {
    case 'passed':
      return `${band}: from ${percent(result.threshold)} ${band === 'trust' ? 'up' : 'down'}, where ${promise} (${count(result.units, 'commit')}).`;
    case 'too-few-units':
      return `${band}: none yet. That ${promise} takes ${count(result.needed, 'commit')} with such a chance to show, and there ${result.units === 1 ? 'is' : 'are'} ${result.units}.`;
    case 'too-many-failures':
      return `${band}: none. Of the ${count(result.units, 'commit')} at the strictest threshold ${result.failures} went the other way, too many to show that ${promise}.`;
  }
}

/** How predictions did that were made beforehand; a few lines. */
export function standingInWords(standing: Standing): readonly string[] {
  const { regions, commits, baseRate, gainNats, against, slope, discrimination } = standing;
  const gain =
    gainNats === null
      ? 'too few commits to compare'
      : `${signed(gainNats.mean)} nats a region (${percent(gainNats.level)}: ${signed(gainNats.low)} to ${signed(gainNats.high)})`;
  return [
    `${count(regions, 'region')} of ${count(commits, 'commit')}, ${percent(baseRate)} went well`,
    `log loss lower than that of ${against} by: ${gain}`,
    `calibration slope ${slope === null ? 'cannot be had' : slope.toFixed(2)} (1 is right), discrimination ${discrimination === null ? 'cannot be had' : discrimination.toFixed(4)}`,
  ];
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
