/**
 * How often the bundled model writes the rest of a line as it is, from carets at random characters of it: where a person who types
 * stands, mostly inside of a word. With what stands after the line, and without.
 *
 *     node test/bench/caretCompletions.ts FOLDER...
 */
import { fileURLToPath } from 'node:url';
import { seededRandom } from '../../src/core/seededRandom.ts';
import { openLlamaEngine } from '../../src/engines/llama/llamaEngine.ts';
import { sourceAssets } from '../support/sourceAssets.ts';
import { codeFiles } from './codeFiles.ts';

const CARETS = 600;
const PREFIX_UNITS = 600;
const SUFFIX_UNITS = 200;
const SHORTEST_REST = 3;
const LONGEST_REST = 60;

interface Caret {
  readonly where: 'in a word' | 'behind a word' | 'behind a blank' | 'behind a sign';
  readonly prefix: string;
  readonly rest: string;
  readonly suffix: string;
}

const texts: string[] = [];
for (const folder of process.argv.slice(2)) texts.push(...(await codeFiles(folder)).map(({ text }) => text));
if (texts.length === 0) throw new Error('needs a folder with code');
const carets = someCarets();
const load = { modelPath: fileURLToPath(sourceAssets.bundledModel), threads: 1, contextTokens: 4096 };
const engine = await openLlamaEngine({ childUrl: sourceAssets.llamaChild, load });
for (const hasSuffix of [true, false]) await measure(hasSuffix);
await engine.close();

function someCarets(): readonly Caret[] {
  const random = seededRandom(5);
  const found: Caret[] = [];
  while (found.length < CARETS) {
    const text = texts[Math.floor(random.uniform() * texts.length)] ?? '';
    const at = Math.floor(random.uniform() * text.length);
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const head = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
    const rest = text.slice(at, end);
    const isWorthIt = rest.trim().length >= SHORTEST_REST && rest.length <= LONGEST_REST;
    if (head.trim() === '' || !isWorthIt) continue;
    found.push({
      where: placeOf(head, rest),
      prefix: text.slice(Math.max(0, at - PREFIX_UNITS), at),
      rest,
      suffix: text.slice(end, end + SUFFIX_UNITS),
    });
  }
  return found;
}

function placeOf(head: string, rest: string): Caret['where'] {
  if (/\w$/.test(head)) return /^\w/.test(rest) ? 'in a word' : 'behind a word';
  return /\s$/.test(head) ? 'behind a blank' : 'behind a sign';
}

async function measure(hasSuffix: boolean): Promise<void> {
  const exact: Caret['where'][] = [];
  for (const { where, prefix, rest, suffix } of carets) {
    const request = { prefix, path: 'a', maxTokens: 24, topK: 0, ...(hasSuffix && { suffix }) };
    const { text } = await engine.generate(request);
    if (text.split('\n')[0]?.trimEnd() === rest.trimEnd()) exact.push(where);
  }
  console.log(hasSuffix ? 'with what stands after the line' : 'without');
  for (const where of ['in a word', 'behind a word', 'behind a blank', 'behind a sign', 'all']) {
    const isOf = (one: string): boolean => where === 'all' || one === where;
    const all = carets.filter((caret) => isOf(caret.where)).length;
    const right = exact.filter(isOf).length;
    console.log(`  ${where.padEnd(16)}${String(right).padStart(5)} of ${all}   ${((100 * right) / all).toFixed(1)} %`);
  }
}
