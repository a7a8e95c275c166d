import { NO_CATEGORY, SPAN_FLAGS, type SpanTable } from '../../../src/core/spanTable.ts';
import { CATEGORIES, type Category } from '../../../src/core/words.ts';
import { LeafSums } from '../../../src/syntax/leafSums.ts';
import { SpanTableBuilder } from '../../../src/syntax/spanTableBuilder.ts';

/** A tree to build: a leaf with what it costs, or a node around others. */
export type Tree = Leaf | Node;

export interface Leaf {
  readonly costNats: number;
  /** Brackets and separators have neither a name of their own nor a category. */
  readonly isPunctuation?: boolean;
  readonly category?: Category;
}

export interface Node {
  readonly name: string;
  readonly children: readonly Tree[];
}

export const leaf = (costNats: number): Leaf => ({ costNats });
export const sign = (costNats: number): Leaf => ({ costNats, isPunctuation: true });
export const operator = (costNats: number): Leaf => ({ costNats, isPunctuation: true, category: 'operators' });
export const node = (name: string, ...children: readonly Tree[]): Node => ({ name, children });

/** The spans of a tree whose leaves are one character wide, and the sums of their costs. */
export function laidOut(root: Node): { table: SpanTable; sums: LeafSums } {
  const builder = new SpanTableBuilder(4);
  const costs: number[] = [];
  const typeNames: string[] = ['leaf'];
  const add = (tree: Tree, parent: number): void => {
    if ('costNats' in tree) {
      const at = costs.push(tree.costNats) - 1;
      const category = tree.category === undefined ? NO_CATEGORY : CATEGORIES.indexOf(tree.category);
      const span = builder.open(at, at + 1, parent, 0, category, tree.isPunctuation === true ? 0 : SPAN_FLAGS.named);
      builder.markLeaf(span);
      builder.close(span);
      return;
    }
    const type = typeNames.push(tree.name) - 1;
    const span = builder.open(costs.length, costs.length, parent, type, NO_CATEGORY, SPAN_FLAGS.named);
    for (const child of tree.children) add(child, span);
    builder.ends[span] = costs.length;
    builder.close(span);
  };
  add(root, 0);
  const table = builder.finish('test', costs.length, typeNames);
  return { table, sums: new LeafSums(table, Int32Array.from(costs.keys()), Float64Array.from(costs)) };
}

/** A span in a word: its node's name, or `leaf` and its place. */
export function spanWord(table: SpanTable, span: number): string {
  const name = table.typeNames[table.types[span] ?? 0] ?? '';
  return name === 'leaf' ? `leaf ${table.starts[span]}` : name;
}
