import { lineIndexOf, lineText, positionAt } from '../core/lineIndex.ts';
import type { OpinionCluster, SecondOpinion } from '../core/opinions/secondOpinion.ts';
import { CANDOR_VERSION } from '../core/version.ts';
import { percent } from './calibrationWords.ts';
import { columnsOf } from './columnsOf.ts';
import { findingInWords } from './findingWords.ts';
import { visible } from './visible.ts';

/** Lines of one sample that are shown. */
const MOST_LINES = 12;

/**
 * A second opinion, to be read beside the file: what stands there with what is better marked under it, where the samples part, the
 * samples by what they are, and every number.
 *
 * @param text of the file, as it was asked about
 */
export function opinionReport(
  opinion: SecondOpinion,
  { path, text }: { readonly path: string; readonly text: string },
): string {
  const { engine, start, sampleCount, temperature, seed, tokensWritten } = opinion;
  const where = `${visible(path)}:${positionAt(lineIndexOf(text), start).line + 1}`;
  return [
    [
      `Candor ${CANDOR_VERSION}, engine ${engine}`,
      `Second opinion on ${where}: ${sampleCount} samples at temperature ${temperature}, seed ${seed}; ${tokensWritten} tokens written.`,
      'What an engine would have written is no proof that what stands there is wrong.',
    ].join('\n'),
    [...standing(opinion, text), ...findingLines(opinion, text)].join('\n'),
    ...opinion.clusters.map((cluster, place) => clusterBlock(cluster, place + 1, sampleCount)),
    numberLines(opinion).join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}

/** The lines of the stretch, each with `~` under what is better marked than not. */
function standing({ start, end, unsure }: SecondOpinion, text: string): readonly string[] {
  const lines = lineIndexOf(text);
  const [first, last] = [positionAt(lines, start).line, positionAt(lines, end).line];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).flatMap((line) => {
    const from = lines.lineStarts[line] ?? 0;
    const content = lineText(lines, line);
    const marks = unsure.flatMap((region): string[] => {
      const [left, right] = [Math.max(region.start, from) - from, Math.min(region.end, from + content.length) - from];
      if (region.start > from + content.length || region.end < from || right < left) return [];
      const lead = columnsOf(visible(content.slice(0, left)));
      return [' '.repeat(lead) + '~'.repeat(Math.max(1, columnsOf(visible(content.slice(left, right)))))];
    });
    const gutter = String(line + 1).padStart(7);
    const under = marks.reduce(overlaid, '');
    return [`${gutter} | ${visible(content)}`, ...(under === '' ? [] : [`${' '.repeat(gutter.length)} | ${under}`])];
  });
}

/** Two lines of marks as one. */
function overlaid(a: string, b: string): string {
  const length = Math.max(a.length, b.length);
  return Array.from({ length }, (_, at) => (a[at] === '~' || b[at] === '~' ? '~' : ' ')).join('');
}

function findingLines({ finding }: SecondOpinion, text: string): readonly string[] {
  if (finding === null) return ['', 'Every sample is what stands there.'];
  const leaf = text.slice(finding.start, finding.end);
  return ['', findingInWords(finding, leaf === '' ? 'the end' : leaf, (words) => `“${visible(words)}”`)];
}

function clusterBlock(
  { text, count, share, voteShare, isOriginal, isBroken }: OpinionCluster,
  place: number,
  all: number,
): string {
  const vote = voteShare === null ? '' : `; ${percent(voteShare)} of the vote by probability`;
  const what = isOriginal ? '  as it stands' : isBroken ? '  does not parse' : '';
  const head = `${String(place).padStart(2)}. ${count} of ${all} (${percent(share)}${vote})${what}`;
  if (isOriginal) return head;
  const lines = text.split(/\r\n|\r|\n/);
  const shown = lines.slice(0, MOST_LINES).map((line) => `        | ${visible(line)}`);
  return [head, ...shown, ...(lines.length > MOST_LINES ? ['        | …'] : [])].join('\n');
}

function numberLines({ signals, behaviour, truth, confidence }: SecondOpinion): readonly string[] {
  const names = Object.keys(signals).toSorted();
  const width = Math.max(0, ...names.map((name) => name.length));
  return [
    'reason' in behaviour
      ? `Not run: ${behaviour.reason}.`
      : `Run on ${behaviour.inputCount} inputs, they behave in ${behaviour.clusterCount} ${behaviour.clusterCount === 1 ? 'way' : 'ways'}.`,
    ...(truth === null
      ? []
      : [
          `Asked whether it is right, both ways round: P(True) ${percent(truth.probability)}; the two orders differ by ${percent(truth.orderGap)}, and ${percent(truth.labelMass)} of the answers were one of the two.`,
        ]),
    ...(confidence === null ? [] : [`In words it is ${percent(confidence)} sure.`]),
    'None of these numbers is calibrated.',
    ...names.map((name) => `  ${name.padEnd(width)}  ${(signals[name] ?? 0).toPrecision(4)}`),
  ];
}
