import type { Report } from '../audit/report.ts';
import type { ReportSummary } from '../audit/reportSummary.ts';
import { visible } from './visible.ts';

/** What a report is about, in sentences of numbers and Candor's own words: one or more lines. */
export function whatWasJudged(report: Report): readonly string[] {
  const { summary, learnedTokenCount, otherFileCount } = report;
  const learned = learnedTokenCount === 0 ? '' : `; learned from ${plural(learnedTokenCount, 'token')}`;
  const left = Object.entries(summary.skipped);
  if (otherFileCount > 0) left.push(['no code', otherFileCount]);
  return [
    `${plural(summary.judgedFiles, 'file')} judged, ${plural(summary.regions, 'region')}${learned}.`,
    ...lookedAtOnly(report),
    ...Object.entries(summary.failures).map(
      ([said, count]) => `The engine failed on ${plural(count, 'file')}: ${visible(said)}`,
    ),
    ...(left.length > 0 ? [`Left out: ${left.map(([reason, count]) => `${count} ${reason}`).join(', ')}.`] : []),
  ];
}

/** What the engine was too slow to read, where another looked at everything first. */
export function lookedAtOnly({ source, summary }: Report): readonly string[] {
  return Object.entries(summary.engines)
    .filter(([engine]) => engine !== source.engine)
    .map(
      ([engine, count]) =>
        `${plural(count, 'region')} of them by the engine ${engine} alone: they come after the others.`,
    );
}

/** Why there is no region to show, where there is none. */
export function whyNothing({ files, judgedFiles }: Pick<ReportSummary, 'files' | 'judgedFiles'>): string {
  if (judgedFiles > 0) {
    return `There is no code to judge in ${plural(judgedFiles, 'file')}: comments, layout and deleted lines are none.`;
  }
  if (files > 0)
    return `Nothing was judged: ${files === 1 ? 'the only file was' : `all ${plural(files, 'file')} were`} left out.`;
  return 'There is no code to judge.';
}

/** `1,234 files`, `1 file`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
