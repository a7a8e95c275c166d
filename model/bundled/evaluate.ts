/**
 * Makes the tables of the model's card, all of them on the held-out projects, as Markdown on standard output:
 *
 *     node model/bundled/evaluate.ts --model MODEL.gguf --heldout DIR [--kilobytes=40] [--completions=300] [--card=CARD]
 *
 * - bits for each byte of UTF-8, by language, of at least so many kilobytes of each project (files over 40,000 bytes are learned
 *   and not scored), by gzip, the n-gram engine, the model, and the mixture of the two
 * - how many of so many lines and so many statements the model completes exactly, spread evenly over the languages
 * - what the model costs: file, loading, memory, speed
 *
 * `DIR` is `CORPUS/heldout`, as `model/tokenizer/collectCorpus.ts` writes it; the grammars of `npm run build` tell statements.
 * With `--card` the tables replace what that file has between its two marks; a file that is not there yet is made. The same
 * projects and the same model give the same tables, the costs aside.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { openLlamaEngine } from '../../src/engines/llama/llamaEngine.ts';
import { loadTokenizer } from '../../src/engines/tokenizer/loadTokenizer.ts';
import { createTextParser } from '../../src/syntax/parseText.ts';
import { bitsTable } from './evaluation/bitsTable.ts';
import { completions } from './evaluation/completions.ts';
import { costTable } from './evaluation/costTable.ts';
import { engineCost, llamaOptions } from './evaluation/engineCost.ts';
import { SHOWN_TOKENS } from './evaluation/filledStatement.ts';
import { heldOutFiles } from './evaluation/heldOutFiles.ts';
import { inParallel } from './evaluation/inParallel.ts';
import { matchTable } from './evaluation/matchTable.ts';
import { projectBits } from './evaluation/projectBits.ts';
import { EMPTY_CARD, replaceMeasured } from './evaluation/replaceMeasured.ts';

/** Each is a process with the whole model. */
const MOST_MODELS = 4;

const tokenizer = loadTokenizer(new URL('../tokenizer/merges.txt', import.meta.url));
const parser = createTextParser(new URL('../../dist/grammars/', import.meta.url));

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      model: { type: 'string' },
      heldout: { type: 'string' },
      kilobytes: { type: 'string', default: '40' },
      completions: { type: 'string', default: '300' },
      card: { type: 'string' },
    },
  });
  const { model: modelPath, heldout, card } = values;
  if (modelPath === undefined || heldout === undefined) throw new Error('needs --model MODEL.gguf and --heldout DIR');
  const kilobytes = positive('--kilobytes', values.kilobytes);
  const count = Math.ceil(positive('--completions', values.completions));
  // What is wrong with the card is said before the work.
  if (card !== undefined) cardWith(card, '');

  const files = await heldOutFiles(heldout);
  const projects = Map.groupBy(files, ({ project }) => project);
  say(`${projects.size} projects, ${files.length} files`);
  say('cost');
  const cost = await engineCost(modelPath, files);
  // Of one thread each: they need not wait for each other, and the numbers are the same on every number of cores.
  const models = await Promise.all(
    Array.from({ length: Math.min(MOST_MODELS, availableParallelism()) }, () =>
      openLlamaEngine(llamaOptions(modelPath, 1)),
    ),
  );
  try {
    say('bits per byte');
    const bits = await inParallel([...projects.values()], models, (own, model) =>
      projectBits(own, model, 1000 * kilobytes),
    );
    say('completions');
    const completed = await completions(files, count, { engines: models, tokenizer, parser });
    const measured = [
      `**Bits per byte** of UTF-8; fewer is better. Of each of ${projects.size} held-out projects, files of at least ` +
        `${kilobytes} KB in a random order. gzip takes each file alone, the n-gram engine has learned the project's other files.`,
      bitsTable(bits.flat()),
      '**Completion**, exact match: the rest of a line from its prefix, and a whole statement from the ' +
        `${SHOWN_TOKENS.prefix} tokens before and the ${SHOWN_TOKENS.suffix} after it, at places drawn at random.`,
      matchTable(completed),
      `**Cost** on ${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown processor'}, ${process.platform}.`,
      costTable(cost),
    ].join('\n\n');
    console.log(measured);
    if (card !== undefined) writeFileSync(card, cardWith(card, measured));
  } finally {
    await Promise.all(models.map((model) => model.close()));
  }
}

/** The card with other tables. */
function cardWith(path: string, measured: string): string {
  return replaceMeasured(existsSync(path) ? readFileSync(path, 'utf8') : EMPTY_CARD, measured);
}

function positive(option: string, value: string): number {
  const number = Number(value);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new Error(`${option} is a number above 0, not ${value}.`);
}

/** What it is at, beside the tables. */
function say(line: string): void {
  console.error(line);
}
