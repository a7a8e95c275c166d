/**
 * Whether the native binding of tree-sitter would be worth having beside the wasm one: both parse the same files and
 * walk every node with the same cursor calls. Prints the best of some runs, in milliseconds.
 *
 *     node test/bench/nativeVersusWasm.ts
 */
import { createRequire } from 'node:module';
import { Language, Parser, type Tree, type TreeCursor } from 'web-tree-sitter';
import { GRAMMAR_TABLES } from '../../src/syntax/categories/grammarTables.ts';
import { flattenTree } from '../../src/syntax/flattenTree.ts';
import { grammarSymbols } from '../../src/syntax/grammarSymbols.ts';
import { languageEntry, RUNTIME_WASM, type LanguageId } from '../../src/syntax/languages.ts';
import { grammarsFolder } from '../grammarsFolder.ts';
import { someCode } from './someCode.ts';

type Cursor = Pick<
  TreeCursor,
  'gotoFirstChild' | 'gotoNextSibling' | 'gotoParent' | 'nodeTypeId' | 'startIndex' | 'endIndex'
>;
interface NativeParser {
  setLanguage(language: unknown): void;
  parse(text: string, old?: undefined, options?: { bufferSize: number }): { walk(): Cursor };
}

const require = createRequire(import.meta.url);
const Native = require('tree-sitter') as new () => NativeParser;
const folder = grammarsFolder();
await Parser.init({ locateFile: () => new URL(RUNTIME_WASM, folder).href });

const texts: readonly (readonly [LanguageId, string])[] = [
  ['javascript', someCode(10_000)],
  ['typescript', someCode(10_000, 'node_modules/{typescript,@types/node}/**/*.d.ts')],
  ['c', someCode(5_000, 'node_modules/tree-sitter-*/src/{scanner.c,tree_sitter/*.h}')],
];
console.log('language       lines    nodes   parse: native    wasm   walk: native    wasm   flatten: wasm');
for (const [id, text] of texts) {
  const grammars = require(languageEntry(id).npmPackage) as Record<string, unknown>;
  const native = new Native();
  native.setLanguage(grammars[id] ?? grammars);
  const language = await Language.load(new URL(languageEntry(id).wasm, folder));
  const wasm = new Parser().setLanguage(language);
  const symbols = grammarSymbols(id, language, GRAMMAR_TABLES[id]);

  const [nativeTree, nativeParse] = best(() => native.parse(text, undefined, { bufferSize: 1 << 20 }));
  const [wasmTree, wasmParse] = best(() => parse(wasm, text));
  const [nodes, nativeWalk] = best(() => walk(nativeTree.walk()));
  const [, wasmWalk] = best(() => walk(wasmTree.walk()));
  const [, flatten] = best(() => flattenTree(wasmTree, text, symbols));
  const ms = [nativeParse, wasmParse, nativeWalk, wasmWalk, flatten].map((time) => time.toFixed(0).padStart(10));
  console.log(id.padEnd(12), String(text.split('\n').length).padStart(7), String(nodes).padStart(9), ...ms);
}

function parse(parser: Parser, text: string): Tree {
  const tree = parser.parse(text);
  if (tree === null) throw new Error('The parser gave up.');
  return tree;
}

function walk(cursor: Cursor): number {
  let nodes = 0;
  let sum = 0;
  for (;;) {
    nodes++;
    sum += cursor.nodeTypeId + cursor.startIndex + cursor.endIndex;
    if (cursor.gotoFirstChild()) continue;
    while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return Number.isFinite(sum) ? nodes : 0;
  }
}

function best<Answer>(work: () => Answer): readonly [Answer, number] {
  let fastest = Number.POSITIVE_INFINITY;
  let answer = work();
  for (let run = 0; run < 4; run++) {
    const started = performance.now();
    answer = work();
    fastest = Math.min(fastest, performance.now() - started);
  }
  return [answer, fastest];
}
