import { lineIndexOf, positionAt, type LineIndex } from '../core/lineIndex.ts';
import { SPAN_FLAGS, type SpanTable } from '../core/spanTable.ts';
import { surveyTree, typesNamed, type TreeSurvey } from './surveyTree.ts';

/** A stretch of a file that an audit judges as one: a function, or a run of statements between functions. */
export interface FoundRegion {
  readonly kind: 'function' | 'statements';
  /** Names from the outside in, joined by dots; of statements, the name of what holds them. */
  readonly name?: string;
  /** From the first character of its first leaf to the last one of its last leaf. */
  readonly start: number;
  readonly end: number;
  /** Ordinals into `spans.leaves`: its leaves are firstLeaf .. endLeaf-1. */
  readonly firstLeaf: number;
  readonly endLeaf: number;
  /** Its spans are those among firstSpan .. endSpan-1 that end there too (`subtreeEnds[i] <= endSpan`). */
  readonly firstSpan: number;
  readonly endSpan: number;
}

/** A function longer than this, with functions in it, is split; so is a statement with several functions in it. */
const MAX_FUNCTION_LINES = 80;
/** A function without a name that is shorter than this is a part of its statement. */
const MIN_UNNAMED_LINES = 5;
/** A run of statements ends before the statement that would take it over this. */
const MAX_RUN_LINES = 60;
/** What is nested deeper is not split any more. */
const MAX_DEPTH = 100;

/**
 * Splits a file into the regions of an audit. They stand in text order, do not overlap, and hold every leaf once.
 *
 *     import a from 'a'        }  statements
 *     @cached                  }
 *     function f() { ... }     }  function f, with what the grammar hangs on it
 *     class C {                }  statements, named C
 *       x = 1                  }
 *       m() { ... }            }  function C.m
 *     }                        }  no code of its own: goes with what stands before it
 *
 * A statement that holds one function belongs to it if the function is declared there (`export const f = () => 1`) or
 * makes up most of it (`describe('...', () => {...})`), unless it is short and has no name. A text without a grammar is
 * cut into runs of lines.
 */
export function findRegions(spans: SpanTable, text: string): FoundRegion[] {
  const finder = new RegionFinder(spans, text);
  finder.addChildren(0, '', 0);
  return finder.regions();
}

interface Piece {
  readonly kind: FoundRegion['kind'];
  readonly name: string;
  readonly firstSpan: number;
  readonly firstLeaf: number;
  endSpan: number;
  endLeaf: number;
}

class RegionFinder {
  readonly #spans: SpanTable;
  readonly #text: string;
  readonly #survey: TreeSurvey;
  readonly #lines: LineIndex;
  readonly #wrapperTypes: ReadonlySet<number>;
  readonly #prefixTypes: ReadonlySet<number>;
  readonly #pieces: Piece[] = [];

  constructor(spans: SpanTable, text: string) {
    this.#spans = spans;
    this.#text = text;
    this.#survey = surveyTree(spans);
    this.#lines = lineIndexOf(text);
    this.#wrapperTypes = typesNamed(spans, 'wrappers');
    this.#prefixTypes = typesNamed(spans, 'prefixes');
  }

