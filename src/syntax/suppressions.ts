import { lineIndexOf, positionAt, type LineIndex } from '../core/lineIndex.ts';
import { SPAN_FLAGS, type SpanTable } from '../core/spanTable.ts';
import { USUAL_SIGNS } from './commentSign.ts';
import { SUPPRESSION_WORDS, suppressionWordsIn, type SuppressionWords } from './suppressionComment.ts';
import { typesNamed } from './surveyTree.ts';
import { firstVisible, lastVisibleEnd } from './whiteSpace.ts';

/** A stretch of a text, in UTF-16 units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What somebody has looked at, and why it is to be left alone: what lies in [start, end) is silenced. */
export interface Suppression {
  readonly start: number;
  readonly end: number;
  readonly comment: Stretch;
  /** In one line, with a letter or a digit in it. */
  readonly reason: string;
}

/** A comment that was meant to silence something and does not. */
export interface SuppressionFault {
  /** `no-reason`: it says none. `after-code`: it is for the file, and code stands before it. `no-code`: none follows. */
  readonly kind: 'no-reason' | 'after-code' | 'no-code';
  readonly comment: Stretch;
}

/** All that the comments of a text silence. */
export interface Suppressions {
  /** Of the whole text. */
  readonly whole: Suppression | null;
  /** In the order of their comments; they may lie in one another. */
  readonly ranges: readonly Suppression[];
  readonly faults: readonly SuppressionFault[];
}

/**
 * Reads the comments by which people silence findings (docs/decisions/suppressions.md):
 *
 *     f(); // candor-ignore: checked by hand       the line, and all that begins on it
 *     // candor-ignore: checked by hand            alone on its line: the next line with code in the same way,
 *     function g() {                               here the whole function
 *
 * `candor-ignore-file: REASON` before any code silences the text. Linear in the text, but for looking lines up.
 */
export function suppressionsOf(text: string, spans: SpanTable): Suppressions {
  if (!text.includes(SUPPRESSION_WORDS.line)) return { whole: null, ranges: [], faults: [] };
  return resolve(text, spans.language === 'lines' ? readLines(text, spans) : readTree(text, spans));
}

/** What silences all of [start, end), the innermost first; null if nothing does. */
export function suppressionAt(suppressions: Suppressions, start: number, end: number): Suppression | null {
  const { whole, ranges } = suppressions;
  return ranges.findLast((range) => range.start <= start && end <= range.end) ?? whole;
}

/** A comment that holds one of the words. */
interface Note extends SuppressionWords {
  readonly comment: Stretch;
}

/**
 * The pieces of a text that are code, in text order: arrays of equal length. What begins with a piece reaches from
 * `reachStarts` to `reachEnds`; decorators before it are a part of that.
 */
interface Code {
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
  readonly reachStarts: ArrayLike<number>;
  readonly reachEnds: ArrayLike<number>;
}

/** A text as far as it matters here. */
interface Reading {
  /** In text order. */
  readonly notes: readonly Note[];
  readonly code: Code;
}

// What the notes silence.

function resolve(text: string, { notes, code }: Reading): Suppressions {
  const lines = lineIndexOf(text);
  const silenced = new Map<number, Stretch>();
  const ranges: Suppression[] = [];
  const faults: SuppressionFault[] = [];
  let whole: Suppression | null = null;
  let next = 0;
  for (const { comment, scope, reason } of notes) {
    while (next < code.starts.length && (code.starts[next] ?? 0) < comment.end) next++;
    const line = lineMeant(comment, code, next, lines);
    if (reason === '') faults.push({ kind: 'no-reason', comment });
    else if (scope === 'file') {
      if (next > 0) faults.push({ kind: 'after-code', comment });
      else whole ??= { start: 0, end: text.length, comment, reason };
    } else if (line === null) faults.push({ kind: 'no-code', comment });
    else {
      // Many comments may mean one line, which is to be read once.
      const range = silenced.get(line) ?? reachOfLine(line, code, next, lines);
      silenced.set(line, range);
      ranges.push({ ...range, comment, reason });
    }
  }
  return { whole, ranges, faults };
}

