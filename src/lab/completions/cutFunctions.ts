import { SPAN_FLAGS, type SpanTable } from '../../core/spanTable.ts';
import { lineIndexOf, positionAt } from '../../core/lineIndex.ts';
import { findRegions } from '../../syntax/findRegions.ts';

/** Whole statements that are taken out of a function, and what stands around them. */
export interface Cut {
  readonly prefix: string;
  /** What was there, from the first character of the first statement to the last one of the last. */
  readonly expected: string;
  readonly suffix: string;
  /** How many statements it is. */
  readonly statements: number;
}

/** What the grammars call the nodes whose named children are statements. */
const BLOCKS: ReadonlySet<string> = new Set([
  'block',
  'statement_block',
  'statement_list',
  'compound_statement',
  'body_statement',
  'function_body',
  'constructor_body',
  'do_block',
]);

const MOST_STATEMENTS = 3;
const MOST_LINES = 12;

/** A function shorter than this is all statement. */
const FEWEST_FUNCTION_LINES = 4;

/**
 * Every place in the functions of a text where one to three whole statements of a block can be taken out: for each statement but the
 * first of its block, so that something of the block stands before it. Comments are no statements.
 */
export function cutFunctions(text: string, spans: SpanTable): readonly Cut[] {
  const lines = lineIndexOf(text);
  const lineOf = (offset: number): number => positionAt(lines, offset).line;
  const functions = findRegions(spans, text).filter(
    ({ kind, start, end }) => kind === 'function' && lineOf(end) - lineOf(start) + 1 >= FEWEST_FUNCTION_LINES,
  );
  return functions.flatMap(({ firstSpan, endSpan }) =>
    Array.from({ length: endSpan - firstSpan }, (_, index) => firstSpan + index)
      .filter((span) => BLOCKS.has(typeOf(spans, span)))
      .flatMap((block) => {
        const statements = statementsOf(spans, block);
        return statements.slice(1).flatMap((_, index) => {
          const first = index + 1;
          return Array.from({ length: Math.min(MOST_STATEMENTS, statements.length - first) }, (_item, more): Cut => {
            const start = spans.starts[statements[first] ?? 0] ?? 0;
            const end = spans.ends[statements[first + more] ?? 0] ?? 0;
            return {
              prefix: text.slice(0, start),
              expected: text.slice(start, end),
              suffix: text.slice(end),
              statements: more + 1,
            };
          }).filter(({ prefix, expected }) => {
            const height = lineOf(prefix.length + expected.length) - lineOf(prefix.length) + 1;
            return height <= MOST_LINES;
          });
        });
      }),
  );
}

/** The statements of a block, in order: its named children that are no comments. */
export function statementsOf(spans: SpanTable, block: number): readonly number[] {
  const children: number[] = [];
  for (
    let child = block + 1;
    child < (spans.subtreeEnds[block] ?? 0);
    child = spans.subtreeEnds[child] ?? spans.length
  ) {
    const flags = spans.flags[child] ?? 0;
    const isStatement = (flags & SPAN_FLAGS.named) !== 0 && (flags & (SPAN_FLAGS.comment | SPAN_FLAGS.error)) === 0;
    if (isStatement) children.push(child);
  }
  // A block that only wraps another, as Go's and Ruby's do.
  const [only] = children;
  return children.length === 1 && only !== undefined && BLOCKS.has(typeOf(spans, only))
    ? statementsOf(spans, only)
    : children;
}

/** The block in which a statement begins at an offset, and its place there; null: none does. */
export function statementAt(
  spans: SpanTable,
  offset: number,
): { readonly statements: readonly number[]; readonly place: number } | null {
  for (let span = 0; span < spans.length; span++) {
    if (!BLOCKS.has(typeOf(spans, span))) continue;
    const statements = statementsOf(spans, span);
    const place = statements.findIndex((statement) => spans.starts[statement] === offset);
    if (place >= 0) return { statements, place };
  }
  return null;
}

function typeOf(spans: SpanTable, span: number): string {
  return spans.typeNames[spans.types[span] ?? 0] ?? '';
}
