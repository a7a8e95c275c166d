import type { Language } from 'web-tree-sitter';
import { NO_CATEGORY, SPAN_FLAGS } from '../core/spanTable.ts';
import { CATEGORIES } from '../core/words.ts';
import type { FieldByType, GrammarTable } from './categories/grammarTable.ts';

/** What the runtime calls the type of an ERROR node. */
const ERROR_TYPE_ID = 0xffff;

/** Stands for a name that has no field: the last named child. */
export const LAST_NAMED_CHILD = 0xffff;

/** Why a node type knows a name. */
export const NAMING = { none: 0, declaration: 1, binder: 2, link: 3 } as const;

/** What a node may be to text about the code: the statement that holds nothing else, or the text. */
export const DOCUMENTING = { none: 0, statement: 1, text: 2 } as const;

/**
 * A grammar's table, compiled into arrays by the runtime's numbers for node types (*symbols*), so that the walk over a
 * tree compares no strings. Several symbols may share a name, and with it a type.
 */
export interface GrammarSymbols {
  readonly language: string;
  readonly typeNames: readonly string[];
  /** Index into `typeNames`. */
  readonly types: Uint16Array;
  readonly categories: Uint8Array;
  /** Bits of SPAN_FLAGS that follow from the symbol alone. */
  readonly flags: Uint8Array;
  /** Length of a token that is no more than its own name (`=>`), so that nothing can lie below it; -1 for all else. */
  readonly tokenLengths: Int32Array;
  /** Id of the field that names a node; 0 for none; LAST_NAMED_CHILD. */
  readonly nameFields: Uint16Array;
  /** One of DOCUMENTING, by symbol. */
  readonly documenting: Uint8Array;
  /** One of NAMING, by type. */
  readonly namings: Uint8Array;
  /** Index of ERROR nodes in all these arrays, whose id in the runtime lies far outside. */
  readonly errorSymbol: number;
}

/** Index of a node type, by its id in the runtime, in the arrays of GrammarSymbols. */
export function symbolOf(typeId: number, symbols: GrammarSymbols): number {
  return typeId === ERROR_TYPE_ID ? symbols.errorSymbol : typeId;
}

/** Compiles `table` for the grammar `language`; names that the grammar does not have are passed over. */
export function grammarSymbols(id: string, language: Language, table: GrammarTable): GrammarSymbols {
  const count = language.nodeTypeCount;
  const symbols = {
    types: new Uint16Array(count + 1),
    categories: new Uint8Array(count + 1).fill(NO_CATEGORY),
    flags: new Uint8Array(count + 1),
    tokenLengths: new Int32Array(count + 1).fill(-1),
    nameFields: new Uint16Array(count + 1),
    documenting: new Uint8Array(count + 1),
    namings: new Uint8Array(count + 1),
  };
  const categoryByName = new Map<string, number>();
  for (const [index, category] of CATEGORIES.entries()) {
    for (const name of table.categories[category] ?? []) categoryByName.set(name, index);
  }
  const functions = new Set(table.functions);
  const comments = new Set(table.comments);
  const typeByName = new Map<string, number>([['ERROR', 0]]);
  for (let symbol = 0; symbol < count; symbol++) {
    const name = language.nodeTypeForId(symbol) ?? '';
    const isNamed = language.nodeTypeIsNamed(symbol);
    const type = typeByName.get(name) ?? typeByName.size;
    if (!language.nodeTypeIsVisible(symbol)) continue;
    typeByName.set(name, type);
    symbols.types[symbol] = type;
    symbols.categories[symbol] = categoryByName.get(name) ?? NO_CATEGORY;
    if (!isNamed) {
      // Not so `not in`: grammars may give a name to several tokens at once.
      symbols.tokenLengths[symbol] = /\s/.test(name) ? -1 : name.length;
      continue;
    }
    symbols.flags[symbol] =
      SPAN_FLAGS.named |
      (functions.has(name) ? SPAN_FLAGS.function : 0) |
      (comments.has(name) ? SPAN_FLAGS.comment : 0);
    if (table.documentation?.statements.includes(name) === true) symbols.documenting[symbol] = DOCUMENTING.statement;
    if (table.documentation?.texts.includes(name) === true) symbols.documenting[symbol] = DOCUMENTING.text;
    const kinds: readonly (readonly [number, FieldByType | undefined])[] = [
      [NAMING.declaration, table.names],
      [NAMING.binder, table.binders],
      [NAMING.link, table.links],
    ];
    for (const [naming, fields] of kinds) {
      const field = fields?.[name];
      if (field === undefined) continue;
      symbols.nameFields[symbol] = field === null ? LAST_NAMED_CHILD : (language.fieldIdForName(field) ?? 0);
      symbols.namings[type] = naming;
    }
  }
  symbols.flags[count] = SPAN_FLAGS.named | SPAN_FLAGS.error;
  return { language: id, typeNames: [...typeByName.keys()], ...symbols, errorSymbol: count };
}