/** The line that a comment is about, before the piece `next`: its own if it holds code, or the next one that does. */
function lineMeant(comment: Stretch, code: Code, next: number, lines: LineIndex): number | null {
  const lineOf = (offset: number): number => positionAt(lines, offset).line;
  const ownLine = lineOf(comment.start);
  // A piece may end with a line's ending (a here-document), which is of that line yet.
  if (next > 0 && lineOf((code.ends[next - 1] ?? 1) - 1) === ownLine) return ownLine;
  return next < code.starts.length ? lineOf(code.starts[next] ?? 0) : null;
}

/**
 * What is silenced with a line; `near` is the first piece behind the comment.
 *
 *     const text = `...
 *     `; f(() => {          line     `; is of a piece from before: only what is of it on the line
 *       ...
 *     });                            f(...) begins here: all of it
 */
function reachOfLine(line: number, code: Code, near: number, { lineStarts, text }: LineIndex): Stretch {
  const lineStart = lineStarts[line] ?? 0;
  const lineEnd = lineStarts[line + 1] ?? text.length;
  let from = near;
  while (from > 0 && (code.ends[from - 1] ?? 0) > lineStart) from--;
  let start = lineEnd;
  let end = lineStart;
  for (let piece = from; piece < code.starts.length && (code.starts[piece] ?? 0) < lineEnd; piece++) {
    const isFromBefore = (code.starts[piece] ?? 0) < lineStart;
    start = Math.min(start, isFromBefore ? lineStart : (code.reachStarts[piece] ?? 0));
    end = Math.max(end, (isFromBefore ? code.ends[piece] : code.reachEnds[piece]) ?? 0);
  }
  return { start, end };
}

// A text with a grammar.

/** What stands before a declaration and belongs to it. */
const DECORATIONS = [
  'decorator',
  'annotation',
  'marker_annotation',
  'attribute_list',
  'attribute_group',
  'attribute_item',
  'attribute_declaration',
  'attribute_specifier',
] as const;
/** Parts of a statement that begin with its first statement or on a line of their own, beside the bodies of a table. */
const PARTS = ['then', 'do', 'do_group', 'indented_cases', 'switch_body', 'switch_block', 'match_block'] as const;
const CLOSER = /^(?:[\])},;]+|end|fi|esac|done|#endif)$/;
/** Leaves that say only that code begins or ends. */
const FRAMES = ['php_tag', '?>'] as const;

function readTree(text: string, spans: SpanTable): Reading {
  return { notes: notesOfTree(text, spans), code: codeOfTree(text, spans) };
}

function notesOfTree(text: string, spans: SpanTable): readonly Note[] {
  const { length, starts, ends, flags, parents } = spans;
  const isComment = (span: number): boolean => ((flags[span] ?? 0) & SPAN_FLAGS.comment) !== 0;
  const notes: Note[] = [];
  for (let span = 1; span < length; span++) {
    if (!isComment(span) || isComment(parents[span] ?? 0)) continue;
    const start = starts[span] ?? 0;
    const end = lastVisibleEnd(text, start, ends[span] ?? 0);
    const words = text.slice(start, end);
    if (!words.includes(SUPPRESSION_WORDS.line)) continue;
    for (const [line] of words.matchAll(/[^\r\n]+/g)) {
      const said = suppressionWordsIn(line);
      if (said !== null) notes.push({ ...said, comment: { start, end } });
    }
  }
  return notes;
}

/** The leaves of a tree that are code, and how far the longest statement or other whole node that begins there goes. */
function codeOfTree(text: string, spans: SpanTable): Code {
  const { leaves, starts, ends } = spans;
  const reachStarts = Uint32Array.from(leaves, (span) => starts[span] ?? 0);
  const reachEnds = Uint32Array.from(leaves, (span) => ends[span] ?? 0);
  const decorations = decorationsOf(spans);
  stretchOverNodes(spans, headsOf(decorations, leaves.length), tailEndsOf(text, spans), reachEnds);
  stretchOverDecorations(decorations, reachStarts, reachEnds);
  const isFrame = frameTest(text, spans);
  const kept = leaves.map((_, ordinal) => ordinal).filter((ordinal) => !isFrame(leaves[ordinal] ?? 0));
  return {
    starts: kept.map((ordinal) => starts[leaves[ordinal] ?? 0] ?? 0),
    ends: kept.map((ordinal) => ends[leaves[ordinal] ?? 0] ?? 0),
    reachStarts: kept.map((ordinal) => reachStarts[ordinal] ?? 0),
    reachEnds: kept.map((ordinal) => reachEnds[ordinal] ?? 0),
  };
}

