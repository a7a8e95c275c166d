import { SPAN_FLAGS, type SpanTable } from '../../core/spanTable.ts';
import { statementsOf } from '../../lab/completions/cutFunctions.ts';
import { typesNamed } from '../../syntax/surveyTree.ts';

/** What was written so far between two stretches of a text, as offsets in all of it. */
export interface Written {
  /** Where the caret was. */
  readonly start: number;
  readonly end: number;
}

/** How far what was written goes by syntax, as offsets in the text. */
export interface StatementEnd {
  /** End of the statement or block that was begun, where something else comes after it; null: it may go on. */
  readonly end: number | null;
  /** Ends of the whole statements on its level that were written, rising. */
  readonly wholeEnds: readonly number[];
}

/** Nodes that hold statements, beside those that a grammar table calls bodies. */
const LISTS: ReadonlySet<string> = new Set(['statement_list', 'do_block', 'then', 'else', 'do']);

const FAULTS = SPAN_FLAGS.error | SPAN_FLAGS.missing;

/**
 * Finds the statement that was begun at the caret, or the block, where the caret stands at the beginning of one that holds nothing else.
 *
 *     def f(a):                        if a:
 *         |b = a      } the block          |b = a    } one statement, for the block goes on behind it
 *         return b    }                    return b  <- was there before
 *     def g():        <- ends it
 *
 * A statement that the caret stands in counts whole. It has come to its end where another one begins on a line after it: until then an
 * `else` may follow.
 *
 * @param spans the tree of all that is before, between and after
 * @returns null where the tree does not tell: nothing was written but comments, or the parser could not make sense of it
 */
export function statementEnd(text: string, spans: SpanTable, written: Written): StatementEnd | null {
  const found = statementsWritten(spans, written);
  const last = found?.block ?? found?.statements.at(-1);
  if (found === null || last === undefined) return null;
  if (found.statements.some((statement) => hasFaults(spans, statement, written))) return null;
  const lastEnd = spans.ends[last] ?? 0;
  const wholeEnds = found.statements
    .map((statement) => spans.ends[statement] ?? 0)
    .filter((end) => end > written.start && end <= written.end);
  return { end: isFollowed(text, spans, lastEnd, written) ? lastEnd : null, wholeEnds };
}

/** What was begun at a caret, by spans. */
export interface StatementsWritten {
  /** The block, where all of it was written; null: one statement. */
  readonly block: number | null;
  /** In order; the first one may have begun before the caret. */
  readonly statements: readonly number[];
}

/** The statement that was begun, or those of the block; null where no statement was written. */
export function statementsWritten(spans: SpanTable, written: Written): StatementsWritten | null {
  const leaf = firstLeafFrom(spans, written.start);
  if (leaf === null || (spans.starts[leaf] ?? 0) >= written.end) return null;
  const lists = typesNamed(spans, 'bodies');
  const isList = (span: number): boolean =>
    span === 0 || lists.has(spans.types[span] ?? 0) || LISTS.has(spans.typeNames[spans.types[span] ?? 0] ?? '');
  let statement = leaf;
  while (!isList(spans.parents[statement] ?? 0)) statement = spans.parents[statement] ?? 0;
  const isNamed = ((spans.flags[statement] ?? 0) & SPAN_FLAGS.named) !== 0;
  if (statement === 0 || !isNamed) return null;
  const list = spans.parents[statement] ?? 0;
  const statements = statementsOf(spans, list);
  const isBlock =
    list !== 0 &&
    statements[0] === statement &&
    statements.every((other) => isWithin(spans, other, written)) &&
    (spans.starts[statement] ?? 0) >= written.start;
  return isBlock ? { block: list, statements } : { block: null, statements: [statement] };
}

/** Whether code that was written stands on a line after `end`, or after a sign that ends a statement. */
function isFollowed(text: string, spans: SpanTable, end: number, written: Written): boolean {
  const next = firstLeafFrom(spans, end);
  const start = next === null ? text.length : (spans.starts[next] ?? 0);
  return start < written.end && /[\n\r;}]/.test(text.slice(Math.max(0, end - 1), start + 1));
}

/** The first leaf that does not start before an offset, by its span. */
function firstLeafFrom({ leaves, starts }: SpanTable, offset: number): number | null {
  let low = 0;
  let high = leaves.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[leaves[middle] ?? 0] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return leaves[low] ?? null;
}

/** Whether the parser stumbled over what was written of a statement. What stands after it may well be unfinished. */
function hasFaults(spans: SpanTable, statement: number, written: Written): boolean {
  for (let span = statement; span < (spans.subtreeEnds[statement] ?? 0); span++) {
    const isOwn = span === statement || isWithin(spans, span, written);
    if (isOwn && ((spans.flags[span] ?? 0) & FAULTS) !== 0) return true;
  }
  return false;
}

function isWithin({ starts, ends }: SpanTable, span: number, { start, end }: Written): boolean {
  return (starts[span] ?? 0) >= start && (ends[span] ?? 0) <= end;
}
