import type { Tree, TreeCursor } from 'web-tree-sitter';
import { SPAN_FLAGS, type SpanTable } from '../core/spanTable.ts';
import { DOCUMENTING, LAST_NAMED_CHILD, symbolOf, type GrammarSymbols } from './grammarSymbols.ts';
import { resolveNames } from './resolveNames.ts';
import { SpanTableBuilder } from './spanTableBuilder.ts';
import { firstVisible, lastVisibleEnd } from './whiteSpace.ts';

/** A cheap guess that seldom makes the columns grow: source has a node for about every third unit. */
const UNITS_PER_SPAN = 3;
const NODES_BETWEEN_CHECKS = 8192;

/**
 * Lays a syntax tree out in a SpanTable. Offsets are UTF-16 units of `text`, the text that the tree was parsed from.
 *
 *     text       `a ${b} c`
 *     tree       template_string ( ` template_substitution ( ${ identifier } ) ` )
 *     leaves     `  a  ${  b  }  c  `      `a` and `c` lie between the children: leaves of the template's own type
 *
 * The root spans the whole text, though the tree may start after layout. Nodes without width are left out, unless the
 * parser put them in where something is missing. `shouldStop` is asked now and then; when it says yes, the answer is
 * null.
 */
export function flattenTree(
  tree: Tree,
  text: string,
  symbols: GrammarSymbols,
  shouldStop: () => boolean = () => false,
): SpanTable | null {
  const builder = new SpanTableBuilder(64 + Math.ceil(text.length / UNITS_PER_SPAN));
  const cursor = tree.walk();
  try {
    const { types, categories, flags: flagsOf, tokenLengths, nameFields } = symbols;
    const rootSymbol = symbolOf(cursor.nodeTypeId, symbols);
    const rootFlags = flagsOf[rootSymbol] ?? 0;
    let span = builder.open(0, text.length, 0, types[rootSymbol] ?? 0, categories[rootSymbol] ?? 0, rootFlags);
    let hasChild = cursor.gotoFirstChild();

    // For each node from the root to the cursor's parent: its span, how far its text is covered, the field of its name.
    const openSpans: number[] = [];
    const coveredEnds: number[] = [];
    const openNameFields: number[] = [];
    let covered = 0;
    let nameField = nameFields[rootSymbol] ?? 0;
    let untilCheck = NODES_BETWEEN_CHECKS;

    while (hasChild) {
      if (--untilCheck === 0) {
        if (shouldStop()) return null;
        untilCheck = NODES_BETWEEN_CHECKS;
      }
      // The cursor stands on a child of `span` that was not seen yet.
      const start = cursor.startIndex;
      const end = cursor.endIndex;
      const symbol = symbolOf(cursor.nodeTypeId, symbols);
      const isMissing = start === end && cursor.nodeIsMissing;
      let child = -1;
      if (start < end || isMissing) {
        addGap(builder, text, covered, start, span);
        covered = end;
        const inherited = (builder.flags[span] ?? 0) & (SPAN_FLAGS.comment | SPAN_FLAGS.documentation);
        const flags =
          (flagsOf[symbol] ?? 0) |
          inherited |
          (isMissing ? SPAN_FLAGS.missing : 0) |
          (isDocumentation(cursor, symbol, symbols, text) ? SPAN_FLAGS.documentation : 0);
        child = builder.open(start, end, span, types[symbol] ?? 0, categories[symbol] ?? 0, flags);
        if (nameField !== 0 && isName(nameField, cursor, flags)) {
          builder.nameSpans[span] = child;
          if (nameField !== LAST_NAMED_CHILD) nameField = 0;
        }
      }

      if (tokenLengths[symbol] !== end - start && cursor.gotoFirstChild()) {
        openSpans.push(span);
        coveredEnds.push(covered);
        openNameFields.push(nameField);
        // What hangs below a node that is left out belongs to the node above it.
        if (child !== -1) span = child;
        covered = start;
        nameField = child === -1 ? 0 : (nameFields[symbol] ?? 0);
        continue;
      }
      if (child !== -1) {
        const isCode = ((builder.flags[child] ?? 0) & (SPAN_FLAGS.comment | SPAN_FLAGS.missing)) === 0;
        if (isCode && firstVisible(text, start, end) < end) builder.markLeaf(child);
        builder.close(child);
      }

      while (!(hasChild = cursor.gotoNextSibling())) {
        const parent = openSpans.pop();
        if (parent === undefined) break;
        cursor.gotoParent();
        if (parent !== span) {
          addGap(builder, text, covered, builder.ends[span] ?? 0, span);
          builder.close(span);
        }
        span = parent;
        covered = coveredEnds.pop() ?? 0;
        nameField = openNameFields.pop() ?? 0;
      }
    }
    addGap(builder, text, covered, text.length, span);
    builder.close(span);
    resolveNames(builder, symbols);
    return builder.finish(symbols.language, text.length, symbols.typeNames);
  } finally {
    cursor.delete();
  }
}

function isName(nameField: number, cursor: TreeCursor, flags: number): boolean {
  if (nameField !== LAST_NAMED_CHILD) return cursor.currentFieldId === nameField;
  return (flags & (SPAN_FLAGS.named | SPAN_FLAGS.comment)) === SPAN_FLAGS.named;
}

/** A string that nothing is done with, unless code runs inside of it. */
const INERT_STRING = /^[bru]{0,2}["']/i;

/** Whether the cursor is on a statement that is nothing but text about the code. It stays there. */
function isDocumentation(cursor: TreeCursor, symbol: number, symbols: GrammarSymbols, text: string): boolean {
  if (symbols.documenting[symbol] !== DOCUMENTING.statement) return false;
  const { startIndex } = cursor;
  if (!INERT_STRING.test(text.slice(startIndex, startIndex + 3)) || !cursor.gotoFirstChild()) return false;
  const isText = symbols.documenting[symbolOf(cursor.nodeTypeId, symbols)] === DOCUMENTING.text;
  const isAlone = !cursor.gotoNextSibling();
  cursor.gotoParent();
  return isText && isAlone;
}

/** Makes the visible part of [start, end), text of `span` that no child of it holds, a leaf below `span`. */
function addGap(builder: SpanTableBuilder, text: string, start: number, end: number, span: number): void {
  const gapStart = firstVisible(text, start, end);
  if (gapStart >= end) return;
  const flags = builder.flags[span] ?? 0;
  if ((flags & SPAN_FLAGS.comment) !== 0) return;
  const leaf = builder.open(
    gapStart,
    lastVisibleEnd(text, gapStart, end),
    span,
    builder.types[span] ?? 0,
    builder.categories[span] ?? 0,
    flags & (SPAN_FLAGS.named | SPAN_FLAGS.error | SPAN_FLAGS.documentation),
  );
  builder.markLeaf(leaf);
  builder.close(leaf);
}
