import { SPAN_FLAGS } from '../core/spanTable.ts';
import { NAMING, type GrammarSymbols } from './grammarSymbols.ts';
import type { SpanTableBuilder } from './spanTableBuilder.ts';

type NamedSpans = Pick<
  SpanTableBuilder,
  'length' | 'starts' | 'ends' | 'parents' | 'subtreeEnds' | 'types' | 'flags' | 'nameSpans'
>;

/**
 * Turns the fields that were found into names. At first `nameSpans` holds, for each node of a type that knows a name,
 * the child in that field.
 *
 *     int (*table[3])(void)       declaration -> function_declarator -> parenthesized_declarator -> ... -> identifier
 *     key: function () {}         the function has no name: it takes that of the pair, which keeps none
 */
export function resolveNames(spans: NamedSpans, symbols: GrammarSymbols): void {
  const { length, types, flags, nameSpans } = spans;
  // Names lie below what they name, so from the last span on every link is resolved before it is followed.
  for (let span = length - 1; span >= 0; span--) {
    const name = nameSpans[span] ?? -1;
    if (name === -1) continue;
    const further = namingOf(name) === NAMING.link ? (nameSpans[name] ?? -1) : -1;
    nameSpans[span] = innermost(spans, further === -1 ? name : further);
  }
  for (let span = 0; span < length; span++) {
    if (((flags[span] ?? 0) & SPAN_FLAGS.function) !== 0 && nameSpans[span] === -1) {
      nameSpans[span] = nameFromOutside(spans, span);
    }
  }
  for (let span = 0; span < length; span++) {
    if (nameSpans[span] !== -1 && namingOf(span) >= NAMING.binder && ((flags[span] ?? 0) & SPAN_FLAGS.function) === 0) {
      nameSpans[span] = -1;
    }
  }

  function namingOf(span: number): number {
    return symbols.namings[types[span] ?? 0] ?? NAMING.none;
  }
}

/** The name that the nearest node above, other than wrappers as wide as the function, has before the function. */
function nameFromOutside(spans: NamedSpans, span: number): number {
  const { starts, ends, parents, nameSpans } = spans;
  let above = parents[span] ?? 0;
  while (above !== 0 && starts[above] === starts[span] && ends[above] === ends[span]) above = parents[above] ?? 0;
  const name = nameSpans[above] ?? -1;
  return name !== -1 && name < span && (ends[name] ?? 0) <= (starts[span] ?? 0) ? name : -1;
}

/** The innermost span with the range of `span`: the identifier in a list of one. */
function innermost(spans: NamedSpans, span: number): number {
  const { starts, ends, subtreeEnds } = spans;
  const start = starts[span];
  const end = ends[span];
  let inner = span;
  while (inner + 1 < (subtreeEnds[inner] ?? 0) && starts[inner + 1] === start && ends[inner + 1] === end) inner++;
  return inner;
}
