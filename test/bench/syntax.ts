/**
 * What parsing, walking and aligning cost, from a thousand to a hundred thousand lines of JavaScript out of
 * `node_modules`. Prints milliseconds (the best of some runs), lines a second, and how aligning grows.
 *
 *     node test/bench/syntax.ts
 */
import { Language, Parser } from 'web-tree-sitter';
import type { SpanTable } from '../../src/core/spanTable.ts';
import { alignTokens } from '../../src/syntax/alignTokens.ts';
import { GRAMMAR_TABLES } from '../../src/syntax/categories/grammarTables.ts';
import { findRegions } from '../../src/syntax/findRegions.ts';
import { flattenTree } from '../../src/syntax/flattenTree.ts';
import { grammarSymbols } from '../../src/syntax/grammarSymbols.ts';
import { languageEntry, RUNTIME_WASM } from '../../src/syntax/languages.ts';
import { LeafSums } from '../../src/syntax/leafSums.ts';
import { grammarsFolder } from '../grammarsFolder.ts';
import { someCode } from './someCode.ts';

const UNITS_PER_TOKEN = 3.5;

const folder = grammarsFolder();
await Parser.init({ locateFile: () => new URL(RUNTIME_WASM, folder).href });
const language = await Language.load(new URL(languageEntry('javascript').wasm, folder));
const parser = new Parser().setLanguage(language);
const symbols = grammarSymbols('javascript', language, GRAMMAR_TABLES.javascript);

const sizes = [1_000, 10_000, 100_000];
const alignMs: number[] = [];
console.log(
  '   lines     spans   parse ms    walk ms   align ms   weigh ms regions ms   (align+weigh)/parse   lines/s',
);
for (const size of sizes) {
  const text = someCode(size);
  const lines = text.split('\n').length;
  const runs = size > 50_000 ? 3 : size > 5_000 ? 7 : 40;
  const [tree, parsed] = best(runs, () => {
    const parsedTree = parser.parse(text);
    if (parsedTree === null) throw new Error('The parser gave up.');
    return parsedTree;
  });
  const [spans, walked] = best(runs, () => flattenTree(tree, text, symbols) ?? failed());
  const ends = tokenEnds(text);
  const costs = Float64Array.from(ends, (_, token) => (token % 7) / 3);
  const [alignment, aligned] = best(runs, () => alignTokens(spans, text, ends));
  const [, weighed] = best(runs, () => weigh(spans, alignment.chargedLeaves, costs));
  const [, split] = best(runs, () => findRegions(spans, text));
  alignMs.push(aligned + weighed);
  tree.delete();
  console.log(
    [
      String(lines).padStart(8),
      String(spans.length).padStart(9),
      ...[parsed, walked, aligned, weighed, split].map((ms) => ms.toFixed(1).padStart(10)),
      ((aligned + weighed) / parsed).toFixed(3).padStart(14),
      Math.round((1000 * lines) / (parsed + walked + aligned))
        .toString()
        .padStart(14),
    ].join(' '),
  );
}
const slope = Math.log((alignMs.at(-1) ?? 0) / (alignMs[0] ?? 1)) / Math.log((sizes.at(-1) ?? 0) / (sizes[0] ?? 1));
console.log(`log-log slope of align and weigh from ${sizes[0]} to ${sizes.at(-1)} lines: ${slope.toFixed(3)}`);

function weigh(spans: SpanTable, chargedLeaves: Int32Array, costs: Float64Array): number {
  const sums = new LeafSums(spans, chargedLeaves, costs);
  let sum = 0;
  for (let span = 0; span < spans.length; span++) sum += sums.ofSpan(span);
  return sum;
}

function tokenEnds(text: string): Uint32Array {
  const count = Math.ceil(text.length / UNITS_PER_TOKEN);
  const endOf = (token: number): number => Math.min(text.length, Math.ceil((token + 1) * UNITS_PER_TOKEN));
  return Uint32Array.from({ length: count }, (_, token) => endOf(token));
}

/** The last answer, and the time of the fastest run, in milliseconds. */
function best<Answer>(runs: number, work: () => Answer): [Answer, number] {
  let fastest = Number.POSITIVE_INFINITY;
  let answer: Answer | undefined;
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    answer = work();
    fastest = Math.min(fastest, performance.now() - started);
  }
  return [answer as Answer, fastest];
}

function failed(): never {
  throw new Error('The walk gave up.');
}
