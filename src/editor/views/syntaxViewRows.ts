import type { FoldedNodes, RegionSyntax, SyntaxNode, SyntaxToken } from '../../assess/syntaxOfRegion.ts';
import { percent } from '../../report/calibrationWords.ts';
import type { SyntaxRow, TokenLine } from '../../report/syntaxMessages.ts';
import { visible } from '../../report/visible.ts';
import { visibleToken } from '../../report/visibleToken.ts';
import { chanceInWords } from '../chanceInWords.ts';

/** A row of the tree, and what it stands for: offsets in the region, or null for nodes that are folded away. */
export interface PlacedRow {
  readonly row: SyntaxRow;
  readonly stretch: { readonly start: number; readonly end: number } | null;
}

/** Characters of code in a row. */
const MOST_CODE = 80;

/** Parts of a statement, and brackets, with less are not worth a row that says that they are left out. */
const LEAST_OF_PARTS = 0.01;
const LEAST_OF_BRACKETS = 0.05;

/**
 * The rows of a region's tree, from the root down.
 *
 * @param lineOf the line of an offset in the region, from 0
 */
export function syntaxViewRows({ text, root }: RegionSyntax, lineOf: (offset: number) => number): readonly PlacedRow[] {
  const from = root.start;

  function rowsOf(node: SyntaxNode, level: number): readonly PlacedRow[] {
    const stretch = { start: node.start - from, end: node.end - from };
    const row: SyntaxRow = {
      level,
      what: whatItIs(node),
      category: node.category ?? '',
      code: codeInLine(text.slice(stretch.start, stretch.end)),
      where: linesInWords(lineOf(stretch.start), lineOf(stretch.end)),
      share: node.share,
      shareInWords: shareWords(node.share),
      tokens: node.tokens.map(tokenLine),
      moreTokens: node.moreTokens,
    };
    const children = node.children.flatMap((child) => rowsOf(child, level + 1));
    const fold = node.fold === null ? null : foldRow(node.fold, level + 1);
    return [{ row, stretch }, ...children, ...(fold === null ? [] : [{ row: fold, stretch: null }])];
  }

  return rowsOf(root, 1);
}

/**
 * The row of the smallest node around a stretch of the region; null outside of all. A caret between two nodes is in the one that begins
 * there, and where none does in the one that ends there.
 */
export function rowAround(rows: readonly PlacedRow[], start: number, end: number): number | null {
  const around = rows.flatMap(({ stretch }, row) =>
    stretch !== null && stretch.start <= start && end <= stretch.end ? [{ row, ...stretch }] : [],
  );
  const begins = start === end && around.some((each) => each.start === start);
  const [smallest] = around
    .filter((each) => !begins || each.end > start)
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  return smallest?.row ?? null;
}

function foldRow({ count, areStatements, share }: FoldedNodes, level: number): SyntaxRow | null {
  const least = count === 0 ? LEAST_OF_BRACKETS : areStatements ? 0 : LEAST_OF_PARTS;
  if (share < least) return null;
  const noun = areStatements ? 'statement' : 'part';
  return {
    level,
    what: count === 0 ? 'brackets and separators' : `${count} more ${noun}${count === 1 ? '' : 's'}`,
    category: '',
    code: '',
    where: '',
    share,
    shareInWords: shareWords(share),
    tokens: [],
    moreTokens: 0,
  };
}

/** The grammar's word for a node, as a person would say it. */
function whatItIs({ type, name, isNamed, isPart, isError }: SyntaxNode): string {
  if (isError) return 'code that does not parse';
  const kind = isNamed ? type.replaceAll('_', ' ') : `${/^\p{L}/u.test(type) ? 'keyword' : 'sign'} ${type}`;
  const named = name === undefined ? kind : `${kind} ${name}`;
  return visible(isPart ? `part of ${named}` : named);
}

function linesInWords(first: number, last: number): string {
  return first === last ? `line ${first + 1}` : `lines ${first + 1} to ${last + 1}`;
}

function codeInLine(code: string): string {
  const line = visible(code.slice(0, 4 * MOST_CODE).replaceAll(/\s+/g, ' '));
  return line.length > MOST_CODE ? `${line.slice(0, MOST_CODE).toWellFormed()}…` : line;
}

function shareWords(share: number): string {
  return share > 0 && share < 0.005 ? 'under 1 %' : percent(share);
}

function tokenLine({ text, logprobNats, rank, entropyNats, alternatives }: SyntaxToken): TokenLine {
  return {
    text: visibleToken(text),
    chance: logprobNats === undefined ? 'not scored' : chanceInWords(logprobNats),
    rank: rank === undefined ? '' : String(rank),
    entropy: entropyNats === undefined ? '' : `${entropyNats.toFixed(1)} nats`,
    alternatives: alternatives.map((other) => ({
      text: visibleToken(other.text),
      chance: chanceInWords(other.logprobNats),
    })),
  };
}