/**
 * Lets each leaf reach over the nodes that begin with it. One that begins behind its decorations begins with the leaf
 * behind them too, so that a comment may stand between the two:
 *
 *     @cached
 *     // candor-ignore: checked by hand
 *     public int f() { ... }              `public` reaches over the method
 */
function stretchOverNodes(spans: SpanTable, heads: Uint32Array, tailEnds: Uint32Array, reachEnds: Uint32Array): void {
  const { length, ends, leafStarts, leafEnds } = spans;
  const isWhole = wholeTest(spans);
  for (let span = 1; span < length; span++) {
    const first = leafStarts[span] ?? 0;
    const endLeaf = leafEnds[span] ?? 0;
    if (first === endLeaf || !isWhole(span)) continue;
    const end = Math.max(ends[span] ?? 0, tailEnds[endLeaf] ?? 0);
    for (const leaf of [first, heads[first] ?? first]) {
      if (leaf < endLeaf) reachEnds[leaf] = Math.max(reachEnds[leaf] ?? 0, end);
    }
  }
}

/** The first leaf, at or behind each, that no decoration begins with. */
function headsOf(decorations: readonly Decoration[], leafCount: number): Uint32Array {
  const heads = Uint32Array.from({ length: leafCount + 1 }, (_, leaf) => leaf);
  for (const { start, end } of decorations.toReversed()) heads[start] = heads[end] ?? end;
  return heads;
}

/** Lets a decoration reach over what it belongs to, and that back over its decorations. */
function stretchOverDecorations(
  decorations: readonly Decoration[],
  reachStarts: Uint32Array,
  reachEnds: Uint32Array,
): void {
  const followed = decorations.filter(({ end }) => end < reachEnds.length);
  for (const { start, end } of followed) {
    reachStarts[end] = Math.min(reachStarts[end] ?? 0, reachStarts[start] ?? 0);
  }
  for (const { start, end } of followed.toReversed()) {
    reachEnds[start] = Math.max(reachEnds[start] ?? 0, reachEnds[end] ?? 0);
  }
}

/**
 * Where the leaves end that only close what was open, of the run that begins with each leaf; 0 where none does. They say
 * nothing themselves, and the last function of a class is judged together with the `}` of the class (`findRegions`).
 */
function tailEndsOf(text: string, { leaves, starts, ends, flags }: SpanTable): Uint32Array {
  const tailEnds = new Uint32Array(leaves.length + 1);
  for (let leaf = leaves.length - 1; leaf >= 0; leaf--) {
    const span = leaves[leaf] ?? 0;
    const isNamed = ((flags[span] ?? 0) & SPAN_FLAGS.named) !== 0;
    if (isNamed || !CLOSER.test(text.slice(starts[span], ends[span]))) continue;
    tailEnds[leaf] = Math.max(ends[span] ?? 0, tailEnds[leaf + 1] ?? 0);
  }
  return tailEnds;
}

/** Ordinals of leaves: its leaves are start .. end-1. */
interface Decoration {
  readonly start: number;
  readonly end: number;
}

/** In text order. */
function decorationsOf(spans: SpanTable): readonly Decoration[] {
  const { types, leafStarts, leafEnds } = spans;
  const wanted = typesAmong(spans, DECORATIONS);
  const found: Decoration[] = [];
  types.forEach((type, span) => {
    const start = leafStarts[span] ?? 0;
    const end = leafEnds[span] ?? 0;
    if (start < end && wanted.has(type)) found.push({ start, end });
  });
  return found;
}

/**
 * Tells the nodes that are a whole: not the body of something, which may begin with its first statement, unless it
 * stands among statements itself; and not what the parser could make nothing of.
 */
function wholeTest(spans: SpanTable): (span: number) => boolean {
  const { flags, types, parents } = spans;
  const parts = new Set([...typesNamed(spans, 'bodies'), ...typesAmong(spans, PARTS)]);
  return (span) => {
    if (((flags[span] ?? 0) & SPAN_FLAGS.error) !== 0) return false;
    const parent = parents[span] ?? 0;
    return !parts.has(types[span] ?? 0) || parent === 0 || parts.has(types[parent] ?? 0);
  };
}

