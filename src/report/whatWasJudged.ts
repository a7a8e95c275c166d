import { isJudged, type Report } from '../audit/report.ts';
import { countBy } from './countBy.ts';

/** What a report is about, in sentences of numbers and Candor's own words: one or more lines. */
export function whatWasJudged(report: Report): readonly string[] {
  const { files, learnedTokenCount, otherFileCount } = report;
  const judged = files.filter(isJudged);
  const regionCount = judged.reduce((sum, file) => sum + file.assessments.length, 0);
  const learned = learnedTokenCount === 0 ? '' : `; learned from ${plural(learnedTokenCount, 'token')}`;
  const left = Object.entries(countBy(files, (file) => (isJudged(file) ? null : file.skipped)));
  if (otherFileCount > 0) left.push(['no code', otherFileCount]);
  return [
    `${plural(judged.length, 'file')} judged, ${plural(regionCount, 'region')}${learned}.`,
    ...lookedAtOnly(report),
    ...(left.length > 0 ? [`Left out: ${left.map(([reason, count]) => `${count} ${reason}`).join(', ')}.`] : []),
  ];
}

/** What the engine was too slow to read, where another looked at everything first. */
function lookedAtOnly({ source, files }: Report): readonly string[] {
  const engines = Object.entries(
    countBy(
      files.filter(isJudged).flatMap((file) => file.assessments),
      (one) => one.source.engine,
    ),
  );
  return engines
    .filter(([engine]) => engine !== source.engine)
    .map(
      ([engine, count]) =>
        `${plural(count, 'region')} of them by the engine ${engine} alone: they come after the others.`,
    );
}

/** `1,234 files`, `1 file`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
