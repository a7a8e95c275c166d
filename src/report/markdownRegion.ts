import type { RegionReference } from '../audit/report.ts';
import { positionAt, type LineIndex } from '../core/lineIndex.ts';
import type { Assessment, Category, RiskySpan } from '../core/words.ts';
import { chanceInNumbers } from './calibrationWords.ts';
import { codeBlock, codeSpan } from './codeSpan.ts';
import { findingInWords } from './findingWords.ts';
import { markedLine } from './markedLine.ts';
import { plainWords } from './plainWords.ts';
import { relativeUri } from './relativeUri.ts';

const MAX_ALTERNATIVE_LENGTH = 40;

/** What stands out, by what it is; of what has no category the type of the node says it. */
const THINGS: Readonly<Record<Category, string>> = {
  decisions: 'part of a decision',
  iteration: 'part of a loop',
  exceptions: 'handling of errors',
  functions: 'function',
  calls: 'call',
  operators: 'operation',
  literals: 'literal',
  identifiers: 'name',
  types: 'type',
  'data structures': 'data structure',
  scope: 'scope',
  imports: 'import',
};

/** A region as an item of a list, and what there is to see besides in it; empty: nothing. */
export interface MarkdownRegion {
  readonly item: string;
  readonly more: string;
}

/**
 * A region as a reviewer would have it: a link to the line to look at, that line with a mark under it, and in words why. The line is that
 * of the span of which there is most to say, and among equals of the riskiest. What else there is to see in the region comes apart.
 *
 * @param place in the reading order, from 1: the number of the item
 * @param linkBase what the link begins with
 */
export function markdownRegion({ file, assessment }: RegionReference, place: number, linkBase: string): MarkdownRegion {
  const { region, spans, judgement, band } = assessment;
  const { path, lines } = file;
  const first = spans.find(hasFinding) ?? spans.find(({ alternatives }) => alternatives.length > 0) ?? spans[0];
  const line = positionAt(lines, first?.start ?? region.start).line + 1;
  const link = `[${codeSpan(`${path}:${line}`)}](${linkBase}${relativeUri(path)}#L${line})`;
  const name = region.name === undefined ? '(statements)' : codeSpan(region.name);
  const numbers = judgement === null ? '' : `: p ${chanceInNumbers(judgement)}, ${band}`;
  const inside = first === undefined ? [wordsWithoutSpan(assessment)] : spanBlocks(file.lines, first, assessment);
  const shown = spans.filter((span, index) => span !== first && (index === 0 || hasFinding(span)));
  return {
    item: [`${place}. ${link} ${name}${numbers}`, ...inside.flatMap((block) => indented(block, place))].join('\n'),
    more:
      shown.length === 0
        ? ''
        : [`**${place}.** ${name}`, ...shown.flatMap((span) => spanBlocks(lines, span, assessment))].join('\n\n'),
  };
}

/** What the engine would have written instead is more to go by than that a place stands out. */
function hasFinding({ finding }: RiskySpan): boolean {
  return finding !== undefined;
}

/** In an item of a list, whose text begins behind its number. */
function indented(block: string, place: number): readonly string[] {
  const indent = ' '.repeat(`${place}. `.length);
  return ['', ...block.split('\n').map((line) => indent + line)];
}

/** What is to be said of a region that has no span to show. */
function wordsWithoutSpan({ unscored, silence }: Assessment): string {
  if (silence !== undefined) return `Kept quiet by a comment: ${codeSpan(silence.reason)}`;
  return unscored === undefined ? 'Nothing in it stands out.' : `Not scored: ${codeSpan(unscored)}`;
}

/** The line of a span with a mark below it, and why it is marked. */
function spanBlocks(lines: LineIndex, span: RiskySpan, { judgement }: Assessment): readonly string[] {
  const { line, source, lead, width } = markedLine(lines, span);
  const gutter = String(line + 1);
  const blank = ' '.repeat(gutter.length);
  return [
    codeBlock([`${gutter} | ${source}`, `${blank} | ${' '.repeat(lead)}${'^'.repeat(width)}`]),
    reason(lines, span, judgement === null ? 'Unusual' : 'Risky'),
  ];
}

function reason({ text }: LineIndex, { category, type, finding, alternatives }: RiskySpan, how: string): string {
  if (finding !== undefined) return findingInWords(finding, text.slice(finding.start, finding.end), shortCode);
  const thing = category === null ? plainWords(type.replaceAll('_', ' ')) : THINGS[category];
  const others = alternatives.map((one) => one.text).filter((one) => one.length <= MAX_ALTERNATIVE_LENGTH);
  return others.length === 0 ? `${how} ${thing}.` : `${how} ${thing}. Usual here: ${others.map(codeSpan).join(' ')}`;
}

function shortCode(text: string): string {
  return codeSpan(text.length <= MAX_ALTERNATIVE_LENGTH ? text : `${text.slice(0, MAX_ALTERNATIVE_LENGTH)}…`);
}
