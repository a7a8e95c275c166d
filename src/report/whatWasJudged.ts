import type { Report } from '../audit/report.ts';
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
      ([said, count]) => `Not scored, ${plural(count, 'file')}: ${visible(said)}`,
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

/** `1,234 files`, `1 file`. */
export function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