/** Tells the leaves that are no code: a `#!` line, the tags of PHP, and in JSX the braces around a comment. */
function frameTest(text: string, spans: SpanTable): (span: number) => boolean {
  const { types, starts, parents, leafStarts, leafEnds } = spans;
  const frames = typesAmong(spans, FRAMES);
  const braced = typesAmong(spans, ['jsx_expression']);
  const codeStart = shebangEnd(text);
  return (span) => {
    const parent = parents[span] ?? 0;
    const isEmpty = (leafEnds[parent] ?? 0) - (leafStarts[parent] ?? 0) === 2;
    return (
      (starts[span] ?? 0) < codeStart || frames.has(types[span] ?? 0) || (isEmpty && braced.has(types[parent] ?? 0))
    );
  };
}

/** Where the `#!` line ends that a text may begin with; `#![` begins an attribute of Rust. */
function shebangEnd(text: string): number {
  return /^\uFEFF?#!(?!\[)[^\r\n]*/.exec(text)?.[0].length ?? 0;
}

/** Types by name, as indices into `typeNames`. */
function typesAmong({ typeNames }: SpanTable, names: readonly string[]): ReadonlySet<number> {
  return new Set(names.map((name) => typeNames.indexOf(name)));
}

// A text without a grammar.

/** A sign, which may be written more than once, right before the word. */
const SIGNED_WORD = /(?<!\S)(\/\/+|\/\*+|#+|--+|;+|%+|<!--+|\(\*+|\{-+)[ \t!]*candor-ignore/g;

interface Piece {
  readonly start: number;
  readonly end: number;
  /** Its line, without layout. */
  readonly line: Stretch;
}

/** A line that begins with a sign which a note of the text has is taken for a comment: nobody knows the language. */
function readLines(text: string, spans: SpanTable): Reading {
  const { leaves, starts, ends } = spans;
  const notes: Note[] = [];
  const pieces: Piece[] = [];
  const signs = new Set<string>();
  const codeStart = shebangEnd(text);
  for (const leaf of leaves) {
    const line = { start: starts[leaf] ?? 0, end: ends[leaf] ?? 0 };
    let covered = Math.max(line.start, Math.min(codeStart, line.end));
    for (const { comment, sign } of signedComments(text, line)) {
      const said = suppressionWordsIn(text.slice(comment.start, comment.end));
      if (said === null) continue;
      notes.push({ ...said, comment });
      signs.add(sign);
      addPiece(text, covered, comment.start, line, pieces);
      covered = comment.end;
    }
    addPiece(text, covered, line.end, line, pieces);
  }
  const isCode = ({ start }: Piece): boolean => ![...signs].some((sign) => text.startsWith(sign, start));
  return { notes, code: codeOfLines(pieces.filter(isCode)) };
}

/** The comments of a line that hold the word right behind their sign. */
function signedComments(text: string, line: Stretch): readonly { comment: Stretch; sign: string }[] {
  const words = text.slice(line.start, line.end);
  if (!words.includes(SUPPRESSION_WORDS.line)) return [];
  const found: { comment: Stretch; sign: string }[] = [];
  let covered = 0;
  for (const match of words.matchAll(SIGNED_WORD)) {
    if (match.index < covered) continue;
    const [sign, closer] = USUAL_SIGNS.find(([one]) => match[1]?.startsWith(one) === true) ?? ['', ''];
    const closed = closer === '' ? -1 : words.indexOf(closer, match.index + match[0].length);
    covered = closed === -1 ? words.length : closed + closer.length;
    found.push({ comment: { start: line.start + match.index, end: line.start + covered }, sign });
  }
  return found;
}

/** Adds what is visible in [start, end). */
function addPiece(text: string, start: number, end: number, line: Stretch, pieces: Piece[]): void {
  const visible = firstVisible(text, start, end);
  if (visible < end) pieces.push({ start: visible, end: lastVisibleEnd(text, visible, end), line });
}

function codeOfLines(pieces: readonly Piece[]): Code {
  return {
    starts: pieces.map(({ start }) => start),
    ends: pieces.map(({ end }) => end),
    reachStarts: pieces.map(({ line }) => line.start),
    reachEnds: pieces.map(({ line }) => line.end),
  };
}
