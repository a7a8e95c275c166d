/** The six phrases that a model is asked to choose from (UQLM, `VerbalizedConfidence`), in small letters. */
const PHRASES: ReadonlyMap<string, number> = new Map([
  ['no chance', 0],
  ['little chance', 0.2],
  ['less than even', 0.4],
  ['fairly possible', 0.6],
  ['very good chance', 0.8],
  ['almost certain', 1],
]);

/** A number that is neither negative nor the rest of a longer one, a word or a fraction. */
const NUMBER = String.raw`(?<![\w.,/+-])(\d+(?:\.\d+)?|\.\d+)`;
/** What makes a number more than a bare one. */
const UNIT = String.raw`\s*(?:%|percent\b|per cent\b|\/|out of\b)`;

const PERCENT = new RegExp(String.raw`${NUMBER}\s*(?:%|percent\b|per cent\b)`, 'gi');
const FRACTION = new RegExp(String.raw`${NUMBER}\s*(?:\/|out of\b)\s*(100?)(?![\w%/]|\.\d)`, 'gi');
const DECIMAL = new RegExp(String.raw`(?<![\w.,/+-])(0?\.\d+|1\.0+)(?!\w|\.\d|${UNIT})`, 'gi');
const RANGE = new RegExp(String.raw`${NUMBER}\s*%?\s*(?:[-–—]|to\b)\s*(?:\d|\.\d)`, 'i');
const BARE_AFTER_LABEL = new RegExp(
  String.raw`\b(?:confidence|probability|likelihood|certainty)\b[^\d\n.+-]{0,20}(\d{1,3})(?!\w|\.\d|${UNIT})`,
  'gi',
);
const BARE_ALONE = /^[\s*_`"'(]*(\d{1,3})[\s*_`"').]*$/;

/**
 * The confidence that a model put into words, read strictly: what could be taken in two ways is not taken.
 *
 *     85%   85 percent   0.85   85/100   8.5 out of 10   Confidence: 85   85   Very good chance
 *
 * A phrase counts where it stands alone on its line or after a colon, for "no chance of failing" means the opposite. A
 * whole number without unit counts as percent, alone or after a word such as confidence; but 1 could be either end, and is
 * none. Numbers that speak of something else (9/10 tests) are not told apart, so ask for the confidence and nothing else.
 *
 * Last resort of all scores: over-confident, so of use only after calibration (Xiong and others, arXiv 2306.13063).
 *
 * @returns in [0, 1]; null where there is none, where two differ or make a range, or where one lies outside
 */
export function verbalConfidence(answer: string): number | null {
  if (RANGE.test(answer)) return null;
  const readings = [...numbersIn(answer), ...phrasesIn(answer)];
  const first = readings[0];
  if (first === undefined || !(first >= 0 && first <= 1)) return null;
  return readings.every((reading) => Math.abs(reading - first) < 1e-9) ? first : null;
}

function numbersIn(answer: string): number[] {
  const captured = (pattern: RegExp): number[] => Array.from(answer.matchAll(pattern), ([, number]) => Number(number));
  const bare = [...captured(BARE_AFTER_LABEL), ...(BARE_ALONE.exec(answer)?.slice(1).map(Number) ?? [])];
  return [
    ...captured(PERCENT).map((percent) => percent / 100),
    ...Array.from(answer.matchAll(FRACTION), ([, part, whole]) => Number(part) / Number(whole)),
    ...captured(DECIMAL),
    ...bare.map((percent) => (percent === 1 ? Number.NaN : percent / 100)),
  ];
}

function phrasesIn(answer: string): number[] {
  return answer.split('\n').flatMap((line) => {
    const words = line.slice(line.lastIndexOf(':') + 1).match(/[\p{L}\d]+/gu) ?? [];
    return PHRASES.get(words.join(' ').toLowerCase()) ?? [];
  });
}
