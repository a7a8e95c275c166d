import { createHash } from 'node:crypto';
import type { JudgedFile } from '../audit/report.ts';

/** Name of the fingerprints' definition, for reports in which there may be others: docs/decisions/fingerprints.md. */
export const FINGERPRINT_NAME = 'candor/v1';

/** Hex digits kept: 64 bits, enough for every result of a repository. */
const DIGITS = 16;

interface Part {
  readonly start: number;
  readonly end: number;
}

/**
 * Fingerprints of results in one file, the same on every machine, by what a result is about and not by where it stands. White space
 * does not count, and neither does anything outside of the region, so that they survive moves, formatting and edits elsewhere.
 *
 *     SHA-256 of   rule \0 the region's text \0 place and length of the part in it        all without white space
 *     then         .1 .2 ...                                                       which of equal regions of the file
 *
 * @returns fingerprints of a part of a region of the file: its finding, or all of it
 */
export function fingerprintsIn({
  lines,
  assessments,
}: Pick<JudgedFile, 'lines' | 'assessments'>): (rule: string, region: Part, part: Part) => string {
  const occurrences = new Map<number, number>();
  const counts = new Map<string, number>();
  for (const { region } of assessments) {
    const text = withoutSpace(lines.text.slice(region.start, region.end));
    const occurrence = (counts.get(text) ?? 0) + 1;
    counts.set(text, occurrence);
    occurrences.set(region.start, occurrence);
  }
  return (rule, region, part) => {
    const inside = (end: number): number => withoutSpace(lines.text.slice(region.start, end)).length;
    const [start, end] = [inside(part.start), inside(part.end)];
    const known = [rule, withoutSpace(lines.text.slice(region.start, region.end)), `${start}+${end - start}`];
    const hash = createHash('sha256').update(known.join('\0')).digest('hex').slice(0, DIGITS);
    return `${hash}.${occurrences.get(region.start) ?? 1}`;
  };
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s+/g, '');
}