  regions(): FoundRegion[] {
    return this.#pieces.map(({ name, ...piece }) => ({
      ...piece,
      ...(name === '' ? {} : { name }),
      start: this.#leafStart(piece.firstLeaf),
      end: this.#leafEnd(piece.endLeaf),
    }));
  }

  /** Adds what lies directly in a span piece by piece, in the name of `holder`. */
  addChildren(span: number, holder: string, depth: number): void {
    const { subtreeEnds, leafStarts, leafEnds, types } = this.#spans;
    const end = subtreeEnds[span] ?? 0;
    let prefix = -1;
    for (let child = span + 1; child < end; child = subtreeEnds[child] ?? end) {
      if (leafStarts[child] === leafEnds[child]) continue;
      const first: number = prefix === -1 ? child : prefix;
      const isPrefix = this.#prefixTypes.has(types[child] ?? 0);
      prefix = isPrefix ? first : -1;
      if (!isPrefix) this.#add(first, child, holder, depth + 1);
    }
    if (prefix !== -1) this.#addStatement(holder, prefix, end);
  }

  /** Adds a span, and before it the prefixes from the span `first` on. */
  #add(first: number, span: number, holder: string, depth: number): void {
    const { subtreeEnds, leafStarts, leafEnds } = this.#spans;
    const { functionCounts, containerCounts, firstContainers, nests, bodies } = this.#survey;
    const end = subtreeEnds[span] ?? 0;
    const isOpen = bodies[span] === 1 || (containerCounts[span] ?? 0) > 0;
    const isLong = this.#lineCount(leafStarts[span] ?? 0, leafEnds[span] ?? 0) > MAX_FUNCTION_LINES;
    const owner = isOpen ? -1 : this.#ownerOf(span);
    const ownName = owner === -1 ? holder : qualified(holder, this.#nameOf(owner));

    if (depth > MAX_DEPTH) this.#addStatement(holder, first, end);
    else if (owner !== -1 && !(isLong && nests[owner] === 1)) this.#addPiece('function', ownName, first, end);
    else if (owner !== -1) this.#unwrap(first, span, owner, ownName, depth);
    else if (containerCounts[span] === 1 && bodies[span] === 0) {
      const container = firstContainers[span] ?? span;
      this.#unwrap(first, span, container, qualified(holder, this.#nameOf(container)), depth);
    } else if (isOpen || (isLong && (functionCounts[span] ?? 0) > 0)) {
      if (first !== span) this.#addStatement(holder, first, span);
      this.addChildren(span, holder, depth);
    } else this.#addStatement(holder, first, end);
  }

  /** Adds what lies around `inner`, which is `span` or lies in it, and what lies directly in it, under one name. */
  #unwrap(first: number, span: number, inner: number, name: string, depth: number): void {
    const { subtreeEnds, leafStarts, leafEnds } = this.#spans;
    if (first !== span) this.#addStatement(name, first, span);
    if (span === inner) {
      this.addChildren(span, name, depth);
      return;
    }
    const end = subtreeEnds[span] ?? 0;
    for (let child = span + 1; child < end; child = subtreeEnds[child] ?? end) {
      if (child <= inner && inner < (subtreeEnds[child] ?? end)) this.#unwrap(child, child, inner, name, depth);
      else if (leafStarts[child] !== leafEnds[child]) this.#add(child, child, name, depth + 1);
    }
  }

  /** The function that a statement belongs to, or -1. */
  #ownerOf(span: number): number {
    const { functionCounts, firstFunctions } = this.#survey;
    if (functionCounts[span] !== 1) return -1;
    const { leafStarts, leafEnds, nameSpans } = this.#spans;
    const owner = firstFunctions[span] ?? -1;
    if (this.#isDeclaredBy(owner, span)) return owner;
    if (2 * this.#leafCount(owner) <= this.#leafCount(span)) return -1;
    const isWorthIt =
      nameSpans[owner] !== -1 || this.#lineCount(leafStarts[owner] ?? 0, leafEnds[owner] ?? 0) >= MIN_UNNAMED_LINES;
    return isWorthIt ? owner : -1;
  }

  /** Whether nothing but wrappers stands between a statement and a function in it. */
  #isDeclaredBy(owner: number, statement: number): boolean {
    const { parents, types } = this.#spans;
    let above = owner;
    while (above !== statement) {
      above = parents[above] ?? statement;
      if (!this.#wrapperTypes.has(types[above] ?? 0)) return false;
    }
    return this.#leafCount(owner) > 0;
  }

  /** Adds spans to the run before them, or begins another one. What holds no code goes with what stands before it. */
  #addStatement(holder: string, firstSpan: number, endSpan: number): void {
    const firstLeaf = this.#spans.leafStarts[firstSpan] ?? 0;
    const endLeaf = this.#spans.leafEnds[endSpan - 1] ?? 0;
    const last = this.#pieces.at(-1);
    const isSameRun =
      last?.kind === 'statements' && last.name === holder && this.#lineCount(last.firstLeaf, endLeaf) <= MAX_RUN_LINES;
    if (last !== undefined && (isSameRun || this.#isTail(firstLeaf, endLeaf))) {
      last.endSpan = endSpan;
      last.endLeaf = endLeaf;
    } else this.#addPiece('statements', holder, firstSpan, endSpan);
  }

  #addPiece(kind: Piece['kind'], name: string, firstSpan: number, endSpan: number): void {
    const firstLeaf = this.#spans.leafStarts[firstSpan] ?? 0;
    const endLeaf = this.#spans.leafEnds[endSpan - 1] ?? 0;
    this.#pieces.push({ kind, name, firstSpan, firstLeaf, endSpan, endLeaf });
  }

  /** Whether leaves only close what was open: `}`, `);`, `end`. */
  #isTail(firstLeaf: number, endLeaf: number): boolean {
    for (let leaf = firstLeaf; leaf < endLeaf; leaf++) {
      const span = this.#spans.leaves[leaf] ?? 0;
      if (((this.#spans.flags[span] ?? 0) & SPAN_FLAGS.named) !== 0) return false;
      if (!/^(?:[\])},;]+|end|fi|esac|done|#endif)$/.test(this.#slice(span))) return false;
    }
    return true;
  }

  #nameOf(span: number): string {
    const name = this.#spans.nameSpans[span] ?? -1;
    return name === -1 ? '' : this.#slice(name);
  }

  #slice(span: number): string {
    return this.#text.slice(this.#spans.starts[span] ?? 0, this.#spans.ends[span] ?? 0);
  }

  #leafCount(span: number): number {
    return (this.#spans.leafEnds[span] ?? 0) - (this.#spans.leafStarts[span] ?? 0);
  }

  #leafStart(leaf: number): number {
    return this.#spans.starts[this.#spans.leaves[leaf] ?? 0] ?? 0;
  }

  /** Where the leaf before `endLeaf` ends. */
  #leafEnd(endLeaf: number): number {
    return this.#spans.ends[this.#spans.leaves[endLeaf - 1] ?? 0] ?? 0;
  }

  #lineCount(firstLeaf: number, endLeaf: number): number {
    return (
      positionAt(this.#lines, this.#leafEnd(endLeaf)).line -
      positionAt(this.#lines, this.#leafStart(firstLeaf)).line +
      1
    );
  }
}

function qualified(holder: string, name: string): string {
  return holder === '' || name === '' ? holder + name : `${holder}.${name}`;
}
